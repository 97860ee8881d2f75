"""Questions are picked from the bank's own list, over searches and pages, into a quiz."""

import re

import pytest

from quizzes.assessment import building, founding
from quizzes.assessment.building import Edit, Settings
from quizzes.items import filing
from quizzes.items.models import Item, Revision
from quizzes.people.models import Classroom
from quizzes.web import bank_rows
from tests.banked import keep
from tests.examining import make_assignment
from tests.web.test_review import text

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_noon")]


@pytest.fixture
def taught(classroom, book):
    """A class of the instructor's, so that the instructor may open the book's bank."""
    Classroom.objects.filter(pk=classroom.pk).update(book=book)
    return Classroom.objects.get(pk=classroom.pk)


@pytest.fixture
def opened(quiz, instructor, taught, asks, noon):
    """The quiz, after a class could see it."""
    building.add(quiz, Edit(instructor, noon), [asks[2]])
    building.publish(quiz, noon)
    make_assignment(taught, quiz, noon)
    return quiz


def url(quiz):
    return f"/bank/quizzes/{quiz.uid}/pick/"


def found(client, address, **asked):
    """The slugs that a page lists."""
    rows = client.get(address, asked).context["listed"].rows
    return [row.item.slug for row in rows]


def ticked(client, address):
    """The questions with a mark in their box, wherever on the page they stand."""
    page = client.get(address).content.decode()
    boxes = re.findall(
        r'<input type="checkbox" form="pick" name="item" value="([^"]+)"([^>]*)>', page
    )
    named = dict(Item.objects.values_list("uid", "slug"))
    marked = [uid for uid, more in boxes if "checked" in more]
    return sorted(named[item] for item in named if str(item) in marked)


def test_it_shows_what_the_bank_shows_of_a_question(client, quiz, taught, instructor, book):
    own = keep(instructor, book, "own")
    Revision.objects.filter(item=own).update(
        stem="What of *own*?", stem_html="<p>What of <em>own</em>?</p>"
    )
    filing.tag([own], ["exam"])

    page = client.get(url(quiz), {"origin": "authored", "open": own.uid})

    assert "What of own? The answer to own. single choice" in text(page)
    assert "· 1. Introduction, first part · in no quiz yours exam" in text(page)
    assert "Because the book says so of own." in text(page)


def test_its_facets_are_the_banks_and_a_kind_of_fact(client, quiz, taught, instructor, book, asks):
    filing.tag([keep(instructor, book, "own", "number")], ["exam"])
    section = book.sections.get(position=0)

    for asked, slugs in (
        ({"q": "ask-1"}, ["ask-1"]),
        ({"tag": "exam"}, ["own"]),
        ({"origin": "pack"}, ["ask-0", "ask-1", "ask-2"]),
        ({"kind": "single"}, ["ask-0", "ask-1", "ask-2"]),
        ({"about": "term", "kind": "number"}, ["own"]),
        ({"about": "event"}, []),
        ({"facility": "hard"}, []),
        ({"used": "asked"}, []),
        ({"section": section.pk, "kind": "single", "q": "ask-2"}, ["ask-2"]),
        ({"kind": "nonsense"}, []),
    ):
        assert found(client, url(quiz), **asked) == slugs, asked
    Item.objects.filter(slug="own").update(state="draft")
    assert "own" not in found(client, url(quiz), state="draft")


def test_what_is_ticked_stays_over_searches_and_pages(client, quiz, asks, monkeypatch):
    monkeypatch.setattr(bank_rows, "A_PAGE", 2)
    first, _second, third = asks
    sent = {"q": "ask", "kind": ["single"], "page": "1", "item": [first.uid]}

    turned = client.post(url(quiz), {**sent, "act": "page-2"})["Location"]
    assert found(client, turned) == ["ask-2"]
    assert ticked(client, turned) == ["ask-0"]

    sought = client.post(
        url(quiz), {"q": "ask-1", "act": "find", "item": [first.uid, third.uid], "page": "2"}
    )["Location"]
    assert found(client, sought) == ["ask-1"]
    assert ticked(client, sought) == ["ask-0", "ask-2"]
    assert "2 ticked questions are not on this page" in text(client.get(sought))

    cleared = client.post(url(quiz), {"act": "untick", "item": [first.uid, third.uid]})["Location"]
    assert ticked(client, cleared) == []

    client.post(url(quiz), {"act": "add", "item": [third.uid, first.uid]})
    assert list(quiz.slots.order_by("position").values_list("item", flat=True)) == [
        first.pk,
        third.pk,
    ]
    assert "asked already" in text(client.get(url(quiz), {"q": "ask-0"}))


def test_a_preview_opens_at_its_place_and_loses_no_tick(client, quiz, taught, asks):
    answer = client.post(url(quiz), {"act": f"open-{asks[1].uid}", "item": [asks[0].uid]})

    assert answer["Location"].endswith(f"#item-{asks[1].uid}")
    assert ticked(client, answer["Location"]) == ["ask-0"]
    assert "Because the book says so of ask-1." in text(client.get(answer["Location"]))


def test_who_may_not_open_the_bank_is_told_no_key(client, quiz, asks):
    """Anybody builds quizzes on a book that they read; its keys are for those who teach it."""
    page = client.get(url(quiz), {"open": asks[0].uid})

    assert "What of ask-0?" in text(page)
    assert "The answer to ask-0." not in text(page)
    assert "Because the book says so" not in text(page)
    assert found(client, url(quiz), q="answer") == []
    assert found(client, url(quiz), needs="fact", q="ask-0") == ["ask-0"]


def test_what_is_refused_comes_back_as_it_was_ticked(client, opened, asks):
    none = client.post(url(opened), {"act": "add", "q": "ask"})
    assert none.status_code == 409
    assert "Tick a question first." in text(none)

    answer = client.post(url(opened), {"act": "add", "q": "ask", "item": [asks[0].uid]})

    assert answer.status_code == 409
    assert "A class has this quiz: say why you change it." in text(answer)
    assert re.search(rf'value="{asks[0].uid}" id="tick-1" checked', answer.content.decode())
    assert answer.context["listed"].line == "ask"
    assert opened.slots.count() == 1


@pytest.mark.parametrize(
    ("act", "status"),
    [("burn", 400), ("page-", 200), ("page-x", 200), ("open-x", 200), ("find-me", 200)],
)
def test_an_act_of_nonsense_changes_nothing(client, quiz, asks, act, status):
    answer = client.post(url(quiz), {"act": act, "item": [asks[0].uid]}, follow=True)

    assert answer.status_code == status
    assert not quiz.slots.exists()


def test_the_bank_adds_to_a_quiz_of_ones_own(client, quiz, opened, taught, instructor, book, asks):
    plain = founding.begin(instructor, book, Settings("Week two"))
    draft = keep(instructor, book, "own", state="draft")
    sent = {"act": "ask", "quiz": plain.uid, "item": [asks[1].uid, asks[0].uid]}

    answer = client.post("/bank/lights/?kind=single", sent, follow=True)

    assert "2 questions are added to “Week two”." in text(answer)
    assert [slot.item for slot in plain.slots.order_by("position")] == asks[:2]
    refused = {
        "A class has this quiz: say why": {"quiz": opened.uid},
        "“What of own?” is not ready": {"item": [draft.uid]},
        "Choose the questions first": {"item": []},
    }
    for said, others in refused.items():
        page = client.post("/bank/lights/", {**sent, **others})
        assert (page.status_code, said in text(page)) == (409, True), said
    assert client.post("/bank/lights/", {**sent, "quiz": quiz.book.uid}).status_code == 404
