"""Deadlines: what somebody's classes and plans put on their calendar, by their own dates.

Titles and dates, which their pages tell as well; nothing of what is asked, answered or scored.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _

from quizzes.assessment import timing
from quizzes.assessment.models import Assignment, CardAssignment, Extension
from quizzes.cards.models import StudyPlan
from quizzes.exchange.formats.calendars import Entry
from quizzes.people.models import Classroom, Enrollment, User

KEPT = timedelta(days=90)
"""How long what is over stays on the calendar."""


def entries(person: User, at: datetime, address: str, host: str) -> list[Entry]:
    """All that lies ahead of a person, or lately did; five queries, however much it is.

    Links begin with `address`, and identifiers end with `host`.
    """
    places = Enrollment.objects.filter(
        user=person, role__in=Enrollment.PRESENT, classroom__archived_at=None
    )
    rooms = {one.classroom_id: one for one in places.select_related("classroom").order_by("pk")}
    site = _Site(address, host)
    studied = {pk: one for pk, one in rooms.items() if one.role == Enrollment.Role.STUDENT}
    return [
        *_of_quizzes(person, studied, at, site),
        *_of_cards(studied, at, site),
        *_of_classes([one.classroom for one in rooms.values()], at, site),
        *_of_plans(person, at, site),
    ]


@dataclass(frozen=True, slots=True)
class _Site:
    """How entries are named here, and where they lead."""

    address: str
    host: str

    def entry(
        self,
        kind: str,
        of: UUID | int,
        title: str,
        on: datetime | date,
        link: str,
        zone: str = "UTC",
    ) -> Entry:
        uid = f"{kind}-{of}@{self.host}"
        return Entry(uid, title, on, zone, link=self.address + link)


def _of_quizzes(
    person: User, places: dict[int, Enrollment], at: datetime, site: _Site
) -> Iterator[Entry]:
    given = Assignment.objects.filter(classroom__in=places, withdrawn_at=None).in_order()
    own = Extension.objects.filter(learner=person, assignment__in=given.order_by().values("pk"))
    extensions = {one.assignment_id: one for one in own}
    for one in given.select_related("quiz", "classroom"):
        place, extension = places[one.classroom_id], extensions.get(one.pk)
        due_at = timing.due(one, place, extension)
        if (due_at or one.opens_at) < at - KEPT:
            continue
        names = {"quiz": one.quiz.title, "room": one.classroom.name}
        link, zone = reverse("assignment", args=[one.uid]), one.classroom.time_zone
        opens = _("“%(quiz)s” opens (%(room)s)") % names
        yield site.entry("opens", one.uid, opens, one.opens_at, link, zone)
        if due_at:
            closes = _("“%(quiz)s” closes (%(room)s)") % names
            yield site.entry("closes", one.uid, closes, due_at, link, zone)


def _of_cards(places: dict[int, Enrollment], at: datetime, site: _Site) -> Iterator[Entry]:
    given = CardAssignment.objects.filter(
        classroom__in=places, withdrawn_at=None, due_at__gt=at - KEPT
    )
    for one in given.select_related("chapter", "classroom").order_by("due_at", "pk"):
        if one.due_at:
            names = {"chapter": one.chapter.title, "room": one.classroom.name}
            title = _("Cards of “%(chapter)s” met once (%(room)s)") % names
            zone = one.classroom.time_zone
            yield site.entry("cards", one.uid, title, one.due_at, reverse("today"), zone)


def _of_classes(rooms: list[Classroom], at: datetime, site: _Site) -> Iterator[Entry]:
    for room in rooms:
        if room.exam_on and room.exam_on >= (at - KEPT).date():
            title = _("Exam: %(room)s") % {"room": room.name}
            link = reverse("classroom", args=[room.uid])
            yield site.entry("exam", room.uid, title, room.exam_on, link)


def _of_plans(person: User, at: datetime, site: _Site) -> Iterator[Entry]:
    plans = StudyPlan.objects.filter(learner=person, exam_on__gte=(at - KEPT).date())
    for plan in plans.select_related("book").order_by("exam_on", "pk"):
        if plan.exam_on:
            title = _("Exam: %(book)s") % {"book": plan.book.title}
            link = reverse("plan", args=[plan.book.slug])
            yield site.entry("plan-exam", plan.pk, title, plan.exam_on, link)
