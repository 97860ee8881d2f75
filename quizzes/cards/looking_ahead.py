"""Looking ahead: what the days to come hold, before a card is put on one of them."""

from collections.abc import Collection, Iterable
from dataclasses import replace
from datetime import date
from typing import Any, NamedTuple

from django.db.models import Count, Q, Value

from quizzes.cards.kinship import kin, kin_of
from quizzes.cards.models import Card, DayOff
from quizzes.cards.spacing import Ahead
from quizzes.items.models import Item
from quizzes.people.models import User

_DUE, _OFF, _KIN = range(3)


class _Row(NamedTuple):
    """What a day holds: so many cards, or that it is off, or one card that may be a sibling's."""

    day: date
    what: int
    number: int
    subject_id: int | None
    book_id: int
    siblings: str


def look_ahead(learner: User, items: Collection[Item], days: Collection[date]) -> dict[int, Ahead]:
    """What these days hold for each of the items, by their identifiers; one query for all."""
    rows = _rows(learner, items, days) if days else []
    same = _same_for_all(learner, rows)
    others = [row for row in rows if row.what == _KIN]
    return {item.pk: replace(same, kin=_kin_days(item, others)) for item in items}


def days_ahead(learner: User, days: Collection[date]) -> Ahead:
    """What these days hold for a card without siblings; one query."""
    return _same_for_all(learner, _rows(learner, [], days))


def _same_for_all(learner: User, rows: Iterable[_Row]) -> Ahead:
    loads, off = dict[int, int](), set[int]()
    for row in rows:
        if row.what == _DUE:
            loads[row.day.toordinal()] = row.number
        elif row.what == _OFF:
            off.add(row.day.toordinal())
    return Ahead(loads, off, week=learner.week)


def _kin_days(item: Item, others: Iterable[_Row]) -> frozenset[int]:
    """The days on which a sibling of the item is due."""
    mine = kin(item)
    return frozenset(
        row.day.toordinal()
        for row in others
        if row.number != item.pk and mine & kin_of(row.subject_id, row.book_id, row.siblings)
    )


def _rows(learner: User, items: Collection[Item], days: Collection[date]) -> list[_Row]:
    cards = Card.objects.filter(learner=learner, is_suspended=False, due_day__in=days).order_by()
    shared = Q(item__subject__in={item.subject_id for item in items if item.subject_id})
    shared |= Q(item__siblings__in={item.siblings for item in items if item.siblings})
    alike = cards.filter(shared)
    off = DayOff.objects.filter(learner=learner, day__in=days).order_by()
    parts = [
        cards.values("due_day").annotate(n=Count("pk")).values_list("due_day", *_marked(_DUE, "n")),
        off.values_list("day", *_marked(_OFF, Value(0))),
        alike.values_list(
            "due_day", Value(_KIN), "item", "item__subject", "item__book", "item__siblings"
        ),
    ]
    return [_Row(*row) for row in parts[0].union(*parts[1:], all=True)]


def _marked(what: int, number: str | Value) -> list[Any]:
    """The columns of a part that knows no item."""
    return [Value(what), number, Value(0), Value(0), Value("")]
