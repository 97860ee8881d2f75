"""/plan/<book>/ : what is studied of a book, how much a day, how well, and for which exam."""

from copy import copy
from datetime import date, datetime
from typing import Any, cast

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from quizzes.analytics import forecasting
from quizzes.cards import aiming, planning, prospecting, surveying
from quizzes.cards.days import learner_day
from quizzes.cards.desk import sit_down
from quizzes.cards.models import StudyPlan
from quizzes.people.models import User
from quizzes.web import answers
from quizzes.web.answers import UNPROCESSABLE
from quizzes.web.forms import ExamForm, PlanForm, WhatIfForm


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def plan(request: HttpRequest, slug: str) -> HttpResponse:
    """New cards a day, retention, ratings and chapters of one book."""
    found = _mine(request, slug)
    if request.method != "POST":
        return _page(request, found)
    form = PlanForm(request.POST, instance=copy(found))
    if not form.is_valid():
        return _page(request, found, form=form)
    changes = dict(form.cleaned_data)
    planning.change(found, changes.pop("chapters"), **changes)
    return _saved(request, slug, _("Your plan is saved."))


@never_cache
@login_required
@require_POST
def exam(request: HttpRequest, slug: str) -> HttpResponse:
    """Aim the plan at an exam, or at none any more."""
    found = _mine(request, slug)
    today = _today(found.learner, now())
    if answers.choice(request.POST, "act", "aim", "end") == "end":
        planning.aim(found, today, exam_on=None, minutes_a_day=found.minutes_a_day)
        return _saved(request, slug, _("There is no exam any more."))
    form = ExamForm(request.POST, instance=copy(found), today=today)
    if not form.is_valid():
        return _page(request, found, exam_form=form)
    given = form.cleaned_data
    planning.aim(
        found,
        today,
        exam_on=given["exam_on"],
        chapters=given["exam_chapters"],
        minutes_a_day=given["minutes_a_day"],
        target=given["exam_target"],
    )
    return _saved(request, slug, _("Your exam is saved."))


def _mine(request: HttpRequest, slug: str) -> StudyPlan:
    plans = StudyPlan.objects.select_related("book", "learner")
    return get_object_or_404(plans, learner=cast("User", request.user), book__slug=slug)


def _page(request: HttpRequest, found: StudyPlan, **typed: BaseForm) -> HttpResponse:
    """The whole page, with the one form that was sent and could not be saved."""
    at = now()
    desk = sit_down(found.learner, at, found.book)
    before = surveying.survey(desk)
    context = {
        "plan": found,
        "form": PlanForm(instance=copy(found)),
        "exam_form": ExamForm(instance=copy(found), today=desk.today),
        "exams": prospecting.prospects(desk, before, aiming.aims(desk, before)),
        **_what_if(request, found, at),
    } | typed
    status = UNPROCESSABLE if typed else None
    return render(request, "quizzes/plan.html", context, status=status)


def _what_if(request: HttpRequest, found: StudyPlan, at: datetime) -> dict[str, Any]:
    """The days ahead as the plan stands, or as it would be with the numbers in the address."""
    stands = {
        "new_a_day": found.new_a_day,
        "desired_retention": round(found.desired_retention, 2),
    }
    sent = request.GET if "new_a_day" in request.GET else None
    form = WhatIfForm(sent, initial=stands, auto_id="if_%s")  # beside the plan's own two fields
    tried = form.cleaned_data if form.is_bound and form.is_valid() else stands
    return {
        "what_if": form,
        "tried": tried,
        "is_tried": tried != stands,
        "forecast": forecasting.forecast(found.learner, at, book=found.book, **tried),
        "costs": forecasting.costs(found, at),
        "percent": round(100 * found.desired_retention),
    }


def _today(learner: User, at: datetime) -> date:
    return learner_day(at, learner.time_zone, learner.day_rollover_hour)


def _saved(request: HttpRequest, slug: str, said: str) -> HttpResponse:
    messages.success(request, said)
    return redirect("plan", slug)
