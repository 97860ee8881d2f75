"""A bank's catalog: every question with what tells it apart, in as many queries for any number."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from quizzes.analytics import cataloging
from quizzes.assessment.models import Slot
from quizzes.items import filing, reporting, searching
from quizzes.items.models import Item, Key, Revision
from tests.banked import keep
from tests.bookshelf import make_book
from tests.examining import make_assignment, make_item, make_quiz, sit_through

pytestmark = pytest.mark.django_db


@pytest.fixture
def book(db):
    return make_book()


@pytest.fixture
def teacher(company):
    return company["instructor"]


def entries(book, user, line=""):
    """The catalog by slug."""
    items = searching.searched(Item.objects.banked(user, book.pk), line)
    slugs = dict(Item.objects.values_list("pk", "slug"))
    return {slugs[one.pk]: one for one in cataloging.catalog(items, user, book.pk)}


def test_it_holds_the_packs_questions_and_ones_own_and_nobody_elses(company, book, teacher):
    make_item(book, "pack")
    keep(teacher, book, "own")
    keep(company["colleague"], book, "theirs")

    assert set(entries(book, teacher)) == {"pack", "own"}


def test_an_entry_tells_a_question_apart_in_every_family(book, teacher, noon):
    own = keep(teacher, book, "own", "number", skill="order", state="draft")
    filing.tag([own], ["dates", "exam"])
    Key.objects.filter(revision=own.revision).update(rationale="")

    entry = entries(book, teacher)["own"]

    assert entry.values == {
        "state": ("draft",),
        "origin": ("authored",),
        "kind": ("number",),
        "about": ("term",),
        "skill": ("order",),
        "chapter": (str(own.chapter_id),),
        "section": (str(own.section_id),),
        "tag": ("dates", "exam"),
        "used": ("nowhere",),
        "facility": ("few",),
        "discrimination": ("few",),
        "needs": ("explanation",),
    }
    assert set(entry.values) == set(cataloging.FAMILIES)


def test_a_quiz_asks_a_question_or_may_draw_it(book, teacher):
    asked, drawn, _other = (make_item(book, slug) for slug in ("asked", "drawn", "other"))
    Item.objects.filter(pk=drawn.pk).update(skill="evaluate")
    quiz = make_quiz(book, asked)
    for position in (1, 2):
        Slot.objects.create(quiz=quiz, position=position, skill="evaluate")

    used = {slug: one.values["used"] for slug, one in entries(book, teacher).items()}

    assert used == {"asked": ("asked",), "drawn": ("drawn",), "other": ("nowhere",)}


def test_a_retired_quiz_uses_nothing(book, teacher, noon):
    quiz = make_quiz(book, make_item(book, "asked"))
    quiz.retired_at = noon
    quiz.save()

    assert entries(book, teacher)["asked"].values["used"] == ("nowhere",)


def test_what_was_observed_falls_into_bands(company, classroom, book, teacher, noon):
    easy, hard = make_item(book, "easy"), make_item(book, "hard")
    students = [type(teacher).objects.create_user(f"student-{n}") for n in range(12)]
    for one in students:
        classroom.enrollments.create(user=one, role="student", joined_at=noon)
    given = make_assignment(classroom, make_quiz(book, easy, hard), noon)
    for n, one in enumerate(students):
        sit_through(one, given, noon, ["easy", "hard"] if n < 3 else ["easy"])

    found = entries(book, teacher)

    assert [found[slug].values["facility"] for slug in ("easy", "hard")] == [
        ("very-easy",),
        ("hard",),
    ]
    assert found["easy"].values["discrimination"] == ("alike",)
    assert (found["hard"].figures.n, found["hard"].figures.facility) == (12, 0.25)


def test_words_are_found_wherever_they_stand(book, teacher):
    for slug in ("stem", "answer", "tagged", "fact", "the-slug"):
        make_item(book, slug)
    Revision.objects.filter(item__slug="stem").update(stem="Who was Beneš?")
    Key.objects.filter(revision__item__slug="answer").update(answer="Edvard Beneš")
    filing.tag(Item.objects.filter(slug="tagged"), ["Beneš"])
    book.facts.filter(slug="fact-fact").update(label="Edvard Beneš")

    assert set(entries(book, teacher, "BENEŠ")) == {"stem", "answer", "tagged", "fact"}
    assert set(entries(book, teacher, "edvard beneš")) == {"answer", "fact"}
    assert set(entries(book, teacher, "the-slug")) == {"the-slug"}
    assert entries(book, teacher, "%") == {}


def test_the_order_is_the_books_or_by_what_needs_attention_or_changed_last(
    company, book, teacher, noon
):
    plain, drafted, reported = (
        keep(teacher, book, slug, position=n) for n, slug in enumerate(("plain", "draft", "told"))
    )
    Item.objects.filter(pk=drafted.pk).update(state="draft")
    reporting.report(company["student"], reported, "Wrong.", noon)
    Revision.objects.filter(item=plain).update(created_at=noon + timedelta(days=1))
    found = list(entries(book, teacher).values())

    def order(sort):
        slugs = {plain.pk: "plain", drafted.pk: "draft", reported.pk: "told"}
        return [slugs[one.pk] for one in cataloging.in_order(found, sort)]

    assert order("place") == ["plain", "draft", "told"]
    assert order("attention") == ["told", "draft", "plain"]
    assert order("changed")[0] == "plain"
    assert order("difficult") == ["plain", "draft", "told"]


def test_as_many_queries_for_a_hundred_questions_as_for_one(book, teacher, noon):
    def count():
        with CaptureQueriesContext(connection) as captured:
            found = entries(book, teacher, "what")
        return len(captured) - 1, len(found)

    quiz = make_quiz(book, make_item(book, "first"))
    Slot.objects.create(quiz=quiz, position=9, kind="single", tag="x")
    few = count()
    for n in range(99):
        filing.tag([keep(teacher, book, f"own-{n}")], ["x", str(n)])

    assert few == (6, 1)
    assert count() == (6, 100)
