"""The memory model against a second implementation of it, in single precision: the optional extra.

The reference of `test_scheduling` is the slower of the two and the exacter.
"""

from itertools import accumulate

import fsrs_rs_python
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from quizzes.cards import training
from quizzes.cards.fitting import Three, with_three
from quizzes.cards.predicting import predictions
from quizzes.cards.scheduling import DEFAULT_WEIGHTS, Rating, interval, replay
from tests.cards.remembering import FIRST_DAY, dated, histories, logs, student_log

LONGEST_LIFE = 36_500
SINGLE = 5e-5

# Weights at the bounds of what is lawful lose digits in single precision; learners' do not.
weight_sets = st.builds(Three, *[st.floats(-1, 1)] * 3).map(with_three)
cards = st.lists(st.tuples(st.integers(0, 400), st.sampled_from(Rating)), min_size=1, max_size=15)


def as_items(history):
    """A history as the package reads it: ratings, and the days since the one before."""
    days = [history[0][0], *(day for day, _ in history)]
    return fsrs_rs_python.FSRSItem(
        [
            fsrs_rs_python.FSRSReview(int(rating), day - before)
            for before, (day, rating) in zip(days, history, strict=False)
        ]
    )


@given(card=cards, weights=weight_sets)
def test_memory_agrees_with_the_second_implementation(card, weights):
    [history] = dated([card])
    memory = replay(history, weights)

    other = fsrs_rs_python.FSRS(list(weights)).memory_state(as_items(history))

    assume(memory and all(_stays_sane(history[:n], weights) for n in range(1, len(history) + 1)))
    assert memory
    assert memory.stability == pytest.approx(other.stability, rel=SINGLE)
    assert memory.difficulty == pytest.approx(other.difficulty, rel=SINGLE)


@given(stability=st.floats(0.1, 3_000), retention=st.floats(0.7, 0.97))
def test_intervals_agree_with_the_second_implementation(stability, retention):
    other = fsrs_rs_python.FSRS(list(DEFAULT_WEIGHTS)).next_interval(stability, retention, 3)

    assert interval(stability, retention) == pytest.approx(other, rel=1e-3)


@given(log=logs)
def test_lessons_end_on_the_evaluable_reviews(log):
    lessons = training.lessons(dated(log))

    found = sorted(predictions(dated(log), DEFAULT_WEIGHTS))
    assert sorted((one.day, one.elapsed[-1]) for one in lessons) == [
        (one.day, one.elapsed) for one in found
    ]


@pytest.mark.parametrize("world", ["fsrs", "actr"])
def test_the_log_loss_of_a_log_agrees_with_the_second_implementation(world):
    """The package weighs a review the more the later it came."""
    lessons = training.lessons(histories(student_log(world, 6)[1]))
    losses = [foretold(lesson).loss for lesson in lessons]
    weights = [0.25 + 0.75 * (n / (len(lessons) - 1)) ** 3 for n in range(len(lessons))]

    items = [as_items(as_history(lesson)) for lesson in lessons]
    other = fsrs_rs_python.FSRS(list(DEFAULT_WEIGHTS)).evaluate(items)

    weighed = sum(loss * weight for loss, weight in zip(losses, weights, strict=True))
    assert weighed / sum(weights) == pytest.approx(other.log_loss, abs=1e-6)


def as_history(lesson):
    days = accumulate(lesson.elapsed, initial=FIRST_DAY)
    next(days)
    return list(zip(days, lesson.ratings, strict=True))


def foretold(lesson):
    """The prediction of a lesson's last review."""
    *_, last = predictions([as_history(lesson)], DEFAULT_WEIGHTS)
    return last


def _stays_sane(history, weights):
    memory = replay(history, weights)
    return memory is not None and memory.stability <= LONGEST_LIFE
