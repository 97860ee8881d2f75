"""Recalling: the chance of recall of many cards, worked out by the database.

The same curve as `scheduling.retrievability`, as an expression: a sum over a hundred thousand
cards is one query. A card is judged by the weights that its memory was made with; of these the
curve needs w20 alone.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from django.db.models import Case, DateField, Expression, F, FloatField, Func, Value, When
from django.db.models.functions import Greatest, Power

from quizzes.cards.models import Weights
from quizzes.cards.scheduling import DEFAULT_WEIGHTS, forgetting

if TYPE_CHECKING:
    from quizzes.people.models import User

type Speeds = Mapping[float, Sequence[int]]
"""The sets of weights, by primary key, that have a w20 other than the published one, by it."""


def speeds(learner: User) -> Speeds:
    """How fast this learner's memories fade, by the sets that they were made with; one query."""
    found = defaultdict[float, list[int]](list)
    for pk, numbers in Weights.objects.filter(learner=learner).values_list("pk", "numbers"):
        if numbers[20] != DEFAULT_WEIGHTS[20]:
            found[numbers[20]].append(pk)
    return found


def chance(day: date, speeds: Speeds, card: str = "") -> Expression:
    """The chance of recall on a learner's day, as an expression; NULL of what was never rated.

    `card` is the way from the rows that are asked to the card: “mine__”.
    """
    decay = _by_set(card, speeds, lambda speed: forgetting(speed)[0])
    factor = _by_set(card, speeds, lambda speed: forgetting(speed)[1])
    elapsed = Greatest(Value(0.0), _Days(Value(day, DateField()), F(f"{card}last_day")))
    base = Value(1.0) + factor * elapsed / F(f"{card}stability")
    return Power(base, decay, output_field=FloatField())


def _by_set(card: str, speeds: Speeds, told: Any) -> Any:
    """A number that depends on the set of weights; without other sets it is the same for all."""
    usual = Value(told(DEFAULT_WEIGHTS[20]), FloatField())
    others = [
        When(**{f"{card}weights__in": sets}, then=Value(told(speed), FloatField()))
        for speed, sets in speeds.items()
    ]
    return Case(*others, default=usual, output_field=FloatField()) if others else usual


class _Days(Func):
    """From one date to another, the later one first: so many days."""

    template = "(%(expressions)s)"
    arg_joiner = " - "
    output_field = FloatField()

    def as_sqlite(self, compiler: Any, connection: Any, **context: Any) -> Any:
        days = self.copy()
        days.set_source_expressions(
            [Func(one, function="JULIANDAY") for one in self.get_source_expressions()]
        )
        return days.as_sql(compiler, connection, **context)
