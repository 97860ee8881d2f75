"""/classes/<class>/ to those who study there: what they are told, and what they are given."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.timezone import now

from quizzes.analytics import sittings
from quizzes.web import announcements, briefings, teaching
from quizzes.web.owners import owner

ANNOUNCEMENTS_SHOWN = 20


def page(request: HttpRequest, uid: UUID) -> HttpResponse:
    """The class as its student sees it, else 404; a fixed number of queries."""
    room, person, at = teaching.studied_classroom(request, uid), owner(request), now()
    given = [one for one in sittings.of_learner(person) if one.assignment.classroom_id == room.pk]
    instructors = room.enrollments.instructors().by_name()
    context = {
        "classroom": room,
        "instructors": [one.user.name for one in instructors],
        "announcements": announcements.told(
            room.announcements.standing()[:ANNOUNCEMENTS_SHOWN], person
        ),
        "given": [briefings.briefing(one, person, at) for one in given],
        "cards": room.card_assignments.filter(withdrawn_at=None, opens_at__lte=at)
        .select_related("chapter__book")
        .order_by("-opens_at", "pk"),
        "place": "classes",
    }
    return render(request, "quizzes/class_page.html", context)
