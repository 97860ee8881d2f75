"""On which day a card comes back: full days, days off and siblings are seen ahead."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from quizzes.cards import queueing
from quizzes.cards.looking_ahead import look_ahead
from quizzes.cards.models import DayOff
from quizzes.cards.scheduling import Rating
from tests.cards.acting import GOOD, card_of, due, make_book, make_items, rate

DAY = timedelta(days=1)

pytestmark = pytest.mark.django_db


def next_entry(learner, noon):
    [entry] = queueing.queue(learner, noon, limit=1)
    return entry


@pytest.fixture
def window(learner, items, plan, noon):
    """The days that Good may choose from for a card that is due today."""
    due(learner, items[0], noon.date())
    offer = next_entry(learner, noon).offers[GOOD]
    return [noon.date() + n * DAY for n in offer.window.days_to_choose]


def chosen(learner, noon):
    return noon.date() + next_entry(learner, noon).offers[GOOD].days * DAY


def test_full_days_are_avoided(learner, book, window, noon):
    quiet = window[-2]
    others = iter(make_items(book, 4 * len(window), number=1))
    for day in window:
        for _ in range(4 if day != quiet else 0):
            due(learner, next(others), day)

    assert chosen(learner, noon) == quiet


def test_days_off_are_avoided(learner, window, noon):
    left = window[2]
    DayOff.objects.bulk_create(DayOff(learner=learner, day=day) for day in window if day != left)

    assert chosen(learner, noon) == left


def test_a_week_with_one_study_day_is_kept(learner, window, noon):
    """Each card comes back on a Thursday, if one is in its window."""
    learner.week = "ooonooo"
    learner.save()

    assert chosen(learner, noon).strftime("%A") == "Thursday"


def test_days_on_which_a_sibling_is_due_are_avoided(learner, book, items, window, noon):
    sibling, *more = make_items(book, len(window), number=1)
    sibling.subject = items[0].subject
    sibling.save()
    free = window[-1]
    others = [sibling, *more]
    for item, day in zip(others, window, strict=True):
        item.subject = items[0].subject
        item.save()
        if day != free:
            due(learner, item, day)

    assert chosen(learner, noon) == free


def test_a_group_of_another_book_is_no_kin(learner, items, window, noon):
    other = make_book("other")
    [stranger] = make_items(other, 1, siblings="both-ways")
    items[0].siblings = "both-ways"
    items[0].save()
    due(learner, stranger, window[0])

    [ahead] = look_ahead(learner, [items[0]], window).values()

    assert ahead.kin == frozenset()
    assert ahead.loads == {window[0].toordinal(): 1}


@pytest.mark.parametrize("rating", Rating)
def test_what_is_shown_is_what_is_stored(learner, book, items, window, noon, rating):
    for item, day in zip(make_items(book, len(window), number=1), window, strict=True):
        due(learner, item, day)
    DayOff.objects.create(learner=learner, day=window[1])
    entry = next_entry(learner, noon)
    days = entry.offers[rating].days

    rate(learner, entry.item, rating, noon, interval=days)

    assert card_of(learner, entry.item).interval_days == days


@pytest.mark.parametrize("count", [1, 10, 100])
def test_looking_ahead_takes_one_query_for_any_number_of_cards(learner, book, noon, count):
    items = make_items(book, count, to_a_fact=2)
    days = [noon.date() + n * DAY for n in range(count)]
    for item, day in zip(items, days, strict=True):
        due(learner, item, day)
        DayOff.objects.create(learner=learner, day=day)

    with CaptureQueriesContext(connection) as captured:
        aheads = look_ahead(learner, items, days)

    assert len(captured) == 1
    assert aheads.keys() == {item.pk for item in items}
    assert all(a.is_off(day.toordinal()) for a in aheads.values() for day in days)
