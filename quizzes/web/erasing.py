"""/settings/erase/ : everything that is mine goes, and what stays is said first."""

from typing import cast

from allauth.account.decorators import reauthentication_required
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from quizzes import jobs
from quizzes.exchange import erasing
from quizzes.people.models import User
from quizzes.web.answers import UNPROCESSABLE
from quizzes.web.forms import EraseForm


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@reauthentication_required(allow_get=True)  # type: ignore[untyped-decorator]  # allauth is untyped
def erase_me(request: HttpRequest) -> HttpResponse:
    """What goes and what stays; once it is asked for, nobody is signed in any more."""
    person = cast("User", request.user)
    form = EraseForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        return _erase(request, person)
    status = UNPROCESSABLE if form.errors else None
    context = {"form": form, "going": erasing.going(person), "person": person}
    return render(request, "quizzes/erase_me.html", context, status=status)


def _erase(request: HttpRequest, person: User) -> HttpResponse:
    at, key, is_guest = now(), person.pk, person.is_guest
    erasing.ask(person, at)
    if not is_guest:
        jobs.erase.enqueue(key, at.isoformat())
    logout(request)
    messages.success(request, _("Your account is closed. The rest of it is being erased now."))
    return redirect("landing")
