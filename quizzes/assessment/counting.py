"""Counting: which of a student's scores at an assignment goes into the gradebook. Pure."""

from collections.abc import Sequence

WHOLE = 100


def after_penalty(score: int, days_late: int, late_percent: int) -> int:
    """A score less what being late costs: so many per cent of it a begun day, never below 0.

    Scores are in units of 10⁻⁷, rounded down.
    """
    return score * max(0, WHOLE - late_percent * days_late) // WHOLE


def counted(scores: Sequence[int], how: str) -> int | None:
    """The score that counts of those of all attempts, the first attempt first; None of none.

    Each is what is left of it `after_penalty`. `how` is one of `Assignment.Counting`; scores and
    the mean are in units of 10⁻⁷, rounded down.
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
            return sum(scores) // len(scores)
    raise ValueError(how)
