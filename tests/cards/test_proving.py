"""The gate: weights are let through where later reviews prove them better, and by enough."""

import pytest

from quizzes.cards import proving, training
from quizzes.cards.proving import Proof
from quizzes.cards.scheduling import DEFAULT_WEIGHTS, Rating
from tests.cards.remembering import histories, student_log

NONSENSE = (*[100.0] * 4, *DEFAULT_WEIGHTS[4:])
STRONGER = (*[2 * w for w in DEFAULT_WEIGHTS[:4]], *DEFAULT_WEIGHTS[4:])
AGAIN, GOOD = Rating.AGAIN, Rating.GOOD


def test_better_weights_are_let_through():
    log = histories(student_log("actr", 1, cards=120, days=120)[1])

    proof = proving.prove(log, DEFAULT_WEIGHTS)

    assert proof.loss_before
    assert proof.loss_after
    assert proof.loss_before - proof.loss_after > proving.GATE
    assert proof.is_better


def test_weights_that_foretell_worse_are_stopped():
    student, log = student_log("fsrs", 2, cards=400, days=200, new_a_day=8)

    proof = proving.prove(histories(log), student.weights, train=lambda _: NONSENSE)

    assert proof.loss_before
    assert proof.loss_after
    assert proof.loss_after > proof.loss_before
    assert not proof.is_better


@pytest.mark.parametrize("seed", range(5))
def test_nobody_is_better_than_who_knows_the_truth(seed):
    student, log = student_log("fsrs", seed, cards=150, days=120)

    assert not proving.prove(histories(log), student.weights, training.trainer()).is_better


def test_a_gain_that_is_not_worth_a_change_is_stopped():
    assert not proving.is_better(0.3510, 0.3505)
    assert proving.is_better(0.3510, 0.3495)


def test_what_cannot_be_told_yet_is_not_better():
    assert not proving.is_better(None, None)


def twice(days, *, recalled):
    """Cards learned on the first day, one of them asked again on each of these."""
    return [[(1, GOOD), (day, GOOD if recalled else AGAIN)] for day in days]


def test_one_good_day_proves_nothing_however_many_its_reviews():
    """All recalled after a long break: stronger memories foretell it better, but it is one day."""
    one_day = twice([60] * 100, recalled=True)
    many_days = twice(range(60, 160), recalled=True)

    assert not proving.compared(one_day, DEFAULT_WEIGHTS, STRONGER).is_better
    assert proving.compared(many_days, DEFAULT_WEIGHTS, STRONGER).is_better


def test_days_that_contradict_each_other_prove_nothing():
    """Seven days speak for stronger memories and three against: a gain, but it may be luck."""
    good = twice(list(range(60, 67)) * 10, recalled=True)
    bad = twice(list(range(67, 70)) * 10, recalled=False)

    assert proving.compared(good + bad, DEFAULT_WEIGHTS, STRONGER) == Proof(None, None)
    assert proving.compared(good + bad[:3], DEFAULT_WEIGHTS, STRONGER).is_better
