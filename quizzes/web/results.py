"""/attempts/<attempt>/result/ : how it went, every question explained, and reports of errors."""

from datetime import date, datetime
from typing import cast
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from quizzes.analytics import comparing
from quizzes.assessment import disclosing, expiring
from quizzes.assessment.sheets import Sheet
from quizzes.cards.days import learner_day
from quizzes.items import reporting
from quizzes.people.models import User
from quizzes.web import explaining, summing_up
from quizzes.web.answers import UNPROCESSABLE
from quizzes.web.forms import ReportForm
from quizzes.web.middleware import arrival


@never_cache
@login_required
@require_safe
def result(request: HttpRequest, uid: UUID) -> HttpResponse:
    """How it went and every question explained, as far as that is told by now."""
    sheet, at = _sheet(request, uid), arrival(request)
    attempt = sheet.attempt
    if attempt.handed_in_at is None:
        return redirect("attempt", uid)
    outcome = explaining.outcome(sheet, at)
    context = {
        "attempt": attempt,
        "quiz": attempt.quiz,
        "assignment": attempt.assignment,
        "outcome": outcome,
        "told": outcome.told.attempt,
        "diagnosis": summing_up.diagnosis(outcome.questions),
        "tables": [summing_up.by_kind(outcome.questions), summing_up.by_section(outcome.questions)],
        "calibration": summing_up.calibration(outcome.questions),
        "comparison": comparing.attempts(attempt, at),
        "is_fresh": attempt.learner_day == _today(attempt.learner, at),
        "place": "quizzes",
    }
    return render(request, "quizzes/result.html", context)


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def report(request: HttpRequest, uid: UUID, position: int) -> HttpResponse:
    """Say what is wrong with a question of an attempt, once its answer is told."""
    sheet, at = _sheet(request, uid), arrival(request)
    question = sheet.by_position.get(position)
    told = disclosing.told(sheet, at).questions.get(position)
    if question is None or told is None or not told.key:
        raise Http404
    learner, asked = cast("User", request.user), question.served.revision
    if learner.is_guest:
        messages.info(request, _("Create an account, and you can report what is wrong."))
        return redirect("account_signup")
    form = ReportForm(request.POST or None)
    given = sheet.attempt.assignment
    room = given.classroom if given else reporting.class_of(learner, asked.item)
    if request.method == "POST" and form.is_valid():
        reporting.report(learner, asked.item, form.cleaned_data["text"], at, room, asked)
        messages.success(request, _("Thank you. Your report is kept with the question."))
        return redirect("result", uid)
    status = UNPROCESSABLE if form.errors else 200
    context = {
        "form": form,
        "attempt": sheet.attempt,
        "question": question,
        "classroom": room,
        "place": "quizzes",
    }
    return render(request, "quizzes/report_question.html", context, status=status)


def _sheet(request: HttpRequest, uid: UUID) -> Sheet:
    sheet = expiring.find(cast("User", request.user), uid, arrival(request))
    if sheet is None:
        raise Http404
    return sheet


def _today(learner: User, at: datetime) -> date:
    return learner_day(at, learner.time_zone, learner.day_rollover_hour)
