"""Rounding: once, to the nearest, and neither all nor nothing is said of anything else."""

from fractions import Fraction

import pytest
from hypothesis import given, strategies

from quizzes.items.fractions import FULL_FRACTION, nearest, percent

MARKS = strategies.integers(0, FULL_FRACTION)
SHARES = strategies.fractions(0, FULL_FRACTION, max_denominator=10_000)


@pytest.mark.parametrize(
    ("mark", "told"),
    [
        (0, "0"),
        (1, "0.1"),
        (5_000_000, "50"),
        (6_664_999, "66.6"),
        (6_665_000, "66.7"),
        (6_666_667, "66.7"),
        (6_667_000, "66.7"),
        (8_888_889, "88.9"),
        (9_999_999, "99.9"),
        (FULL_FRACTION, "100"),
    ],
)
def test_a_mark_says_a_tenth_of_a_per_cent_where_there_is_one(mark, told):
    assert str(percent(mark)) == told


@given(MARKS, MARKS)
def test_what_a_mark_says_is_near_it_and_a_better_one_says_no_less(mark, other):
    told = percent(mark)

    assert abs(Fraction(told).limit_denominator(10) * FULL_FRACTION - 100 * mark) <= (
        FULL_FRACTION // 20 if 5_000 <= mark < FULL_FRACTION - 5_000 else FULL_FRACTION // 10
    )
    assert (told == 100) == (mark == FULL_FRACTION)
    assert (told == 0) == (mark == 0)
    assert (percent(other) >= told) or other < mark


@given(SHARES)
def test_what_is_kept_is_the_nearest_unit_half_up(exact):
    kept = nearest(exact)

    off = kept - exact
    is_at_an_end = kept in {1, FULL_FRACTION - 1}
    assert -Fraction(1, 2) < off <= Fraction(1, 2) or (is_at_an_end and abs(off) < 1)
    assert (kept == FULL_FRACTION) == (exact == FULL_FRACTION)
    assert (kept == 0) == (exact == 0)
