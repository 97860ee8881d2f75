"""/classes/ : the classes one is in, and how a class one teaches is doing."""

from typing import cast
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.timezone import now
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from quizzes.analytics import class_progress, rosters
from quizzes.cards.days import learner_day
from quizzes.people.models import Classroom, User
from quizzes.web import class_pages

STUDENTS_SHOWN = 50


@never_cache
@login_required
@require_safe
def classes(request: HttpRequest) -> HttpResponse:
    """The classes that one teaches, and those that one studies in."""
    person = cast("User", request.user)
    taught = list(Classroom.objects.taught_by(person).select_related("book"))
    joined = Classroom.objects.visible_to(person).exclude(pk__in=[one.pk for one in taught])
    context = {"taught": taught, "joined": joined.select_related("book"), "place": "classes"}
    return render(request, "quizzes/classes.html", context)


@never_cache
@login_required
@require_safe
def classroom(request: HttpRequest, uid: UUID) -> HttpResponse:
    """What each student knows, and how the quizzes went; to a student, the class as theirs."""
    person = cast("User", request.user)
    taught = Classroom.objects.taught_by(person).select_related("book")
    found = taught.filter(uid=uid).first()
    if found is None:
        return class_pages.page(request, uid)
    enrollments = class_progress.enrolled(found)
    page = Paginator(enrollments, STUDENTS_SHOWN).get_page(request.GET.get("page"))
    today = learner_day(now(), found.time_zone, person.day_rollover_hour)
    context = {
        "classroom": found,
        "page": page,
        "students": class_progress.students(found, list(page), today),
        "given": rosters.of_class(found),
        "outcomes": class_progress.quizzes(found),
        "place": "classes",
    }
    return render(request, "quizzes/classroom.html", context)
