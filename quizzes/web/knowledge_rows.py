"""What the knowledge map shows: cells with their ways on, and all its figures as rows."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date
from itertools import groupby

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from quizzes.analytics.fading import Order
from quizzes.analytics.knowing import KnowledgeMap, Place, Recall, Row
from quizzes.analytics.surveying import Part, Survey
from quizzes.content.models import Chapter
from quizzes.web import wording
from quizzes.web.charts import Chart
from quizzes.web.knowledge_words import percent


@dataclass(frozen=True, slots=True)
class Address:
    """Where a part of the map is shown, for the day that was asked for."""

    part: Part
    day: date | None

    def map(self) -> str:
        return self._to("knowledge-map", {})

    def facts(self, order: Order | None = None, kind: str = "") -> str:
        """The list of the facts, of one kind or as the part has it."""
        return self._to("knowledge-facts", {"kind": kind or self.part.kind, "order": order or ""})

    def _to(self, name: str, more: dict[str, str]) -> str:
        day = self.day.isoformat() if self.day else ""
        asked = asdict(self.part) | more | {"on": day}
        kept = {key: value for key, value in asked.items() if value}
        return reverse(name) + ("?" + urlencode(kept) if kept else "")

    @property
    def whole(self) -> str:
        """The map of everything, for the same day."""
        return Address(Part(), self.day).map()

    @property
    def here(self) -> str:
        """The map of the same part."""
        return self.map()

    @property
    def fading(self) -> str:
        return self.facts(Order.FADING)

    @property
    def unseen(self) -> str:
        return self.facts(Order.UNSEEN)


@dataclass(frozen=True, slots=True)
class Cell:
    """What is known of one part, in per cent of all its facts, and where these are listed."""

    recall: Recall
    now: int
    later: int
    url: str


@dataclass(frozen=True, slots=True)
class GridRow:
    """A chapter, with the way to its sections, or a section; a cell for all and one a kind."""

    title: str
    url: str
    whole: Cell
    cells: Sequence[Cell | None]


@dataclass(frozen=True, slots=True)
class Grid:
    """The map as a table; rows come under their book where there are several."""

    kinds: Sequence[str]
    books: Sequence[tuple[str, Sequence[GridRow]]]
    total: GridRow


def grid(found: KnowledgeMap, asked: Survey, address: Address) -> Grid:
    """The map with a way on from everything in it."""
    titles = {one.book_id: one.book.title for one in asked.chapters}
    slugs = {one.book_id: one.book.slug for one in asked.chapters}
    books = [
        (titles[book], [_row(row, found, slugs[book], address) for row in rows])
        for book, rows in groupby(found.rows, key=lambda row: row.place.book_id)
    ]
    return Grid(
        kinds=[str(wording.KINDS[kind]) for kind in found.kinds],
        books=books,
        total=GridRow(
            title=_("Everything"),
            url=address.facts(),
            whole=_cell(found.whole, address.facts()),
            cells=[
                _cell(recall, address.facts(kind=kind)) for kind, recall in found.of_kinds.items()
            ],
        ),
    )


def chart(found: KnowledgeMap, asked: Survey) -> Chart:
    """Every figure of the map, the sums as well, as a table and a file."""
    day = date_format(asked.day, "j M Y")
    head = [
        _("Section") if asked.part.chapter else _("Chapter"),
        *(_("Kind"), _("Facts"), _("Met"), _("Never seen")),
        *(_("Of all, today, %"), _("Of all, on %(day)s, %%") % {"day": day}),
        *(_("Of those met, today, %"), _("Of those met, on %(day)s, %%") % {"day": day}),
    ]
    rows = [line for row in found.rows for line in _lines(row.place.title, row.kinds, row.whole)]
    if rows:
        rows.extend(_lines(_("Everything"), found.of_kinds, found.whole))
    said = _("Expected recall in per cent, to a tenth, for every cell of the map.")
    return Chart("map", _("The map in numbers"), said, head, rows)


def _row(row: Row, found: KnowledgeMap, book: str, address: Address) -> GridRow:
    is_chapter = isinstance(row.place, Chapter)
    here = replace(address, part=_narrowed(address.part, row.place, book))
    return GridRow(
        title=row.place.title,
        url=here.map() if is_chapter else here.facts(),
        whole=_cell(row.whole, here.facts()),
        cells=[
            _cell(row.kinds[kind], here.facts(kind=kind)) if kind in row.kinds else None
            for kind in found.kinds
        ],
    )


def _narrowed(part: Part, place: Place, book: str) -> Part:
    if isinstance(place, Chapter):
        return replace(part, book=book, chapter=place.slug)
    return replace(part, book=book, section=place.slug)


def _cell(recall: Recall, url: str) -> Cell:
    now, later = recall.of_all or (0, 0)
    return Cell(recall, percent(now), percent(later), url)


def _lines(
    title: str, kinds: Mapping[str, Recall], whole: Recall
) -> Iterator[list[str | int | float | None]]:
    named = [(str(wording.KINDS[kind]), recall) for kind, recall in kinds.items()]
    for kind, recall in [*named, (_("All"), whole)]:
        yield [title, kind, *_figures(recall)]


def _figures(recall: Recall) -> list[str | int | float | None]:
    chances = [*(recall.of_all or (None, None)), *(recall.of_met or (None, None))]
    return [recall.facts, recall.met, recall.unseen, *map(_tenths, chances)]


def _tenths(share: float | None) -> float | None:
    return None if share is None else round(100 * share, 1)
