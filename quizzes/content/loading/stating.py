"""Facts and the detail row of each: stated anew where they differ, never deleted."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Model

from quizzes.content.loading.shelving import Shelf
from quizzes.content.loading.upserting import upsert
from quizzes.content.models import (
    Argument,
    Event,
    Fact,
    Figure,
    Place,
    Quantity,
    Term,
)
from quizzes.content.packs import Contents, shapes

type Keys = Mapping[str, int]
"""Primary keys of facts by slug."""

MOVES = frozenset({"position"})
"""Columns that change when other facts come or go."""


@dataclass(frozen=True)
class Stated:
    """The keys of all facts stated, and the slugs of those that are new, differ or returned."""

    keys: Keys
    new: set[str]
    changed: set[str]
    returned: set[str]


def state(contents: Contents, shelf: Shelf, standing: Mapping[str, Fact]) -> Stated:
    """Write the facts that are new or differ, with their details."""
    places = _positions(contents)
    chapter_of = {unit.slug: unit.chapter for unit in contents.units}
    wanted = {
        fact.slug: _fact(fact, shelf, chapter_of[fact.unit], places[fact.slug])
        for fact in contents.facts
    }
    written = upsert(wanted, standing, ["book", "slug"])
    keys = {slug: row.pk for slug, row in wanted.items()}
    changed = {slug for slug in written if slug in standing and _differs(wanted, standing, slug)}
    return Stated(
        keys,
        {slug for slug in written if slug not in standing},
        changed | _details(contents, keys, standing),
        {slug for slug in written if slug in standing and standing[slug].retired_at},
    )


def retire(standing: Mapping[str, Fact], stated: Stated, at: datetime) -> set[str]:
    """Mark the facts that the pack no longer states; they and what was learned of them stay."""
    gone = {
        slug for slug, row in standing.items() if slug not in stated.keys and not row.retired_at
    }
    if gone:
        pks = [standing[slug].pk for slug in gone]
        Fact.objects.filter(pk__in=pks).update(retired_at=at)
    return gone


def _differs(wanted: Mapping[str, Fact], standing: Mapping[str, Fact], slug: str) -> bool:
    """Whether more than its place in the book is new."""
    return any(
        getattr(wanted[slug], column.attname) != getattr(standing[slug], column.attname)
        for column in Fact._meta.concrete_fields
        if column.attname not in MOVES and not column.primary_key
    )


def _positions(contents: Contents) -> dict[str, int]:
    """The place of each fact: by the first page that it cites, then kind, then the file's order.

    A fact that comes or goes moves only those of its own page and kind.
    """
    kinds = list(dict.fromkeys(fact.KIND for fact in contents.facts))
    taken: dict[tuple[int, int], int] = {}
    places = {}
    for fact in contents.facts:
        spot = (_first_page(fact), kinds.index(fact.KIND))
        taken[spot] = taken.get(spot, -1) + 1
        places[fact.slug] = spot[0] * 10_000 + spot[1] * 1_000 + min(taken[spot], 999)
    return places


def _first_page(fact: shapes.Fact) -> int:
    """The first page cited; front matter and other works count as 0."""
    return min(
        (page for place in fact.locators for page in place.pages or () if isinstance(page, int)),
        default=0,
    )


def _fact(fact: shapes.Fact, shelf: Shelf, chapter: int, position: int) -> Fact:
    told = fact.book_chapter
    return Fact(
        book=shelf.book,
        slug=fact.slug,
        section_id=shelf.sections[fact.unit],
        chapter_id=shelf.chapters[told.number if told else chapter],
        chapter_basis=told.basis if told else "stated",
        kind=fact.KIND,
        label=fact.label,
        summary=getattr(fact, "summary", ""),
        is_core=fact.core,
        position=position,
        retired_at=None,
    )


def _details(contents: Contents, keys: Keys, standing: Mapping[str, Fact]) -> set[str]:
    """Write each kind's detail rows; answer the slugs of those that are new or differ."""
    written: set[str] = set()
    for kind, detail in DETAILS.items():
        wanted = {fact.slug: detail(fact, keys) for fact in contents.facts if kind == fact.KIND}
        known = {
            slug: getattr(row, kind)
            for slug, row in standing.items()
            if row.kind == kind and hasattr(row, kind)
        }
        written |= upsert(wanted, known, ["fact"])
    return written & standing.keys()


def dated(when: shapes.When | None, keys: Keys) -> dict[str, Any]:
    """The columns of a date; all empty without one."""
    anchor = when.relative_to if when else None
    return {
        "when_label": when.label if when else "",
        "precision": when.precision.value if when else "",
        "part": when.part.value if when and when.part else "",
        "not_before": when.not_before if when else None,
        "not_after": when.not_after if when else None,
        "anchor_id": keys[anchor.event] if anchor else None,
        "offset": (anchor.offset or "") if anchor else "",
        "edtf": (when.edtf or "") if when else "",
        "date_basis": when.basis if when else "",
    }


def _figure(fact: shapes.Figure, keys: Keys) -> Figure:
    fate = fact.fate
    return Figure(
        fact_id=keys[fact.slug],
        kind=fact.kind,
        part=fact.role or "",
        sort_name=fact.sort_name,
        fate=fate.text if fate else "",
        fate_when=fate.when.label if fate and fate.when else "",
    )


def _place(fact: shapes.Place, keys: Keys) -> Place:
    return Place(fact_id=keys[fact.slug], kind=fact.kind)


def _term(fact: shapes.Term, keys: Keys) -> Term:
    return Term(fact_id=keys[fact.slug], definition=fact.definition)


def _event(fact: shapes.Event, keys: Keys) -> Event:
    return Event(fact_id=keys[fact.slug], status=fact.status, **dated(fact.when, keys))


def _quantity(fact: shapes.Quantity, keys: Keys) -> Quantity:
    by = fact.estimated_by
    return Quantity(
        fact_id=keys[fact.slug],
        statement=fact.statement,
        value=fact.value,
        bound=fact.bound,
        lower=fact.lower,
        upper=fact.upper,
        unit=fact.counts,
        population=fact.population,
        estimated_by_id=keys[by.slug] if by and by.slug else None,
        estimated_by_label=by.label if by else "",
        event_id=keys[fact.event] if fact.event else None,
        **dated(fact.period, keys),
    )


def _argument(fact: shapes.Argument, keys: Keys) -> Argument:
    return Argument(
        fact_id=keys[fact.slug],
        statement=fact.statement,
        scope=fact.scope,
        kind=fact.kind,
        hedge=fact.hedge or "",
        stance=fact.stance.value,
        conceded=fact.stance.conceded or "",
        variant_of_id=keys[fact.variants_of] if fact.variants_of else None,
    )


DETAILS: dict[str, Callable[[Any, Keys], Model]] = {
    "figure": _figure,
    "place": _place,
    "term": _term,
    "event": _event,
    "quantity": _quantity,
    "argument": _argument,
}
