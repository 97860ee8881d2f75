"""Resting: the days on which a learner does not study.

Cards that come to be spaced keep clear of them where they lawfully can; what is due there already
stays due, and waits for the learner.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from quizzes.cards.models import DayOff
from quizzes.people.models import User
from quizzes.refusal import Refusal

MOST_DAYS = 366
_ONE_DAY = timedelta(days=1)


class TooLongARest(Refusal):
    """A rest has a first and a last day, not more than a year from each other."""


@dataclass(frozen=True, slots=True)
class Rest:
    """Days off in a row, the first and the last of them."""

    first: date
    last: date

    @property
    def days(self) -> int:
        return (self.last - self.first).days + 1


@transaction.atomic
def rest(learner: User, first: date, last: date) -> None:
    """Take these days off, the last included; those that are off already stay so.

    Refuses with `TooLongARest`.
    """
    count = Rest(first, last).days
    if not 0 < count <= MOST_DAYS:
        raise TooLongARest(_("Days off end on their first day or later, within a year."))
    rows = [DayOff(learner=learner, day=first + n * _ONE_DAY) for n in range(count)]
    DayOff.objects.bulk_create(rows, ignore_conflicts=True)


@transaction.atomic
def resume(learner: User, first: date, last: date) -> None:
    """Make these days study days again, the last included."""
    DayOff.objects.filter(learner=learner, day__range=(first, last)).delete()


def rests(learner: User, today: date) -> list[Rest]:
    """The days off from today on, those in a row as one."""
    days = DayOff.objects.filter(learner=learner, day__gte=today).order_by("day")
    found: list[Rest] = []
    for day in days.values_list("day", flat=True):
        if found and found[-1].last + _ONE_DAY == day:
            found[-1] = Rest(found[-1].first, day)
        else:
            found.append(Rest(day, day))
    return found
