"""/status/ : how the site is doing, for its staff; to everybody else there is no such page."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, cast
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from quizzes.jobs import overseeing, trying
from quizzes.people.models import User
from quizzes.web import answers
from quizzes.web.conditions import conditions, troubles

_ACTS = {
    "retry": (trying.try_again, _("The job is tried again as soon as a worker is free.")),
    "dismiss": (trying.dismiss, _("The job is forgotten.")),
}

type View[**Arguments] = Callable[Concatenate[HttpRequest, Arguments], HttpResponse]


def for_staff[**Arguments](view: View[Arguments]) -> View[Arguments]:
    """Let in those who run the site; others find nothing."""

    @never_cache
    @wraps(view)
    def answer(
        request: HttpRequest, *args: Arguments.args, **kwargs: Arguments.kwargs
    ) -> HttpResponse:
        if not request.user.is_staff:
            raise Http404
        return view(request, *args, **kwargs)

    return cast("View[Arguments]", answer)


@require_safe
@for_staff
def status(request: HttpRequest) -> HttpResponse:
    """What needs attending to, then everything else."""
    at = now()
    found = conditions(at)
    context = {
        "found": found,
        "work": found.work,
        "troubles": troubles(found, at),
        "at": at,
        "door": settings.REGISTRATION,
        "openers": settings.CLASSES,
        "place": "status",
    }
    return render(request, "quizzes/status.html", context)


@require_POST
@for_staff
def failed_job(request: HttpRequest, number: UUID) -> HttpResponse:
    """Have a failed job tried again, or forget it; who did that is written down."""
    act, said = _ACTS[answers.choice(request.POST, "act", *_ACTS)]
    person = cast("User", request.user)
    act(get_object_or_404(overseeing.visible_to(person), pk=number), person, now())
    messages.success(request, said)
    return redirect("status")
