"""Keys: what decides the mark of a question, by its kind. Options are known by their own places."""

from dataclasses import dataclass
from decimal import Decimal

from quizzes.assessment.grading.grades import Remark
from quizzes.assessment.typed_numbers import Bound
from quizzes.content.dates import FuzzyDate
from quizzes.items.fractions import FULL_FRACTION


@dataclass(frozen=True, slots=True)
class Single:
    """What each option earns when it is the one chosen, and what is said of it."""

    fractions: tuple[int, ...]
    feedback: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TrueFalse:
    """The place of the right one of two options."""

    right: int
    feedback: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Several:
    """The places of all right options; there are as many options as feedback."""

    rights: frozenset[int]
    feedback: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class AcceptedText:
    text: str
    fraction: int = FULL_FRACTION
    is_case_exact: bool = False
    is_accent_exact: bool = False
    feedback: str = ""


@dataclass(frozen=True, slots=True)
class AcceptedNumber:
    value: Decimal
    tolerance: Decimal = Decimal(0)
    bound: Bound = Bound.EXACTLY
    fraction: int = FULL_FRACTION
    feedback: str = ""


@dataclass(frozen=True, slots=True)
class AcceptedDate:
    when: FuzzyDate
    fraction: int = FULL_FRACTION
    feedback: str = ""


@dataclass(frozen=True, slots=True)
class ShortText:
    accepted: tuple[AcceptedText, ...]


@dataclass(frozen=True, slots=True)
class Number:
    accepted: tuple[AcceptedNumber, ...]


@dataclass(frozen=True, slots=True)
class Date:
    accepted: tuple[AcceptedDate, ...]


@dataclass(frozen=True, slots=True)
class Matching:
    """For each left side the right sides that go with it, of as many as there are in all.

    More than one goes with it only where right sides read the same. `distracting` is what is said
    of right sides that were chosen wrongly, by their place.
    """

    matches: tuple[frozenset[int], ...]
    right_sides: int
    feedback: tuple[str, ...]
    distracting: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Ordering:
    """Which lines must come before which; there are as many lines as feedback.

    What follows from two pairs need not be said. Every order that keeps all pairs is right.
    """

    before: frozenset[tuple[int, int]]
    feedback: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Unmarkable:
    """No machine can mark this; the remark says who does, if anybody."""

    remark: Remark | None = None


type GapKey = Single | ShortText | Number | Date | Unmarkable


@dataclass(frozen=True, slots=True)
class Cloze:
    """The key of each gap."""

    gaps: tuple[GapKey, ...]


type Key = (
    Single
    | TrueFalse
    | Several
    | ShortText
    | Number
    | Date
    | Matching
    | Ordering
    | Cloze
    | Unmarkable
)
type Accepted = AcceptedText | AcceptedNumber | AcceptedDate
