"""Cataloging: a bank's questions by everything that tells them apart, in a fixed number of queries.

A line a question is light enough to be read for the whole bank at once, so that every facet is
counted and every order sorted without a query of its own.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from django.db.models import Exists, OuterRef, Q, Subquery

from quizzes.analytics import item_analysis
from quizzes.analytics.item_analysis import Figures
from quizzes.analytics.psychometrics import FEWEST
from quizzes.assessment import drawing
from quizzes.assessment.models import Quiz, Slot
from quizzes.items.models import ErrorReport, Item, ItemFact, Key, Tag
from quizzes.items.models.items import ItemQuerySet
from quizzes.people.models import User

FAMILIES = (
    *("state", "origin", "kind", "about", "skill", "chapter", "section", "tag"),
    *("used", "facility", "discrimination", "needs"),
)
FACILITIES = (("hard", 0.4), ("middle", 0.7), ("easy", 0.9), ("very-easy", 2.0))
DISCRIMINATIONS = (("negative", 0.0), ("weak", 0.2), ("good", 2.0))
"""The bands of what was observed, each with what its figures lie below."""
FEW, ALIKE = "few", "alike"
"""Too few answers for a figure, and answers among which there is nothing to tell apart."""
SORTS = ("place", "attention", "changed", "difficult")

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_COLUMNS = (
    *("pk", "chapter", "section", "section__position", "position", "state", "origin", "skill"),
    *("revision__kind", "revision__created_at", "is_explained", "about"),
)


@dataclass(frozen=True, slots=True)
class Entry:
    """One question in the catalog: its values in every family, and what it is sorted by."""

    pk: int
    values: dict[str, tuple[str, ...]]
    place: tuple[int, int, int]
    changed_at: datetime
    figures: Figures
    reports: int
    """That nobody has answered yet."""

    @property
    def attention(self) -> int:
        """What kind of attention it needs: the lower, the sooner."""
        needs, discrimination = self.values["needs"], self.values["discrimination"]
        signs = (
            bool(self.reports),
            "negative" in discrimination,
            "draft" in self.values["state"],
            "weak" in discrimination,
            "explanation" in needs,
            "fact" in needs,
        )
        return next((rank for rank, sign in enumerate(signs) if sign), len(signs))


@dataclass(frozen=True, slots=True)
class _Known:
    """What stands elsewhere of the items of a bank, by their keys."""

    tags: Mapping[int, Collection[str]]
    fixed: Collection[int]
    drawn: Collection[int]
    reports: Mapping[int, int]
    figures: Mapping[int, Figures]


def catalog(items: ItemQuerySet, user: User, book: int) -> list[Entry]:
    """An entry for each of these items of a book's bank, as its user sees it; six queries."""
    first = ItemFact.objects.filter(item=OuterRef("pk"), position=0).values("fact__kind")[:1]
    reasons = Key.objects.filter(revision=OuterRef("revision")).exclude(rationale="")
    told = items.annotate(is_explained=Exists(reasons), about=Subquery(first))
    rows = list(told.order_by().values_list(*_COLUMNS))
    known = _known([row[0] for row in rows], user, book)
    return [_entry(row, known) for row in rows]


def in_order(entries: Collection[Entry], sort: str) -> list[Entry]:
    """The entries by the book, by what needs attention, newest change or most difficult first."""
    keys: dict[str, Any] = {
        "attention": lambda one: (one.attention, -one.reports, one.place),
        "changed": lambda one: (-one.changed_at.timestamp(), one.place),
        "difficult": lambda one: (
            2.0 if one.figures.facility is None else one.figures.facility,
            one.place,
        ),
    }
    return sorted(entries, key=keys.get(sort, lambda one: one.place))


def quizzes(user: User, book: int) -> Any:
    """The quizzes that ask from a book's bank, as its user sees it: the book's, and their own."""
    own = Q(book__about=book, book__owner=user.pk)
    return Quiz.objects.filter(Q(book=book) | own, retired_at=None)


def _known(pks: Collection[int], user: User, book: int) -> _Known:
    whole = Item.objects.banked(user, book).order_by().values("pk")  # cheaper than so many keys
    tags: dict[int, list[str]] = defaultdict(list)
    for item, text in Tag.objects.filter(item__in=whole).values_list("item", "text"):
        tags[item].append(text)
    fixed, drawn = _asked(user, book)
    reports = ErrorReport.objects.answerable_by(user).open().filter(item__in=whole)
    return _Known(
        tags=tags,
        fixed=fixed,
        drawn=drawn,
        reports=Counter(reports.order_by().values_list("item", flat=True)),
        figures=item_analysis.of_items(pks),
    )


def _asked(user: User, book: int) -> tuple[set[int], set[int]]:
    """The items that a quiz asks, and those that one may draw; a rule is looked up once."""
    slots = list(Slot.objects.filter(quiz__in=quizzes(user, book)).select_related("quiz__book"))
    rules = {_rule(slot): slot for slot in slots if slot.item_id is None}
    drawn = drawing.bank(rules.values(), with_essays=True).prefetch_related(None).order_by()
    fixed = {slot.item_id for slot in slots if slot.item_id is not None}
    return fixed, set(drawn.values_list("pk", flat=True))


def _rule(slot: Slot) -> tuple[object, ...]:
    return (slot.quiz.book_id, slot.tag, *(getattr(slot, name) for name in drawing.RULES))


def _entry(row: tuple[Any, ...], known: _Known) -> Entry:
    pk, chapter, section, passage, position, state, origin, skill, kind, at, why, about = row
    figures = known.figures.get(pk, Figures(0))
    reports = known.reports.get(pk, 0)
    needs = {"report": reports, "explanation": not why, "fact": not about}
    values = {
        "state": (state,),
        "origin": (origin,),
        "kind": (kind or "",),
        "about": (about,) if about else (),
        "skill": (skill,),
        "chapter": (str(chapter),),
        "section": (str(section),),
        "tag": tuple(sorted(known.tags.get(pk, ()))),
        "used": tuple(_used(pk, known)),
        "facility": (_band(figures.n, figures.facility, FACILITIES),),
        "discrimination": (_band(figures.n, figures.discrimination, DISCRIMINATIONS),),
        "needs": tuple(name for name, is_needed in needs.items() if is_needed),
    }
    return Entry(pk, values, (passage, position, pk), at or _EPOCH, figures, reports)


def _used(pk: int, known: _Known) -> Iterator[str]:
    if pk in known.fixed:
        yield "asked"
    if pk in known.drawn:
        yield "drawn"
    if pk not in known.fixed and pk not in known.drawn:
        yield "nowhere"


def _band(n: int, figure: float | None, bands: Collection[tuple[str, float]]) -> str:
    if figure is None:
        return ALIKE if n >= FEWEST else FEW
    return next(name for name, below in bands if figure < below)
