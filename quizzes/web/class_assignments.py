"""/classes/<class>/assignments/<assignment>/ : how far the class is, release, and a preview."""

from datetime import datetime
from typing import cast
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from quizzes.analytics import rosters
from quizzes.analytics.rosters import Seat
from quizzes.assessment import releasing, sharing, terms, timing
from quizzes.assessment.models import Assignment
from quizzes.people import accommodating
from quizzes.people.models import User
from quizzes.web import clocks, projecting, promising, releases, teaching
from quizzes.web.answers import UNPROCESSABLE
from quizzes.web.giving_forms import AccommodationForm
from quizzes.web.middleware import arrival
from quizzes.web.owners import way_on
from quizzes.web.projecting import Names


@never_cache
@login_required
@require_safe
def assignment(request: HttpRequest, uid: UUID, assignment: UUID) -> HttpResponse:
    """Who has not begun, who sits, who handed in; and what may be done about it."""
    room = teaching.classroom(request, uid)
    given = teaching.assignment(room, assignment)
    person, at = cast("User", request.user), arrival(request)
    names, last = projecting.names(request, room), timing.last_closing(given)
    zones = person.time_zone, room.time_zone
    essays = rosters.essay_counts(rosters.essays(given, person, at))
    unmarked = sum(one.unmarked for one in essays)
    obstacles = releases.obstacles(last, unmarked, at, zones)
    context = {
        "classroom": room,
        "assignment": given,
        "quiz": given.quiz,
        "is_worked_on": sharing.quizzes(person).filter(pk=given.quiz_id).exists(),
        "is_run": room.enrollments.filter(user=person, role="instructor").exists(),
        "opens": clocks.moment(given.opens_at, *zones),
        "closes": clocks.moment(given.closes_at, *zones) if given.closes_at else "",
        "last": clocks.moment(last, *zones) if last and last != given.closes_at else "",
        "promises": promising.promises(
            terms.of_assignment(given),
            is_graded=given.is_graded,
            closes=clocks.moment(last, *zones) if last else "",
        ),
        "seats": _seats(given, at, names),
        "hides_names": names.are_hidden,
        "essays": essays,
        "unmarked": unmarked,
        "obstacles": obstacles,
        "tells_elsewhere": not obstacles and releases.tells_elsewhere(given, at),
        "held_back": given.reservations.filter(item__is_card=True).count(),
        "place": "classes",
    }
    return render(request, "quizzes/class_assignment.html", context)


def _seats(given: Assignment, at: datetime, names: Names) -> list[tuple[str, Seat]]:
    """The students with what came of it; where names are hidden in the order of their numbers."""
    seats = rosters.seats(given, at)
    if names.are_hidden:
        seats.sort(key=lambda one: projecting.rank(one.place.pk))
    return [(names.of(one.place), one) for one in seats]


@never_cache
@login_required
@require_POST
def release(request: HttpRequest, uid: UUID, assignment: UUID) -> HttpResponse:
    """Tell the class its results; what was missed comes back as cards from now on."""
    given = teaching.assignment(teaching.classroom(request, uid), assignment)
    link = reverse("own-marks", args=[uid])
    releasing.release(given, arrival(request), cast("User", request.user), link)
    messages.success(request, _("The results are released to the class, which has a notice."))
    if "in_gradebook" in request.POST:
        return redirect("gradebook", uid)
    return redirect("class-assignment", uid, assignment)


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def accommodation(request: HttpRequest, uid: UUID, number: int) -> HttpResponse:
    """The extra time and days of one student, for every quiz of the class.

    Saved, it leads back to the page that `?next=` names, or to the student's.
    """
    room = teaching.classroom(request, uid)
    place = teaching.place(room, number)
    back = way_on(request, reverse("class-member", args=[uid, number]))
    form = AccommodationForm(request.POST or None, instance=teaching.place(room, number))
    if request.method == "POST" and form.is_valid():
        person, link = cast("User", request.user), reverse("classroom", args=[uid])
        accommodating.grant(place, person, arrival(request), **form.cleaned_data, link=link)
        messages.success(request, _("Saved. It holds for every attempt that begins from now on."))
        return redirect(back)
    context = {
        "classroom": room,
        "student": place.user,
        "form": form,
        "back": back,
        "place": "classes",
    }
    status = UNPROCESSABLE if form.errors else 200
    return render(request, "quizzes/accommodation.html", context, status=status)
