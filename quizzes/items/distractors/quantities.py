"""Numbers beside numbers: of a like magnitude, counting something else, each with its bound."""

from collections.abc import Iterator

from quizzes.items.distractors.choosing import FAR, NEAR, Candidate, nearness, reason
from quizzes.items.normalizing import answer_key
from quizzes.items.phrasing import bare, bounded, capitalized
from quizzes.items.snapshots import BookFacts, QuantityFact

_MAGNITUDE = 30


def _span(quantity: QuantityFact) -> tuple[int, int]:
    ends = [end for end in (quantity.lower, quantity.value, quantity.upper) if end is not None]
    return (min(ends), max(ends)) if ends else (0, 0)


def _is_apart(quantity: QuantityFact, other: QuantityFact) -> bool:
    (low, high), (least, most) = _span(quantity), _span(other)
    is_elsewhere = high < least or most < low
    is_near = max(high, most) <= _MAGNITUDE * max(1, min(high, most))
    counts_the_same = answer_key(quantity.population) == answer_key(other.population)
    return is_elsewhere and is_near and not counts_the_same


def other_values(facts: BookFacts, quantity: QuantityFact) -> Iterator[Candidate]:
    """Numbers of the book that count something else."""
    for other in facts.quantities:
        text = bounded(other.bound, other.value, other.lower, other.upper)
        if text and other.slug != quantity.slug and _is_apart(quantity, other):
            has_same_unit = answer_key(other.unit) == answer_key(quantity.unit)
            theirs = f"That number counts something else: {bare(other.statement)}"
            yield Candidate(
                text=capitalized(text),
                why=reason(facts, quantity, other, theirs),
                fact=other.slug,
                tier=min(nearness(facts, quantity, other), NEAR if has_same_unit else FAR),
            )
