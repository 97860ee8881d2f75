"""What is accepted where something is typed: a text, a number with its bound, or a date.

A question and a gap of a cloze read what their author wrote alike. Where nothing of that earns the
whole mark, a question takes its first tested fact's own answer.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import TypedDict

from quizzes.content.dates import FuzzyDate, parse
from quizzes.content.packs.numerals import numerals
from quizzes.content.packs.shapes import AcceptedShape, Question
from quizzes.items.accepting import counted, dated
from quizzes.items.fractions import FULL_FRACTION
from quizzes.items.keyed import Keyed, NotMarkableError
from quizzes.items.phrasing import capitalized, sentence
from quizzes.items.recipes.figures import names
from quizzes.items.snapshots import EventFact, QuantityFact
from quizzes.items.snapshotting import Snapshot
from quizzes.items.wordings import AnswerWording

type Reader = Callable[[AcceptedShape, Sequence[QuantityFact]], AnswerWording]


class Earning(TypedDict):
    """What an accepted answer earns, and what is said about it."""

    fraction: int
    feedback: str


def text(question: Question, seen: Snapshot) -> Keyed:
    """The texts that count; raises `NotMarkableError`, as the two below do."""
    accepted = written("text", question.accepted, question, seen)
    if main(accepted) is None:
        accepted = (*(AnswerWording(text=one) for one in _names(question, seen)), *accepted)
    return _keyed(accepted, "neither `accepted` nor its first fact gives an answer")


def number(question: Question, seen: Snapshot) -> Keyed:
    """The numbers that count, each with the bound that the book gives it."""
    accepted = written("number", question.accepted, question, seen)
    first = next((one for one in seen.facts.quantities if one.slug == question.tests[0]), None)
    if main(accepted) is None and first and first.value is not None:
        accepted = (counted(Decimal(first.value), first.bound), *accepted)
    found = _keyed(accepted, "neither `accepted` nor its first fact gives a number")
    return replace(found, answer=capitalized(found.answer))


def date(question: Question, seen: Snapshot) -> Keyed:
    """The dates that count, as exact as they are given."""
    accepted = written("date", question.accepted, question, seen)
    event = next((one for one in seen.facts.events if one.slug == question.tests[0]), None)
    if main(accepted) is None:
        accepted = (*(dated(when) for when in _dates_of(event)), *accepted)
    found = _keyed(accepted, "neither `accepted` nor its first fact gives a date")
    return replace(found, answer=capitalized(found.answer))


def written(
    kind: str, accepted: Iterable[AcceptedShape], question: Question, seen: Snapshot
) -> tuple[AnswerWording, ...]:
    """What an author wrote, read as a text, a number or a date."""
    known = [one for one in seen.facts.quantities if one.slug in question.tests]
    return tuple(_READERS[kind](one, known) for one in accepted)


def main(accepted: Sequence[AnswerWording]) -> AnswerWording | None:
    """The answer that is shown as the right one: the first that earns the whole mark."""
    return next((one for one in accepted if one.fraction == FULL_FRACTION), None)


def _keyed(accepted: Sequence[AnswerWording], doubt: str) -> Keyed:
    right = main(accepted)
    if right is None:
        raise NotMarkableError(doubt if not accepted else "no answer earns the whole mark")
    return Keyed(answer=right.text, accepted=tuple(accepted))


def _earning(one: AcceptedShape) -> Earning:
    feedback = sentence(one.feedback) if one.feedback else ""
    return Earning(fraction=round(one.share * FULL_FRACTION), feedback=feedback)


def _names(question: Question, seen: Snapshot) -> list[str]:
    first = question.tests[0]
    figure = seen.facts.figure.get(first)
    if figure:
        return names(seen.facts, figure)
    terms = [[one.label, *one.aliases] for one in seen.facts.terms if one.slug == first]
    return terms[0] if terms else [seen.rows[first].label] if first in seen.rows else []


def _text(one: AcceptedShape, _known: Sequence[QuantityFact]) -> AnswerWording:
    return AnswerWording(text=one.said, **_earning(one))


def _number(one: AcceptedShape, known: Sequence[QuantityFact]) -> AnswerWording:
    """Its bound is the author's, else that of the tested quantity which has this number."""
    value = _value(one)
    quantity = next((fact for fact in known if fact.value == value), None)
    bound = one.bound or (quantity.bound if quantity else "exact")
    answer = counted(value, bound, one.text if one.number is not None else None)
    return replace(answer, tolerance=Decimal(str(one.tolerance)), **_earning(one))


def _value(one: AcceptedShape) -> Decimal:
    if one.number is not None:
        return Decimal(str(one.number))
    found = numerals(one.said)
    if len(found) != 1:
        raise NotMarkableError(f"“{one.said}” is no number")
    return Decimal(found[0].value)


def _date(one: AcceptedShape, _known: Sequence[QuantityFact]) -> AnswerWording:
    found = parse(one.said)
    if found is None:
        raise NotMarkableError(f"“{one.said}” cannot be read as a date")
    return replace(dated(found), **_earning(one))


def _dates_of(event: EventFact | None) -> list[FuzzyDate]:
    return [event.when.fuzzy] if event and event.when.not_before else []


_READERS: dict[str, Reader] = {"text": _text, "number": _number, "date": _date}
