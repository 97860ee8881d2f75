"""A pasted list: seen before it is added, and no line at fault is lost."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from quizzes.items.models import Item, Key
from tests.decks import add, basic, first_chapter, make_deck
from tests.web.test_review import text

pytestmark = pytest.mark.django_db


@pytest.fixture
def deck(reader, at_noon):
    return make_deck(reader, at_noon)


@pytest.fixture
def paste(client, reader, deck):
    """Posts a list; the second time with the mark of the preview, as its button does."""
    client.force_login(reader)

    def paste(lines, seen="", **chosen):
        sent = {"text": lines, "separator": "dash", "order": "front", "kind": "basic"}
        sent |= {"chapter": first_chapter(deck).pk, "seen": seen, **chosen}
        return client.post(f"/own/{deck.uid}/paste/", sent)

    return paste


def mark(page):
    found = re.search(r'name="seen" value="([0-9a-f]+)"', page.content.decode())
    assert found
    return found[1]


def test_nothing_is_added_before_it_was_seen(paste):
    page = paste("полк - regiment\nкорпус - corps")

    assert "2 new cards" in text(page)
    assert "Add 2 cards" in text(page)
    assert not Item.objects.exists()

    answer = paste("полк - regiment\nкорпус - corps", mark(page))

    assert answer.status_code == 302
    stems = Item.objects.in_order().values_list("revision__stem", flat=True)
    assert list(stems) == ["полк", "корпус"]
    assert set(Key.objects.values_list("answer", flat=True)) == {"regiment", "corps"}


@pytest.mark.parametrize(
    "changed", [{"lines": "a - b\nc - d"}, {"order": "back"}, {"kind": "reversed"}]
)
def test_what_was_changed_since_is_seen_again_first(paste, changed):
    seen = mark(paste("a - b"))

    page = paste(changed.pop("lines", "a - b"), seen, **changed)

    assert page.status_code == 200
    assert not Item.objects.exists()


def test_known_fronts_are_left_out_and_lines_at_fault_stay_in_the_box(paste, reader, deck, at_noon):
    add(reader, deck, at_noon, basic("Полк", "regiment"))
    lines = "полк - again\nкорпус - corps\nno separator\nкорпус - twice"
    page = paste(lines)
    assert "Line 3: Nothing parts it into two sides." in text(page)
    assert "The book has a card with this front." in text(page)
    assert "The same front stands in a line above." in text(page)

    left = paste(lines, mark(page))

    assert "1 card is added." in text(left)
    box = left.content.decode().split("<textarea")[1].split("</textarea>")[0]
    assert "no separator" in box
    assert "корпус" not in box
    assert Item.objects.count() == 2


def test_a_separator_of_ones_own(paste):
    assert "1 new card" in text(paste("a => b", separator="own", own="=>"))
    page = paste("a => b", separator="own", own="")
    assert page.status_code == 422
    assert 'href="#id_own"' in page.content.decode()


def test_a_long_list_is_told_in_part(paste):
    page = paste("\n".join(f"term {n} - definition {n}" for n in range(250)))

    assert "250 new cards" in text(page)
    assert "50 more lines are not listed here." in text(page)
    assert page.content.decode().count("<tr>") == 201


def test_what_is_shown_is_text_and_nothing_else(paste):
    page = paste("<script>alert(1)</script> - <b onclick=x>")

    assert "<script>alert" not in page.content.decode()
    assert "<b onclick" not in page.content.decode()


@pytest.mark.parametrize("lines", ["", "  \n ", "\n".join(["a - b"] * 2_001)])
def test_a_list_that_cannot_be_read_at_all_is_refused(paste, lines):
    page = paste(lines)

    assert page.status_code == 422
    assert 'href="#id_text"' in page.content.decode()


def test_two_thousand_lines_take_as_many_queries_as_two(paste):
    def count(number):
        lines = "\n".join(f"{number} term {n} - definition {n}" for n in range(number))
        seen = mark(paste(lines))
        with CaptureQueriesContext(connection) as captured:
            assert paste(lines, seen).status_code == 302
        return len(captured)

    assert count(2_000) <= count(2) + 20  # the driver sends long lists in parts
    assert Item.objects.count() == 2_002
