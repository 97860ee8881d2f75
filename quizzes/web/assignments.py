"""/assignments/ : what a class gives its students to sit, and the page from which that begins."""

from datetime import datetime
from typing import cast
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from quizzes.analytics import sittings
from quizzes.assessment import attempting, expiring
from quizzes.assessment.models import Assignment
from quizzes.identifiers import uuid7
from quizzes.items import rendering
from quizzes.people.models import User
from quizzes.web import answers, briefings
from quizzes.web.middleware import arrival


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def assignment(request: HttpRequest, uid: UUID) -> HttpResponse:
    """All that is to be known before it is sat; a post begins it, or goes on with it."""
    learner, at = cast("User", request.user), arrival(request)
    visible = Assignment.objects.visible_to(learner).select_related("quiz", "classroom")
    found = get_object_or_404(visible, uid=uid)
    if request.method == "POST":
        start, password = answers.uid(request.POST, "start"), answers.text(request.POST, "password")
        attempt = attempting.sit(learner, found, at, start, password)
        return redirect("attempt", attempt.uid)
    _close_what_ran_out(learner, found, at)
    sitting = sittings.of_assignment(learner, found)
    context = {
        "told": briefings.briefing(sitting, learner, at),
        "promises": briefings.promises(sitting.assignment, learner),
        "sitting": sitting,
        "assignment": sitting.assignment,
        "quiz": sitting.assignment.quiz,
        "described": rendering.markdown(found.quiz.description),
        "start": uuid7(),
        "place": "quizzes",
    }
    return render(request, "quizzes/assignment.html", context)


def _close_what_ran_out(learner: User, assignment: Assignment, at: datetime) -> None:
    """Hand in what was left open beyond its time, so that the page speaks of it as it is."""
    left = assignment.attempts.visible_to(learner).overdue(at)
    for uid in left.values_list("uid", flat=True):
        expiring.find(learner, uid, at)
