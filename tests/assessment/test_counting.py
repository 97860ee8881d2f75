"""What a mark says is what exact arithmetic says of however many questions, attempts and days."""

from fractions import Fraction
from math import floor

from hypothesis import given, strategies

from quizzes.assessment import overriding, tallying
from quizzes.assessment.models import Assignment
from quizzes.items.fractions import FULL_FRACTION, percent
from tests.profiles import count

DAYS = strategies.integers(0, 12)
HOW = strategies.sampled_from(Assignment.Counting.values)
LATE = strategies.sampled_from([0, 5, 10, 20, 25, 50, 100])


class Sat:
    """An attempt at questions that were right or wrong."""

    def __init__(self, right, asked, days_late):
        self.days_late, self.exact = days_late, Fraction(right, asked)
        weighted = [(right, FULL_FRACTION), (asked - right, 0)]
        self.score = tallying.mean(weighted)


@strategies.composite
def sat(draw):
    asked = draw(strategies.integers(1, 50))
    rights = draw(strategies.lists(strategies.integers(0, asked), min_size=1, max_size=3))
    return [Sat(right, asked, draw(DAYS)) for right in rights]


def told(attempts, how="mean", late=0):
    given = Assignment(counting=how, late_percent=late)
    return percent(overriding.mark(attempts, given, None) or 0)


def by_hand(attempts, how, late):
    """In tenths of a per cent, worked out without a unit."""
    left = [one.exact * max(0, 100 - late * one.days_late) / 100 for one in attempts]
    mean = sum(left) / len(left)
    exact = {"best": max(left), "first": left[0], "last": left[-1], "mean": mean}[how]
    tenths = floor(exact * 1_000 + Fraction(1, 2))
    return tenths if exact in {0, 1} else min(max(tenths, 1), 999)


@given(sat(), HOW, LATE)
def test_a_mark_says_what_exact_arithmetic_says(attempts, how, late):
    assert round(10 * told(attempts, how, late)) == by_hand(attempts, how, late)


def test_two_attempts_that_are_half_together_are_half():
    assert told([Sat(3, 7, 0), Sat(4, 7, 0)]) == 50
    assert told([Sat(9, 14, 0), Sat(12, 14, 0)]) == 75
    assert told([Sat(4, 15, 1)], late=10) == 24
    assert told([Sat(8, 9, 0)]) == 88.9


def test_every_mark_of_a_quiz_of_up_to_so_many_questions():
    most, wrong = count(40, 300), []
    for asked in range(1, most + 1):
        for right in range(asked + 1):
            one = [Sat(right, asked, 0)]
            if round(10 * told(one)) != by_hand(one, "best", 0):
                wrong.append((right, asked))
    assert wrong == []


def test_weights_are_weighed_before_anything_is_rounded():
    a_third, two_thirds = 3_333_333, 6_666_667

    assert tallying.mean([(3, a_third), (3, two_thirds)]) == 5_000_000
    assert tallying.mean([(1, FULL_FRACTION), (2, 0)]) == 3_333_333
    assert tallying.mean([(2, FULL_FRACTION), (1, 0)]) == two_thirds
    assert tallying.mean([(100, FULL_FRACTION), (1, FULL_FRACTION - 1)]) == FULL_FRACTION - 1
    assert tallying.mean([(1, -FULL_FRACTION), (1, 0)]) == tallying.mean([]) == 0
