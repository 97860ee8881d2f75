"""Marks in words: a value and a note for each cell, the same on pages and in files."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from quizzes.analytics.mark_histories import History
from quizzes.analytics.marks import Cell
from quizzes.assessment.models import Assignment
from quizzes.people.models import Enrollment
from quizzes.web import clocks

WHOLE = 100


@dataclass(frozen=True, slots=True)
class Words:
    """What a cell says: a number or a name, and beside it what is to be known of it."""

    value: str | float
    note: str = ""


def of_cell(cell: Cell, *, hides_own: bool = False) -> Words:
    """The mark in per cent, and how it stands: “late by 1 day · 2 essays to mark”.

    That somebody has dates of their own can tell who it is, and is left out where names are hidden.
    """
    value = "" if cell.percent is None else cell.percent
    own = [_("own dates")] if cell.extension and not hides_own else []
    return Words(value, " · ".join([*_stage(cell), *_remarks(cell), *own]))


@dataclass(frozen=True, slots=True)
class Person:
    """A student: what stands in a column of its own each in a file, and in one cell on a page."""

    name: str
    student_number: str = ""
    signs_in_as: str = ""
    """Of an account that the class made; how others sign in is their own affair."""
    more_time: str = ""
    standing: str = ""
    """Said of who is no longer in the class."""

    @property
    def notes(self) -> list[str]:
        return [self.student_number, self.signs_in_as, self.more_time, self.standing]


def of_assignment(assignment: Assignment) -> Words:
    """Its title, and whether the class sees its marks."""
    return Words(assignment.quiz.title, seen(assignment))


def of_place(place: Enrollment) -> Person:
    """A student by name."""
    is_ours = place.user.issued_by_id == place.classroom_id
    is_gone = place.role == Enrollment.Role.FORMER
    return Person(
        name=place.user.name,
        student_number=place.student_number,
        signs_in_as=place.user.username if is_ours else "",
        more_time=clocks.more_time(place),
        standing=_("no longer in the class") if is_gone else "",
    )


def of_mean(percent: float | None, count: int) -> Words:
    """A mean, and of how many marks it is: “72”, “of 5 marks”."""
    if percent is None:
        return Words("")
    return Words(percent, ngettext("of %(n)s mark", "of %(n)s marks", count) % {"n": count})


def seen(assignment: Assignment) -> str:
    """Whether the class sees its marks."""
    if assignment.withdrawn_at:
        return _("Withdrawn")
    if not assignment.is_graded:
        return _("Not graded")
    return _("Released") if assignment.released_at else _("Students can’t see this yet")


def is_to_release(assignment: Assignment) -> bool:
    """Whether the class will be told its marks and is not yet."""
    return assignment.is_graded and not assignment.released_at and not assignment.withdrawn_at


def late(days: int) -> str:
    """“late by 2 days”."""
    return ngettext("late by %(n)s day", "late by %(n)s days", days) % {"n": days}


def penalty(assignment: Assignment, days: int) -> str:
    """“minus 20% for 2 days”."""
    return ngettext(
        "minus %(percent)s%% for %(n)s day", "minus %(percent)s%% for %(n)s days", days
    ) % {"percent": min(WHOLE, assignment.late_percent * days), "n": days}


def reason(cell: Cell, history: History) -> str:
    """Why the mark is what it is: “the best of 2 attempts, minus 10% for 1 day”."""
    if cell.override:
        return _("set by hand")
    handed_in = [one for one in history.parts if one.left is not None]
    if not handed_in:
        return ""
    said = [_which(cell.assignment, len(handed_in))]
    days = [one.attempt.days_late for one in history.counted if one.attempt.days_late]
    if days and cell.assignment.late_percent and len(history.counted) == 1:
        said.append(penalty(cell.assignment, days[0]))
    elif days and cell.assignment.late_percent:
        said.append(_("each less what being late costs"))
    return ", ".join(said)


def _which(assignment: Assignment, count: int) -> str:
    if count == 1:
        return _("the only attempt handed in")
    return {
        Assignment.Counting.BEST: _("the best of %(n)s attempts"),
        Assignment.Counting.LAST: _("the last of %(n)s attempts"),
        Assignment.Counting.FIRST: _("the first of %(n)s attempts"),
        Assignment.Counting.MEAN: _("the mean of %(n)s attempts"),
    }[Assignment.Counting(assignment.counting)] % {"n": count}


def _stage(cell: Cell) -> Sequence[str]:
    """How far it is, where that is not plain from the mark."""
    if cell.is_running:
        return [_("sitting it now")]
    if cell.attempts or cell.override:
        return []
    if not cell.has_opened:
        return [_("not open yet")]
    return [_("missing") if cell.is_missing else _("not begun")]


def _remarks(cell: Cell) -> Sequence[str]:
    said = [_("set by hand")] if cell.override else []
    if (count := len(cell.attempts)) > 1:
        said.append(_("%(n)s attempts") % {"n": count})
    if cell.days_late:
        said.append(late(cell.days_late))
    if cell.has_timed_out:
        said.append(_("time ran out"))
    if count := cell.unmarked:
        said.append(ngettext("%(n)s essay to mark", "%(n)s essays to mark", count) % {"n": count})
    return said
