"""A guest who signs in to an account brings the reviews along."""

from datetime import timedelta

import pytest

from quizzes.cards import merging, planning, replaying, setting_aside, undoing
from quizzes.cards.models import Action, DayTally, Review
from quizzes.people.models import User
from tests.cards.acting import AGAIN, EASY, GOOD, card_of, rate, study

MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)

pytestmark = pytest.mark.django_db


@pytest.fixture
def guest(db, book, noon):
    guest = User.objects.create_user("guest", time_zone="Asia/Tokyo", is_guest=True)
    planning.start(guest, book, noon)
    return guest


def test_a_guests_reviews_are_added_with_all_that_was_given(learner, guest, items, plan, noon):
    for item in items[:10]:
        rate(guest, item, GOOD, noon, duration_ms=900)

    assert merging.copy_reviews(guest, learner) == 10

    assert learner.cards.count() == 10
    assert card_of(learner, items[0]).state == card_of(guest, items[0]).state
    mine, theirs = (r.reviews.in_order().first() for r in (learner, guest))
    for column in ("uid", "rating", "answered_at", "time_zone", "learner_day", "duration_ms"):
        assert getattr(mine, column) == getattr(theirs, column)
    assert sum(DayTally.objects.filter(learner=learner).values_list("introduced", flat=True)) == 10


def test_copying_twice_adds_nothing(learner, guest, item, plan, noon):
    rate(guest, item, GOOD, noon)
    merging.copy_reviews(guest, learner)
    once = card_of(learner, item).state

    assert merging.copy_reviews(guest, learner) == 0

    assert card_of(learner, item).state == once
    assert Review.objects.filter(learner=learner).count() == 1


def test_two_logs_of_one_card_become_one_in_the_order_of_time(learner, guest, item, plan, noon):
    study(learner, item, GOOD, GOOD, at=noon, gap=4 * DAY)
    rate(guest, item, AGAIN, noon + 2 * DAY)

    merging.copy_reviews(guest, learner)

    assert [r.rating for r in learner.reviews.in_order()] == [GOOD, AGAIN, GOOD]
    assert card_of(learner, item).lapses == 1
    assert replaying.rebuild(learner) == 0


def test_what_the_guest_took_back_stays_behind(learner, guest, items, plan, noon):
    rate(guest, items[0], EASY, noon)
    rate(guest, items[1], GOOD, noon + MINUTE)
    undoing.undo(guest, noon + 2 * MINUTE)

    assert merging.copy_reviews(guest, learner) == 1

    assert [c.item for c in learner.cards.all()] == [items[0]]


def test_the_guests_own_log_is_left_alone(learner, guest, item, plan, noon):
    rate(guest, item, GOOD, noon)
    before = list(guest.reviews.values())

    merging.copy_reviews(guest, learner)

    assert list(guest.reviews.values()) == before


def test_flags_notes_and_what_was_set_aside_come_along(learner, guest, items, plan, noon):
    setting_aside.flag(guest, items[0], 4, noon)
    setting_aside.note(guest, items[0], "From the train.", noon)
    setting_aside.suspend(guest, items[1], noon)
    setting_aside.flag(guest, items[2], 5, noon + MINUTE)
    undoing.undo(guest, noon + 2 * MINUTE)

    assert merging.copy_acts(guest, learner, noon + DAY) == 3

    assert (card_of(learner, items[0]).flag, card_of(learner, items[0]).note) == (
        4,
        "From the train.",
    )
    assert card_of(learner, items[1]).is_suspended
    assert not learner.cards.filter(item=items[2]).exists()
    assert replaying.differences(learner) == []


def test_of_both_the_later_act_counts_and_copying_twice_adds_nothing(
    learner, guest, item, plan, noon
):
    setting_aside.flag(guest, item, 4, noon)
    setting_aside.flag(learner, item, 2, noon + MINUTE)

    assert [merging.copy_acts(guest, learner, noon + DAY) for _ in range(2)] == [1, 0]

    assert card_of(learner, item).flag == 2
    assert Action.objects.filter(learner=learner).count() == 2
