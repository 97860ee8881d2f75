"""Surveying: all that lies before a learner today, whatever there is of it, in one query.

Each part of the query is bounded, so that it costs the same before more: what is only counted
comes as a number, what is chosen from comes row by row.
"""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import IntEnum
from json import loads
from typing import Any, NamedTuple

from django.db.models import (
    Count,
    DateField,
    DateTimeField,
    Field,
    FloatField,
    IntegerField,
    Min,
    QuerySet,
    TextField,
    Value,
)
from django.db.models.functions import Cast

from quizzes.cards import exam_days, introducing, waiting
from quizzes.cards.desk import Desk
from quizzes.cards.introducing import Candidate
from quizzes.cards.kinship import Kin, kin_of
from quizzes.cards.models import Card, DayOff
from quizzes.cards.scheduling import DEFAULT_WEIGHTS, Memory
from quizzes.cards.scheduling import Weights as Numbers

type Rows = QuerySet[Any, Any]

COUNTED_UP_TO = 1_000
"""Where counting stops, so that it costs the same before a backlog of any size."""

MOST_SEEN, MOST_UNSEEN = 2_000, 3_000
"""How many cards of exams are looked at, the soonest due first, and how many new ones of each."""


class _Part(IntEnum):
    """What a row of the survey tells."""

    STEPS = 1
    DUE = 2
    FIRST = 3
    MORE = 4
    FRESH = 5
    SEEN = 6
    UNSEEN = 7
    OFF = 8
    LOAD = 9


class _Row(NamedTuple):
    """A row of any part; what a part does not tell is None."""

    part: int
    key: int
    """Of an item, or of a book."""
    number: int
    """How many, or the place in the order."""
    day: date
    at: datetime
    book_id: int
    subject_id: int | None
    siblings: str
    stability: float
    difficulty: float
    last_day: date
    buried_until: date | None
    weights_id: int | None
    numbers: str | None


_TYPES: dict[str, Field[Any, Any]] = {
    "day": DateField(),
    "at": DateTimeField(),
    "siblings": TextField(),
    "stability": FloatField(),
    "difficulty": FloatField(),
    "last_day": DateField(),
    "buried_until": DateField(),
    "numbers": TextField(),
}
"""Of the columns that hold something else than an integer."""


@dataclass(frozen=True, slots=True)
class Seen:
    """A card in review that an exam covers, as much of it as choosing needs."""

    item_id: int
    book_id: int
    kin: Kin
    memory: Memory
    buried_until: date | None
    weights_id: int | None

    def is_buried(self, day: date) -> bool:
        return self.buried_until is not None and self.buried_until > day


@dataclass(frozen=True, slots=True)
class Survey:
    """What a survey found: numbers, and what may be chosen from, in the order of choosing."""

    steps: int = 0
    """Cards in steps of minutes."""
    first_step_at: datetime | None = None
    due: int = 0
    """Cards due by the day, of books without an exam ahead."""
    first_day: date | None = None
    """When the first card in review is due; not after today where some wait for tomorrow."""
    is_more_new: bool = False
    """Whether any item of the plans was never seen."""
    fresh: Sequence[Candidate] = ()
    """New items from which today's are picked."""
    seen: Sequence[Seen] = ()
    """The cards in review that exams cover, the soonest due first."""
    unseen: Mapping[int, int] = field(default_factory=dict)
    """How many items of each exam's book were never seen."""
    numbers: Mapping[int | None, Numbers] = field(default_factory=dict)
    """The weights that the memories of `seen` were made with; none are the defaults."""
    days_off: frozenset[date] = frozenset()
    """Until the last exam."""
    loads: Mapping[date, int] = field(default_factory=dict)
    """How many cards are due on each of the days that were asked for."""


def survey(desk: Desk, days: Collection[date] = ()) -> Survey:
    """What lies before a learner who has sat down, and what is due on each of these `days`.

    One query, for any number of plans, exams and cards.
    """
    first, *others = [*_of_exams(desk), *_of_all(desk), _loads(desk, days)]
    by_part = defaultdict[int, list[_Row]](list)
    for row in first.union(*others, all=True):
        by_part[row[0]].append(_Row(*row))
    return _survey(by_part)


def _survey(rows: Mapping[int, list[_Row]]) -> Survey:
    steps = rows[_Part.STEPS][0] if rows[_Part.STEPS] else None
    seen = sorted(rows[_Part.SEEN], key=lambda row: (row.day, row.number))
    fresh = sorted(rows[_Part.FRESH], key=lambda row: (row.book_id, row.number, row.key))
    own = {row.weights_id: row.numbers for row in seen if row.numbers}
    return Survey(
        steps=steps.number if steps else 0,
        first_step_at=steps.at if steps else None,
        due=sum(row.number for row in rows[_Part.DUE]),
        first_day=min((row.day for row in rows[_Part.FIRST]), default=None),
        is_more_new=bool(rows[_Part.MORE]),
        fresh=[Candidate(row.key, row.book_id, row.subject_id, row.siblings) for row in fresh],
        seen=[_seen(row) for row in seen],
        unseen={row.key: row.number for row in rows[_Part.UNSEEN]},
        numbers={None: DEFAULT_WEIGHTS, **{key: tuple(loads(own[key])) for key in own}},
        days_off=frozenset(row.day for row in rows[_Part.OFF]),
        loads={row.day: row.number for row in rows[_Part.LOAD]},
    )


def _seen(row: _Row) -> Seen:
    return Seen(
        row.key,
        row.book_id,
        kin_of(row.subject_id, row.book_id, row.siblings),
        Memory(row.stability, row.difficulty, row.last_day.toordinal()),
        row.buried_until,
        row.weights_id,
    )


def _of_exams(desk: Desk) -> list[Rows]:
    """What exams ahead ask for; without one nothing of it reaches the database."""
    aimed, _usual = exam_days.split(desk)
    plans = aimed.plans.values()
    seen = Card.objects.filter(pk__in=waiting.examined(aimed)[:MOST_SEEN].values("pk"))
    unseen = introducing.any_of(introducing.unseen(aimed, p)[:MOST_UNSEEN] for p in plans)
    numbers = unseen.order_by().values("book").annotate(n=Count("pk"))
    last = max((plan.exam_on for plan in plans if plan.exam_on), default=desk.today)
    off = DayOff.objects.filter(learner=desk.learner, day__range=(desk.today, last))
    of_item = {"book_id": "item__book", "subject_id": "item__subject"}
    columns = ("stability", "difficulty", "last_day", "buried_until")
    return [
        _part(
            _Part.SEEN,
            seen.annotate(weighed=Cast("weights__numbers", TextField())).order_by(),
            {"key": "item", "number": "pk", "day": "due_day", "siblings": "item__siblings"}
            | of_item
            | {column: column for column in columns}
            | {"weights_id": "weights", "numbers": "weighed"},
        ),
        _part(_Part.UNSEEN, numbers, {"key": "book", "number": "n"}),
        _part(_Part.OFF, off if plans else off.none(), {"day": "day"}),
    ]


def _of_all(desk: Desk) -> list[Rows]:
    """What every desk asks for."""
    _aimed, usual = exam_days.split(desk)
    plans = desk.plans.values()
    steps = _capped(waiting.in_steps(desk))
    first = Card.objects.filter(pk__in=waiting.by_day(desk)[:1].values("pk")).order_by()
    more = introducing.any_of(introducing.unseen(desk, plan)[:1] for plan in plans)
    roomy = exam_days.with_room(desk)
    fresh = introducing.within_reach(roomy, hurried=exam_days.hurried(desk))
    of_item = {"book_id": "book", "subject_id": "subject", "siblings": "siblings"}
    return [
        _part(_Part.STEPS, steps.annotate(at=Min("due_at")), {"number": "n", "at": "at"}),
        _part(_Part.DUE, _capped(waiting.due_today(usual)), {"number": "n"}),
        _part(_Part.FIRST, first, {"day": "due_day"}),
        _part(_Part.MORE, more.order_by(), {"key": "pk"}),
        _part(_Part.FRESH, fresh.order_by(), {"key": "pk", "number": "position"} | of_item),
    ]


def _loads(desk: Desk, days: Collection[date]) -> Rows:
    return _part(
        _Part.LOAD,
        Card.objects.on_days(desk.learner, days).values("due_day").annotate(n=Count("pk")),
        {"day": "due_day", "number": "n"},
    )


def _capped(cards: QuerySet[Card, Any]) -> Rows:
    """How many there are, counted up to `COUNTED_UP_TO`, as one row with `n`."""
    some = Card.objects.filter(pk__in=cards[:COUNTED_UP_TO].values("pk")).order_by()
    return some.values(together=Value(1)).annotate(n=Count("pk"))


def _part(part: _Part, rows: Rows, columns: Mapping[str, str]) -> Rows:
    """The rows as `_Row`, with these of its columns filled."""
    empty = Value(None)
    filled = [
        columns.get(name) or Cast(empty, _TYPES.get(name, IntegerField()))
        for name in _Row._fields[1:]
    ]
    return rows.values_list(Value(part.value), *filled)
