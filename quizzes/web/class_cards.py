"""/classes/<class>/cards/ : the cards of chapters that a class is given, and how many are met."""

from datetime import timedelta
from typing import cast
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from quizzes.analytics import card_assignments
from quizzes.assessment import assigning_cards, opening
from quizzes.jobs import heralding
from quizzes.people.models import User
from quizzes.web import teaching
from quizzes.web.answers import UNPROCESSABLE
from quizzes.web.giving_forms import CardsForm
from quizzes.web.middleware import arrival

SHOWN = 50
USUAL_TIME = timedelta(days=7)


@never_cache
@login_required
@require_safe
def class_cards(request: HttpRequest, uid: UUID) -> HttpResponse:
    """What the class was given, and how much of it is met."""
    room = teaching.classroom(request, uid)
    context = {
        "classroom": room,
        "rows": card_assignments.of_class(room),
        "tab": "cards",
        "place": "classes",
    }
    return render(request, "quizzes/class_cards.html", context)


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def assign_cards(request: HttpRequest, uid: UUID) -> HttpResponse:
    """A chapter and its dates; a post gives its cards to the class."""
    room, at = teaching.classroom(request, uid), arrival(request)
    usual = {"opens_at": at, "due_at": at + USUAL_TIME}
    form = CardsForm(request.POST or None, room=room, initial=usual)
    if request.method == "POST" and form.is_valid():
        person = cast("User", request.user)
        given = assigning_cards.assign(room, at=at, by=person, **form.cleaned_data)
        opening.tell(given, at, heralding.page(given))
        messages.success(request, _("The cards are given: each student meets them in their plan."))
        return redirect("class-cards", uid)
    context = {"classroom": room, "form": form, "tab": "cards", "place": "classes"}
    status = UNPROCESSABLE if form.errors else 200
    return render(request, "quizzes/assign_cards.html", context, status=status)


@never_cache
@login_required
@require_safe
def card_assignment(request: HttpRequest, uid: UUID, cards: UUID) -> HttpResponse:
    """Each card of a chapter with the number of students who have met it."""
    room = teaching.classroom(request, uid)
    given = get_object_or_404(room.card_assignments.select_related("chapter"), uid=cards)
    given.classroom = room
    found = card_assignments.each_card(given)
    context = {
        "classroom": room,
        "given": given,
        "page": Paginator(found, SHOWN).get_page(request.GET.get("page")),
        "students": card_assignments.student_count(room),
        "tab": "cards",
        "place": "classes",
    }
    return render(request, "quizzes/card_assignment.html", context)


@never_cache
@login_required
@require_POST
def withdraw_cards(request: HttpRequest, uid: UUID, cards: UUID) -> HttpResponse:
    """Ask the class for it no more."""
    room = teaching.classroom(request, uid)
    given = get_object_or_404(room.card_assignments, uid=cards)
    assigning_cards.withdraw(given, arrival(request), cast("User", request.user))
    messages.success(request, _("Withdrawn. What students have in their plans stays."))
    return redirect("class-cards", uid)
