"""The list of a book's questions: what it shows, how it is narrowed down, what is done to many."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from quizzes.assessment.models import Quiz
from quizzes.assessment.withholding import WHY
from quizzes.items import filing, reporting
from quizzes.items.models import Item, Key
from quizzes.people.models import Classroom
from quizzes.web import bank_acts
from tests.banked import keep
from tests.bookshelf import make_book
from tests.examining import ALL_KINDS, make_assignment, make_item, make_quiz
from tests.web.test_review import text

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_noon")]

BANK = "/bank/lights/"


@pytest.fixture
def book(company, classroom):
    book = make_book()
    Classroom.objects.update(book=book)
    return book


@pytest.fixture
def owner(company):
    return company["instructor"]


@pytest.fixture
def teacher(client, owner, book):
    client.force_login(owner)
    return client


def shown(client, address=BANK):
    """The slugs of the questions on a page of the list, in their order."""
    page = client.get(address).content.decode()
    slugs = {str(uid): slug for uid, slug in Item.objects.values_list("uid", "slug")}
    return [slugs[uid] for uid in re.findall(r'class="bank-row" id="item-([^"]+)"', page)]


def act(client, what, *items, query="", **others):
    return client.post(BANK + query, {"act": what, "item": [one.uid for one in items], **others})


def states():
    return dict(Item.objects.values_list("slug", "state"))


def test_a_row_tells_all_that_one_asks_of_a_question(teacher, company, owner, book, noon):
    own = keep(owner, book, "own")
    filing.tag([own], ["exam"])
    make_quiz(book, own)
    Item.objects.update(state="draft")
    reporting.report(company["student"], own, "Wrong.", noon, owner.enrollments.get().classroom)

    page = text(teacher.get(BANK))

    for said in ("1 question", "What of own?", "The answer to own.", "single choice", "recall"):
        assert said in page
    for said in ("1 report", "draft", "yours", "exam", "asked by a quiz", "Introduction"):
        assert said in page


def test_facets_are_conditions_together_and_stand_with_their_counts(teacher, owner, book):
    for n in range(3):
        make_item(book, f"pack-{n}", "number" if n else "single")
    keep(owner, book, "own", "number")

    page = teacher.get(f"{BANK}?kind=number&origin=pack").content.decode()

    assert shown(teacher, f"{BANK}?kind=number&origin=pack") == ["pack-1", "pack-2"]
    assert shown(teacher, f"{BANK}?kind=number&kind=single&origin=authored") == ["own"]
    counts = dict(
        re.findall(r'value="(\w+)"(?: checked)?> <span dir="auto">[^<]+</span> <[^>]+>(\d+)', page)
    )
    assert (counts["single"], counts["number"]) == ("1", "2")
    assert (counts["pack"], counts["authored"]) == ("2", "1")
    assert re.search(r'name="kind" value="number" checked', page)


def test_what_is_retired_is_left_out_until_it_is_asked_for(teacher, book):
    make_item(book, "ready")
    make_item(book, "gone", state="retired")

    assert shown(teacher) == ["ready"]
    assert shown(teacher, f"{BANK}?state=retired") == ["gone"]


@pytest.mark.parametrize("nonsense", ["kind=x", "page=99&sort=x", "open=x", "q=%00", "section=x"])
def test_an_address_of_nonsense_is_a_page(teacher, book, nonsense):
    make_item(book, "one")

    assert teacher.get(f"{BANK}?{nonsense}").status_code == 200


def test_words_and_sorts_go_together_with_facets(teacher, book, noon):
    make_item(book, "first", position=1)
    make_item(book, "second", position=0)

    assert shown(teacher, f"{BANK}?q=WHAT+of") == ["second", "first"]
    assert shown(teacher, f"{BANK}?q=first&kind=single") == ["first"]
    assert "No question matches." in text(teacher.get(f"{BANK}?q=nothing"))


@pytest.mark.parametrize("kind", ALL_KINDS)
def test_a_preview_opens_in_the_list_as_the_student_sees_it_with_the_key_apart(teacher, book, kind):
    item = make_item(book, "asked", kind)

    page = teacher.get(f"{BANK}?open={item.uid}").content.decode()
    part = teacher.get(f"/bank/items/{item.uid}/preview/?place=1").content.decode()

    assert part.strip() in page
    asked, key = part.split('id="key-1"')
    assert "The answer to asked." in key
    assert "Because the book says so of asked." in key
    assert "The answer to asked." not in asked
    assert "p. 5" in key
    assert 'name="answer_1' in asked or 'name="row_1' in asked


def test_chosen_questions_change_and_one_press_takes_it_back(teacher, owner, book):
    own = [keep(owner, book, f"own-{n}", state=("draft", "ready")[n]) for n in range(2)]
    before = states()

    answer = act(teacher, "retire", *own, query="?kind=single&state=ready")

    assert answer["Location"] == f"{BANK}?kind=single&state=ready"
    assert set(states().values()) == {"retired"}
    page = text(teacher.get(BANK))
    assert "2 questions are retired." in page
    assert "Undo" in page
    act(teacher, "undo")
    assert states() == before
    assert act(teacher, "undo").status_code == 409
    assert "Undo" not in text(teacher.get(BANK))


def test_all_that_was_found_can_be_chosen_and_only_ones_own_changes(teacher, owner, book):
    keep(owner, book, "own-number", "number")
    keep(owner, book, "own-single")
    make_item(book, "pack", "number")

    act(teacher, "draft", query="?kind=number", all="1")

    assert states() == {"own-number": "draft", "own-single": "ready", "pack": "ready"}


def test_tags_go_on_and_off_and_questions_move(teacher, owner, book):
    own = keep(owner, book, "own")
    section, chapter = book.sections.get(position=1), book.chapters.get(number=0)

    act(teacher, "tag", own, tags="exam, #week 3")
    assert {tag.text for tag in own.tags.all()} == {"exam", "week 3"}
    act(teacher, "untag", own, tags="exam")
    assert {tag.text for tag in own.tags.all()} == {"week 3"}
    act(teacher, "move", own, to=f"section-{section.pk}")
    own.refresh_from_db()
    assert (own.section, own.chapter) == (section, section.chapter)
    act(teacher, "move", own, to=f"chapter-{chapter.pk}")
    own.refresh_from_db()
    assert own.chapter == chapter


def test_a_section_of_another_book_is_not_there(teacher, owner, book):
    own = keep(owner, book, "own")
    other = make_book("other").sections.get(position=0)

    assert act(teacher, "move", own, to=f"section-{other.pk}").status_code == 404


@pytest.mark.parametrize(
    "sent",
    [
        {"act": "burn"},
        {"act": "move"},
        {"act": "move", "to": "book-1"},
        {"act": "tag", "item": "x"},
    ],
)
def test_nonsense_is_a_bad_request(teacher, owner, book, sent):
    own = keep(owner, book, "own")

    assert teacher.post(BANK, {"item": own.uid} | sent).status_code == 400


def test_what_is_not_ones_own_and_too_many_are_refused(teacher, company, owner, book, monkeypatch):
    others = [make_item(book, "pack"), keep(company["colleague"], book, "theirs")]
    before = states()

    assert act(teacher, "retire", *others).status_code == 409
    assert "Choose the questions first" in text(act(teacher, "retire", query="?kind=single"))
    assert act(teacher, "tag", keep(owner, book, "own"), tags=" , ").status_code == 409
    monkeypatch.setattr(bank_acts, "MOST_AT_ONCE", 1)
    assert (
        act(teacher, "retire", *(keep(owner, book, f"n-{n}") for n in range(2))).status_code == 409
    )
    assert states().items() >= before.items()


def test_what_a_class_may_still_sit_is_not_retired(teacher, classroom, owner, book, noon):
    own = keep(owner, book, "own")
    make_assignment(classroom, make_quiz(book, own), noon)

    answer = act(teacher, "retire", own)

    assert answer.status_code == 409
    assert "which Ours may still sit, asks “What of own?”." in text(answer)
    assert re.search(rf'name="item" value="{own.uid}" checked', answer.content.decode())


@pytest.mark.parametrize("opens_in", [timedelta(), timedelta(days=1)], ids=["open", "to come"])
def test_who_teaches_one_class_and_sits_in_another_is_not_told_what_is_graded_there(
    teacher, classroom, owner, book, noon, opens_in
):
    """A class of one's own is no way around what another class keeps back."""
    asked, free = make_item(book, "asked"), make_item(book, "free")
    theirs = Classroom.objects.exclude(pk=classroom.pk).get()
    theirs.enrollments.create(user=owner, role="student", joined_at=noon)
    given = make_assignment(theirs, make_quiz(book, asked), noon + opens_in)

    assert shown(teacher) == ["free"]
    said = f"1 more question is not shown. {WHY} 1 question"
    assert said in text(teacher.get(BANK))
    for way in ("", "preview/"):
        answer = teacher.get(f"/bank/items/{asked.uid}/{way}")
        assert answer.status_code == 409
        assert str(WHY) in text(answer)
        assert "Nothing was changed" not in text(answer)
        assert teacher.get(f"/bank/items/{free.uid}/{way}").status_code == 200
    given.released_at = noon
    given.save()
    assert set(shown(teacher)) == {"asked", "free"}


def test_the_shelf_names_the_books_that_one_teaches_first(client, company, owner, book):
    make_item(book, "pack")
    keep(owner, book, "own")
    client.force_login(owner)

    page = text(client.get("/bank/"))

    assert "The Strike of the Lights" in page
    assert "You teach a class of it." in page
    assert "1 question · 1 of your own" in page
    client.force_login(company["student"])
    assert "You teach no class and keep no book." in text(client.get("/bank/"))


def test_pages_are_of_fifty_and_light(teacher, owner, book, weight):
    for n in range(60):
        keep(owner, book, f"a-question-that-is-asked-at-some-length-{n}")

    first, second = (shown(teacher, f"{BANK}?page={n}") for n in (1, 2))

    assert (len(first), len(second)) == (50, 10)
    assert weight(BANK) < 15_000


def test_as_many_queries_for_a_hundred_questions_as_for_one(teacher, owner, book, noon):
    def count(query=""):
        with CaptureQueriesContext(connection) as captured:
            assert teacher.get(BANK + query).status_code == 200
        return len(captured)

    first = keep(owner, book, "own")
    searched = "?q=what&kind=single&kind=number&sort=attention"
    counts = [(count(), count(searched))]
    for n in (9, 90):
        for m in range(n):
            item = keep(owner, book, f"own-{n}-{m}", ("single", "number")[m % 2])
            filing.tag([item], [f"tag-{m}"])
        counts.append((count(), count(searched)))

    assert counts[0] == counts[1] == counts[2]
    assert counts[0][0] <= 20
    opened = count(f"?open={first.uid}") - counts[0][0]
    assert 0 < opened <= 10


def test_a_hidden_key_is_never_in_the_half_that_a_student_sees(teacher, book):
    Key.objects.update(answer_html="<p>canary</p>")
    item = make_item(book, "asked", "matching")
    Key.objects.filter(revision=item.revision).update(answer_html="<p>canary</p>", hint="canary")

    part = teacher.get(f"/bank/items/{item.uid}/preview/").content.decode()

    assert "canary" not in part.split('id="key-1"')[0]
    assert not Quiz.objects.exists()
