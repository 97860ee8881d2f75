"""Grading: a key and an answer make a fraction of the mark, and what is to be said of it.

Pure, and total: whatever a key and an answer are, there is a grade. Fractions are whole numbers
of 10⁻⁷ of the mark. A grade without a fraction says that a machine cannot mark this, which is
something else than wrong.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from quizzes.assessment import typed_dates
from quizzes.assessment.answering import Answer, Chosen, Typed, UnreadableError, is_blank, number
from quizzes.content.dates import FuzzyDate, finer, within
from quizzes.items.fractions import FULL_FRACTION
from quizzes.items.normalizing import answer_key


class Remark(StrEnum):
    """What a grade says beside its fraction."""

    NOT_ANSWERED = "not_answered"
    TOO_EXACT = "too_exact"
    NOT_EXACT_ENOUGH = "not_exact_enough"
    NOT_UNDERSTOOD = "not_understood"


@dataclass(frozen=True, slots=True)
class Grade:
    """The share of the mark, the author's words on the answer, and a remark."""

    fraction: int | None
    feedback: tuple[str, ...] = ()
    remark: Remark | None = None


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
    feedback: str = ""


@dataclass(frozen=True, slots=True)
class AcceptedNumber:
    value: Decimal
    tolerance: Decimal = Decimal(0)
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
class Unmarkable:
    """No machine can mark this."""


type Key = Single | TrueFalse | Several | ShortText | Number | Date | Unmarkable
type Accepted = AcceptedText | AcceptedNumber | AcceptedDate

WRONG = Grade(0)
UNGRADABLE = Grade(None)


def grade(key: Key, answer: Answer | None) -> Grade:
    """The grade of an answer; none, or a blank one, earns nothing.

    The sources of the rules are beside them; of several accepted answers the best counts.
    """
    if isinstance(key, Unmarkable):
        return UNGRADABLE
    if answer is None or is_blank(answer):
        return Grade(0, remark=Remark.NOT_ANSWERED)
    match key, answer:
        case Single() | TrueFalse() | Several(), Chosen(positions):
            return _chosen(key, positions)
        case ShortText() | Number() | Date(), Typed(text):
            return _typed(key, text)
    return UNGRADABLE


def _chosen(key: Single | TrueFalse | Several, positions: frozenset[int]) -> Grade:
    if max(positions) >= len(key.feedback) or min(positions) < 0:
        return UNGRADABLE
    said = tuple(key.feedback[place] for place in sorted(positions) if key.feedback[place])
    if isinstance(key, Several):
        return Grade(_share(key, positions), said)
    if len(positions) > 1:
        return UNGRADABLE
    [place] = positions
    if isinstance(key, TrueFalse):
        return Grade(FULL_FRACTION if place == key.right else 0, said)
    return Grade(key.fractions[place], said)


def _share(key: Several, positions: frozenset[int]) -> int:
    """The share of right options found, less the share of wrong ones taken, never below 0.

    So only the whole right set earns the whole mark, and choosing everything earns nothing.
    """
    rights, wrongs = len(key.rights), len(key.feedback) - len(key.rights)
    hits = len(positions & key.rights)
    misses = len(positions - key.rights)
    if not rights:
        return 0
    if not wrongs:
        return FULL_FRACTION * hits // rights
    return max(0, FULL_FRACTION * (hits * wrongs - misses * rights) // (rights * wrongs))


def _typed(key: ShortText | Number | Date, text: str) -> Grade:
    match key:
        case ShortText(accepted):
            return _best(accepted, lambda one: _is_text(one, text)) or WRONG
        case Number(accepted):
            return _number(accepted, text)
        case Date(accepted):
            return _date(accepted, text)


def _best[A: Accepted](accepted: Iterable[A], is_it: Callable[[A], bool]) -> Grade | None:
    fitting = [one for one in accepted if is_it(one)]
    if not fitting:
        return None
    best = max(fitting, key=lambda one: one.fraction)
    return Grade(best.fraction, (best.feedback,) if best.feedback else ())


def _is_text(one: AcceptedText, text: str) -> bool:
    """Diacritics, apostrophes, capitals, punctuation and the article do not matter."""
    if one.is_case_exact:
        return " ".join(one.text.split()) == " ".join(text.split())
    said = answer_key(text)
    return said != "" and said == answer_key(one.text)


def _number(accepted: Iterable[AcceptedNumber], text: str) -> Grade:
    """A qualifier (“about”, “over”) may stand before the number or be left out."""
    try:
        said = number(text)
    except UnreadableError:
        return Grade(0, remark=Remark.NOT_UNDERSTOOD)
    return _best(accepted, lambda one: abs(said - one.value) <= one.tolerance) or WRONG


def _date(accepted: tuple[AcceptedDate, ...], text: str) -> Grade:
    """As exact as the source and no more: a finer date claims what the source does not say."""
    said = typed_dates.read(text)
    if right := _best(accepted, lambda one: _is_date(one.when, said, text)):
        return right
    if said is None:
        return Grade(0, remark=Remark.NOT_UNDERSTOOD)
    if any(finer(said, one.when) for one in accepted):
        return Grade(0, remark=Remark.TOO_EXACT)
    if any(within(one.when, said) for one in accepted):
        return Grade(0, remark=Remark.NOT_EXACT_ENOUGH)
    return WRONG


def _is_date(when: FuzzyDate, said: FuzzyDate | None, text: str) -> bool:
    """The same days, however they are spelled, or the source's own words."""
    is_same = said is not None and said.bounds is not None and said.bounds == when.bounds
    return is_same or (answer_key(text) != "" and answer_key(text) == answer_key(when.label))
