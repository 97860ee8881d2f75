"""What the list of a bank shows: a page of questions with their facets, each in short."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from django.core.paginator import Page, Paginator
from django.http import QueryDict
from django.utils.translation import gettext as _

from quizzes.analytics import cataloging, faceting
from quizzes.analytics.cataloging import Entry
from quizzes.content.models import Book
from quizzes.items import rendering, searching
from quizzes.items.models import Item, Key
from quizzes.items.models.items import ItemQuerySet
from quizzes.people.models import User
from quizzes.web import bank_facets, specimens
from quizzes.web.bank_facets import Facet
from quizzes.web.specimens import Specimen

A_PAGE = 50
_LONGEST = 140


@dataclass(frozen=True, slots=True)
class Row:
    """One question of the list; its preview where it is open."""

    place: int
    item: Item
    question: str
    answer: str
    section: int
    """The number of its section, by which a blueprint names it."""
    tags: tuple[str, ...]
    used: str
    n: int
    percent: int | None
    discrimination: str
    reports: int
    needs: tuple[str, ...]
    is_own: bool
    preview: Specimen | None


@dataclass(frozen=True, slots=True)
class Listed:
    """The whole list: what was found, a page of it, and what else there is."""

    found: list[Entry]
    page: Page[Entry]
    rows: list[Row]
    facets: list[Facet]
    line: str
    sort: str

    @property
    def has_own(self) -> bool:
        return any(row.is_own for row in self.rows)


@dataclass(frozen=True, slots=True)
class Found:
    """The entries that an address finds, in its order, and the counts of every facet."""

    entries: list[Entry]
    counts: Mapping[str, Counter[str]]
    line: str
    sort: str


def find(
    items: ItemQuerySet, user: User, book: Book, asked: QueryDict, *, in_keys: bool = True
) -> Found:
    """Search, choose and sort as an address says; six queries."""
    line = " ".join(asked.get("q", "").replace("\0", "").split())[: searching.LONGEST_SEARCH]
    sort = asked.get("sort", "place")
    sort = sort if sort in bank_facets.SORTS else "place"
    entries = cataloging.catalog(searching.searched(items, line, in_keys=in_keys), user, book.pk)
    chosen = bank_facets.chosen(asked)
    found, counts = faceting.sort_out(entries, cataloging.FAMILIES, chosen)
    return Found(cataloging.in_order(found, sort), counts, line, sort)


def listed(
    items: ItemQuerySet,
    user: User,
    book: Book,
    asked: QueryDict,
    at: datetime,
    *,
    in_keys: bool = True,
) -> Listed:
    """The list that an address asks for; a fixed number of queries, more where one is open."""
    found = find(items, user, book, asked, in_keys=in_keys)
    page = Paginator(found.entries, A_PAGE).get_page(asked.get("page"))
    return Listed(
        found=found.entries,
        page=page,
        rows=_rows(list(page), user, book, uid(asked.get("open", "")), at),
        facets=bank_facets.facets(book, found.counts, asked),
        line=found.line,
        sort=found.sort,
    )


def without_keys(
    items: ItemQuerySet, user: User, book: Book, asked: QueryDict, at: datetime
) -> Listed:
    """The same for whoever may not open the bank: nothing in it comes from a key or an answer."""
    open_part = asked.copy()
    for name in ("open", "sort", *bank_facets.WITH_KEYS):
        open_part.pop(name, None)
    found = listed(items, user, book, open_part, at, in_keys=False)
    return replace(
        found,
        facets=[facet for facet in found.facets if facet.name not in bank_facets.WITH_KEYS],
        rows=[_unanswered(row) for row in found.rows],
    )


def _unanswered(row: Row) -> Row:
    bare = {"answer": "", "n": 0, "percent": None, "discrimination": "", "reports": 0, "needs": ()}
    return replace(row, **bare)  # type: ignore[arg-type]


def _rows(
    entries: Sequence[Entry], user: User, book: Book, opened: UUID | None, at: datetime
) -> list[Row]:
    related = ("revision", "section", "chapter", "book")
    items = Item.objects.select_related(*related).in_bulk([one.pk for one in entries])
    keys = Key.objects.in_bulk([one.revision_id for one in items.values() if one.revision_id])
    sections = book.section_numbers()
    places = dict(enumerate((items[one.pk] for one in entries), start=1))
    shown = {place: item for place, item in places.items() if item.uid == opened}
    open_ones = specimens.specimens(shown, user, at)
    return [
        _row(place, entry, places[place], keys, sections, user, open_ones.get(place))
        for place, entry in enumerate(entries, start=1)
    ]


def _row(
    place: int,
    entry: Entry,
    item: Item,
    keys: Mapping[int, Key],
    sections: Mapping[int, int],
    user: User,
    preview: Specimen | None,
) -> Row:
    key, figures = keys.get(item.revision_id or 0), entry.figures
    return Row(
        place=place,
        item=item,
        question=short(rendering.bare(item.revision.stem_html) if item.revision else ""),
        answer=short(rendering.bare(key.answer_html) if key else ""),
        section=sections.get(item.section_id, 0),
        tags=entry.values["tag"],
        used=_used(entry.values["used"]),
        n=figures.n,
        percent=None if figures.facility is None else round(100 * figures.facility),
        discrimination=decimal(figures.discrimination),
        reports=entry.reports,
        needs=entry.values["needs"],
        is_own=item.book.owner_id == user.pk,
        preview=preview,
    )


def short(text: str) -> str:
    """A text that fits a line or two."""
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1].rstrip() + "…"


def decimal(figure: float | None) -> str:
    """A correlation as people write it, with a true minus; empty where there is none."""
    return "" if figure is None else f"{figure:.2f}".replace("-", "−")


def _used(values: Sequence[str]) -> str:
    if "asked" in values:
        return _("asked by a quiz")
    return _("may be drawn") if "drawn" in values else _("in no quiz")


def uid(text: str) -> UUID | None:
    """The question that an address names; nonsense names none."""
    try:
        return UUID(text)
    except ValueError:
        return None
