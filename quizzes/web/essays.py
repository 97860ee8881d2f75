"""/classes/<class>/assignments/<assignment>/essays/ : answers are marked, names hidden."""

from typing import Any, cast
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from quizzes.analytics import rosters
from quizzes.assessment import judging, sheets
from quizzes.assessment.models import Assignment, Mark, Served
from quizzes.items.models import Criterion, Key
from quizzes.people.models import User
from quizzes.web import teaching
from quizzes.web.marking_forms import MarkForm
from quizzes.web.middleware import arrival

UNPROCESSABLE = 422


@never_cache
@login_required
@require_safe
def essays(request: HttpRequest, uid: UUID, assignment: UUID) -> HttpResponse:
    """Every essay question of an assignment with its answers, those without a mark first."""
    room = teaching.classroom(request, uid)
    given = teaching.assignment(room, assignment)
    rows = rosters.essays(given).order_by("revision__item__position", "revision", "pk")
    context = {
        "classroom": room,
        "assignment": given,
        "quiz": given.quiz,
        "essays": list(rows),
        "place": "classes",
    }
    return render(request, "quizzes/essays.html", context)


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def essay(request: HttpRequest, uid: UUID, assignment: UUID, number: int) -> HttpResponse:
    """One answer with its rubric; a post marks it and goes to the next one without a mark."""
    room = teaching.classroom(request, uid)
    given = teaching.assignment(room, assignment)
    served = get_object_or_404(rosters.essays(given), pk=number)
    criteria = list(Criterion.objects.filter(revision=served.revision_id).order_by("position"))
    mark = served.marks.order_by("-pk").prefetch_related("criteria").first()
    form = MarkForm(request.POST or None, criteria=criteria, mark=mark)
    if request.method == "POST" and form.is_valid():
        marker = cast("User", request.user)
        levels, fraction = form.levels(), form.fraction()
        judging.judge(
            served, marker, levels, fraction, form.cleaned_data["comment"], arrival(request)
        )
        messages.success(request, _("The mark is saved."))
        return redirect(_onward(given, served))
    context = _shown(given, served, mark) | {"form": form, "classroom": room}
    status = UNPROCESSABLE if form.errors else 200
    return render(request, "quizzes/essay.html", context, status=status)


def _shown(given: Assignment, served: Served, mark: Mark | None) -> dict[str, Any]:
    """The answer as it was written, and what is good to know while marking it."""
    rows = Served.objects.filter(pk=served.pk)
    [question] = sheets.questions(rows)
    return {
        "assignment": given,
        "quiz": given.quiz,
        "served": served,
        "text": (question.raw or {}).get("text", ""),
        "key": Key.objects.filter(revision=served.revision_id).first(),
        "mark": mark,
        "left": rosters.essays(given).filter(is_marked=False).count(),
        "place": "classes",
    }


def _onward(given: Assignment, served: Served) -> str:
    """The next answer to the same question that has no mark, else to another, else the list."""
    unmarked = rosters.essays(given).filter(is_marked=False).order_by("revision", "pk")
    same = unmarked.filter(revision=served.revision_id)
    here = [given.classroom.uid, given.uid]
    if following := same.filter(pk__gt=served.pk).first() or same.first() or unmarked.first():
        return reverse("essay", args=[*here, following.pk])
    return reverse("essays", args=here)
