"""/settings/account/sessions/ : where one is signed in, and how that is ended from here.

A line is written at sign-in and after a new password, and by nothing else: no answer to a card or
a question writes it. It holds what the page shows, the network address and the browser in words,
until its session is over. Guests have no lines.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from allauth.account.adapter import get_adapter
from allauth.usersessions.models import UserSession
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from quizzes.people import signing_out
from quizzes.people.models import User
from quizzes.web import agents, answers
from quizzes.web.owners import owner


@dataclass(frozen=True, slots=True)
class SignIn:
    """A browser that is signed in; `since` is not known where no line was written."""

    number: int
    browser: str
    address: str
    since: datetime | None
    is_here: bool


def note(request: HttpRequest, at: datetime) -> None:
    """Write from where this session was signed in to; lines of sessions that are over go."""
    session = request.session
    if not session.session_key:
        session.save()
    mine = _of(owner(request))
    signing_out.over(mine).delete()
    line = _line(request) | {"user": owner(request), "created_at": at, "last_seen_at": at}
    UserSession.objects.update_or_create(session_key=session.session_key, defaults=line)


def forget(request: HttpRequest) -> None:
    """Keep nothing of this session, which is about to end."""
    UserSession.objects.filter(session_key=request.session.session_key).delete()


def sign_ins(request: HttpRequest, at: datetime) -> list[SignIn]:
    """Where this person is signed in, here first; one query."""
    here = request.session.session_key
    found = [
        SignIn(row.pk, row.user_agent, row.ip, row.created_at, row.session_key == here)
        for row in signing_out.standing(_of(owner(request)), at)
    ]
    if not any(one.is_here for one in found):  # signed in before lines were written
        line = _line(request)
        found.append(SignIn(0, line["user_agent"], line["ip"], None, is_here=True))
    return sorted(found, key=lambda one: not one.is_here)


@never_cache
@login_required
@require_POST
def end(request: HttpRequest) -> HttpResponse:
    """End one sign-in, or all but this one, or that of programs."""
    person, act = owner(request), answers.choice(request.POST, "act", "one", "others", "programs")
    if act == "one":
        line = get_object_or_404(_of(person), pk=answers.key(request.POST, "number"))
        signing_out.end(_of(person).filter(pk=line.pk))
        messages.success(request, _("That browser is signed out."))
    elif act == "programs":
        signing_out.end_programs([person.pk])
        messages.success(request, _("Programs are signed out."))
    else:
        signing_out.sign_out([person.pk], but=request.session.session_key or "")
        messages.success(request, _("You are signed out everywhere but here."))
    return redirect("account")


def _line(request: HttpRequest) -> dict[str, Any]:
    """What is kept of a sign-in."""
    agent = request.headers.get("User-Agent", "")
    return {"ip": get_adapter().get_client_ip(request), "user_agent": agents.in_words(agent)}


def _of(person: User) -> QuerySet[Any]:
    rows: QuerySet[Any] = UserSession.objects.filter(user=person.pk)
    return rows
