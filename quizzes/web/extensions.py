"""/classes/<class>/assignments/<assignment>/extensions/ : single students' own deadlines."""

from typing import cast
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from quizzes.assessment import extending, timing
from quizzes.assessment.models import Extension
from quizzes.people.models import User
from quizzes.web import clocks, projecting, teaching
from quizzes.web.answers import UNPROCESSABLE
from quizzes.web.giving_forms import ExtensionForm
from quizzes.web.middleware import arrival

SHOWN = 50


@never_cache
@login_required
@require_safe
def extensions(request: HttpRequest, uid: UUID, assignment: UUID) -> HttpResponse:
    """When it is due for each student, and who has a closing or attempts of their own."""
    room = teaching.classroom(request, uid)
    given = teaching.assignment(room, assignment)
    students = room.enrollments.students().by_name()
    page = Paginator(students, SHOWN).get_page(request.GET.get("page"))
    owns = {one.learner_id: one for one in given.extensions.all()}
    rows = [(place, owns.get(place.user_id)) for place in page]
    context = {
        "classroom": room,
        "assignment": given,
        "quiz": given.quiz,
        "page": page,
        "rows": [
            {"place": place, "own": own, "due": timing.due(given, place, own)}
            for place, own in rows
        ],
        "is_open": given.released_at is None and given.withdrawn_at is None,
        "hides_names": projecting.hides_names(request),
        "place": "classes",
    }
    return render(request, "quizzes/extensions.html", context)


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def extend(request: HttpRequest, uid: UUID, assignment: UUID, number: int) -> HttpResponse:
    """One student's own closing and attempts; a post keeps them, and tells the student."""
    room = teaching.classroom(request, uid)
    given, place = teaching.assignment(room, assignment), teaching.place(room, number)
    name = projecting.names(request, room).of(place)
    own = Extension.objects.filter(assignment=given, learner=place.user).first()
    kept = {"closes_at": own.closes_at, "attempts_allowed": own.attempts_allowed} if own else {}
    form = ExtensionForm(request.POST or None, zone=room.time_zone, initial=kept)
    if request.method == "POST" and form.is_valid():
        person, link = cast("User", request.user), reverse("assignment", args=[given.uid])
        extending.extend(given, place, person, arrival(request), link=link, **form.cleaned_data)
        messages.success(request, _("Saved. %(name)s is told.") % {"name": name})
        return redirect("extensions", uid, assignment)
    due_at = timing.due(given, place)
    context = {
        "classroom": room,
        "assignment": given,
        "quiz": given.quiz,
        "name": name,
        "due": clocks.moment(due_at, room.time_zone) if due_at else "",
        "form": form,
        "place": "classes",
    }
    status = UNPROCESSABLE if form.errors else 200
    return render(request, "quizzes/extend.html", context, status=status)
