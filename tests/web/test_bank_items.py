"""The page of a question: how it is asked, what it stands on, and what became of it."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from quizzes.assessment import regrading
from quizzes.assessment.models import Slot
from quizzes.assessment.regrading import Proposal
from quizzes.items import filing, reporting, revising, standing
from quizzes.items.fractions import FULL_FRACTION
from quizzes.items.models import Item, Revision
from quizzes.people.models import Classroom
from tests.banked import keep
from tests.bookshelf import make_book
from tests.examining import make_assignment, make_item, make_quiz, sit_through
from tests.web.test_review import text

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_noon")]


@pytest.fixture
def book(company, classroom):
    book = make_book()
    Classroom.objects.update(book=book)
    return book


@pytest.fixture
def owner(company):
    return company["instructor"]


@pytest.fixture
def told(client, owner, book):
    """The words of a question's page."""
    client.force_login(owner)
    return lambda item: text(client.get(f"/bank/items/{item.uid}/"))


def test_it_tells_the_key_apart_the_facts_and_where_it_is_from(told, owner, book):
    pack = make_item(book, "pack")
    own = keep(owner, book, "own", facts=list(pack.facts.all()))
    Item.objects.filter(pk=own.pk).update(adapted_from=pack)

    page = told(own)

    for said in ("What of own?", "Option 2 of own", "The answer to own.", "100% Option 1 of own"):
        assert said in page
    for said in ("Because the book says so of own.", "pack-fact", "Introduction, p. 5"):
        assert said in page
    assert "Written here, adapted from another" in page
    assert "Throw it away" not in page
    assert "What you made of it What of own?" in told(pack)


def test_what_others_make_of_a_question_is_theirs(told, company, book):
    pack = make_item(book, "pack")
    theirs = keep(company["colleague"], book, "theirs")
    Item.objects.filter(pk=theirs.pk).update(adapted_from=pack)

    assert "What you made of it" not in told(pack)


def test_it_names_the_quizzes_that_ask_it_and_when_ones_classes_sit_them(
    told, classroom, book, noon
):
    item = make_item(book, "asked")
    fixed, drawing = (make_quiz(book, item, slug=slug) for slug in ("fixed", "drawing"))
    Slot.objects.filter(quiz=drawing).update(item=None, kind="single", tag="exam")
    make_assignment(classroom, fixed, noon)
    theirs = Classroom.objects.exclude(pk=classroom.pk).get()
    make_assignment(theirs, fixed, noon)

    assert "may draw it" not in told(item)
    filing.tag([item], ["exam"])
    page = told(item)

    assert "A quiz: fixed asks it Ours · 2 Mar 2026 – 9 Mar 2026" in page
    assert "A quiz: drawing may draw it" in page
    assert "Theirs" not in page


def test_it_tells_its_versions_with_what_changed(told, owner, book, noon):
    own = keep(owner, book, "own")
    wording = standing.wordings(Item.objects.filter(pk=own.pk))[own.pk][1]
    changed = type(wording)(
        **{name: getattr(wording, name) for name in wording.__dataclass_fields__}
        | {"stem": "What of own, then?", "stem_html": "<p>What of own, then?</p>"}
    )
    revising.revise(own, changed, owner, noon, Revision.Change.COSMETIC, "Asked more kindly.")

    page = told(own)

    assert "Version 2 in force 2 Mar 2026, 12:00 UTC · instructor · cosmetic" in page
    assert "Asked more kindly." in page
    assert "What of own , then ?" in page
    assert "Version 1 1 Jan 2026, 00:00 UTC · from the book" in page


def test_it_shows_the_reports_that_one_answers_and_no_others(told, company, classroom, book, noon):
    item = make_item(book, "asked")
    theirs = Classroom.objects.exclude(pk=classroom.pk).get()
    reporting.report(company["student"], item, "From ours.", noon, classroom)
    reporting.report(company["stranger"], item, "From theirs.", noon, theirs)
    reporting.report(company["classmate"], item, "From nowhere.", noon)

    page = told(item)

    assert "From ours." in page
    assert "From theirs." not in page
    assert "From nowhere." not in page


def test_a_question_without_words_says_so(told, owner, book):
    own = keep(owner, book, "own")
    Item.objects.update(revision=None)

    assert "This question has no words yet." in told(own)


def test_an_earlier_key_leads_to_marking_anew_until_that_is_done(
    client, told, company, owner, classroom, book, noon
):
    own = keep(owner, book, "own")
    asked = Revision.objects.get(item=own)
    given = make_assignment(classroom, make_quiz(book, own), noon)
    sit_through(company["student"], given, noon)
    address = f"/classes/{classroom.uid}/assignments/{given.uid}/regrades/new/{asked.pk}/"

    def page():
        return client.get(f"/bank/items/{own.uid}/").content.decode()

    told(own)
    reworded(own, owner, noon + timedelta(hours=1), stem="What of own, then?")
    assert address not in page()
    reworded(own, owner, noon + timedelta(hours=2), right=2)
    assert address in page()
    assert "Ours · A quiz: quiz : 1 attempt, by version 1. Regrade" in told(own)

    newest = Revision.objects.get(item=own, number=3)
    proposal = Proposal("key", "It was wrong.", key_revision=newest)
    done = regrading.propose(given, asked, proposal, owner, noon + timedelta(hours=3))
    regrading.apply(done, owner, noon + timedelta(hours=3))
    assert address not in page()


def reworded(item, author, at, stem=None, right=1):
    """A version whose author calls it cosmetic, whatever it is."""
    known = standing.wordings(Item.objects.filter(pk=item.pk))[item.pk][1]
    options = [
        replace(one, fraction=FULL_FRACTION * (place == right))
        for place, one in enumerate(known.options)
    ]
    wording = replace(known, stem=stem or known.stem, options=tuple(options))
    revising.revise(item, wording, author, at)
    item.refresh_from_db()


def test_as_many_queries_for_much_as_for_little(client, told, company, classroom, book, noon):
    def count(item):
        with CaptureQueriesContext(connection) as captured:
            assert client.get(f"/bank/items/{item.uid}/").status_code == 200
        return len(captured)

    little, much = make_item(book, "little"), make_item(book, "much")
    filing.tag([much], ["exam", "x"])
    for item, times in ((little, 1), (much, 10)):
        for n in range(times):
            quiz = make_quiz(book, item, slug=f"{item.slug}-{n}")
            make_assignment(classroom, quiz, noon + timedelta(days=n))
            Slot.objects.create(quiz=quiz, position=5, tag="exam", kind="single")
            reporting.report(company["student"], item, f"{n}", noon, classroom)
            keep(company["instructor"], book, f"{item.slug}-{n}-made")
        Item.objects.filter(slug__startswith=f"{item.slug}-").update(adapted_from=item)

    assert count(much) == count(little) <= 30


def test_a_draft_is_thrown_away_from_its_page(client, company, book):
    client.force_login(company["instructor"])
    draft = keep(company["instructor"], book, "draft", state="draft")
    assert "It goes for good, with its versions." in text(client.get(f"/bank/items/{draft.uid}/"))

    answer = client.post(f"/bank/items/{draft.uid}/drop/", follow=True)

    assert "The draft is thrown away." in text(answer)
    assert not Item.objects.filter(pk=draft.pk).exists()
