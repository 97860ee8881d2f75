"""/today/catch-up/ : a backlog spread over the next days, looked at first, and undone after."""

from datetime import datetime
from typing import cast

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from quizzes.assessment import reserving
from quizzes.cards import catching_up, undoing
from quizzes.cards.desk import Desk, sit_down
from quizzes.identifiers import uuid7
from quizzes.people.models import User
from quizzes.web import answers
from quizzes.web.answers import UNPROCESSABLE
from quizzes.web.forms import CatchUpForm

USUAL = {"now": 20, "days": 5}


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def catch_up(request: HttpRequest) -> HttpResponse:
    """What spreading would do, with numbers to change; a post does it, or takes it back."""
    learner, at = cast("User", request.user), now()
    if request.method == "POST":
        act = answers.choice(request.POST, "act", "spread", "undo")
        return _undo(request, learner, at) if act == "undo" else _spread(request, learner, at)
    form = CatchUpForm(request.GET if "now" in request.GET else None, initial=USUAL)
    given = form.cleaned_data if form.is_bound and form.is_valid() else USUAL
    context = {
        "form": form,
        "given": given,
        "spread": catching_up.propose(_desk(learner, at), given["now"], given["days"]),
        "batch": uuid7(),
        "done": answers.uid(request.GET, "done") if "done" in request.GET else None,
    }
    status = UNPROCESSABLE if form.errors else None
    return render(request, "quizzes/catch_up.html", context, status=status)


def _spread(request: HttpRequest, learner: User, at: datetime) -> HttpResponse:
    form, batch = CatchUpForm(request.POST), answers.uid(request.POST, "batch")
    if not form.is_valid():
        raise BadRequest("These are no numbers of cards and days.")
    given = form.cleaned_data
    found = catching_up.catch_up(_desk(learner, at), given["now"], given["days"], batch)
    moved = len(found.moved)
    said = ngettext("%(count)s card was moved.", "%(count)s cards were moved.", moved)
    messages.success(request, said % {"count": moved})
    return redirect(f"{reverse('catch-up')}?done={batch}")


def _undo(request: HttpRequest, learner: User, at: datetime) -> HttpResponse:
    undoing.undo(learner, at, uid=answers.uid(request.POST, "batch"))
    messages.success(request, _("All cards are due again when they were."))
    return redirect("today")


def _desk(learner: User, at: datetime) -> Desk:
    return sit_down(learner, at, reserved=reserving.reserved(learner, at))
