"""What is right in an authored question, by its kind, as options and accepted answers.

Where the author left the key to the first tested fact, it is read from there.
"""

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal

from quizzes.content.dates import FuzzyDate, parse
from quizzes.content.packs.numerals import numerals
from quizzes.content.packs.shapes import Choice, Question
from quizzes.items.fractions import FULL_FRACTION
from quizzes.items.phrasing import bounded, capitalized, numeral, sentence
from quizzes.items.recipes.figures import names
from quizzes.items.recipes.stances import CLASSES
from quizzes.items.snapshots import BookFacts, EventFact, QuantityFact
from quizzes.items.snapshotting import Snapshot
from quizzes.items.wordings import AnswerWording, OptionWording

GAP = "___"
"""What a stem shows in place of the words that a cloze asks for."""


class NotMarkableError(Exception):
    """No mark could be given by this question's key; the message says why."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Keyed:
    """The answer in words, and what decides the mark."""

    answer: str
    options: tuple[OptionWording, ...] = ()
    accepted: tuple[AnswerWording, ...] = ()


def keyed(question: Question, seen: Snapshot) -> Keyed:
    """The key of a question; raises `NotMarkableError` where there is none."""
    return _KINDS[question.kind](question, seen)


def _pk(seen: Snapshot, slug: str | None) -> int | None:
    return seen.rows[slug].pk if slug in seen.rows else None


def _option(choice: Choice, seen: Snapshot, worth: int) -> OptionWording:
    return OptionWording(
        text=choice.text,
        fraction=worth if choice.correct else 0,
        feedback=sentence(choice.why) if choice.why else "",
        fact=_pk(seen, choice.fact),
    )


def _chosen(question: Question, seen: Snapshot) -> Keyed:
    """Right options share the mark evenly."""
    right = [choice.text for choice in question.options if choice.correct]
    worth = FULL_FRACTION // max(1, len(right))
    options = tuple(_option(choice, seen, worth) for choice in question.options)
    return Keyed(answer="; ".join(right), options=options)


def _classified(question: Question, seen: Snapshot) -> Keyed:
    if question.options:
        return _chosen(question, seen)
    kinds = [seen.facts.argument[s].kind for s in question.tests if s in seen.facts.argument]
    if not kinds:
        raise NotMarkableError("no argument is tested that would tell its class")
    options = tuple(
        OptionWording(text=text, fraction=FULL_FRACTION if kind == kinds[0] else 0)
        for kind, text in CLASSES.items()
    )
    return Keyed(answer=CLASSES[kinds[0]], options=options)


def _typed_texts(question: Question, seen: Snapshot) -> list[str]:
    if question.accepted:
        return [str(one) for one in question.accepted]
    first = question.tests[0]
    figure = seen.facts.figure.get(first)
    if figure:
        return names(seen.facts, figure)
    terms = [[one.label, *one.aliases] for one in seen.facts.terms if one.slug == first]
    return terms[0] if terms else [seen.rows[first].label] if first in seen.rows else []


def _short_text(question: Question, seen: Snapshot) -> Keyed:
    texts = _typed_texts(question, seen)
    if not texts:
        raise NotMarkableError("neither `accepted` nor its first fact gives an answer")
    return Keyed(answer=texts[0], accepted=tuple(AnswerWording(text=text) for text in texts))


def _number(question: Question, seen: Snapshot) -> Keyed:
    quantity = _quantity(seen.facts, question.tests[0])
    said = (
        bounded(quantity.bound, quantity.value, quantity.lower, quantity.upper) if quantity else ""
    )
    values = [_value(one) for one in question.accepted]
    if not values and quantity and quantity.value is not None:
        values = [quantity.value]
    if not values:
        raise NotMarkableError("neither `accepted` nor its first fact gives a number")
    is_told = quantity is not None and quantity.value == values[0]
    answer = capitalized(said) if said and is_told else numeral(values[0])
    accepted = [AnswerWording(text=answer, number=Decimal(value)) for value in values]
    return Keyed(answer=answer, accepted=tuple(accepted))


def _quantity(facts: BookFacts, slug: str) -> QuantityFact | None:
    return next((one for one in facts.quantities if one.slug == slug), None)


def _value(answer: str | int) -> int:
    if isinstance(answer, int):
        return answer
    found = numerals(answer)
    if len(found) != 1:
        raise NotMarkableError(f"“{answer}” is no number")
    return found[0].value


def _date(question: Question, seen: Snapshot) -> Keyed:
    event = next((one for one in seen.facts.events if one.slug == question.tests[0]), None)
    dates = [_parsed(str(one)) for one in question.accepted] or _dates_of(event)
    if not dates:
        raise NotMarkableError("neither `accepted` nor its first fact gives a date")
    accepted = tuple(
        AnswerWording(
            text=one.label,
            precision=one.precision.value,
            not_before=one.not_before,
            not_after=one.not_after,
        )
        for one in dates
    )
    return Keyed(answer=capitalized(accepted[0].text), accepted=accepted)


def _parsed(text: str) -> FuzzyDate:
    found = parse(text)
    if found is None:
        raise NotMarkableError(f"“{text}” cannot be read as a date")
    return found


def _dates_of(event: EventFact | None) -> list[FuzzyDate]:
    return [event.when.fuzzy] if event and event.when.not_before else []


def _cloze(question: Question, _seen: Snapshot) -> Keyed:
    """One gap takes all accepted answers; several gaps take one each, in order."""
    gaps = question.stem.count(GAP)
    texts = [str(one) for one in question.accepted]
    if not texts or (gaps != 1 and len(texts) != gaps):
        raise NotMarkableError(f"{gaps} gaps and {len(texts)} accepted answers do not match")
    parts = [0] * len(texts) if gaps == 1 else range(gaps)
    accepted = tuple(
        AnswerWording(text=text, part=part) for text, part in zip(texts, parts, strict=True)
    )
    return Keyed(answer=texts[0] if gaps == 1 else "; ".join(texts), accepted=accepted)


def _matching(question: Question, seen: Snapshot) -> Keyed:
    """Left sides are part 0, right sides part 1; each left one knows the place of its match."""
    lefts = [
        OptionWording(text=pair.left, match=place, fact=_pk(seen, pair.fact))
        for place, pair in enumerate(question.pairs)
    ]
    rights = [OptionWording(text=pair.right, part=1) for pair in question.pairs]
    answer = "; ".join(f"{pair.left}: {pair.right}" for pair in question.pairs)
    return Keyed(answer=answer, options=(*lefts, *rights))


def _ordering(question: Question, seen: Snapshot) -> Keyed:
    rows = [seen.rows[slug] for slug in question.order if slug in seen.rows]
    if len(rows) < len(question.order):
        raise NotMarkableError("it orders facts that the book does not hold")
    options = tuple(
        OptionWording(text=row.label, rank=rank, fact=row.pk) for rank, row in enumerate(rows)
    )
    return Keyed(answer="; ".join(row.label for row in rows), options=options)


def _essay(question: Question, _seen: Snapshot) -> Keyed:
    """Marked by a person, against the explanation."""
    return Keyed(answer=question.explanation)


_KINDS: dict[str, Callable[[Question, Snapshot], Keyed]] = {
    "single": _chosen,
    "several": _chosen,
    "true_false": _chosen,
    "classify": _classified,
    "short_text": _short_text,
    "number": _number,
    "date": _date,
    "cloze": _cloze,
    "matching": _matching,
    "ordering": _ordering,
    "essay": _essay,
}
