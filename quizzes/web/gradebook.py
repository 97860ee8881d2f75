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
from quizzes.analytics import gradebook_order
from quizzes.analytics.gradebook import Gradebook
from quizzes.analytics.gradebook_order import Order, Wish
from quizzes.analytics.marks import Column, Show
from quizzes.assessment.models import Assignment
from quizzes.exchange.formats import tables
from quizzes.people.models import Classroom, User
from quizzes.web import (
    clocks,
    gradebook_tables,
    listing,
    mark_words,
    projecting,
    releases,
    teaching,
)
from quizzes.web.mark_words import Words
from quizzes.web.middleware import arrival
from quizzes.web.owners import owner

STUDENTS_SHOWN = 50
FIXED_COLUMNS = 1
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@dataclass(frozen=True, slots=True)
class Sort:
    """The head of a column, which puts the table in its order; the best marks come first."""

    column: str
    order: Order

    @property
    def direction(self) -> str:
        """As `aria-sort` says it."""
        return listing.direction(self.column, self.order)

    @property
    def pressed(self) -> str:
        """What the address says once it is pressed."""
        falls_first = self.column != gradebook_order.NAME
        return listing.pressed(self.column, self.order, falls_first=falls_first)


@dataclass(frozen=True, slots=True)
class Head:
    """What may be done with an assignment from its column."""

    column: Column
    sort: Sort
    words: Words
    opens: str
    closes: str
    obstacles: Sequence[str]
    """Why its results cannot be released yet."""

    @property
    def assignment(self) -> Assignment:
        return self.column.assignment

    @property
    def is_to_release(self) -> bool:
        return mark_words.is_to_release(self.assignment)


@never_cache
@login_required
@require_safe
def gradebook(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Students by assignments, fifty students a page, with what each column waits for."""
    room = teaching.classroom(request, uid)
    book, hides_names = gradebooks.of_class(room, arrival(request)), projecting.hides_names(request)
    wish = _wish(request, book, hides_names=hides_names)
    book = gradebook_tables.mixed(book) if hides_names else book
    names = gradebook_tables.hidden(book) if hides_names else gradebook_tables.Names()
    students, former = gradebook_order.students(book, wish), gradebook_order.former(book, wish)
    page = Paginator(students, STUDENTS_SHOWN).get_page(request.GET.get("page"))
    columns = book.columns()
    table = gradebook_tables.table(book, columns, page, former, names)
    context = {
        "classroom": room,
        "table": table,
        "heads": [
            _head(book, column, words, wish.order, owner(request))
            for column, words in zip(columns, table.titles, strict=True)
        ],
        "by_name": Sort(gradebook_order.NAME, wish.order),
        "by_mean": Sort(gradebook_order.MEAN, wish.order),
        "page": page,
        "show": wish.show.value,
        "text": wish.text,
        "sort": request.GET.get("sort", ""),
        "student_count": len(book.students),
        "hides_names": hides_names,
        "place": "classes",
    }
    return render(request, "quizzes/gradebook.html", context)


@never_cache
@login_required
@require_safe
def as_csv(request: HttpRequest, uid: UUID) -> HttpResponse:
    """The lines that are asked for with names, as CSV; for Excel with a byte order mark."""
    room = teaching.classroom(request, uid)
    data = tables.csv_bytes(_rows(request, room), has_mark=request.GET.get("for") == "excel")
    return _file(data, "text/csv; charset=utf-8", room, "csv")


@never_cache
@login_required
@require_safe
def as_xlsx(request: HttpRequest, uid: UUID) -> HttpResponse:
    """The same lines as a workbook."""
    room = teaching.classroom(request, uid)
    rows = _rows(request, room)
    return _file(
        tables.xlsx_bytes(rows, room.name, fixed_columns=FIXED_COLUMNS), XLSX, room, "xlsx"
    )


def _wish(request: HttpRequest, book: Gradebook, *, hides_names: bool = False) -> Wish:
    """What the address asks for; a search would tell whose name is hidden."""
    show = request.GET.get("show", Show.ALL)
    if show not in set(Show):
        raise BadRequest("“show” is none of the choices.")
    sort = listing.sort(request, gradebook_order.columns(book))
    text = "" if hides_names else listing.sought(request)
    return Wish(Show(show), text, Order(*sort) if sort else Order())


def _rows(request: HttpRequest, room: Classroom) -> list[gradebook_tables.Row]:
    book = gradebooks.of_class(room, arrival(request))
    wish = _wish(request, book)
    students, former = gradebook_order.students(book, wish), gradebook_order.former(book, wish)
    names = gradebook_tables.Names()
    table = gradebook_tables.table(book, book.columns(), students, former, names)
    return gradebook_tables.rows(table)


def _head(book: Gradebook, column: Column, words: Words, order: Order, person: User) -> Head:
    given = column.assignment
    zones = person.time_zone, given.classroom.time_zone
    last = book.last_closing(given)
    return Head(
        column=column,
        sort=Sort(str(given.uid), order),
        words=words,
        opens=clocks.moment(given.opens_at, *zones),
        closes=clocks.moment(given.closes_at, *zones) if given.closes_at else "",
        obstacles=releases.obstacles(last, column.unmarked, book.at, zones),
    )


def _file(data: bytes, kind: str, room: Classroom, ending: str) -> HttpResponse:
    name = f"gradebook-{slugify(room.name) or 'class'}.{ending}"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(data, content_type=kind, headers=headers)
