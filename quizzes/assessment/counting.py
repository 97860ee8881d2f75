"""Counting: which of a student's scores at an assignment goes into the gradebook. Pure.

Nothing is rounded on the way: what counts is rounded once, when all of it is worked out.
"""

from collections.abc import Sequence
from fractions import Fraction

WHOLE = 100


def after_penalty(score: int, days_late: int, late_percent: int) -> Fraction:
    """A score less what being late costs: so many per cent of it a begun day, never below 0.

    In units of 10⁻⁷, and exact.
    """
    return Fraction(score * max(0, WHOLE - late_percent * days_late), WHOLE)


def counted(scores: Sequence[Fraction], how: str) -> Fraction | None:
    """The score that counts of those of all attempts, the first attempt first; None of none.

    Each is what is left of it `after_penalty`. `how` is one of `Assignment.Counting`; scores and
    the mean are in units of 10⁻⁷, and exact.
    """
    if not scores:
        return None
    match how:
        case "best":
            return max(scores)
        case "last":
            return scores[-1]
        case "first":
            return scores[0]
        case "mean":
            return sum(scores, start=Fraction()) / len(scores)
    raise ValueError(how)
