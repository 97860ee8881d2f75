"""Knowing: the knowledge map, by chapter or section and by kind of fact.

Each cell tells how many facts there are, how many were met, and how much of it all is to be
expected on two days: over the facts that were met, and over all of them. In the latter a card
that was never rated counts as not recalled.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import reduce
from operator import add

from django.db import connection
from django.db.models import F

from quizzes.analytics import surveying
from quizzes.analytics.surveying import Survey
from quizzes.content.models import Chapter, Fact, Section


@dataclass(frozen=True, slots=True)
class Recall:
    """The facts of a part of the books taken together.

    The sums are those of the expected recall of each fact, today and on the day: `now` and
    `later` over all facts, `met_now` and `met_later` over those that were met.
    """

    facts: int = 0
    met: int = 0
    now: float = 0.0
    later: float = 0.0
    met_now: float = 0.0
    met_later: float = 0.0

    def __add__(self, other: Recall) -> Recall:
        return Recall(
            self.facts + other.facts,
            self.met + other.met,
            self.now + other.now,
            self.later + other.later,
            self.met_now + other.met_now,
            self.met_later + other.met_later,
        )

    @property
    def unseen(self) -> int:
        return self.facts - self.met

    @property
    def of_all(self) -> tuple[float, float] | None:
        """The mean over all facts, today and on the day; none without a fact."""
        return (self.now / self.facts, self.later / self.facts) if self.facts else None

    @property
    def of_met(self) -> tuple[float, float] | None:
        """The mean over the facts that were met; none before the first."""
        return (self.met_now / self.met, self.met_later / self.met) if self.met else None


NOTHING = Recall()

type Place = Chapter | Section
type Cells = Mapping[tuple[int, str], Recall]


@dataclass(frozen=True, slots=True)
class Row:
    """A chapter, or a section of one, with what is known of each kind of fact there."""

    place: Place
    kinds: Mapping[str, Recall]

    @property
    def whole(self) -> Recall:
        return total(self.kinds.values())


@dataclass(frozen=True, slots=True)
class KnowledgeMap:
    """The places that hold facts, in the books' order; `kinds` are those that occur."""

    rows: Sequence[Row]
    kinds: Sequence[str]

    @property
    def of_kinds(self) -> dict[str, Recall]:
        """Every kind over all places."""
        return {
            kind: total(row.kinds.get(kind, NOTHING) for row in self.rows) for kind in self.kinds
        }

    @property
    def whole(self) -> Recall:
        return total(row.whole for row in self.rows)


def total(parts: Iterable[Recall]) -> Recall:
    """Several parts taken together."""
    return reduce(add, parts, NOTHING)


def chapters(asked: Survey) -> KnowledgeMap:
    """The map by chapter; one query."""
    return _map(asked.chapters, _cells(asked, F("subject__chapter")))


def sections(asked: Survey) -> KnowledgeMap:
    """The map by section; two queries."""
    cells = _cells(asked, F("subject__section"))
    found = Section.objects.filter(pk__in={place for place, _kind in cells})
    return _map(list(found.order_by("book", "position", "pk")), cells)


def _map(places: Sequence[Place], cells: Cells) -> KnowledgeMap:
    occurring = {kind for _place, kind in cells}
    kinds = [kind for kind in Fact.Kind.values if kind in occurring]
    return KnowledgeMap(list(_rows(places, kinds, cells)), kinds)


def _rows(places: Iterable[Place], kinds: Iterable[str], cells: Cells) -> Iterator[Row]:
    for place in places:
        here = {kind: cells[place.pk, kind] for kind in kinds if (place.pk, kind) in cells}
        if here:
            yield Row(place, here)


def _cells(asked: Survey, place: F) -> dict[tuple[int, str], Recall]:
    """What is known by place and kind. One query: facts are summed up where they are counted.

    The ORM groups once, and here every fact is a group within a group.
    """
    facts = surveying.by_fact(asked, place=place, kind=F("subject__kind"))
    if not asked.chapters:
        return {}
    of_each, values = facts.query.sql_with_params()
    statement = (  # every name in it is given above, or in `surveying.by_fact`
        "SELECT place, kind, COUNT(*), COUNT(now),"  # noqa: S608
        " SUM(COALESCE(now, 0) / cards), SUM(COALESCE(later, 0) / cards),"
        " COALESCE(SUM(now / rated), 0), COALESCE(SUM(later / rated), 0)"
        f" FROM ({of_each}) AS facts GROUP BY place, kind"
    )
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return {(place, kind): Recall(*sums) for place, kind, *sums in cursor.fetchall()}
