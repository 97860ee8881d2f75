"""How many: the number with its bound, and what it counts in the stem."""

import re
from collections.abc import Iterator

from quizzes.items.distractors.quantities import other_values
from quizzes.items.drafts import Accepted, Direction, Kind, typed
from quizzes.items.phrasing import bare, bounded, capitalized, numeral, sentence
from quizzes.items.recipes.proposal import Proposal, about
from quizzes.items.snapshots import BookFacts, QuantityFact

RECIPE = "quantity-value"

_HAS_VALUE = frozenset({"range", "several"})


def _gives_away(quantity: QuantityFact) -> bool:
    """Whether the statement contains the number."""
    told = {int(digits.replace(",", "")) for digits in re.findall(r"\d[\d,]*", quantity.statement)}
    spelled = quantity.value is not None and numeral(quantity.value) in quantity.statement
    return spelled or bool(told & {quantity.value, quantity.lower, quantity.upper})


def _counted(quantity: QuantityFact) -> str:
    """What is counted, of whom, and when: a number never stands beside another population."""
    parts = [quantity.unit, quantity.population, quantity.period]
    return "; ".join(bare(part) for part in parts if part)


def _stem(quantity: QuantityFact) -> str:
    asks = "What number does the book give"
    if quantity.estimated_by:
        asks = f"What number does {quantity.estimated_by} estimate, according to the book"
    if _gives_away(quantity):
        return f"{asks} for this: {_counted(quantity)}?"
    return f"{asks} for this: {bare(quantity.statement)} ({_counted(quantity)})?"


def how_many(facts: BookFacts) -> Iterator[Proposal]:
    """Quantity → value with its bound word."""
    for quantity in facts.quantities:
        answer = bounded(quantity.bound, quantity.value, quantity.lower, quantity.upper)
        if not answer:
            continue
        draft = about(
            quantity,
            RECIPE,
            Direction.FORWARD,
            stem=_stem(quantity),
            answer=capitalized(answer),
            rationale=sentence(quantity.summary or quantity.statement),
        )
        if quantity.bound not in _HAS_VALUE and quantity.value is not None:
            draft = typed(draft, Kind.NUMBER, [Accepted(text=answer, number=quantity.value)])
        yield draft, other_values(facts, quantity)
