"""/classes/ : the classes one is in, and how a class one teaches is doing."""

from datetime import date
from typing import cast
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from quizzes.analytics import class_memory, class_overview, rosters
from quizzes.people import examining, joining
from quizzes.people.models import Classroom, User
from quizzes.web import class_pages, projecting, teaching
from quizzes.web.answers import UNPROCESSABLE
from quizzes.web.forms import ExamDayForm


@never_cache
@login_required
@require_safe
def classes(request: HttpRequest) -> HttpResponse:
    """The classes that one teaches, and those that one studies in."""
    person = cast("User", request.user)
    taught = list(Classroom.objects.taught_by(person).select_related("book"))
    joined = Classroom.objects.visible_to(person).exclude(pk__in=[one.pk for one in taught])
    context = {
        "taught": taught,
        "joined": joined.select_related("book"),
        "may_open": joining.may_open(person, settings.CLASSES),
        "place": "classes",
    }
    return render(request, "quizzes/classes.html", context)


@never_cache
@login_required
@require_safe
def classroom(request: HttpRequest, uid: UUID) -> HttpResponse:
    """The class at a glance, for those who teach it: what wants doing, and what closes next.

    To a student it is the class as theirs.
    """
    room, at = teaching.taught(request, uid), now()
    if room is None:
        return class_pages.page(request, uid)
    given = list(rosters.of_class(room))
    seen = class_overview.week(room, teaching.today(request, room))
    context = {
        "classroom": room,
        "week": seen,
        "alerts": class_overview.alerts(room, seen, given, at),
        "deadlines": class_overview.deadlines(given, at),
        "given": given,
        "hides_names": projecting.hides_names(request),
        "place": "classes",
    }
    return render(request, "quizzes/classroom.html", context)


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def forecast(request: HttpRequest, uid: UUID) -> HttpResponse:
    """What the class will recall on the day of its exam, and how such forecasts turned out."""
    room = teaching.classroom(request, uid)
    today = teaching.today(request, room)
    form = ExamDayForm(request.POST or None, initial={"exam_on": room.exam_on})
    if request.method == "POST" and form.is_valid():
        person = cast("User", request.user)
        examining.set_exam(room, form.cleaned_data["exam_on"], person, now())
        messages.success(request, _("The day of the exam is saved."))
        return redirect("class-forecast", uid)
    day = _day(request, room, today)
    context = {
        "classroom": room,
        "form": form,
        "today": today,
        "forecast": class_memory.forecast(room, today, day),
        "outcome": class_memory.outcome(room, now()),
        "place": "classes",
    }
    status = UNPROCESSABLE if form.errors else 200
    return render(request, "quizzes/class_forecast.html", context, status=status)


def _day(request: HttpRequest, room: Classroom, today: date) -> date:
    """The day that is asked about, else that of the exam; never one that is over."""
    form = ExamDayForm({"exam_on": request.GET.get("on", "")})
    asked = form.cleaned_data["exam_on"] if form.is_valid() else None
    return max(today, asked or room.exam_on or today)
