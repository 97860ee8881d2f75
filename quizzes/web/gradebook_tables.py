"""The table of a gradebook: the lines that its page shows, and the same lines for a file."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from quizzes.analytics.gradebook import Gradebook
from quizzes.analytics.marks import Cell, Column
from quizzes.people.models import Enrollment
from quizzes.web import mark_words, projecting
from quizzes.web.mark_words import Words

type Name = Callable[[Enrollment], Words]


@dataclass(frozen=True, slots=True)
class Entry:
    """A cell with its words."""

    cell: Cell
    words: Words


@dataclass(frozen=True, slots=True)
class Line:
    """A student's line."""

    place: Enrollment
    name: Words
    entries: Sequence[Entry]
    mean: Words

    @property
    def words(self) -> list[Words]:
        return [self.name, *(one.words for one in self.entries), self.mean]


@dataclass(frozen=True, slots=True)
class Table:
    """A gradebook in words: a head, students, those who left, and figures of each column."""

    head: Sequence[Words]
    lines: Sequence[Line]
    former: Sequence[Line]
    feet: Sequence[Sequence[Words]]


def table(
    book: Gradebook, columns: Sequence[Column], places: Iterable[Enrollment], name: Name
) -> Table:
    """The lines of these students, and those of everybody who left."""
    titles = [mark_words.of_assignment(one) for one in book.assignments]
    return Table(
        head=[Words(_("Name")), *titles, Words(_("Mean"))],
        lines=[_line(book, place, name) for place in places],
        former=[_line(book, place, name) for place in book.former],
        feet=_feet(columns),
    )


def rows(table: Table) -> list[list[str | float]]:
    """For a file: each cell's value and note side by side."""
    head = [half for one in table.head for half in (one.value, _notes(one))]
    lines = [line.words for line in (*table.lines, *table.former)]
    return [head, *(_flat(words) for words in (*lines, *table.feet))]


def named(place: Enrollment) -> Words:
    """A student by name."""
    return mark_words.of_place(place)


def hidden(book: Gradebook) -> Name:
    """Numbers in place of names, always the same, in an order that tells nobody whose they are."""
    ranked = sorted(book.places, key=_rank)
    numbers = {place.pk: number for number, place in enumerate(ranked, start=1)}
    return lambda place: mark_words.of_place(place, _("Student %(n)s") % {"n": numbers[place.pk]})


def mixed(places: Iterable[Enrollment]) -> list[Enrollment]:
    """In the order of the numbers that `hidden` gives."""
    return sorted(places, key=_rank)


def _rank(place: Enrollment) -> bytes:
    return projecting.rank(place.classroom_id, place.pk)


def _line(book: Gradebook, place: Enrollment, name: Name) -> Line:
    row = book.row(place)
    return Line(
        place=place,
        name=name(place),
        entries=[Entry(cell, mark_words.of_cell(cell)) for cell in row.cells],
        mean=mark_words.of_mean(row.mean_percent, len(row.marks)),
    )


def _feet(columns: Sequence[Column]) -> list[list[Words]]:
    means = [Words(_figure(one.mean_percent)) for one in columns]
    medians = [Words(_figure(one.median_percent)) for one in columns]
    counts = [Words(len(one.marks), _to_mark(one.unmarked)) for one in columns]
    named = ((_("Mean of the class"), means), (_("Median"), medians), (_("Marks"), counts))
    return [[Words(name), *figures, Words("")] for name, figures in named]


def _figure(percent: float | None) -> str | float:
    return "" if percent is None else percent


def _to_mark(count: int) -> str:
    if not count:
        return ""
    return ngettext("%(n)s essay to mark", "%(n)s essays to mark", count) % {"n": count}


def _notes(head: Words) -> str:
    return _("%(title)s: notes") % {"title": head.value}


def _flat(words: Sequence[Words]) -> list[str | float]:
    return [half for one in words for half in (one.value, one.note)]
