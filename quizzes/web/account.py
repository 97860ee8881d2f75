"""/settings/account/ : who one is here, how one signs in, and what is told where."""

from copy import copy
from typing import Any

from allauth.account.adapter import get_adapter
from allauth.account.decorators import reauthentication_required
from allauth.account.models import EmailAddress
from allauth.core import ratelimit
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST
from rest_framework.authtoken.models import Token

from quizzes.people import naming, preferring, subscribing
from quizzes.people.models import Enrollment, User
from quizzes.refusal import Refusal
from quizzes.web import answers, sessions, two_step
from quizzes.web.account_forms import RemindersForm, ShownNameForm, SignInNameForm
from quizzes.web.answers import UNPROCESSABLE
from quizzes.web.owners import owner


class TooManyNames(Refusal):
    """More names tried within an hour than anybody changes their mind."""


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def account(request: HttpRequest) -> HttpResponse:
    """All of it on one page; a post changes the name that is shown to others."""
    # A copy: what is typed and refused must not show in the page's header.
    form = ShownNameForm(request.POST or None, instance=copy(owner(request)))
    if request.method == "POST" and form.is_valid():
        preferring.prefer(owner(request), **form.cleaned_data)
        return _saved(request, _("Your name is saved."))
    return _page(request, form=form)


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@reauthentication_required  # type: ignore[untyped-decorator]
def sign_in_name(request: HttpRequest) -> HttpResponse:
    """Another name to sign in with, for whoever has just shown that they are who they are."""
    person = owner(request)
    if request.method == "POST" and not ratelimit.consume(request, action="rename", user=person):
        raise TooManyNames(_("You tried many names within an hour. Come back later."))
    form = SignInNameForm(request.POST or None, person=person)
    if request.method == "POST" and form.is_valid():
        naming.rename(person, form.cleaned_data["username"])
        get_adapter().send_notification_mail("account/email/name_changed", person)
        return _saved(request, _("You sign in as “%(name)s” now.") % {"name": person.username})
    status = UNPROCESSABLE if form.errors else 200
    context = {"form": form, "place": "account"}
    return render(request, "quizzes/sign_in_name.html", context, status=status)


@never_cache
@login_required
@require_POST
def reminders(request: HttpRequest) -> HttpResponse:
    """Of what letters remind."""
    form = RemindersForm(request.POST, instance=copy(owner(request)))
    if form.is_valid():
        preferring.prefer(owner(request), **form.cleaned_data)
        return _saved(request, _("Your reminders are saved."))
    return _page(request, reminders=form)


@never_cache
@login_required
@require_POST
def calendar_key(request: HttpRequest) -> HttpResponse:
    """Make an address for the calendar, or another one, or take it back."""
    if answers.choice(request.POST, "act", "open", "close") == "open":
        subscribing.renew(owner(request))
        return _saved(request, _("Your calendar has a new address."))
    subscribing.end(owner(request))
    return _saved(request, _("Nobody reads your calendar any more."))


def _page(request: HttpRequest, **typed: BaseForm) -> HttpResponse:
    """The whole page, with the one form that was sent and could not be saved."""
    person = owner(request)
    forms = {
        "form": ShownNameForm(instance=copy(person)),
        "reminders": RemindersForm(instance=copy(person)),
    } | typed
    context = forms | {
        "is_confirmed": _is_confirmed(person),
        "sign_ins": sessions.sign_ins(request, now()),
        "program": Token.objects.filter(user=person.pk).first(),
        "guard": two_step.guard(person),
        "calendar": _calendar(request, person),
        "mine": _places(person),
        "place": "account",
    }
    status = UNPROCESSABLE if any(form.errors for form in typed.values()) else None
    return render(request, "quizzes/account.html", context, status=status)


def _is_confirmed(person: User) -> bool:
    """Whether letters reach this person, as far as the site can know."""
    if not settings.EMAIL_URL or not person.email:
        return bool(person.email)
    mine = EmailAddress.objects.filter(user=person.pk, email__iexact=person.email)
    return bool(mine.filter(verified=True).exists())


def _calendar(request: HttpRequest, person: User) -> str:
    """The address of the deadlines, whole, so that another program can be given it."""
    key = person.calendar_key
    return request.build_absolute_uri(reverse("calendar", args=[key])) if key else ""


def _places(person: User) -> Any:
    """The classes that one is in now."""
    mine = Enrollment.objects.filter(user=person.pk, role__in=Enrollment.PRESENT)
    return mine.select_related("classroom").order_by("classroom__name", "pk")


def _saved(request: HttpRequest, said: str) -> HttpResponse:
    messages.success(request, said)
    return redirect("account")
