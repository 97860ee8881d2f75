"""Repeating: last year's class begins anew, with what it was given and without its people."""

import re
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from quizzes.assessment import reserving
from quizzes.assessment.models import Assignment, CardAssignment
from quizzes.assessment.models.assignments import AssignmentQuerySet
from quizzes.people import auditing, joining
from quizzes.people.models import Classroom, User
from quizzes.refusal import Refusal

LEAST_DAYS, MOST_DAYS = 1, 1_100
YEAR = 364
"""A year of whole weeks: what opened on a Monday opens on a Monday."""


LONGEST_NAME = 120
_YEARS = re.compile(r"\b(20\d\d)(?:([/–-])(\d\d))?\b", re.ASCII)


class WouldBeOpen(Refusal):
    """Something would open at once, or have closed before anybody is in the class."""


@transaction.atomic
def repeat(classroom: Classroom, actor: User, name: str, days: int, at: datetime) -> Classroom:
    """A new class for the same book with the same terms, so many days later on its clock.

    Nobody is in it but its instructor. Quizzes that were withdrawn or retired, or that are
    somebody else's, do not come along. Refuses with `WouldBeOpen` unless everything opens later.
    """
    made = joining.open_classroom(actor, classroom.book, name, at, classroom.time_zone)
    later = _Later(ZoneInfo(classroom.time_zone), days)
    for assignment in repeatable(classroom, actor):
        _repeat(assignment, made, later, at)
    given = classroom.card_assignments.filter(withdrawn_at=None).order_by("pk")
    CardAssignment.objects.bulk_create(_cards(one, made, later, at) for one in given)
    said = _("Copied from “%(name)s”.") % {"name": classroom.name}
    if classroom.exam_on:
        made.exam_on = classroom.exam_on + later.days
        made.save(update_fields=["exam_on"])
    auditing.note(actor, "copy", made.uid, said, at, made)
    return made


def proposed_name(classroom: Classroom, at: datetime) -> str:
    """What tells next year's class apart: the years in its name go on; else it gets one."""
    named = _YEARS.sub(_next_years, classroom.name)
    if named == classroom.name:
        named = f"{named}, {(at + timedelta(days=YEAR)).year}"
    return named if len(named) <= LONGEST_NAME else classroom.name


def repeatable(classroom: Classroom, actor: User) -> AssignmentQuerySet:
    """What of a class this person may give to another class of its book."""
    standing = classroom.assignments.filter(
        withdrawn_at=None, quiz__published_at__isnull=False, quiz__retired_at=None
    )
    owner = Q(quiz__book__owner=None) | Q(quiz__book__owner=actor.pk)
    given: AssignmentQuerySet = standing.filter(owner | Q(quiz__book=classroom.book_id))
    return given.select_related("quiz").order_by("pk")


def _next_years(years: re.Match[str]) -> str:
    """2026 becomes 2027, and 2026/27 becomes 2027/28."""
    first, second = int(years[1]) + 1, years[3]
    return f"{first}{years[2]}{(int(second) + 1) % 100:02}" if second else str(first)


class _Later:
    """The same hands of the class's clock, so many days later."""

    def __init__(self, zone: ZoneInfo, days: int) -> None:
        self.zone, self.days = zone, timedelta(days=days)

    def __call__(self, at: datetime | None) -> datetime | None:
        return at and (at.astimezone(self.zone) + self.days).astimezone(UTC)

    def opening(self, at: datetime, now: datetime) -> datetime:
        opens_at = self(at)
        if opens_at is None or opens_at <= now:
            raise WouldBeOpen(_("Something would open before today. Move it by more days."))
        return opens_at


def _repeat(before: Assignment, room: Classroom, later: _Later, at: datetime) -> None:
    """The same terms; nothing of what came of them."""
    columns = {
        field.name: getattr(before, field.name)
        for field in Assignment._meta.concrete_fields
        if field.name not in ("id", "uid", "classroom", "released_at")
    }
    dates = {
        "created_at": at,
        "opens_at": later.opening(before.opens_at, at),
        "closes_at": later(before.closes_at),
    }
    made = Assignment(classroom=room, **(columns | dates))
    made.full_clean()
    made.save(force_insert=True)
    reserving.keep(made)


def _cards(before: CardAssignment, room: Classroom, later: _Later, at: datetime) -> CardAssignment:
    return CardAssignment(
        classroom=room,
        chapter_id=before.chapter_id,
        created_at=at,
        opens_at=later.opening(before.opens_at, at),
        due_at=later(before.due_at),
    )
