"""What comes of an answer: a share of the mark, and what is to be said of it."""

from dataclasses import dataclass
from enum import StrEnum

from quizzes.items.fractions import FULL_FRACTION


class Remark(StrEnum):
    """What a grade says beside its fraction."""

    NOT_ANSWERED = "not_answered"
    TOO_EXACT = "too_exact"
    NOT_EXACT_ENOUGH = "not_exact_enough"
    NOT_UNDERSTOOD = "not_understood"
    WRONG_BOUND = "wrong_bound"
    BY_A_PERSON = "by_a_person"


@dataclass(frozen=True, slots=True)
class Grade:
    """The share of the mark, the author's words on the answer, and a remark.

    Without a fraction a machine cannot mark the answer, which is something else than wrong. What
    is given to everyone is given whole: tries and hints take nothing off it.
    """

    fraction: int | None
    feedback: tuple[str, ...] = ()
    remark: Remark | None = None
    is_given: bool = False


WRONG = Grade(0)
UNGRADABLE = Grade(None)
GIVEN = Grade(FULL_FRACTION, is_given=True)
