"""Undo takes back the newest act, and everything is as it was."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from quizzes.cards import queueing, replaying, setting_aside, undoing
from quizzes.cards.models import Action, Card, DayTally, Review
from quizzes.cards.reviewing import AlreadyAnswered, Given, review_batch
from quizzes.cards.undoing import NothingToUndo
from tests.cards.acting import AGAIN, EASY, GOOD, HARD, card_of, rate, shown, study

MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)

pytestmark = pytest.mark.django_db


def columns(card):
    """All of a card's row but its version."""
    row = dict(Card.objects.filter(pk=card.pk).values().get())
    return row.pop("version"), row


def tallies():
    return list(DayTally.objects.order_by("day", "chapter").values())


@pytest.mark.parametrize("rating", [AGAIN, HARD, GOOD, EASY])
@pytest.mark.parametrize("before", [[GOOD], [GOOD, AGAIN], [AGAIN], [GOOD, GOOD, GOOD]])
def test_a_rating_taken_back_leaves_the_card_as_it_was(learner, item, plan, noon, before, rating):
    card = study(learner, item, *before, at=noon, gap=3 * DAY)
    later = noon + 12 * DAY
    (version, row), counted = columns(card), tallies()
    rate(learner, item, rating, later)

    action = undoing.undo(learner, later + MINUTE)

    assert (action.kind, action.card) == ("rate", card)
    assert columns(card) == (version + 2, row)
    assert tallies() == counted


def test_the_review_itself_is_kept(learner, item, plan, noon):
    review = rate(learner, item, GOOD, noon)
    raw = Review.objects.values().get()

    undoing.undo(learner, noon + MINUTE)

    assert Review.objects.values().get() == raw
    assert review.taken_back.taken_back_at == noon + MINUTE


def test_a_first_rating_taken_back_makes_the_card_new_and_room_for_it(learner, items, plan, noon):
    rate(learner, items[0], GOOD, noon)
    undoing.undo(learner, noon + MINUTE)

    assert shown(learner, noon + MINUTE)[0] == "item-0-0"
    assert queueing.counts(learner, noon + MINUTE).new == 10
    assert not DayTally.objects.exists()


def test_undo_goes_back_act_by_act(learner, items, plan, noon):
    rate(learner, items[0], GOOD, noon)
    setting_aside.flag(learner, items[1], 2, noon + MINUTE)
    rate(learner, items[1], AGAIN, noon + 2 * MINUTE)
    setting_aside.bury(learner, items[1], noon + 3 * MINUTE)
    setting_aside.suspend(learner, items[2], noon + 4 * MINUTE)

    undone = [undoing.undo(learner, noon + n * MINUTE) for n in range(5, 10)]

    assert [a.kind for a in undone] == ["suspend", "bury", "rate", "flag", "rate"]
    assert {(c.phase, c.is_suspended, c.buried_until, c.flag) for c in Card.objects.all()} == {
        ("new", False, None, 0)
    }
    with pytest.raises(NothingToUndo):
        undoing.undo(learner, noon + DAY)


def test_nothing_can_be_undone_before_anything_was_done(learner, plan, noon):
    with pytest.raises(NothingToUndo):
        undoing.undo(learner, noon)


def test_nobody_undoes_what_another_did(learner, item, plan, noon, django_user_model):
    rate(learner, item, GOOD, noon)

    with pytest.raises(NothingToUndo):
        undoing.undo(django_user_model.objects.create_user("other"), noon + MINUTE)


def test_what_was_taken_back_can_be_rated_anew(learner, item, plan, noon):
    rate(learner, item, AGAIN, noon)
    undoing.undo(learner, noon + MINUTE)

    rate(learner, item, GOOD, noon + 2 * MINUTE)

    card = card_of(learner, item)
    assert (card.phase, card.reps, card.lapses) == ("review", 1, 0)
    assert DayTally.objects.get().introduced == 1


def test_a_page_that_shows_the_card_before_the_undo_is_out_of_date(learner, item, plan, noon):
    rate(learner, item, AGAIN, noon)
    undoing.undo(learner, noon + MINUTE)

    with pytest.raises(AlreadyAnswered):
        rate(learner, item, GOOD, noon + 2 * MINUTE, version=1)


def test_a_review_that_came_late_is_taken_out_of_the_middle(learner, item, plan, noon):
    card = study(learner, item, GOOD, GOOD, at=noon, gap=4 * DAY)
    (version, row), counted = columns(card), tallies()
    late = Given(item, AGAIN, card.uid, noon + 2 * DAY)
    review_batch(learner, [late], noon + 6 * DAY)
    assert columns(card)[1] != row

    undoing.undo(learner, noon + 7 * DAY, uid=late.uid)

    assert columns(card) == (version + 2, row)
    assert tallies() == counted
    assert replaying.rebuild(learner) == 0


def test_the_newest_is_what_was_done_last_though_it_came_with_the_rest(learner, items, plan, noon):
    """All was done without a connection and handed in at once: first the reviews, then the acts."""
    rated = [Given(items[n], GOOD, uuid4(), noon + n * MINUTE) for n in (0, 3)]
    flagged = {"done_at": noon + 5 * MINUTE, "uid": uuid4()}
    review_batch(learner, rated, noon + DAY)
    setting_aside.flag(learner, items[1], 2, noon + DAY, **flagged)
    setting_aside.flag(learner, items[2], 2, noon + DAY, uid=uuid4(), done_at=noon + MINUTE)

    undone = [undoing.undo(learner, noon + DAY) for _ in range(4)]

    assert [action.card.item for action in undone] == [items[n] for n in (1, 3, 2, 0)]


@pytest.mark.parametrize("seed", range(8))
def test_whatever_came_late_as_many_undos_as_acts_leave_everything_as_it_was(
    learner, items, plan, noon, seed
):
    cards = [study(learner, item, GOOD, at=noon - 9 * DAY) for item in items[:3]]
    before = [columns(card)[1] for card in cards], tallies()
    first = Review.objects.count()
    for n in range(12):
        item, done_at = items[n % 3], noon + (n * (7 + seed) % 13) * MINUTE
        if (n + seed) % 2:
            review_batch(learner, [Given(item, GOOD, uuid4(), done_at)], noon + DAY)
        else:
            setting_aside.flag(learner, item, n % 7 + 1, noon + DAY, uid=uuid4(), done_at=done_at)

    undone = [undoing.undo(learner, noon + DAY) for _ in range(12)]

    assert [a.done_at for a in undone] == sorted((a.done_at for a in undone), reverse=True)
    assert ([columns(card)[1] for card in cards], tallies()) == before
    assert Review.objects.standing().count() == first


def test_undo_looks_at_no_more_of_a_long_log_than_of_a_short_one(learner, items, plan, noon):
    counts = []
    for size in (2, 60):
        batch = [Given(items[n % 5], GOOD, uuid4(), noon + n * MINUTE) for n in range(size)]
        review_batch(learner, batch, noon + DAY)
        with CaptureQueriesContext(connection) as captured:
            undoing.undo(learner, noon + DAY)
        counts.append(len(captured))

    assert counts[0] == counts[1]


def test_undo_leaves_a_burial_alone_that_came_before(learner, item, plan, noon):
    setting_aside.bury(learner, item, noon)
    rate(learner, item, GOOD, noon + MINUTE)

    undoing.undo(learner, noon + 2 * MINUTE)

    assert card_of(learner, item).buried_until == noon.date() + DAY
    assert Action.objects.filter(taken_back_at=None).count() == 1
