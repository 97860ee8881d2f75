"""Versions of a question: succeeded, compared, and brought back."""

from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st

from quizzes.cards import reviewing, rewording
from quizzes.cards.models import Card
from quizzes.cards.scheduling import Rating
from quizzes.items import differing, revising, standing
from quizzes.items.differing import Fate, Part
from quizzes.items.models import Item, Revision
from quizzes.items.revising import NoSuchVersion
from quizzes.people.models import User
from tests.bookshelf import make_study_book
from tests.examining import ALL_KINDS, make_item

SUBSTANTIVE = Revision.Change.SUBSTANTIVE


@pytest.fixture
def author(db):
    return User.objects.create_user("vera")


@pytest.fixture
def book(db):
    return make_study_book(1)


@pytest.fixture
def item(book):
    return make_item(book, "strike")


def wording(item):
    return standing.wordings(Item.objects.filter(pk=item.pk))[item.pk][1]


def reworded(item, author, at, **changes):
    return revising.revise(item, replace(wording(item), **changes), author, at)


def test_a_wording_is_succeeded_and_never_changed(item, author, noon):
    first = item.revision

    said = replace(wording(item), stem="Who *struck*?", stem_html="<p>Who <em>struck</em>?</p>")
    assert revising.revise(item, said, author, noon, SUBSTANTIVE, "The name was wrong.")

    item.refresh_from_db()
    assert (item.revision.number, item.revision.stem) == (2, "Who *struck*?")
    assert (item.revision.author, item.revision.reason) == (author, "The name was wrong.")
    assert item.revision.change == SUBSTANTIVE
    assert Revision.objects.get(pk=first.pk).stem == "What of strike?"


@pytest.mark.parametrize("kind", ALL_KINDS)
def test_the_same_wording_writes_nothing(kind, book, author, noon):
    item = make_item(book, f"item-{kind}", kind)

    assert not revising.revise(item, wording(item), author, noon)
    assert item.revisions.count() == 1


@pytest.mark.parametrize("kind", ALL_KINDS)
def test_any_version_is_brought_back_as_it_was_shown(kind, book, author, noon):
    item = make_item(book, f"item-{kind}", kind)
    first = wording(item)
    reworded(item, author, noon, stem="Anew?", stem_html="<p>Anew?</p>", options=(), accepted=())

    assert revising.restore(item, 1, author, noon)

    brought_back = Revision.objects.get(item=item, number=3)
    assert brought_back.author == author
    assert "1" in brought_back.reason
    assert wording(item) == first
    assert brought_back.stem_html == first.stem_html


def test_a_version_that_never_was_is_refused(item, author, noon):
    with pytest.raises(NoSuchVersion):
        revising.restore(item, 7, author, noon)


def test_versions_tell_who_changed_what_and_when(item, author, noon):
    later = noon + timedelta(hours=1)
    reworded(item, author, later, stem="What then of strike?", hint="Think of ships.")

    newest, first = revising.versions(item)

    assert (newest.number, newest.author, newest.at) == (2, author, later)
    assert (newest.is_in_force, first.is_in_force) == (True, False)
    assert (first.author, first.differences) == (None, ())
    assert [one.part for one in newest.differences] == [Part.STEM, Part.HINT]
    added = [piece.text for piece in newest.differences[0].pieces if piece.fate is Fate.ADDED]
    assert added == [" then"] or added == ["then "]


def test_ten_versions_cost_what_two_do(item, author, noon):
    def cost():
        with CaptureQueriesContext(
            connection,
        ) as queries:
            revising.versions(item)
        return len(queries)

    reworded(item, author, noon, stem="Two?")
    few = cost()
    for number in range(8):
        reworded(item, author, noon, stem=f"Further {number}?")

    assert cost() == few


def test_a_change_of_substance_brings_cards_due_and_a_cosmetic_one_does_not(book, author, noon):
    item = book.items.cards().in_order()[0]
    seen = {"at": noon, "uid": uuid4(), "version": 0}
    card = reviewing.review(author, item, Rating.EASY, **seen).card
    later = noon + timedelta(days=1)
    before = Card.objects.get(pk=card.pk)

    rewording.revise(item, replace(wording(item), stem="Spelled anew?"), author, later)
    assert Card.objects.get(pk=card.pk).due_day == before.due_day

    said = replace(wording(item), answer="Another answer.")
    rewording.revise(item, said, author, later, SUBSTANTIVE)
    came = Card.objects.get(pk=card.pk)
    assert came.due_day
    assert before.due_day
    assert came.due_day < before.due_day
    assert came.stability == before.stability


@given(st.text(), st.text())
def test_pieces_give_both_texts(before, after):
    pieces = differing.pieces(before, after)

    assert "".join(one.text for one in pieces if one.fate is not Fate.ADDED) == before
    assert "".join(one.text for one in pieces if one.fate is not Fate.REMOVED) == after
