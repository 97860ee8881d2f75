"""/classes/<class>/marks/ : a student's own marks, as far as they are told."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import cast
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from quizzes.analytics import gradebook, mark_histories
from quizzes.analytics.mark_histories import History, Part
from quizzes.analytics.marks import Cell, mean_percent
from quizzes.assessment import disclosing
from quizzes.assessment.models import Assignment
from quizzes.people.models import Enrollment, User
from quizzes.web import clocks, mark_words
from quizzes.web.middleware import arrival


@dataclass(frozen=True, slots=True)
class Told:
    """An assignment as its student may know it: nothing of the mark stands in what is not told."""

    cell: Cell
    history: History
    is_told: bool

    @property
    def assignment(self) -> Assignment:
        return self.cell.assignment

    @property
    def percent(self) -> float | None:
        return self.cell.percent if self.is_told else None

    @property
    def reason(self) -> str:
        """What counted, and what being late cost."""
        return mark_words.reason(self.cell, self.history) if self.is_told else ""

    @property
    def set_by_hand(self) -> str:
        """Why an instructor set the mark."""
        return self.cell.override.reason if self.is_told and self.cell.override else ""

    @property
    def taken_back(self) -> str:
        """Why a mark that was set by hand no longer stands."""
        newest = next(iter(self.history.overrides), None)
        return newest.made.reason if self.is_told and newest and newest.percent is None else ""

    @property
    def regraded(self) -> Sequence[Part]:
        """The attempts that a regrade changed."""
        return [one for one in self.history.parts if one.changes] if self.is_told else ()

    @property
    def late(self) -> str:
        return mark_words.late(self.cell.days_late) if self.cell.days_late else ""

    @property
    def unmarked(self) -> int:
        """How many essays wait, where a score without them is told already."""
        return self.cell.unmarked if self.is_told else 0


@never_cache
@login_required
@require_safe
def own_marks(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Everything that was given, with the marks that are released or told by their terms."""
    learner, at = cast("User", request.user), arrival(request)
    places = Enrollment.objects.filter(user=learner, role=Enrollment.Role.STUDENT)
    place = get_object_or_404(places.select_related("classroom__book", "user"), classroom__uid=uid)
    row = gradebook.of_student(place, at).row(place)
    cells = [one for one in row.cells if one.has_opened and not one.assignment.withdrawn_at]
    given = [one.assignment for one in cells]
    known = disclosing.marks(learner, given, at)
    histories = mark_histories.own(given, learner, at)
    marks = [Told(one, histories[one.assignment.pk], one.assignment.pk in known) for one in cells]
    context = {
        "classroom": place.classroom,
        "marks": marks,
        "mean": _mean(marks),
        "more_time": clocks.more_time(place),
        "place": "classes",
    }
    return render(request, "quizzes/own_marks.html", context)


def _mean(marks: Sequence[Told]) -> float | None:
    """Of the graded marks that are told, each of the same weight."""
    told = [one.cell.mark for one in marks if one.is_told and one.assignment.is_graded]
    return mean_percent([mark for mark in told if mark is not None])
