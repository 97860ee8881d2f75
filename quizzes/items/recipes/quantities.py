"""How many: the number with its bound, and what it counts in the stem."""

import re
from collections.abc import Iterator
from dataclasses import replace

from quizzes.items.distractors.quantities import other_values
from quizzes.items.drafts import Accepted, Direction, Kind, typed
from quizzes.items.likeness import says
from quizzes.items.phrasing import QUALIFIERS, bare, bounded, capitalized, numeral, sentence
from quizzes.items.recipes.proposal import Proposal, about
from quizzes.items.snapshots import BookFacts, QuantityFact

RECIPE = "quantity-value"

_HAS_VALUE = frozenset({"range", "several"})
_SAYS_IT = 0.6


def _gives_away(quantity: QuantityFact) -> bool:
    """Whether the statement contains the number."""
    told = {int(digits.replace(",", "")) for digits in re.findall(r"\d[\d,]*", quantity.statement)}
    spelled = quantity.value is not None and numeral(quantity.value) in quantity.statement
    return spelled or bool(told & {quantity.value, quantity.lower, quantity.upper})


def _counted(quantity: QuantityFact) -> str:
    """What is counted, of whom, and when: a number never stands beside another population.

    What the statement says already is not said again.
    """
    said = "" if _gives_away(quantity) else bare(quantity.statement)
    beside: list[str] = []
    for text in (quantity.population, quantity.period):
        if says(" ".join([said, *beside]), text) < _SAYS_IT:
            beside.append(bare(text))
    rest = "; ".join(beside)
    return f"{said} ({rest})" if said and rest else said or rest


def _stem(quantity: QuantityFact) -> str:
    who = "the book give"
    if quantity.estimated_by:
        who = f"{quantity.estimated_by} estimate, according to the book,"
    of = "" if says(quantity.statement, quantity.unit) == 1 else f" of {quantity.unit}"
    return f"What number{of} does {who} for this: {_counted(quantity)}?"


def how_many(facts: BookFacts) -> Iterator[Proposal]:
    """Quantity → value with its bound word; on the card also with its unit."""
    for quantity in facts.quantities:
        number = bounded(quantity.bound, quantity.value, quantity.lower, quantity.upper)
        if not number or not _counted(quantity):
            continue
        draft = about(
            quantity,
            RECIPE,
            Direction.FORWARD,
            stem=_stem(quantity),
            answer=capitalized(f"{number} {quantity.unit}"),
            rationale=sentence(quantity.summary),
        )
        draft = replace(draft, keyed_text=capitalized(number))
        if quantity.bound not in _HAS_VALUE and quantity.value is not None:
            bound = quantity.bound if quantity.bound in QUALIFIERS else ""
            accepted = Accepted(text=number, number=quantity.value, bound=bound)
            draft = typed(draft, Kind.NUMBER, [accepted])
        yield draft, other_values(facts, quantity)
