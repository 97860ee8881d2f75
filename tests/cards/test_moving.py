"""A due day in place of the log's: it leaves memory alone, ends with a rating, can be undone."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from quizzes.cards import moving, queueing, replaying, reviewing, setting_aside, undoing
from quizzes.cards.models import Action, Card
from quizzes.cards.reviewing import Given
from tests.cards.acting import AGAIN, GOOD, card_of, make_items, rate, study

MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)
FAR = date(2026, 5, 1)

pytestmark = pytest.mark.django_db


@pytest.fixture
def card(learner, item, plan, noon):
    """In review."""
    return study(learner, item, GOOD, GOOD, at=noon, gap=2 * DAY)


@pytest.fixture
def later(noon):
    return noon + 3 * DAY


def test_a_move_changes_the_due_day_and_nothing_of_memory(learner, card, later):
    assert moving.move(learner, {card.pk: FAR}, later) == 1

    moved = card_of(learner, card.item)
    assert (moved.due_day, moved.moved_to, moved.version) == (FAR, FAR, card.version + 1)
    assert (moved.memory, moved.interval_days) == (card.memory, card.interval_days)
    assert replaying.told(moved) == moved.state
    assert replaying.rebuild(learner) == 0


def test_the_queue_goes_by_the_day_that_a_card_was_moved_to(learner, card, later):
    moving.move(learner, {card.pk: later.date()}, later)

    assert queueing.queue(learner, later)[0].card == card


def test_undo_gives_the_logs_due_day_back(learner, card, later):
    moving.move(learner, {card.pk: FAR}, later)

    undoing.undo(learner, later + MINUTE)

    back = card_of(learner, card.item)
    assert (back.due_day, back.moved_to) == (card.due_day, None)
    assert back.state == card.state


def test_the_next_rating_ends_a_move_and_undoing_it_brings_the_move_back(learner, card, later):
    moving.move(learner, {card.pk: FAR}, later)
    moved = card_of(learner, card.item)

    rate(learner, card.item, GOOD, later + DAY)
    rated = card_of(learner, card.item)
    assert rated.moved_to is None
    assert rated.due_day == (later + DAY).date() + timedelta(days=rated.interval_days)
    assert replaying.told(rated) == rated.state

    undoing.undo(learner, later + 2 * DAY)
    assert card_of(learner, card.item).state == moved.state


def test_a_miss_ends_a_move(learner, card, later):
    moving.move(learner, {card.pk: FAR}, later)

    rate(learner, card.item, AGAIN, later + DAY)

    missed = card_of(learner, card.item)
    assert (missed.phase, missed.due_day, missed.moved_to) == ("relearning", None, None)
    assert replaying.rebuild(learner) == 0


def test_a_rating_that_comes_late_ends_a_move_that_did_not_know_of_it(learner, card, later):
    moving.move(learner, {card.pk: FAR}, later)
    late = Given(card.item, GOOD, uuid4(), later - MINUTE)

    reviewing.review_batch(learner, [late], later + DAY)

    told = card_of(learner, card.item)
    assert told.moved_to is None
    assert replaying.told(told) == told.state


def test_a_card_may_be_moved_again_and_undone_step_by_step(learner, card, later):
    days = [FAR, date(2026, 4, 1), date(2026, 6, 1)]
    for n, day in enumerate(days):
        moving.move(learner, {card.pk: day}, later + n * MINUTE)
    seen = []
    for n in range(3):
        seen.append(card_of(learner, card.item).due_day)
        undoing.undo(learner, later + (5 + n) * MINUTE)

    assert seen == days[::-1]
    assert card_of(learner, card.item).due_day == card.due_day


def test_other_acts_leave_a_move_alone(learner, card, later):
    moving.move(learner, {card.pk: FAR}, later)

    setting_aside.flag(learner, card.item, 3, later)
    undoing.undo(learner, later + MINUTE)

    assert card_of(learner, card.item).due_day == FAR


def test_only_cards_in_review_are_moved(learner, items, card, later):
    learning = study(learner, items[1], AGAIN, at=later)
    new = setting_aside.flag(learner, items[2], 1, later)

    assert moving.move(learner, {one.pk: FAR for one in (card, learning, new)}, later) == 1

    assert not Card.objects.filter(moved_to=FAR).exclude(pk=card.pk).exists()


def test_a_move_to_the_day_on_which_it_is_due_is_none(learner, card, later):
    assert moving.move(learner, {card.pk: card.due_day}, later) == 0
    assert card_of(learner, card.item).version == card.version


def test_nobody_moves_the_cards_of_another(card, later, django_user_model):
    other = django_user_model.objects.create_user("other")

    assert moving.move(other, {card.pk: FAR}, later) == 0


@pytest.mark.parametrize("count", [1, 12, 500])
def test_any_number_of_cards_moves_in_four_queries_and_is_one_act_to_undo(
    learner, book, plan, noon, later, count
):
    items = make_items(book, count, number=1)
    given = [Given(item, GOOD, uuid4(), noon) for item in items]
    reviewing.review_batch(learner, given, noon)
    cards = list(Card.objects.order_by("pk"))
    days = {card.pk: FAR + timedelta(days=n % 30) for n, card in enumerate(cards)}

    with CaptureQueriesContext(connection) as captured:
        assert moving.move(learner, days, later) == count

    assert len([q for q in captured if "SAVEPOINT" not in q["sql"]]) == 4
    assert dict(Card.objects.values_list("pk", "due_day")) == days
    assert Action.objects.filter(kind="move").values("batch").distinct().count() == 1
    undoing.undo(learner, later + MINUTE)
    assert list(Card.objects.order_by("pk").values_list("due_day")) == [(c.due_day,) for c in cards]
    assert replaying.differences(learner) == []
