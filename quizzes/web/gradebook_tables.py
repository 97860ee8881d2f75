"""The table of a gradebook: the lines that its page shows, and the same lines for a file."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from quizzes.analytics.gradebook import Gradebook
from quizzes.analytics.marks import Cell, Column
from quizzes.people.models import Enrollment
from quizzes.web import mark_words, projecting
from quizzes.web.mark_words import Person, Words

type Row = list[str | float | None]
"""A line of a file."""


@dataclass(frozen=True, slots=True)
class Names:
    """What the students of a table are called, and whether it hides who they are."""

    of: Callable[[Enrollment], Person] = mark_words.of_place
    are_hidden: bool = False


@dataclass(frozen=True, slots=True)
class Entry:
    """A cell with its words."""

    cell: Cell
    words: Words


@dataclass(frozen=True, slots=True)
class Line:
    """A student's line."""

    place: Enrollment
    person: Person
    entries: Sequence[Entry]
    mean: Words


@dataclass(frozen=True, slots=True)
class Foot:
    """A figure of each column, of the whole class."""

    label: str
    figures: Sequence[Words]


@dataclass(frozen=True, slots=True)
class Table:
    """A gradebook in words: a head, students, those who left, and figures of each column."""

    titles: Sequence[Words]
    lines: Sequence[Line]
    former: Sequence[Line]
    feet: Sequence[Foot]


def table(
    book: Gradebook,
    columns: Sequence[Column],
    students: Iterable[Enrollment],
    former: Iterable[Enrollment],
    names: Names,
) -> Table:
    """The lines of these students, and of those who left; the figures are of the whole class."""
    return Table(
        titles=[mark_words.of_assignment(one) for one in book.assignments],
        lines=[_line(book, place, names) for place in students],
        former=[_line(book, place, names) for place in former],
        feet=_feet(columns),
    )


def rows(table: Table) -> list[Row]:
    """For a file: each cell's value and note side by side; the class's figures below a gap.

    So a spreadsheet sorts and filters the students, and leaves the figures where they are.
    """
    head = _head(table)
    feet = [*table.feet, Foot(_("Results"), [Words(one.note) for one in table.titles])]
    return [
        head,
        *(_student(line) for line in (*table.lines, *table.former)),
        [None] * len(head),
        *(_foot(one, len(head)) for one in feet),
    ]


def hidden(book: Gradebook) -> Names:
    """Numbers in place of names, always the same, in an order that tells nobody whose they are."""
    numbers = projecting.numbers(place.pk for place in book.places)
    return Names(lambda place: Person(projecting.numbered(numbers[place.pk])), are_hidden=True)


def mixed(book: Gradebook) -> Gradebook:
    """The same with its students in the order of the numbers that `hidden` gives."""
    return replace(book, places=sorted(book.places, key=_rank))


def _rank(place: Enrollment) -> str:
    return projecting.rank(place.pk)


def _line(book: Gradebook, place: Enrollment, names: Names) -> Line:
    row = book.row(place)
    words = (mark_words.of_cell(cell, hides_own=names.are_hidden) for cell in row.cells)
    return Line(
        place=place,
        person=names.of(place),
        entries=[Entry(cell, said) for cell, said in zip(row.cells, words, strict=True)],
        mean=mark_words.of_mean(row.mean_percent, len(row.marks)),
    )


def _feet(columns: Sequence[Column]) -> list[Foot]:
    return [
        Foot(_("Mean of the class"), [Words(_figure(one.mean_percent)) for one in columns]),
        Foot(_("Median"), [Words(_figure(one.median_percent)) for one in columns]),
        Foot(_("Marks"), [Words(len(one.marks), _to_mark(one.unmarked)) for one in columns]),
    ]


def _figure(percent: float | None) -> str | float:
    return "" if percent is None else percent


def _to_mark(count: int) -> str:
    if not count:
        return ""
    return ngettext("%(n)s essay to mark", "%(n)s essays to mark", count) % {"n": count}


def _head(table: Table) -> Row:
    about = [
        *(_("Name"), _("Student number"), _("Signs in as"), _("More time")),
        _("Left the class"),
    ]
    titles = [*(one.value for one in table.titles), _("Mean")]
    notes = (_("%(title)s: notes") % {"title": title} for title in titles)
    return [*about, *(half for pair in zip(titles, notes, strict=True) for half in pair)]


def _student(line: Line) -> Row:
    words = (*(one.words for one in line.entries), line.mean)
    return [line.person.name, *line.person.notes, *_flat(words)]


def _foot(foot: Foot, width: int) -> Row:
    row: Row = [foot.label, "", "", "", "", *_flat(foot.figures)]
    return row + [""] * (width - len(row))


def _flat(words: Iterable[Words]) -> list[str | float]:
    return [half for one in words for half in (one.value, one.note)]
