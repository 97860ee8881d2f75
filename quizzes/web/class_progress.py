"""/classes/<class>/progress/ : what the students know, one by one, by chapter, and over time."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from quizzes.analytics import class_chapters, class_order, class_progress
from quizzes.analytics.class_chapters import ChapterRow
from quizzes.analytics.class_order import Column, Order
from quizzes.analytics.progress import Known
from quizzes.people.models import Classroom
from quizzes.web import (
    charts,
    class_rows,
    known_tables,
    listing,
    projecting,
    teaching,
    wording,
)
from quizzes.web.charts import Chart
from quizzes.web.projecting import Names

STUDENTS_SHOWN = 50


@dataclass(frozen=True, slots=True)
class Head:
    """The head of a column, which puts the table in its order: once one way, then the other."""

    column: Column
    order: Order

    @property
    def label(self) -> str | Promise:
        return class_rows.LABELS[self.column]

    @property
    def is_number(self) -> bool:
        return self.column in class_rows.NUMBERS

    @property
    def direction(self) -> str:
        """As `aria-sort` says it."""
        return listing.direction(self.column, self.order)

    @property
    def sort(self) -> str:
        """What the address says once this head is pressed: a figure's highest come first."""
        falls_first = self.column != Column.NAME
        return listing.pressed(self.column, self.order, falls_first=falls_first)


@never_cache
@login_required
@require_safe
def students(request: HttpRequest, uid: UUID) -> HttpResponse:
    """What each student knows, how the quizzes went, and what waits; fifty students a page."""
    room = teaching.classroom(request, uid)
    today, names = teaching.today(request, room), projecting.names(request, room)
    order = _order(request, names)
    text = "" if names.are_hidden else listing.sought(request)
    page = Paginator(_listed(room, order, today, text), STUDENTS_SHOWN).get_page(
        request.GET.get("page")
    )
    listed = class_progress.students(room, list(page), today)
    context = {
        "classroom": room,
        "page": page,
        "rows": class_rows.rows(listed, names, request.get_full_path()),
        "heads": [Head(column, order) for column in class_rows.LABELS],
        "sort": request.GET.get("sort", ""),
        "text": text,
        "hides_names": names.are_hidden,
        "part": "students",
        "place": "classes",
    }
    return render(request, "quizzes/class_progress.html", context)


@never_cache
@login_required
@require_safe
def chapters(request: HttpRequest, uid: UUID) -> HttpResponse:
    """The cards that the class knows, learns and has not met, by chapter and kind of fact."""
    room = teaching.classroom(request, uid)
    rows = class_chapters.of_class(room)
    if answer := charts.csv(request, [file(rows)]):
        return answer
    context = {"classroom": room, "part": "chapters", "place": "classes"} | table(rows)
    return render(request, "quizzes/class_chapters.html", context)


def table(rows: Sequence[ChapterRow]) -> dict[str, Any]:
    """Rows of chapters with a cell for each kind of fact that occurs, and their sum."""
    kinds = [kind for kind in wording.KINDS if any(kind in row.kinds for row in rows)]
    return {
        "rows": [(row, [row.kinds.get(kind) for kind in kinds]) for row in rows],
        "kinds": [wording.KINDS[kind] for kind in kinds],
        "whole": class_chapters.together(row.whole for row in rows) if rows else None,
    }


def file(rows: Sequence[ChapterRow]) -> Chart:
    """The same, a line a cell; the cards of all these students together."""
    return known_tables.known(
        (
            row.title,
            {kind: Known(one.whole, one.known, one.learning) for kind, one in row.kinds.items()},
        )
        for row in rows
    )


def _order(request: HttpRequest, names: Names) -> Order:
    wish = listing.sort(request, set(Column))
    column, is_falling = wish or (Column.NAME, False)
    return Order(Column(column), is_falling, names.are_hidden)


def _listed(room: Classroom, order: Order, today: date, text: str) -> Any:
    if text:
        return class_order.ordered(room, order, today).found(text)
    return class_order.Listed(room, order, today)
