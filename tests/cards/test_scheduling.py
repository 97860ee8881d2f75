"""The memory model: equal to the reference implementation, and lawful by itself."""

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

import fsrs
import pytest
from fsrs.scheduler import LOWER_BOUNDS_PARAMETERS, UPPER_BOUNDS_PARAMETERS
from hypothesis import assume, given
from hypothesis import strategies as st

from quizzes.cards.scheduling import (
    DEFAULT_WEIGHTS,
    MAX_DIFFICULTY,
    MIN_DIFFICULTY,
    MIN_STABILITY,
    Memory,
    Rating,
    initial,
    interval,
    preview,
    replay,
    retrievability,
    step,
)

FIRST_DAY = date(2026, 1, 5).toordinal()
LONGEST_LIFE = 36_500

ratings = st.sampled_from(Rating)
retentions = st.floats(0.7, 0.99)
days_between = st.integers(0, 400)
histories = st.lists(st.tuples(days_between, ratings), min_size=1, max_size=20)
in_bounds = st.tuples(
    *(
        st.floats(low, high)
        for low, high in zip(LOWER_BOUNDS_PARAMETERS, UPPER_BOUNDS_PARAMETERS, strict=True)
    )
)
weight_sets = st.just(DEFAULT_WEIGHTS) | in_bounds
memories = st.builds(
    Memory,
    stability=st.floats(0.01, 5_000),
    difficulty=st.floats(MIN_DIFFICULTY, MAX_DIFFICULTY),
    last_day=st.just(FIRST_DAY),
)


def dated(history):
    """Gaps in days turned into learner days, the first one on the first day."""
    day = FIRST_DAY
    reviews: list[tuple[int, Rating]] = []
    for gap, rating in history:
        day += gap if reviews else 0
        reviews.append((day, rating))
    return reviews


def remembered_by_fsrs(reviews, weights):
    """Stability and difficulty after each review, as the reference implementation has them."""
    scheduler = fsrs.Scheduler(parameters=weights, enable_fuzzing=False)
    card = fsrs.Card(card_id=1)
    for day, rating in reviews:
        at = datetime(2026, 1, 5, 12, tzinfo=UTC) + timedelta(days=day - FIRST_DAY)
        card, _ = scheduler.review_card(card, fsrs.Rating(rating), at)
        yield card.stability, card.difficulty


def remembered(reviews, weights=DEFAULT_WEIGHTS):
    memory = None
    for day, rating in reviews:
        memory = step(memory, rating, day, weights)
        yield memory.stability, memory.difficulty


def test_the_default_weights_are_those_of_the_reference():
    assert fsrs.Scheduler().parameters == DEFAULT_WEIGHTS


@given(history=histories, weights=weight_sets)
def test_memory_agrees_with_the_reference_implementation(history, weights):
    reviews = dated(history)

    expected = list(remembered_by_fsrs(reviews, weights))

    assume(all(stability <= LONGEST_LIFE for stability, _ in expected))
    assert list(remembered(reviews, weights)) == [
        pytest.approx(pair, rel=1e-9) for pair in expected
    ]


@given(memory=memories, elapsed=days_between, weights=weight_sets)
def test_retrievability_agrees_with_the_reference_implementation(memory, elapsed, weights):
    last_review = datetime(2026, 1, 5, tzinfo=UTC)
    card = fsrs.Card(card_id=1, stability=memory.stability, last_review=last_review)

    expected = fsrs.Scheduler(parameters=weights).get_card_retrievability(
        card, last_review + timedelta(days=elapsed)
    )

    assert retrievability(elapsed, memory.stability, weights) == pytest.approx(expected, rel=1e-9)


def test_the_published_history_gives_the_published_intervals():
    """Thirteen ratings of the reference's own tests, each on the day it falls due."""
    missed_twice = [Rating.GOOD] * 6 + [Rating.AGAIN] * 2 + [Rating.GOOD] * 5
    memory, day, intervals = None, FIRST_DAY, []
    has_step_left = True  # the reference starts with steps of 1 and 10 minutes
    for rating in missed_twice:
        memory = step(memory, rating, day)
        days = max(1, round(interval(memory.stability, 0.9)))
        if rating == Rating.AGAIN or has_step_left:
            days = 0
        has_step_left = False
        intervals.append(days)
        day += days

    assert intervals == [0, 2, 11, 46, 163, 498, 0, 0, 2, 4, 7, 12, 21]


def test_the_published_memory_after_a_miss_and_five_recalls():
    gaps = [0, 0, 1, 3, 8, 21]
    log = [Rating.AGAIN] + [Rating.GOOD] * 5

    memory = replay(dated(zip(gaps, log, strict=True)))

    assert memory
    assert memory.stability == pytest.approx(53.62691, abs=1e-4)
    assert memory.difficulty == pytest.approx(6.3574867, abs=1e-4)


def test_the_published_intervals_of_a_memory_of_one_day():
    retentions = [0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1.0]

    days = [max(1, round(interval(1.0, retention))) for retention in retentions]

    published = [3116766, 34793, 2508, 387, 90, 27, 9, 3, 1, 1]
    assert days == pytest.approx(published, rel=1e-5)


def test_an_empty_log_leaves_no_memory():
    assert replay([]) is None


@given(history=histories, weights=weight_sets)
def test_a_replay_is_every_step_in_order(history, weights):
    reviews = dated(history)

    memory = replay(reviews, weights)

    *_, last = remembered(reviews, weights)
    assert memory
    assert (memory.stability, memory.difficulty, memory.last_day) == (*last, reviews[-1][0])


@given(rating=ratings, weights=weight_sets)
def test_the_first_rating_makes_the_first_memory(rating, weights):
    assert step(None, rating, FIRST_DAY, weights) == initial(rating, FIRST_DAY, weights)


@given(memory=memories, elapsed=days_between, weights=weight_sets)
def test_a_preview_shows_what_each_rating_makes(memory, elapsed, weights):
    day = FIRST_DAY + elapsed

    shown = preview(memory, day, weights)

    assert shown == {rating: step(memory, rating, day, weights) for rating in Rating}


@given(memory=memories, back=st.integers(1, 3), rating=ratings)
def test_a_day_gained_by_travel_counts_as_the_same_day(memory, back, rating):
    earlier = step(memory, rating, FIRST_DAY - back)
    same = step(memory, rating, FIRST_DAY)

    assert (earlier.stability, earlier.difficulty) == (same.stability, same.difficulty)


@given(memory=memories, elapsed=st.integers(0, 20_000), weights=weight_sets)
def test_recall_is_a_probability_that_falls_with_time(memory, elapsed, weights):
    now, later = (
        retrievability(days, memory.stability, weights) for days in (elapsed, elapsed + 1)
    )

    assert 0 < later < now <= 1


@given(memory=memories, weights=weight_sets)
def test_recall_is_nine_in_ten_when_the_stability_has_passed(memory, weights):
    assert retrievability(memory.stability, memory.stability, weights) == pytest.approx(0.9)


@given(memory=memories, retention=retentions, weights=weight_sets)
def test_the_interval_is_when_recall_has_fallen_to_what_is_desired(memory, retention, weights):
    days = interval(memory.stability, retention, weights)

    assert retrievability(days, memory.stability, weights) == pytest.approx(retention)


@given(memory=memories, weights=weight_sets, pair=st.tuples(retentions, retentions))
def test_a_higher_desired_retention_means_a_shorter_interval(memory, weights, pair):
    low, high = sorted(pair)
    assume(high - low > 1e-6)

    assert interval(memory.stability, high, weights) < interval(memory.stability, low, weights)


@given(memory=memories, elapsed=days_between, weights=weight_sets)
def test_a_better_rating_never_leaves_a_weaker_or_harder_memory(memory, elapsed, weights):
    shown = preview(memory, FIRST_DAY + elapsed, weights)

    for worse, better in pairwise(Rating):
        assert shown[worse].stability <= shown[better].stability
        assert shown[worse].difficulty >= shown[better].difficulty


@given(memory=memories, elapsed=days_between, weights=weight_sets)
def test_a_recall_never_weakens_a_memory(memory, elapsed, weights):
    shown = preview(memory, FIRST_DAY + elapsed, weights)

    assert min(shown[r].stability for r in Rating if r != Rating.AGAIN) >= memory.stability


@given(memory=memories, elapsed=st.integers(1, 400), weights=weight_sets)
def test_a_miss_on_a_later_day_never_strengthens_a_memory(memory, elapsed, weights):
    after = step(memory, Rating.AGAIN, FIRST_DAY + elapsed, weights)

    assert after.stability <= memory.stability


@given(memory=memories, elapsed=st.integers(1, 400), later=st.integers(1, 400), weights=weight_sets)
def test_the_later_a_recall_the_more_it_adds(memory, elapsed, later, weights):
    soon, late = (
        step(memory, Rating.GOOD, FIRST_DAY + days, weights) for days in (elapsed, elapsed + later)
    )

    assert late.stability > soon.stability


@given(memory=memories, elapsed=st.integers(1, 400), weights=weight_sets, easier=st.floats(0.1, 9))
def test_a_harder_card_grows_less(memory, elapsed, weights, easier):
    assume(memory.difficulty - easier >= MIN_DIFFICULTY)
    easy = Memory(memory.stability, memory.difficulty - easier, FIRST_DAY)

    hard_after, easy_after = (
        step(card, Rating.GOOD, FIRST_DAY + elapsed, weights) for card in (memory, easy)
    )

    assert hard_after.stability < easy_after.stability


@given(history=histories, weights=weight_sets)
def test_memory_stays_within_its_bounds(history, weights):
    memory = replay(dated(history), weights)

    assert memory
    assert memory.stability >= MIN_STABILITY
    assert MIN_DIFFICULTY <= memory.difficulty <= MAX_DIFFICULTY


def test_extreme_weights_do_not_overflow():
    """A thousand easy recalls under the strongest growth there is."""
    strongest = (*UPPER_BOUNDS_PARAMETERS[:9], 0.0, *UPPER_BOUNDS_PARAMETERS[10:])

    memory = replay([(FIRST_DAY + 400 * n, Rating.EASY) for n in range(1_000)], strongest)

    assert memory
    assert 0 < retrievability(1, memory.stability, strongest) <= 1
