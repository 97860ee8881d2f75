"""/classes/<class>/assignments/<assignment>/attempts/<attempt>/ : a student's paper, to be read.

Only those who teach the class reach it. What its student is told of it is another matter, and
stays as it is.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, cast
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from quizzes.analytics import mark_histories
from quizzes.assessment import expiring, sheets
from quizzes.assessment.models import Assignment, Regrade
from quizzes.assessment.sheets import Sheet
from quizzes.items.fractions import percent
from quizzes.people.models import User
from quizzes.web import explaining, projecting, teaching
from quizzes.web.asking import Asked
from quizzes.web.explaining import Explained, Outcome
from quizzes.web.filling import filling
from quizzes.web.middleware import arrival


@dataclass(frozen=True, slots=True)
class Answered:
    """A question as it was asked and answered, what came of it, and the regrades over it."""

    asked: Asked
    explained: Explained
    regrades: Sequence[Regrade]

    @property
    def percent(self) -> float:
        """Which share of its mark it earned."""
        return percent(max(0, self.asked.served.fraction or 0))


@never_cache
@login_required
@require_safe
def paper(request: HttpRequest, uid: UUID, assignment: UUID, attempt: UUID) -> HttpResponse:
    """Everything of an attempt that was handed in; of one that runs, that it runs."""
    room = teaching.classroom(request, uid)
    given = teaching.assignment(room, assignment)
    found = teaching.attempt(given, attempt)
    at = arrival(request)
    sheet = expiring.settle(sheets.of(found), at)
    student, names = teaching.place_of(room, found.learner_id), projecting.names(request, room)
    context = {
        "classroom": room,
        "assignment": given,
        "quiz": given.quiz,
        "attempt": sheet.attempt,
        "student": student,
        "name": names.of(student),
        "hides_names": names.are_hidden,
        "zone": cast("User", request.user).time_zone,
        "place": "classes",
    }
    if ended := sheet.attempt.handed_in_at:
        viewer = cast("User", request.user)
        context |= _read(sheet, given, viewer, at) | {"time": ended - sheet.attempt.started_at}
    return render(request, "quizzes/student_paper.html", context)


def _read(sheet: Sheet, given: Assignment, viewer: User, at: datetime) -> dict[str, Any]:
    """Its questions, and how its score came about and what it counts for."""
    outcome = explaining.whole(sheet, viewer, at)
    history = mark_histories.of([given], sheet.attempt.learner_id, viewer, at)[given.pk]
    newest = next(iter(history.overrides), None)
    return {
        "outcome": outcome,
        "questions": _answered(sheet, outcome, _in_force(given)),
        "part": next(one for one in history.parts if one.attempt == sheet.attempt),
        "others": [one.attempt for one in history.parts if one.attempt != sheet.attempt],
        "override": newest if newest and newest.percent is not None else None,
    }


def _answered(
    sheet: Sheet, outcome: Outcome, regrades: Mapping[int, Sequence[Regrade]]
) -> list[Answered]:
    """The questions in the order and with the options as they were shown; two queries."""
    texts, gaps = sheets.options(sheet.questions), sheets.gap_kinds(sheet.questions)
    return [
        Answered(
            asked=Asked(
                question=one,
                filling=filling(
                    one,
                    one.raw or {} if explained.shown.answer else {},
                    texts[revision],
                    gaps.get(revision, ()),
                ),
                part=one.served.heading,
                sequence=one.sequence,
                is_sure=one.is_sure,
            ),
            explained=explained,
            regrades=regrades.get(revision, ()) if explained.shown.key else (),
        )
        for one, explained in zip(sheet.questions, outcome.questions, strict=True)
        for revision in [one.served.revision_id]
    ]


def _in_force(given: Assignment) -> Mapping[int, list[Regrade]]:
    """The regrades in force by the wording that they are over, the first one first; one query."""
    found: dict[int, list[Regrade]] = defaultdict(list)
    for regrade in given.regrades.in_force().reverse():
        found[regrade.revision_id].append(regrade)
    return found
