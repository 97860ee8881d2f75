"""/classes/<class>/gradebook/<student>/<assignment>/ : how a mark came about, and setting it."""

from dataclasses import dataclass
from typing import Any, cast
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from quizzes.analytics import gradebook, mark_histories
from quizzes.analytics.marks import Cell
from quizzes.assessment import overriding, withholding
from quizzes.items.fractions import percent
from quizzes.people import auditing
from quizzes.people.models import User
from quizzes.web import clocks, log_words, mark_words, projecting, teaching
from quizzes.web.answers import UNPROCESSABLE
from quizzes.web.middleware import arrival
from quizzes.web.override_forms import OverrideForm, TakeBackForm

AUDIT_SHOWN = 20
SET, CHECK, TAKE_BACK = "set", "check", "back"


@dataclass(frozen=True, slots=True)
class Step:
    """A mark that is about to be set, for a last look at it."""

    before: float | None
    after: float


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def cell(request: HttpRequest, uid: UUID, place: int, assignment: UUID) -> HttpResponse:
    """What counted and why; a post looks at another mark, sets it by hand, or takes it back."""
    room = teaching.classroom(request, uid)
    student = teaching.place_then_or_now(room, place)
    given = teaching.assignment(room, assignment)
    found = gradebook.of_student(student, arrival(request)).cell(student, given)
    act = request.POST.get("act") if request.method == "POST" else ""
    if act not in {"", SET, CHECK, TAKE_BACK}:
        raise BadRequest("“act” is none of the choices.")
    mine = request.POST if act in {SET, CHECK} else None
    form = OverrideForm(mine, most=gradebook.most_points(given))
    back = TakeBackForm(request.POST if act == TAKE_BACK else None, prefix="back")
    if act == SET and form.is_valid():
        return _put(request, found, form.score, form.cleaned_data["reason"])
    if act == TAKE_BACK and back.is_valid():
        return _put(request, found, None, back.cleaned_data["reason"])
    step = Step(found.percent, percent(form.score)) if act == CHECK and form.is_valid() else None
    context = {**_told(request, found), "form": form, "back": back, "step": step}
    status = UNPROCESSABLE if form.errors or back.errors else 200
    return render(request, "quizzes/gradebook_cell.html", context, status=status)


def _put(request: HttpRequest, found: Cell, score: int | None, reason: str) -> HttpResponse:
    room, author = found.assignment.classroom, cast("User", request.user)
    link = reverse("own-marks", args=[room.uid])
    learner, at = found.place.user, arrival(request)
    overriding.override(found.assignment, learner, score, reason, author, at, link)
    said = _("What was counted counts again.") if score is None else _("The mark is set.")
    messages.success(request, said)
    return redirect("gradebook-cell", room.uid, found.place.pk, found.assignment.uid)


def _told(request: HttpRequest, found: Cell) -> dict[str, Any]:
    """All that is known of a cell, in words."""
    person, given = cast("User", request.user), found.assignment
    zones = person.time_zone, given.classroom.time_zone
    at = arrival(request)
    history = mark_histories.of([given], found.place.user_id, person, at)[given.pk]
    audit = withholding.marked_lines(auditing.of(given.uid), person, at)[:AUDIT_SHOWN]
    hides_names = projecting.hides_names(request)
    own = found.extension.closes_at if found.extension else None
    return {
        "classroom": given.classroom,
        "assignment": given,
        "quiz": given.quiz,
        "student": found.place,
        "cell": found,
        "words": mark_words.of_cell(found, hides_own=hides_names),
        "seen": mark_words.seen(given),
        "is_to_release": mark_words.is_to_release(given),
        "reason": mark_words.reason(found, history),
        "more_time": "" if hides_names else clocks.more_time(found.place),
        "own_closing": clocks.moment(own, *zones) if own and not hides_names else "",
        "history": history,
        "hides_names": hides_names,
        "zone": person.time_zone,
        "audit": [(line, log_words.said(line)) for line in audit],
        "place": "classes",
    }
