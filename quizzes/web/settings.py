"""/settings/ : how the site treats a learner, and on which days there is study."""

from copy import copy
from typing import cast

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from quizzes.cards import resting
from quizzes.cards.days import learner_day
from quizzes.cards.models import StudyPlan
from quizzes.people import preferring
from quizzes.people.models import User
from quizzes.web import answers
from quizzes.web.answers import UNPROCESSABLE
from quizzes.web.forms import DaysOffForm, SettingsForm, WeekForm

_REST = {"add": resting.rest, "remove": resting.resume}


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def settings(request: HttpRequest) -> HttpResponse:
    """Name, clock, colors and keys."""
    person = cast("User", request.user)
    form = _settings_form(request)
    if request.method == "POST" and form.is_valid():
        preferring.prefer(person, **form.cleaned_data)
        return _saved(request, _("Your settings are saved."))
    return _page(request, form=form)


@never_cache
@login_required
@require_POST
def week(request: HttpRequest) -> HttpResponse:
    """Which days of the week are lighter or off."""
    person = cast("User", request.user)
    form = WeekForm(request.POST, week=person.week)
    if form.is_valid():
        preferring.prefer(person, week=form.week)
        return _saved(request, _("Your study week is saved."))
    return _page(request, week=form)


@never_cache
@login_required
@require_POST
def days_off(request: HttpRequest) -> HttpResponse:
    """Take days off, or study on them after all."""
    act = _REST[answers.choice(request.POST, "act", *_REST)]
    form = DaysOffForm(request.POST)
    if form.is_valid():
        act(cast("User", request.user), form.cleaned_data["first"], form.cleaned_data["last"])
        return _saved(request, _("Your days off are saved."))
    return _page(request, days_off=form)


def _settings_form(request: HttpRequest) -> SettingsForm:
    # A copy: what is typed and refused must not show in the page's header.
    person = copy(cast("User", request.user))
    return SettingsForm(request.POST or None, instance=person)


def _page(request: HttpRequest, **typed: BaseForm) -> HttpResponse:
    """The whole page, with the one form that was sent and could not be saved."""
    person = cast("User", request.user)
    today = learner_day(now(), person.time_zone, person.day_rollover_hour)
    forms = {
        "form": SettingsForm(instance=copy(person)),
        "week": WeekForm(week=person.week),
        "days_off": DaysOffForm(),
    } | typed
    context = forms | {
        "rests": resting.rests(person, today),
        "plans": StudyPlan.objects.filter(learner=person).select_related("book").order_by("pk"),
    }
    status = UNPROCESSABLE if any(form.errors for form in typed.values()) else None
    return render(request, "quizzes/settings.html", context, status=status)


def _saved(request: HttpRequest, said: str) -> HttpResponse:
    messages.success(request, said)
    return redirect("settings")
