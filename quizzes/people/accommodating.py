"""Accommodating: a student's extra time and days, which hold for every quiz of the class."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from quizzes.people import auditing, notifying
from quizzes.people.models import Enrollment, User
from quizzes.refusal import Refusal

LEAST_PERCENT, MOST_PERCENT, MOST_DAYS = 100, 1_000, 365


class OnlyStudentsAreAccommodated(Refusal):
    """Who teaches a class sits none of its quizzes."""


class OutOfBounds(Refusal):
    """Time is given and never taken, and not without end."""


@transaction.atomic
def accommodate(
    place: Enrollment, *, time_percent: int, extra_days: int, has_no_limit: bool
) -> Enrollment:
    """Keep what a student gets, for every attempt that begins from now on.

    An attempt that is under way keeps the deadline that was told at its start. Refuses with
    `OnlyStudentsAreAccommodated` and `OutOfBounds`.
    """
    if place.role != Enrollment.Role.STUDENT:
        raise OnlyStudentsAreAccommodated(_("Only a student of the class gets more time."))
    is_time = LEAST_PERCENT <= time_percent <= MOST_PERCENT
    if not (is_time and 0 <= extra_days <= MOST_DAYS):
        raise OutOfBounds(_("Time is 100 to 1,000 per cent, and extra days are 0 to 365."))
    place.time_percent, place.extra_days = time_percent, extra_days
    place.has_no_limit = has_no_limit
    place.save(update_fields=["time_percent", "extra_days", "has_no_limit"])
    return place


@transaction.atomic
def grant(
    place: Enrollment,
    actor: User,
    at: datetime,
    *,
    time_percent: int,
    extra_days: int,
    has_no_limit: bool,
    link: str = "",
) -> Enrollment:
    """The same, and who granted it is written down. Refuses as `accommodate` does.

    The student has a notice, with the link, of whatever changes: until when they have stands
    otherwise in notices of before.
    """
    before = _granted(place)
    given = accommodate(
        place, time_percent=time_percent, extra_days=extra_days, has_no_limit=has_no_limit
    )
    said = gettext("More time for %(who)s is changed.") % {"who": place.user.name}
    room = place.classroom
    auditing.note(actor, "accommodate", room.uid, said, at, room)
    if _granted(given) != before:
        told = gettext("%(room)s: your extra time is changed. Each quiz says until when you have.")
        notifying.tell([given.user_id], told % {"room": room.name}, link, at)
    return given


def _granted(place: Enrollment) -> tuple[int, int, bool]:
    return place.time_percent, place.extra_days, place.has_no_limit
