"""Numbers beside numbers: of a like magnitude, counting something else, each with its bound."""

from collections.abc import Iterator

from quizzes.items.distractors.choosing import Candidate, nearness, reason
from quizzes.items.normalizing import answer_key
from quizzes.items.phrasing import bare, bounded, capitalized
from quizzes.items.snapshots import BookFacts, QuantityFact

_MAGNITUDE = 30
_LARGE = 100


def _span(quantity: QuantityFact) -> tuple[int, int]:
    ends = [end for end in (quantity.lower, quantity.value, quantity.upper) if end is not None]
    return (min(ends), max(ends)) if ends else (0, 0)


def _is_apart(quantity: QuantityFact, other: QuantityFact) -> bool:
    (low, high), (least, most) = _span(quantity), _span(other)
    is_elsewhere = high < least or most < low
    is_near = max(high, most) <= _MAGNITUDE * max(1, min(high, most))
    counts_the_same = answer_key(quantity.population) == answer_key(other.population)
    return is_elsewhere and is_near and not counts_the_same


def _may_compare(quantity: QuantityFact, other: QuantityFact) -> bool:
    """Whether the other number is one that might be given here: small ones only in like units."""
    is_large = min(_span(quantity)[0], _span(other)[0]) >= _LARGE
    return is_large or answer_key(other.unit) == answer_key(quantity.unit)


def other_values(facts: BookFacts, quantity: QuantityFact) -> Iterator[Candidate]:
    """Numbers of the book that count something else."""
    for other in facts.quantities:
        text = bounded(other.bound, other.value, other.lower, other.upper)
        is_good = _is_apart(quantity, other) and _may_compare(quantity, other)
        if text and is_good and not quantity.may_be(other):
            theirs = f"That number counts something else: {bare(other.statement)}"
            yield Candidate(
                text=capitalized(text),
                why=reason(facts, quantity, other, theirs),
                fact=other.slug,
                tier=nearness(facts, quantity, other),
                sense=str(_span(other)),
            )
