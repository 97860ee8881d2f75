"""Siblings: what gives another card away is asked on another day."""

from datetime import UTC, datetime, timedelta

import pytest

from quizzes.cards import planning, queueing, undoing
from quizzes.items.models import Item
from tests.cards.acting import AGAIN, GOOD, due, make_items, rate, shown

MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)

pytestmark = pytest.mark.django_db


def test_of_the_items_on_one_fact_one_a_day_is_introduced(learner, book, noon):
    make_items(book, 6, to_a_fact=3)
    planning.start(learner, book, noon)

    assert shown(learner, noon) == ["item-0-0", "item-0-3"]
    for slug in shown(learner, noon):
        rate(learner, Item.objects.get(slug=slug), GOOD, noon)
    assert shown(learner, noon) == []
    assert shown(learner, noon + DAY) == ["item-0-1", "item-0-4"]


def test_items_that_their_author_grouped_are_introduced_apart(learner, book, noon):
    first, *_ = make_items(book, 3, siblings="both-ways")
    planning.start(learner, book, noon)

    assert shown(learner, noon) == ["item-0-0"]
    rate(learner, first, GOOD, noon)
    assert shown(learner, noon) == []
    assert shown(learner, noon + DAY) == ["item-0-1"]


def test_a_sibling_of_a_card_that_is_due_waits(learner, book, noon):
    first, *_ = make_items(book, 3, to_a_fact=2)
    planning.start(learner, book, noon)
    due(learner, first, noon.date())

    assert shown(learner, noon) == ["item-0-0", "item-0-2"]


def test_siblings_that_are_due_are_not_next_to_each_other(learner, book, noon):
    items = make_items(book, 4, to_a_fact=2)
    planning.start(learner, book, noon)
    for item in items:
        due(learner, item, noon.date())

    assert shown(learner, noon) == ["item-0-0", "item-0-2", "item-0-1", "item-0-3"]


def test_a_card_that_is_due_waits_a_day_when_its_sibling_was_rated(learner, book, noon):
    items = make_items(book, 4, to_a_fact=2)
    planning.start(learner, book, noon)
    for item in items:
        due(learner, item, noon.date())
    rate(learner, items[0], GOOD, noon)

    assert shown(learner, noon) == ["item-0-2", "item-0-3"]
    assert queueing.counts(learner, noon).review == 2
    rate(learner, items[2], GOOD, noon)
    assert queueing.done_until(learner, noon) == datetime(2026, 3, 3, 3, tzinfo=UTC)
    assert shown(learner, noon + DAY) == ["item-0-1", "item-0-3"]


def test_a_card_of_a_group_waits_a_day_as_well(learner, book, noon):
    first, second = make_items(book, 2, siblings="both-ways")
    planning.start(learner, book, noon)
    for item in (first, second):
        due(learner, item, noon.date())
    rate(learner, first, GOOD, noon)

    assert shown(learner, noon) == []
    assert shown(learner, noon + DAY) == [second.slug]


def test_a_rating_that_was_taken_back_holds_nothing_back(learner, book, noon):
    first, second = make_items(book, 2, to_a_fact=2)
    planning.start(learner, book, noon)
    for item in (first, second):
        due(learner, item, noon.date())
    rate(learner, first, GOOD, noon)
    undoing.undo(learner, noon + MINUTE)

    assert second.slug in shown(learner, noon + MINUTE)


def test_a_card_in_its_steps_is_not_held_back(learner, book, noon):
    first, second = make_items(book, 2, to_a_fact=2)
    planning.start(learner, book, noon)
    for item in (first, second):
        rate(learner, item, AGAIN, noon)

    assert shown(learner, noon + 10 * MINUTE) == [first.slug, second.slug]


def test_done_is_until_tomorrow_while_a_sibling_waits(learner, book, noon):
    first, _sibling = make_items(book, 2, to_a_fact=2)
    planning.start(learner, book, noon)
    rate(learner, first, GOOD, noon)

    assert shown(learner, noon) == []
    assert queueing.done_until(learner, noon) == datetime(2026, 3, 3, 3, tzinfo=UTC)
