"""Fading: single facts of the knowledge map, and how well each is recalled on two days."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from django.db.models import F, Q

from quizzes.analytics import surveying
from quizzes.analytics.surveying import Survey
from quizzes.content.models import Fact
from quizzes.content.models.facts import FactQuerySet


class Order(StrEnum):
    """Which facts of a part are listed, and in which order."""

    BOOK = "book"
    FADING = "fading"
    UNSEEN = "unseen"


@dataclass(frozen=True, slots=True)
class FactRecall:
    """A fact, how many cards ask for it and were rated, and its expected recall on both days.

    Without a rated card there is nothing to expect.
    """

    fact: Fact
    cards: int
    rated: int
    now: float | None
    later: float | None

    @property
    def percents(self) -> tuple[int, int]:
        return round(100 * (self.now or 0)), round(100 * (self.later or 0))


@dataclass(frozen=True, slots=True)
class Ends:
    """Of a part of the books what fades soonest, and the first of what was never seen."""

    fading: Sequence[FactRecall]
    unseen: Sequence[Fact]


def ends(asked: Survey, limit: int) -> Ends:
    """So many facts of either end; two queries."""
    sums = _weakest(asked, 0, limit)
    unseen = _listed(asked, Order.UNSEEN).values("pk")[:limit]
    found = _placed(Fact.objects.filter(Q(pk__in=sums) | Q(pk__in=unseen)))
    by_key = {fact.pk: fact for fact in found}
    return Ends(
        fading=[_recall(by_key[pk], sums[pk]) for pk in sums],
        unseen=[fact for fact in found if fact.pk not in sums],
    )


def count(asked: Survey, order: Order) -> int:
    """How many facts there are to list; one query."""
    return _listed(asked, order).count()


def page(asked: Survey, order: Order, first: int, last: int) -> list[FactRecall]:
    """The facts from one place in their order up to another; two queries.

    Those fade soonest that were met and will be recalled least on the day.
    """
    if order == Order.FADING:
        sums = _weakest(asked, first, last)
        by_key = _placed(Fact.objects.filter(pk__in=sums)).in_bulk()
        return [_recall(by_key[pk], sums[pk]) for pk in sums]
    facts = list(_placed(_listed(asked, order))[first:last])
    sums = _sums(surveying.by_fact(asked).filter(subject__in=[fact.pk for fact in facts]))
    return [_recall(fact, sums[fact.pk]) for fact in facts]


def _listed(asked: Survey, order: Order) -> FactQuerySet:
    found = surveying.facts(asked)
    if order == Order.BOOK:
        return found
    is_met = surveying.is_met(asked.learner)
    return found.filter(is_met if order == Order.FADING else ~is_met)


def _placed(facts: FactQuerySet) -> FactQuerySet:
    """With what a list says of each, in the books' order."""
    placed = facts.select_related("book", "chapter", "section")
    return placed.order_by("book__title", "book", "section__position", "position", "pk")


def _weakest(asked: Survey, first: int, last: int) -> dict[int, dict[str, Any]]:
    rows = surveying.by_fact(asked).filter(rated__gt=0)
    return _sums(rows.order_by(F("later") / F("rated"), "fact")[first:last])


def _sums(rows: Any) -> dict[int, dict[str, Any]]:
    return {row["fact"]: row for row in rows}


def _recall(fact: Fact, sums: dict[str, Any]) -> FactRecall:
    rated = sums["rated"]
    return FactRecall(
        fact=fact,
        cards=sums["cards"],
        rated=rated,
        now=sums["now"] / rated if rated else None,
        later=sums["later"] / rated if rated else None,
    )
