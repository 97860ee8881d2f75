"""The queue of a book whose exam lies ahead."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from quizzes.cards import aiming, planning, queueing, setting_aside, surveying
from quizzes.cards.desk import sit_down
from quizzes.cards.models import Card
from quizzes.cards.scheduling import Rating, retrievability
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
)

MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)

pytestmark = pytest.mark.django_db


@pytest.fixture
def exam(plan, noon):
    """In ten days, on everything, ten minutes a day."""
    return planning.aim(plan, noon.date(), exam_on=noon.date() + 10 * DAY, minutes_a_day=10)


def aim_of(learner, at):
    [aim] = aiming.aims(sit_down(learner, at))
    return aim


def test_new_cards_are_as_many_as_the_minutes_allow(learner, plan, exam, noon):
    planning.change(plan, new_a_day=1)

    assert len(shown(learner, noon)) == 12  # 35 seconds each
    planning.aim(plan, noon.date(), exam_on=exam.exam_on, minutes_a_day=2)
    assert len(shown(learner, noon)) == 4


def test_new_and_known_cards_stand_in_one_line(learner, items, exam, noon):
    """What is new before what is weak, and that before what is firm; due or not."""
    weak = due(learner, items[3], noon.date() + DAY, interval=5)
    firm = due(learner, items[5], noon.date(), interval=300)

    line = shown(learner, noon)

    assert line.index("item-0-0") < line.index("item-0-3") < line.index("item-0-5")
    assert {weak.item.slug, firm.item.slug} < set(line)


def test_cards_in_their_steps_come_first(learner, items, exam, noon):
    rate(learner, items[7], AGAIN, noon - 15 * MINUTE)

    assert shown(learner, noon)[0] == "item-0-7"


def test_the_minutes_of_today_are_spent_once(learner, items, exam, noon):
    for item in items[:9]:
        rate(learner, item, GOOD, noon, duration_ms=60_000)

    assert aim_of(learner, noon).seconds_left == 60
    assert len(shown(learner, noon)) == 2
    for item in items[9:11]:
        rate(learner, item, GOOD, noon, duration_ms=60_000)
    assert shown(learner, noon) == []
    assert queueing.done_until(learner, noon) == datetime(2026, 3, 3, 3, tzinfo=UTC)
    assert shown(learner, noon + DAY) != []


def test_the_day_is_free_when_enough_is_to_be_expected(learner, book, items, exam, noon):
    planning.aim(exam, noon.date(), exam_on=exam.exam_on, minutes_a_day=10, target=0.8)
    for item in items:
        due(learner, item, noon.date() + 90 * DAY, interval=100)

    found = aim_of(learner, noon)

    assert found.choice.is_enough
    assert found.choice.recall_without == pytest.approx(retrievability(20, 100))
    assert shown(learner, noon) == []


def test_only_the_chapters_of_the_exam_are_asked(learner, book, items, plan, noon):
    second = book.chapters.get(number=1)
    [other] = make_items(book, 1, number=1)
    due(learner, items[0], noon.date())

    planning.aim(plan, noon.date(), exam_on=noon.date() + 10 * DAY, chapters=[second])

    assert shown(learner, noon) == [other.slug]


def test_after_the_exam_life_goes_on_as_before(learner, items, exam, noon):
    before = due(learner, items[0], noon.date() + 10 * DAY)
    after = noon + 10 * DAY

    assert "item-0-1" in shown(learner, noon)
    assert aiming.aims(sit_down(learner, after)) == []
    assert shown(learner, after)[0] == "item-0-0"
    assert len(shown(learner, after)) == 11  # ten new ones, as the plan says
    assert card_of(learner, items[0]).state == before.state


def test_another_book_goes_on_as_usual(learner, exam, noon):
    other = make_book("other")
    make_items(other, 30)
    planning.start(learner, other, noon)

    books = [entry.item.book for entry in queueing.queue(learner, noon, limit=50)]

    assert books == [exam.book] * 12 + [other] * 10


def test_the_nearer_exam_comes_first(learner, exam, noon):
    other = make_book("other")
    make_items(other, 3)
    near = planning.start(learner, other, noon)
    planning.aim(near, noon.date(), exam_on=noon.date() + 2 * DAY)

    assert [aim.plan for aim in aiming.aims(sit_down(learner, noon))] == [near, exam]


def test_siblings_wait_a_day_until_the_last_week(learner, book, noon):
    plan = planning.start(learner, book, noon)
    first, *_ = make_items(book, 4, to_a_fact=2)
    planning.aim(plan, noon.date(), exam_on=noon.date() + 20 * DAY)
    rate(learner, first, GOOD, noon)

    assert shown(learner, noon) == ["item-0-2"]
    planning.aim(plan, noon.date(), exam_on=noon.date() + 7 * DAY)
    assert sorted(shown(learner, noon)) == ["item-0-1", "item-0-2", "item-0-3"]


def test_a_known_sibling_waits_as_well(learner, book, noon):
    plan = planning.start(learner, book, noon)
    first, second = make_items(book, 2, to_a_fact=2)
    for item in (first, second):
        due(learner, item, noon.date())
    planning.aim(plan, noon.date(), exam_on=noon.date() + 20 * DAY, target=0.99)
    rate(learner, first, GOOD, noon)

    assert shown(learner, noon) == []
    assert shown(learner, noon + DAY)[0] == second.slug


@pytest.mark.parametrize("act", [setting_aside.bury, setting_aside.suspend])
def test_what_is_set_aside_is_not_asked(learner, items, exam, noon, act):
    due(learner, items[0], noon.date())

    for item in items[:2]:
        act(learner, item, noon)

    assert not {"item-0-0", "item-0-1"} & set(shown(learner, noon))


def test_what_is_reserved_or_not_ready_is_not_asked(learner, items, exam, noon):
    due(learner, items[0], noon.date())
    due(learner, items[1], noon.date())
    Item.objects.filter(pk=items[1].pk).update(state="retired")

    line = shown(learner, noon, reserved=(items[0].pk, items[2].pk))

    assert not {"item-0-0", "item-0-1", "item-0-2"} & set(line)


def test_counts_tell_what_the_queue_shows(learner, items, exam, noon):
    due(learner, items[0], noon.date() + DAY)
    rate(learner, items[1], AGAIN, noon)

    assert queueing.counts(learner, noon) == queueing.Counts(new=10, learning=1, review=1)
    assert len(shown(learner, noon)) == 11


def test_a_review_ahead_is_an_ordinary_review(learner, items, exam, noon):
    card = due(learner, items[0], noon.date() + 5 * DAY)
    [entry] = [e for e in queueing.queue(learner, noon) if e.card == card]

    rate(learner, items[0], GOOD, noon, interval=entry.offers[GOOD].days)

    after = card_of(learner, items[0])
    assert after.due_day == noon.date() + entry.offers[GOOD].days * DAY
    assert after.stability > card.stability


def test_a_card_that_is_not_safe_comes_back_before_the_exam(learner, items, exam, noon):
    planning.aim(exam, noon.date(), exam_on=exam.exam_on, target=0.99)
    due(learner, items[0], noon.date(), interval=10)
    [entry] = [e for e in queueing.queue(learner, noon) if e.item == items[0]]

    assert {o.window.latest for r, o in entry.offers.items() if r != Rating.AGAIN} == {9}
    assert queueing.queue(learner, noon + 10 * DAY)[0].offers[GOOD].days > 10


@pytest.mark.parametrize("rating", Rating)
def test_what_is_shown_is_what_is_stored(learner, items, exam, noon, rating):
    planning.aim(exam, noon.date(), exam_on=exam.exam_on, target=0.97)
    due(learner, items[0], noon.date(), interval=30)
    for entry in queueing.queue(learner, noon)[:4]:
        days = entry.offers[rating].days

        rate(learner, entry.item, rating, noon, interval=days)

        assert card_of(learner, entry.item).interval_days == days


def test_a_chapter_outside_the_exam_keeps_its_intervals(learner, book, items, plan, noon):
    [other] = make_items(book, 1, number=1)
    planning.aim(
        plan, noon.date(), exam_on=noon.date() + 5 * DAY, target=0.99,
        chapters=[items[0].chapter],
    )  # fmt: skip
    for item in (items[0], other):
        due(learner, item, noon.date(), interval=10)

    rate(learner, items[0], GOOD, noon)
    rate(learner, other, GOOD, noon)

    assert card_of(learner, items[0]).interval_days <= 4
    assert card_of(learner, other).interval_days > 10


@pytest.mark.parametrize("count", [1, 10, 100])
def test_the_queue_takes_the_same_queries_before_any_number_of_cards(learner, book, noon, count):
    plan = planning.start(learner, book, noon)
    items = make_items(book, 2 * count)
    for item in items[:count]:
        due(learner, item, noon.date())
    planning.aim(plan, noon.date(), exam_on=noon.date() + 10 * DAY, minutes_a_day=200)

    with CaptureQueriesContext(connection) as captured:
        entries = queueing.queue(learner, noon, limit=300)

    assert len(entries) == 2 * count
    assert len(captured) == 5


def test_no_more_cards_are_read_than_can_matter(learner, book, items, exam, noon, monkeypatch):
    monkeypatch.setattr(surveying, "MOST_SEEN", 2)
    for n, item in enumerate(items[:4]):
        due(learner, item, noon.date() - n * DAY)

    soonest = Card.objects.order_by("due_day")[:2]
    known = set(shown(learner, noon)) & {item.slug for item in items[:4]}
    assert known == {card.item.slug for card in soonest}
