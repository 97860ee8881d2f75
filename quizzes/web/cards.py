"""/cards/<item>/ : one card with its memory and history, what may be done to it, and reports."""

from datetime import datetime
from typing import cast
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from quizzes.cards import setting_aside
from quizzes.items import reporting
from quizzes.items.models import Item
from quizzes.people.models import User
from quizzes.web import answers, inspecting, wording
from quizzes.web.answers import UNPROCESSABLE
from quizzes.web.forms import ReportForm

_ACTS = ("suspend", "take-up", "bury", "flag", "note")


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def card(request: HttpRequest, uid: UUID) -> HttpResponse:
    """What is remembered of a card and why it comes when it does; a post does something to it."""
    learner = cast("User", request.user)
    item = get_object_or_404(inspecting.inspectable_by(learner), uid=uid)
    if request.method == "POST":
        messages.success(request, _act(request, learner, item, now()))
        return redirect("card", uid)
    found = inspecting.inspected(learner, item, now())
    return render(request, "quizzes/card.html", {"found": found, "flags": wording.FLAGS})


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def report(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Say what is wrong with a question; a guest is asked to open an account for it."""
    learner = cast("User", request.user)
    items = inspecting.inspectable_by(learner).select_related("revision", "section")
    item = get_object_or_404(items, uid=uid)
    if learner.is_guest:
        messages.info(request, _("Create an account, and you can report what is wrong."))
        return redirect("account_signup")
    form = ReportForm(request.POST or None)
    room = reporting.class_of(learner, item)
    if request.method == "POST" and form.is_valid():
        reporting.report(learner, item, form.cleaned_data["text"], now(), room)
        messages.success(request, _("Thank you. Your report is kept with the question."))
        return redirect("card", uid)
    status = UNPROCESSABLE if form.errors else 200
    context = {"form": form, "item": item, "classroom": room}
    return render(request, "quizzes/report.html", context, status=status)


def _act(request: HttpRequest, learner: User, item: Item, at: datetime) -> str:
    """Do what the form says, and tell what was done."""
    kind = answers.choice(request.POST, "act", *_ACTS)
    if kind == "flag":
        setting_aside.flag(learner, item, answers.flag(request.POST), at)
        return _("Saved.")
    if kind == "note":
        setting_aside.note(learner, item, answers.text(request.POST, "text"), at)
        return _("Your note is saved.")
    if kind == "suspend":
        setting_aside.suspend(learner, item, at)
        return _("Set aside.")
    if kind == "bury":
        setting_aside.bury(learner, item, at)
        return _("Not today: it comes back tomorrow.")
    setting_aside.take_up(learner, item, at)
    return _("Taken up again: it comes when it is due.")
