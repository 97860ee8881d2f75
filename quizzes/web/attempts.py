"""/attempts/ : answering, checking and handing in.

Every page is a form that saves and goes on; with script (`quiz.js`) each answer is also sent to
the API as soon as it changes.
"""

import json
from typing import cast
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import now
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from quizzes.assessment import attempting, responding, sheets, terms
from quizzes.assessment.sheets import Sheet
from quizzes.people import remapping
from quizzes.people.models import User
from quizzes.web import asking, given, ticking

UNPROCESSABLE = 422
ALL, CHECK = "all", "check"


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def attempt(request: HttpRequest, uid: UUID) -> HttpResponse:
    """One question of an attempt, or all with `?view=all`; a post saves and goes on."""
    sheet = _sheet(request, uid)
    if request.method == "POST":
        return _save(request, sheet)
    if sheet.attempt.handed_in_at:
        return redirect("result", uid)
    return _show(request, sheet, asking.page(sheet, _wanted(request, sheet)))


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def check(request: HttpRequest, uid: UUID) -> HttpResponse:
    """What is answered and what is not, before handing in; a post hands in."""
    sheet = _sheet(request, uid)
    if request.method == "POST":
        attempting.hand_in(sheet, now())
    if request.method == "POST" or sheet.attempt.handed_in_at:
        return redirect("result", uid)
    context = {"sheet": sheet, "quiz": sheet.attempt.quiz, "place": "quizzes"}
    return render(request, "quizzes/check.html", context)


def _sheet(request: HttpRequest, uid: UUID) -> Sheet:
    sheet = sheets.find(cast("User", request.user), uid)
    if sheet is None:
        raise Http404
    return sheet


def _show(request: HttpRequest, sheet: Sheet, page: asking.Page, status: int = 200) -> HttpResponse:
    context = {
        "attempt": sheet.attempt,
        "quiz": sheet.attempt.quiz,
        "page": page,
        "count": len(sheet.questions),
        "clock": ticking.clock(sheet.attempt, now()),
        "shortcuts": json.dumps(remapping.shortcuts(sheet.attempt.learner)),
        "place": "quizzes",
    }
    return render(request, "quizzes/attempt.html", context, status=status)


def _wanted(request: HttpRequest, sheet: Sheet) -> list[int]:
    """The questions that the address names: all, one, or the first that is not answered."""
    if terms.of(sheet.attempt).is_forward_only:
        return [sheet.attempt.reached]
    if request.GET.get("view") == ALL:
        return list(sheet.by_position)
    asked = {str(position): position for position in sheet.by_position}
    if position := asked.get(request.GET.get("question", "")):
        return [position]
    return [sheet.unanswered[0].position if sheet.unanswered else 1]


def _save(request: HttpRequest, sheet: Sheet) -> HttpResponse:
    """Save what can be saved; what cannot is shown again as it was typed, with the reason."""
    said = given.given(request.POST, sheet)
    faults, conflicts = responding.faults(sheet, said), responding.conflicts(sheet, said)
    kept = [one for one in said if one.position not in faults.keys() | conflicts.keys()]
    responding.save(sheet, kept, now())
    if faults or conflicts:
        typed = {one.position: one for one in said}
        saved = sheets.of(sheet.attempt)
        page = asking.page(saved, list(typed), typed, faults, conflicts)
        return _show(request, saved, page, UNPROCESSABLE)
    return redirect(_onward(request, sheet))


def _onward(request: HttpRequest, sheet: Sheet) -> str:
    """Where the pressed button leads: a question, all of them, the check, or this page again."""
    wanted = request.POST.get("go", "")
    here = reverse("attempt", args=[sheet.attempt.uid])
    if wanted == CHECK:
        return reverse("check", args=[sheet.attempt.uid])
    if wanted == ALL:
        return f"{here}?view={ALL}"
    if wanted in map(str, sheet.by_position):
        return f"{here}?question={wanted}"
    return request.get_full_path()
