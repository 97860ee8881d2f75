"""/attempts/ : answering, checking and handing in.

Every page is a form that saves and goes on; with script (`quiz.js`) each answer is also sent to
the API as soon as it changes.
"""

import json
from collections.abc import Mapping, Sequence
from typing import cast
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from quizzes.assessment import (
    attempting,
    attending,
    expiring,
    flagging,
    onward,
    responding,
    settling,
    sheets,
    terms,
)
from quizzes.assessment.models import Attempt
from quizzes.assessment.responding import Given
from quizzes.assessment.sheets import Sheet
from quizzes.people import remapping
from quizzes.people.models import User
from quizzes.web import asking, given, ticking
from quizzes.web.answers import UNPROCESSABLE
from quizzes.web.asking import Slips
from quizzes.web.middleware import arrival

ALL, CHECK = "all", "check"
NO_CONTENT = 204


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
    attending.see(sheet.attempt, arrival(request))
    return _show(request, sheet, _wanted(request, sheet))


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def check(request: HttpRequest, uid: UUID) -> HttpResponse:
    """What is answered, flagged and left open, before handing in; a post hands in."""
    sheet, at = _sheet(request, uid), arrival(request)
    if request.method == "POST" and sheet.attempt.handed_in_at is None:
        _tell_time(request, attempting.hand_in(sheet, at))
    if request.method == "POST" or sheet.attempt.handed_in_at:
        return redirect("result", uid)
    attending.see(sheet.attempt, at)
    context = {
        "sheet": sheet,
        "attempt": sheet.attempt,
        "quiz": sheet.attempt.quiz,
        "cells": asking.cells(sheet),
        "flagged": sum(one.served.is_flagged for one in sheet.questions),
        "back": request.GET.get("from", ""),
        "clock": ticking.clock(sheet.attempt, at),
        "place": "quizzes",
    }
    return render(request, "quizzes/check.html", context)


@never_cache
@login_required
@require_POST
def seen(request: HttpRequest, uid: UUID) -> HttpResponse:
    """The page of an attempt says that it is still looked at; it is told nothing."""
    mine = Attempt.objects.visible_to(cast("User", request.user))
    attending.see(get_object_or_404(mine, uid=uid), arrival(request))
    return HttpResponse(status=NO_CONTENT)


def _sheet(request: HttpRequest, uid: UUID) -> Sheet:
    sheet = expiring.find(cast("User", request.user), uid, arrival(request))
    if sheet is None:
        raise Http404
    return sheet


def _tell_time(request: HttpRequest, attempt: Attempt) -> None:
    """What came in time and after the last second alike was handed in because time was up."""
    at, deadline = attempt.handed_in_at, attempt.deadline_at
    if at and deadline and at >= deadline and not attempt.is_timed_out:
        said = _("Time is up. Your answers were handed in at %(time)s.")
        messages.info(request, said % {"time": ticking.said(at, attempt.learner, at)})


def _show(
    request: HttpRequest,
    sheet: Sheet,
    positions: Sequence[int],
    slips: Slips | None = None,
) -> HttpResponse:
    at = arrival(request)
    context = {
        "attempt": sheet.attempt,
        "quiz": sheet.attempt.quiz,
        "assignment": sheet.attempt.assignment,
        "page": asking.page(sheet, positions, at, slips),
        "count": len(sheet.questions),
        "clock": ticking.clock(sheet.attempt, at),
        "shortcuts": json.dumps(remapping.shortcuts(sheet.attempt.learner)),
        "place": "quizzes",
    }
    status = UNPROCESSABLE if slips else 200
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
    responding.save(sheet, kept, arrival(request))
    _flag(request, sheet)
    saved = sheets.of(sheet.attempt) if said else sheet
    faults |= _unchecked(request, saved)
    if faults or conflicts:
        return _show(request, saved, *_slips(said, faults, conflicts))
    return redirect(_act(request, saved))


def _slips(
    said: Sequence[Given], faults: Mapping[int, str], conflicts: Mapping[int, str]
) -> tuple[list[int], Slips]:
    typed = {one.position: one for one in said}
    return list(typed) or list(faults), Slips(typed, faults, conflicts)


def _flag(request: HttpRequest, sheet: Sheet) -> None:
    for name in ("flag", "unflag"):
        if position := _named(request, sheet, name):
            flagging.flag(sheet, position, name == "flag")


def _unchecked(request: HttpRequest, sheet: Sheet) -> dict[int, str]:
    """A question that is to be checked and has no answer."""
    position = _named(request, sheet, CHECK)
    if position is None or sheet.by_position[position].is_answered:
        return {}
    return {position: _("Answer the question before you check it.")}


def _act(request: HttpRequest, sheet: Sheet) -> str:
    """Do what the pressed button says; tells where it leads."""
    at = arrival(request)
    if position := _named(request, sheet, CHECK):
        settling.check(sheet, position, at)
    elif position := _named(request, sheet, "hint"):
        settling.hint(sheet, position, at)
    elif (position := _named(request, sheet, "flag")) or (
        position := _named(request, sheet, "unflag")
    ):
        return request.get_full_path()
    else:
        return _onward(request, sheet)
    return f"{request.get_full_path()}#question-{position}"


def _onward(request: HttpRequest, sheet: Sheet) -> str:
    """Where the pressed button leads: a question, all of them, the check, or this page again."""
    wanted = request.POST.get("go", "")
    here = reverse("attempt", args=[sheet.attempt.uid])
    if wanted == CHECK:
        shown = request.POST.getlist("question")
        origin = f"?from={shown[0]}" if len(shown) == 1 else ""
        return reverse("check", args=[sheet.attempt.uid]) + origin
    if wanted == ALL:
        return f"{here}?view={ALL}"
    if position := _named(request, sheet, "go"):
        onward.reach(sheet, position)
        return f"{here}?question={position}"
    return request.get_full_path()


def _named(request: HttpRequest, sheet: Sheet, name: str) -> int | None:
    """The question that a button of this name stands for; none if it was not pressed."""
    return {str(position): position for position in sheet.by_position}.get(
        request.POST.get(name, "")
    )
