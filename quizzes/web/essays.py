"""/classes/<class>/assignments/<assignment>/essays/ : answers are marked, names hidden."""

from collections.abc import Sequence
from typing import cast
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from quizzes.analytics import rosters
from quizzes.analytics.rosters import Essay
from quizzes.assessment import judging
from quizzes.assessment.models import Assignment
from quizzes.items.models import Criterion, Key
from quizzes.people.models import User
from quizzes.web import answers, teaching
from quizzes.web.answers import UNPROCESSABLE
from quizzes.web.marking_forms import MarkForm
from quizzes.web.middleware import arrival


@never_cache
@login_required
@require_safe
def essays(request: HttpRequest, uid: UUID, assignment: UUID) -> HttpResponse:
    """Every essay question of an assignment with its answers, or the one that is asked for."""
    room = teaching.classroom(request, uid)
    given = teaching.assignment(room, assignment)
    asked = answers.number(request.GET, "question")
    shown = [one for one in rosters.essays(given) if asked in {None, one.revision.pk}]
    waiting = [one for one in shown if not one.is_marked]
    context = {
        "classroom": room,
        "assignment": given,
        "quiz": given.quiz,
        "essays": shown,
        "is_part": asked is not None,
        "left": len(waiting),
        "next": next(iter(waiting), None),
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
    handed_in = rosters.essays(given)
    found = next((one for one in handed_in if one.served.pk == number), None)
    if found is None:
        raise Http404
    served = found.served
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
        return redirect(_onward(given, found, handed_in))
    context = {
        "classroom": room,
        "assignment": given,
        "quiz": given.quiz,
        "essay": found,
        "key": Key.objects.filter(revision=served.revision_id).first(),
        "mark": mark,
        "left": sum(not one.is_marked for one in handed_in),
        "form": form,
        "place": "classes",
    }
    status = UNPROCESSABLE if form.errors else 200
    return render(request, "quizzes/essay.html", context, status=status)


def _onward(given: Assignment, done: Essay, essays: Sequence[Essay]) -> str:
    """The next answer to the same question that has no mark, else to another, else the list."""
    here = essays.index(done)
    others = [one for one in [*essays[here + 1 :], *essays[:here]] if not one.is_marked]
    same = [one for one in others if one.revision == done.revision]
    place = [given.classroom.uid, given.uid]
    if following := next(iter(same + others), None):
        return reverse("essay", args=[*place, following.served.pk])
    return reverse("essays", args=place)
