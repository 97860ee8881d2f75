"""What comes next: steps, what is due, what is new, and nothing twice."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from quizzes.cards import planning, queueing, setting_aside, surveying, undoing
from quizzes.cards.scheduling import Rating
from quizzes.items.models import Item
from tests.cards.acting import (
    AGAIN,
    GOOD,
    card_of,
    due,
    make_book,
    make_items,
    rate,
    shown,
    slugs,
    study,
)

MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)

pytestmark = pytest.mark.django_db


def test_new_cards_come_in_the_order_of_the_book_and_so_many_a_day(learner, plan, noon):
    assert shown(learner, noon) == [f"item-0-{n}" for n in range(10)]


def test_what_was_introduced_today_counts_against_the_number_a_day(learner, items, plan, noon):
    planning.change(plan, new_a_day=3)
    for item in items[:2]:
        study(learner, item, GOOD, at=noon)

    assert shown(learner, noon) == ["item-0-2"]
    assert shown(learner, noon + DAY) == ["item-0-2", "item-0-3", "item-0-4"]


def test_steps_come_before_due_cards_and_those_before_new_ones(learner, items, plan, noon):
    due(learner, items[5], noon.date())
    rate(learner, items[7], AGAIN, noon - HOUR)

    assert shown(learner, noon, limit=4) == ["item-0-7", "item-0-5", "item-0-0", "item-0-1"]


def test_the_longest_due_comes_first(learner, items, plan, noon):
    planning.change(plan, new_a_day=0)
    for n, days in enumerate([1, 3, 2, -1]):
        due(learner, items[n], noon.date() - timedelta(days=days))

    assert shown(learner, noon) == ["item-0-1", "item-0-2", "item-0-0"]


def test_a_card_is_due_from_the_start_of_the_learners_day(learner, items, plan, noon):
    planning.change(plan, new_a_day=0)
    due(learner, items[0], date(2026, 3, 3))
    four_in_berlin = datetime(2026, 3, 3, 3, tzinfo=UTC)

    assert shown(learner, four_in_berlin - MINUTE) == []
    assert shown(learner, four_in_berlin) == ["item-0-0"]


def test_a_step_is_shown_early_only_when_nothing_else_is_left(learner, items, plan, noon):
    planning.change(plan, new_a_day=2)
    rate(learner, items[0], AGAIN, noon)
    with_new = shown(learner, noon)
    rate(learner, items[1], GOOD, noon)

    assert with_new == ["item-0-1"]
    assert shown(learner, noon) == ["item-0-0"]


def test_a_step_of_more_than_twenty_minutes_is_waited_for(learner, items, plan, noon):
    planning.change(plan, new_a_day=1, learning_minutes=30)
    rate(learner, items[0], AGAIN, noon)

    assert shown(learner, noon) == []
    assert shown(learner, noon + 10 * MINUTE) == ["item-0-0"]


def test_only_the_chapters_of_the_plan_are_studied(learner, book, items, plan, noon):
    other = make_items(book, 2, number=1)
    due(learner, other[0], noon.date())
    both = shown(learner, noon, limit=50)

    planning.change(plan, chapters=list(book.chapters.filter(number=0)), new_a_day=50)

    assert "item-1-0" in both
    assert set(shown(learner, noon, limit=50)) == {item.slug for item in items}


def test_a_book_without_a_plan_is_not_studied(learner, items, noon):
    assert shown(learner, noon) == []


def test_one_book_can_be_asked_for(learner, book, plan, noon):
    other = make_book("other")
    make_items(other, 2)
    planning.start(learner, other, noon)

    assert len(shown(learner, noon)) == 12
    assert shown(learner, noon, book=other) == ["item-0-0", "item-0-1"]
    assert {e.item.book_id for e in queueing.queue(learner, noon, book=other)} == {other.pk}


@pytest.mark.parametrize("state", ["draft", "retired"])
def test_what_is_not_ready_is_neither_new_nor_due(learner, items, plan, noon, state):
    due(learner, items[0], noon.date())

    Item.objects.filter(pk__in=[items[0].pk, items[1].pk]).update(state=state)

    assert not {"item-0-0", "item-0-1"} & set(shown(learner, noon))


def test_a_question_that_is_no_card_is_not_shown(learner, book, plan, noon):
    new, old = make_items(book, 2, number=1, is_card=False)
    due(learner, old, noon.date())

    assert not {new.slug, old.slug} & set(shown(learner, noon, limit=50))


def test_what_is_set_aside_is_not_shown(learner, items, plan, noon):
    due(learner, items[0], noon.date())
    setting_aside.suspend(learner, items[0], noon)
    setting_aside.suspend(learner, items[1], noon)

    assert shown(learner, noon, limit=1) == ["item-0-2"]


def test_what_is_buried_comes_back_on_the_next_day(learner, items, plan, noon):
    due(learner, items[0], noon.date())
    setting_aside.bury(learner, items[0], noon)
    setting_aside.bury(learner, items[1], noon)

    assert shown(learner, noon, limit=1) == ["item-0-2"]
    assert shown(learner, noon + DAY, limit=2) == ["item-0-0", "item-0-1"]


def test_a_card_whose_only_rating_was_undone_is_new_again(learner, items, plan, noon):
    rate(learner, items[0], GOOD, noon)
    undoing.undo(learner, noon + MINUTE)

    [entry] = queueing.queue(learner, noon + MINUTE, limit=1)

    assert (entry.item, entry.card, entry.version) == (items[0], card_of(learner, items[0]), 2)
    assert card_of(learner, items[0]).phase == "new"


def test_a_flag_does_not_make_a_card_old(learner, items, plan, noon):
    setting_aside.flag(learner, items[0], 3, noon)

    assert shown(learner, noon, limit=1) == ["item-0-0"]


def test_an_entry_knows_the_version_that_its_answer_must_name(learner, items, plan, noon):
    card = study(learner, items[0], AGAIN, at=noon - HOUR)

    old, new = queueing.queue(learner, noon, limit=2)

    assert (old.card, old.version) == (card, 1)
    assert (new.card, new.version) == (None, 0)


def test_counts_are_those_of_today(learner, items, plan, noon):
    rate(learner, items[0], AGAIN, noon)
    due(learner, items[5], noon.date())
    due(learner, items[6], noon.date() + DAY)

    assert queueing.counts(learner, noon) == queueing.Counts(new=9, learning=1, review=1)


def test_counting_stops_where_nobody_reads_on(learner, book, plan, noon, monkeypatch):
    monkeypatch.setattr(surveying, "COUNTED_UP_TO", 3)
    for item in make_items(book, 5, number=1):
        due(learner, item, noon.date())

    assert queueing.counts(learner, noon).review == 3


def test_a_count_of_new_cards_is_what_the_queue_shows(learner, book, noon):
    make_items(book, 30, to_a_fact=2)
    planning.start(learner, book, noon)

    assert queueing.counts(learner, noon).new == len(shown(learner, noon, limit=50)) == 10


def test_done_is_until_the_next_step(learner, items, plan, noon):
    planning.change(plan, new_a_day=1, learning_minutes=30)
    rate(learner, items[0], AGAIN, noon)

    assert queueing.done_until(learner, noon) == noon + 30 * MINUTE


def test_done_is_until_tomorrow_while_there_is_something_new(learner, items, plan, noon):
    planning.change(plan, new_a_day=1)
    rate(learner, items[0], GOOD, noon)

    assert shown(learner, noon) == []
    assert queueing.done_until(learner, noon) == datetime(2026, 3, 3, 3, tzinfo=UTC)


def test_done_is_until_tomorrow_for_what_is_buried(learner, items, plan, noon):
    planning.change(plan, new_a_day=0, chapters=[])
    assert queueing.done_until(learner, noon) is None
    planning.change(plan, chapters=[items[0].chapter])
    for item in items:
        due(learner, item, noon.date() - DAY)
        setting_aside.bury(learner, item, noon)

    assert shown(learner, noon) == []
    assert queueing.done_until(learner, noon) == datetime(2026, 3, 3, 3, tzinfo=UTC)


def test_done_is_until_the_next_due_day_when_all_is_known(learner, items, plan, noon):
    for item in items:
        due(learner, item, date(2026, 3, 9))

    assert queueing.done_until(learner, noon) == datetime(2026, 3, 9, 3, tzinfo=UTC)


def test_done_for_good_has_no_end(learner, items, plan, noon):
    for item in items:
        setting_aside.suspend(learner, item, noon)

    assert queueing.done_until(learner, noon) is None


def test_somebody_without_an_account_may_try_ten(learner, book, items, noon):
    entries = queueing.trial(book, noon)

    assert slugs(entries) == [f"item-0-{n}" for n in range(10)]
    assert [e.version for e in entries] == [0] * 10


@pytest.mark.parametrize("rating", Rating)
def test_what_was_offered_in_a_trial_holds_for_the_guest(learner, book, items, noon, rating):
    [entry, *_] = queueing.trial(book, noon)

    rate(learner, entry.item, rating, noon, interval=entry.offers[rating].days, version=0)

    assert card_of(learner, entry.item).interval_days == entry.offers[rating].days


@pytest.mark.parametrize("count", [1, 10, 100])
def test_a_queue_takes_the_same_queries_whatever_it_holds(learner, book, noon, count):
    items = make_items(book, 3 * count)
    for n in range(count):
        due(learner, items[n], noon.date())
        rate(learner, items[count + n], AGAIN, noon - HOUR)
    planning.start(learner, book, noon)
    planning.change(learner.plans.get(), new_a_day=200)

    with CaptureQueriesContext(connection) as captured:
        entries = queueing.queue(learner, noon, limit=500)

    assert len(entries) == 3 * count
    assert len(captured) == 5


def test_the_next_card_that_is_due_takes_three_queries(learner, items, plan, noon):
    due(learner, items[0], noon.date())

    with CaptureQueriesContext(connection) as captured:
        [entry] = queueing.queue(learner, noon, limit=1)

    assert entry.item == items[0]
    assert len(captured) == 3


@pytest.mark.parametrize("books", [1, 4])
def test_counts_take_the_same_queries_whatever_the_number_of_books(learner, noon, books):
    for n in range(books):
        book = make_book(f"book-{n}")
        make_items(book, 3)
        planning.start(learner, book, noon)

    with CaptureQueriesContext(connection) as captured:
        counts = queueing.counts(learner, noon)

    assert counts.new == 3 * books
    assert len(captured) == 2
