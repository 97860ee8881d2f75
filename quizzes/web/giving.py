"""/classes/<class>/assignments/ : a quiz is given to a class, changed, and taken back."""

from dataclasses import fields
from datetime import datetime, timedelta
from typing import Any, cast
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from quizzes.analytics import rosters
from quizzes.assessment import assigning, opening
from quizzes.assessment.assigning import Plan
from quizzes.assessment.models import Assignment, Quiz
from quizzes.jobs import heralding
from quizzes.people.models import Classroom, User
from quizzes.web import teaching
from quizzes.web.answers import UNPROCESSABLE
from quizzes.web.giving_forms import TermsForm
from quizzes.web.middleware import arrival

CAME_FROM = "gives-to"
"""Where a session keeps the class for which somebody went to choose or build a quiz."""
USUAL_TIME = timedelta(days=7)
"""How long an assignment is open unless its instructor says otherwise."""


@never_cache
@login_required
@require_safe
def offer(request: HttpRequest, uid: UUID) -> HttpResponse:
    """The quizzes of the class's book, and those built on it, to choose the one that is given."""
    room = teaching.classroom(request, uid)
    if request.session.get(CAME_FROM) != str(room.uid):
        request.session[CAME_FROM] = str(room.uid)
    offered = Quiz.objects.for_class(room, cast("User", request.user))
    quizzes = offered.select_related("section", "chapter", "book__owner")
    context = {
        "classroom": room,
        "quizzes": quizzes.filter(book=room.book).in_order(),
        "built": quizzes.exclude(book=room.book).in_order(),
        "place": "classes",
    }
    return render(request, "quizzes/give_offer.html", context)


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def give(request: HttpRequest, uid: UUID, quiz: UUID) -> HttpResponse:
    """The dates and terms on which a class gets a quiz; a post gives it."""
    room = teaching.classroom(request, uid)
    found = get_object_or_404(Quiz.objects.for_class(room, cast("User", request.user)), uid=quiz)
    at = arrival(request)
    form = TermsForm(request.POST or None, zone=room.time_zone, initial=usual(found, at))
    if request.method == "POST" and form.is_valid():
        given = assigning.assign(room, found, form.plan(), at, cast("User", request.user))
        opening.tell(given, at, heralding.page(given))
        messages.success(request, _given_words(given))
        return redirect("class-assignment", uid, given.uid)
    return _form(request, room, found, form)


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def change(request: HttpRequest, uid: UUID, assignment: UUID) -> HttpResponse:
    """The dates and terms of what was given; a post changes them."""
    room = teaching.classroom(request, uid)
    given = teaching.assignment(room, assignment)
    form = TermsForm(request.POST or None, zone=room.time_zone, initial=_columns(given))
    if request.method == "POST" and form.is_valid():
        person, link = cast("User", request.user), heralding.page(given)
        assigning.change(given, form.plan(), arrival(request), person, link)
        messages.success(request, _("Saved."))
        return redirect("class-assignment", uid, assignment)
    return _form(request, room, given.quiz, form, given)


@never_cache
@login_required
@require_POST
def withdraw(request: HttpRequest, uid: UUID, assignment: UUID) -> HttpResponse:
    """Take back what was given; nobody sits it any more."""
    room = teaching.run_classroom(request, uid)
    given = teaching.assignment(room, assignment)
    assigning.withdraw(given, arrival(request), cast("User", request.user))
    messages.success(request, _("“%(quiz)s” is withdrawn.") % {"quiz": given.quiz})
    return redirect("classroom", uid)


def usual(quiz: Quiz, at: datetime) -> dict[str, Any]:
    """What the terms are unless somebody says otherwise."""
    columns = _columns(Assignment(time_limit_minutes=quiz.time_limit_minutes))
    return columns | {"opens_at": at, "closes_at": at + USUAL_TIME}


def _form(
    request: HttpRequest, room: Classroom, quiz: Quiz, form: TermsForm, given: Any = None
) -> HttpResponse:
    context = {
        "classroom": room,
        "quiz": quiz,
        "form": form,
        "given": given,
        "held_back": rosters.held_back(quiz),
        "place": "classes",
    }
    status = UNPROCESSABLE if form.errors else 200
    return render(request, "quizzes/give.html", context, status=status)


def _columns(assignment: Assignment) -> dict[str, Any]:
    """What a plan says, as an assignment has it."""
    return {column.name: getattr(assignment, column.name) for column in fields(Plan)}


def _given_words(given: Assignment) -> str:
    if not given.is_graded:
        return _("The quiz is given to the class.")
    cards = rosters.held_back(given.quiz)
    return ngettext(
        "The quiz is given to the class. %(n)s card is held back from it until release.",
        "The quiz is given to the class. %(n)s cards are held back from it until release.",
        cards,
    ) % {"n": cards}
