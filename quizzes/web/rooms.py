"""/classes/new/ and a class's settings: its name and clock, its end, its copy, and its audit."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.conf import settings as site
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from quizzes.assessment import repeating, withholding
from quizzes.people import admitting, auditing, joining, running
from quizzes.people.models import Classroom
from quizzes.web import answers, clocks, log_words, projecting, teaching
from quizzes.web.answers import UNPROCESSABLE
from quizzes.web.class_forms import ClassForm, CopyForm, DoorForm, NewClassForm
from quizzes.web.owners import for_owners, owner

LINES_SHOWN = 50


@for_owners
@require_http_methods(["GET", "HEAD", "POST"])
def open_class(request: HttpRequest) -> HttpResponse:
    """A class of one's own, which may be joined at once; its page says how to let students in."""
    person = owner(request)
    joining.ensure_may_open(person, site.CLASSES)
    form = NewClassForm(
        request.POST or None, person=person, initial={"time_zone": person.time_zone}
    )
    if request.method == "POST" and form.is_valid():
        typed = form.cleaned_data
        made = joining.open_classroom(
            person, typed["book"], typed["name"], now(), typed["time_zone"]
        )
        messages.success(request, _("The class is open. Its code lets students in."))
        return redirect("classroom", made.uid)
    context = {"form": form, "place": "classes"}
    status = UNPROCESSABLE if form.errors else 200
    return render(request, "quizzes/open_class.html", context, status=status)


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def settings(request: HttpRequest, uid: UUID) -> HttpResponse:
    """The code, the name and the clock of a class, and what more may be done with it."""
    room = teaching.classroom(request, uid)
    named = {"name": room.name, "time_zone": room.time_zone}
    form = ClassForm(request.POST or None, initial=named)
    if request.method == "POST" and form.is_valid():
        running.settle(room, owner(request), now(), **form.cleaned_data)
        messages.success(request, _("Saved."))
        return redirect("class-settings", uid)
    return settings_page(request, room, form=form)


def settings_page(request: HttpRequest, room: Classroom, **typed: Form) -> HttpResponse:
    """The whole page, with the one form that was sent and could not be saved."""
    named = {"name": room.name, "time_zone": room.time_zone}
    context = door(request, room, now()) | {
        "form": ClassForm(initial=named),
        "door": DoorForm.of(room, now()),
        "is_run": teaching.is_run(request, room),
        **typed,
    }
    status = UNPROCESSABLE if any(form.errors for form in typed.values()) else 200
    return render(request, "quizzes/class_settings.html", context, status=status)


def door(request: HttpRequest, room: Classroom, at: datetime) -> dict[str, Any]:
    """What a page says of the way into a class."""
    closes, zones = room.join_closes_at, (owner(request).time_zone, room.time_zone)
    return {
        "classroom": room,
        "code": admitting.grouped(room.join_code),
        "is_open": admitting.is_open(room, at),
        "closes": clocks.moment(closes, *zones) if closes and closes > at else "",
        "host": request.get_host(),
        "place": "classes",
    }


@never_cache
@login_required
@require_POST
def archive(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Let the class be of the past, or take it back from there."""
    room = teaching.run_classroom_of_any_year(request, uid)
    act = answers.choice(request.POST, "act", "archive", "unarchive")
    if act == "archive":
        running.archive(room, owner(request), now())
        messages.success(request, _("The class is archived: all of it can be read still."))
    else:
        running.unarchive(room, owner(request), now())
        messages.success(request, _("The class goes on."))
    return redirect("class-settings", uid)


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def copy(request: HttpRequest, uid: UUID) -> HttpResponse:
    """The same class for another year: its terms and what it is given, without its people."""
    room = teaching.run_classroom_of_any_year(request, uid)
    person = owner(request)
    joining.ensure_may_open(person, site.CLASSES)
    form = CopyForm(request.POST or None, initial={"name": repeating.proposed_name(room, now())})
    if request.method == "POST" and form.is_valid():
        typed = form.cleaned_data
        made = repeating.repeat(room, person, typed["name"], typed["days"], now())
        messages.success(request, _("The class is copied. Nobody is in it yet."))
        return redirect("class-settings", made.uid)
    context = {
        "classroom": room,
        "form": form,
        "quizzes": repeating.repeatable(room, person).count(),
        "cards": room.card_assignments.filter(withdrawn_at=None).count(),
        "place": "classes",
    }
    status = UNPROCESSABLE if form.errors else 200
    return render(request, "quizzes/copy_class.html", context, status=status)


@never_cache
@login_required
@require_safe
def audit(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Who did what in the class that others rely on."""
    room = teaching.classroom(request, uid)
    found = withholding.marked_lines(auditing.in_class(room), owner(request), now())
    page = Paginator(found, LINES_SHOWN).get_page(request.GET.get("page"))
    names = projecting.names(request, room)
    context = {
        "classroom": room,
        "page": page,
        "lines": log_words.lines(room, list(page), names),
        "hides_names": names.are_hidden,
        "place": "classes",
    }
    return render(request, "quizzes/class_audit.html", context)
