"""Telling apart: what an answer puts in each place of its question, and when two are the same.

A place is what was typed, a gap for a text, a left side that is matched, or a rank that is filled.
Two answers are the same where no key would mark them otherwise, as far as that is known without
the key: what a gap takes only its key tells, so its texts are told apart by their signs as well.
"""

from collections.abc import Iterable, Iterator
from hashlib import blake2b
from typing import NamedTuple

from quizzes.assessment import typed_dates, typed_numbers
from quizzes.assessment.answering import TYPED_KINDS, Filled, Matched, Ordered, Typed
from quizzes.assessment.sheets import Question
from quizzes.assessment.typed_numbers import Bound
from quizzes.items.models import Revision
from quizzes.items.normalizing import answer_key, normalized

Kind = Revision.Kind

PLACED = TYPED_KINDS | {Kind.MATCHING, Kind.ORDERING}
"""The kinds of question whose answers are put in places; of a cloze it is those of its texts."""

_LONGEST, _LONGEST_SAID = 80, 300


class Placed(NamedTuple):
    """An answer in a place: what tells it apart, and how it was typed, if it was.

    An option is told by its own place; a place that was left empty by nothing.
    """

    part: int
    answer: str
    said: str = ""


def placed(question: Question) -> Iterator[Placed]:
    """What was put in each place; nothing where nothing was answered, or only chosen."""
    match question.answer:
        case Typed(text) if question.kind in TYPED_KINDS:
            yield _typed(0, text, same(question.kind, text, question.served.revision))
        case Filled(gaps):
            yield from _filled(question, gaps)
        case Matched(rights):
            yield from _options(rights)
        case Ordered(places):
            yield from _options(places)


def same(kind: str, text: str, revision: Revision) -> str:
    """What makes two texts the same answer to a question, or in a gap, that takes this kind."""
    match kind:
        case Kind.NUMBER:
            found = _number(text)
        case Kind.DATE:
            found = _date(text)
        case Kind.SHORT_TEXT:
            found = answer_key(text, **_rules(revision))
        case _:
            found = normalized(text, **_rules(revision))
    return found or answer_key(text) or text.strip()


def _rules(revision: Revision) -> dict[str, bool]:
    return {
        "keeps_capitals": revision.is_case_exact,
        "keeps_accents": revision.is_accent_exact,
    }


def _number(text: str) -> str:
    """The number, with a bound unless it is one that may be left out of any."""
    said = typed_numbers.read(text)
    if said is None:
        return ""
    value = str((said.value + 0).normalize())
    return value if said.bound in (None, Bound.ABOUT) else f"{said.bound} {value}"


def _date(text: str) -> str:
    """The days that it means."""
    said = typed_dates.read(text)
    return "/".join(map(str, said.bounds)) if said and said.bounds else ""


def _filled(question: Question, gaps: Iterable[str | int | None]) -> Iterator[Placed]:
    """The gaps that are typed in; a choice is told by its option's tally."""
    for part, (order, said) in enumerate(zip(question.served.orders, gaps, strict=False)):
        if not order:
            text = said if isinstance(said, str) else ""
            revision = question.served.revision
            yield _typed(part, text, same(Kind.CLOZE, text, revision))


def _options(places: Iterable[int | None]) -> Iterator[Placed]:
    for part, place in enumerate(places):
        yield Placed(part, "" if place is None else str(place))


def _typed(part: int, text: str, answer: str) -> Placed:
    """Long texts are told apart by a digest."""
    if len(answer) > _LONGEST:
        answer = blake2b(answer.encode(), digest_size=20).hexdigest()
    return Placed(part, answer, " ".join(text.split())[:_LONGEST_SAID])
