"""Counting: which of a student's scores at an assignment goes into the gradebook. Pure."""

from collections.abc import Sequence


def counted(scores: Sequence[int], how: str) -> int | None:
    """The score that counts of those of all attempts, the first attempt first; None of none.

    `how` is one of `Assignment.Counting`; scores and the mean are in units of 10⁻⁷, rounded down.
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
