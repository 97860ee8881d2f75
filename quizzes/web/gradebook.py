"""/classes/<class>/gradebook/ : everybody's marks as a table, and the same table as a file."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.core.exceptions import BadRequest
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.text import slugify
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from quizzes.analytics import gradebook as gradebooks
from quizzes.analytics.gradebook import Gradebook
from quizzes.analytics.marks import Column, Show
from quizzes.assessment.models import Assignment
from quizzes.exchange.formats import tables
from quizzes.people.models import Classroom, User
from quizzes.web import clocks, gradebook_tables, projecting, releases, teaching
from quizzes.web.middleware import arrival
from quizzes.web.owners import owner

STUDENTS_SHOWN = 50
FIXED_COLUMNS = 2
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@dataclass(frozen=True, slots=True)
class Head:
    """What may be done with an assignment from its column."""

    column: Column
    opens: str
    closes: str
    obstacles: Sequence[str]
    """Why its results cannot be released yet."""

    @property
    def assignment(self) -> Assignment:
        return self.column.assignment

    @property
    def is_to_release(self) -> bool:
        given = self.assignment
        return given.is_graded and not given.released_at and not given.withdrawn_at


@never_cache
@login_required
@require_safe
def gradebook(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Students by assignments, fifty students a page, with what each column waits for."""
    room = teaching.classroom(request, uid)
    book, show = gradebooks.of_class(room, arrival(request)), _show(request)
    hides_names = projecting.hides_names(request)
    places = book.chosen(show)
    in_order = gradebook_tables.mixed(places) if hides_names else places
    name = gradebook_tables.hidden(book) if hides_names else gradebook_tables.named
    page = Paginator(in_order, STUDENTS_SHOWN).get_page(request.GET.get("page"))
    columns = book.columns()
    context = {
        "classroom": room,
        "table": gradebook_tables.table(book, columns, page, name),
        "heads": [_head(book, one, owner(request)) for one in columns],
        "page": page,
        "show": show.value,
        "student_count": len(book.students),
        "hides_names": hides_names,
        "place": "classes",
    }
    return render(request, "quizzes/gradebook.html", context)


@never_cache
@login_required
@require_safe
def as_csv(request: HttpRequest, uid: UUID) -> HttpResponse:
    """The whole table with names, as CSV; for Excel with a byte order mark."""
    room = teaching.classroom(request, uid)
    data = tables.csv_bytes(_rows(request, room), has_mark=request.GET.get("for") == "excel")
    return _file(data, "text/csv; charset=utf-8", room, "csv")


@never_cache
@login_required
@require_safe
def as_xlsx(request: HttpRequest, uid: UUID) -> HttpResponse:
    """The whole table with names, as a workbook."""
    room = teaching.classroom(request, uid)
    rows = _rows(request, room)
    return _file(
        tables.xlsx_bytes(rows, room.name, fixed_columns=FIXED_COLUMNS), XLSX, room, "xlsx"
    )


def _show(request: HttpRequest) -> Show:
    wish = request.GET.get("show", Show.ALL)
    if wish not in set(Show):
        raise BadRequest("“show” is none of the choices.")
    return Show(wish)


def _rows(request: HttpRequest, room: Classroom) -> list[list[str | float]]:
    book = gradebooks.of_class(room, arrival(request))
    places = book.chosen(_show(request))
    table = gradebook_tables.table(book, book.columns(), places, gradebook_tables.named)
    return gradebook_tables.rows(table)


def _head(book: Gradebook, column: Column, person: User) -> Head:
    given = column.assignment
    zones = person.time_zone, given.classroom.time_zone
    last = book.last_closing(given)
    return Head(
        column=column,
        opens=clocks.moment(given.opens_at, *zones),
        closes=clocks.moment(given.closes_at, *zones) if given.closes_at else "",
        obstacles=releases.obstacles(last, column.unmarked, book.at, zones),
    )


def _file(data: bytes, kind: str, room: Classroom, ending: str) -> HttpResponse:
    name = f"gradebook-{slugify(room.name) or 'class'}.{ending}"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(data, content_type=kind, headers=headers)
