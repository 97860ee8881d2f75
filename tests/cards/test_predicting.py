from math import exp

import pytest
from hypothesis import given

from quizzes.cards.predicting import evaluable_days, mean_loss, predictions, surprise
from quizzes.cards.scheduling import DEFAULT_WEIGHTS, Rating, replay, retrievability
from tests.cards.remembering import dated, logs

AGAIN, GOOD = Rating.AGAIN, Rating.GOOD


@given(log=logs)
def test_each_review_on_a_later_day_is_foretold_once(log):
    found = list(predictions(dated(log), DEFAULT_WEIGHTS))

    later = sum(gap > 0 for card in log for gap, _ in card[1:])
    assert sorted(one.day for one in found) == evaluable_days(dated(log))
    assert len(found) == later
    assert all(0 < one.chance < 1 and one.elapsed > 0 for one in found)


def test_what_is_foretold_is_the_memory_of_all_before_it():
    history = [(1, AGAIN), (1, GOOD), (4, GOOD), (9, AGAIN)]

    *_, last = predictions([history], DEFAULT_WEIGHTS)

    memory = replay(history[:3])
    assert memory
    assert last == (9, 5, retrievability(5, memory.stability), False)


def test_what_is_foretold_may_begin_on_a_day():
    history = [(1, GOOD), (3, GOOD), (9, AGAIN), (10, GOOD)]

    days = [one.day for one in predictions([history], DEFAULT_WEIGHTS, since=9)]

    assert days == [9, 10]


def test_what_was_sure_and_came_otherwise_surprises_most():
    assert surprise(1.0) < surprise(0.9) < surprise(0.5) < surprise(0.0)
    assert surprise(0.0) < 14
    assert exp(-surprise(0.3)) == pytest.approx(0.3)


def test_the_loss_of_nothing_is_none():
    assert mean_loss([]) == 0
