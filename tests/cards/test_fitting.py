"""Fitted weights know a student better than the published ones."""

from collections import defaultdict
from statistics import fmean

import fsrs_rs_python
import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizzes.cards import fitting, training
from quizzes.cards.fitting import Three
from quizzes.cards.predicting import mean_loss, predictions
from quizzes.cards.scheduling import DEFAULT_WEIGHTS, Rating
from tests.cards.remembering import dated, histories, later_loss, logs, parted, student_log

threes = st.builds(Three, st.floats(-2, 2), st.floats(-1, 1), st.floats(-1, 1))


@given(log=logs, three=threes)
def test_the_quick_loss_is_that_of_the_kernel(log, three):
    weights = fitting.with_three(three)
    found = list(predictions(dated(log), weights))

    quick = fitting.total_loss(fitting.compiled(dated(log)), weights)

    assert quick == pytest.approx(mean_loss(found) * len(found), rel=1e-9, abs=1e-9)


def test_no_difference_is_the_published_weights():
    assert fitting.with_three(Three()) == DEFAULT_WEIGHTS


@given(three=threes)
def test_three_numbers_stay_within_the_models_bounds(three):
    weights = fitting.with_three(Three(*(3 * number for number in three)))

    assert fsrs_rs_python.check_and_fill_parameters(list(weights)) == pytest.approx(weights)


def test_a_few_reviews_move_the_weights_but_a_little():
    log = [[(1, Rating.GOOD), (3, Rating.AGAIN)], [(1, Rating.GOOD), (4, Rating.GOOD)]]

    three = fitting.fit_three(log)

    assert all(abs(number) < 0.5 for number in three)


@pytest.mark.parametrize("world", ["fsrs", "actr"])
@pytest.mark.parametrize("count", [64, 300])
def test_three_numbers_know_simulated_students_better(world, count):
    gains = []
    for seed in range(8):
        early, whole, split = parted(student_log(world, seed, cards=120, days=120)[1], count)
        fitted, _ = fitting.fitted(early)
        published = later_loss(whole, DEFAULT_WEIGHTS, split)
        gains.append(published - later_loss(whole, fitted, split))

    assert fmean(gains) > 0.003
    assert min(gains) > -0.025


def test_who_is_like_the_published_weights_is_not_made_worse():
    gains = []
    for seed in range(8):
        log = student_log("fsrs", seed, cards=120, days=120, weights=DEFAULT_WEIGHTS)[1]
        early, whole, split = parted(log, 300)
        fitted, _ = fitting.fitted(early)
        gains.append(later_loss(whole, DEFAULT_WEIGHTS, split) - later_loss(whole, fitted, split))

    assert fmean(gains) > -0.002


def test_a_fit_of_all_numbers_fades_in():
    assert fitting.share_of_all(fitting.MANY) == 0
    shares = [fitting.share_of_all(count) for count in range(1_000, 3_000, 50)]
    assert shares == sorted(shares)
    assert fitting.share_of_all(fitting.ALL_ALONE) == 1


def test_beyond_a_thousand_reviews_all_numbers_are_blended_with_the_three():
    log = histories(student_log("fsrs", 3, cards=400, days=150, new_a_day=8)[1])
    every = training.train(log)

    numbers, share = fitting.fitted(log, training.trainer())

    three = fitting.with_three(fitting.fit_three(log))
    assert 0 < share < 1
    assert numbers == pytest.approx(
        [(1 - share) * a + share * b for a, b in zip(three, every, strict=True)]
    )


def test_without_a_trainer_three_numbers_speak_alone():
    log = histories(student_log("fsrs", 3, cards=400, days=150, new_a_day=8)[1])

    numbers, share = fitting.fitted(log, None)

    assert (numbers, share) == (fitting.with_three(fitting.fit_three(log)), 0)


def test_all_numbers_are_those_of_the_extra_itself():
    """The same reviews given to the package by hand, prefix by prefix in the order of time."""
    log = student_log("actr", 4, cards=150, days=120)[1]
    items, cards = [], []
    seen = defaultdict[int, list[tuple[int, int, Rating]]](list)
    for card, day, rating, _ in log:
        past = seen[card]
        elapsed = day - past[-1][0] if past else 0
        past.append((day, elapsed, rating))
        if elapsed:
            prefix = [fsrs_rs_python.FSRSReview(int(r), e) for _, e, r in past]
            items.append((day, card, fsrs_rs_python.FSRSItem(prefix)))
            cards.append(card)
    items.sort(key=lambda one: one[:2])

    expected = fsrs_rs_python.FSRS([]).compute_parameters(
        [item for _, _, item in items], [card for _, card, _ in items], True, 1
    )

    by_card = defaultdict(list)
    for card, day, rating, _ in log:
        by_card[card].append((day, rating))
    assert training.train([by_card[card] for card in sorted(by_card)]) == tuple(expected)


def test_a_lesson_is_a_log_up_to_a_later_day():
    good, again = Rating.GOOD, Rating.AGAIN
    first = [(1, again), (1, good), (4, good), (9, again), (9, good)]

    lessons = training.lessons([first, [(2, good), (4, again)]])

    assert [(one.card, one.day, one.elapsed) for one in lessons] == [
        (0, 4, [0, 0, 3]),
        (1, 4, [0, 2]),
        (0, 9, [0, 0, 3, 5]),
    ]
    assert lessons[0].ratings == [again, good, good]
