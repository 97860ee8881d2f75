"""A chart on a page: a drawing, the same in words, as a table, and as a file.

What is drawn, said and exported comes from one value, so none of them can say otherwise. A page
shows a chart by including `quizzes/chart.html` with it, and answers `?csv=<slug>` by `csv`.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from django.http import Http404, HttpRequest, HttpResponse

from quizzes.exchange.formats import tables
from quizzes.web import plotting
from quizzes.web.lifelines import Lifeline
from quizzes.web.plotting import Bars, Curve, Lines, Series

__all__ = ["Bars", "Chart", "Curve", "Lifeline", "Lines", "Series", "csv"]

type Picture = Bars | Lines | Curve | Lifeline


@dataclass(frozen=True)
class Chart:
    """A picture of rows: `rows` are those of the table and of the file, in the order of `head`.

    `slug` is of this page alone; the first cell of a row names it. `summary` says in words what
    the picture shows. Without rows there is nothing but the words.
    """

    slug: str
    title: str
    summary: str
    head: Sequence[str]
    rows: Sequence[Sequence[tables.Cell]]
    picture: Picture | None = None

    @cached_property
    def drawing(self) -> plotting.Drawing | None:
        return self.picture.drawing() if self.picture and self.rows else None

    @cached_property
    def columns(self) -> list[tuple[str, bool]]:
        """Each head, and whether numbers stand under it."""
        return [(name, self._has_numbers(place)) for place, name in enumerate(self.head)]

    @property
    def lines(self) -> list[list[tuple[str, bool]]]:
        """Each cell as the table says it, and whether it is a number."""
        return [
            [
                (_said(cell), is_number)
                for cell, (_, is_number) in zip(row, self.columns, strict=True)
            ]
            for row in self.rows
        ]

    def _has_numbers(self, place: int) -> bool:
        return any(isinstance(row[place], int | float) for row in self.rows)


def csv(request: HttpRequest, charts: Iterable[Chart]) -> HttpResponse | None:
    """The file of the chart that is asked for by `?csv=<slug>`; None where none is asked for.

    It has the rows of the table, numbers as numbers. A chart that is not here is a 404.
    """
    slug = request.GET.get("csv")
    if slug is None:
        return None
    chart = next((one for one in charts if one.slug == slug), None)
    if chart is None:
        raise Http404
    written = tables.csv_bytes([chart.head, *chart.rows], has_mark=True)
    headers = {"Content-Disposition": f'attachment; filename="{chart.slug}.csv"'}
    return HttpResponse(written, content_type="text/csv; charset=utf-8", headers=headers)


def _said(cell: tables.Cell) -> str:
    if cell is None:
        return "–"
    return cell if isinstance(cell, str) else plotting.shown(cell)
