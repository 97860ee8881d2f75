"""Projecting: names are hidden on pages of a class that are shown to a room.

Who is or was a student of the class has a number in place of the name, the same on every page, in
an order that tells nobody whose it is.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from hashlib import md5

from django.http import HttpRequest
from django.utils.translation import gettext as _

from quizzes.people.models import Classroom, Enrollment, User

_KEY = "hides_names"


@dataclass(frozen=True, slots=True)
class Names:
    """What a page calls the students of a class: by name, or where names are hidden by number."""

    are_hidden: bool = False
    numbers: Mapping[int, int] = field(default_factory=dict)
    """By the key of the place; empty where names are shown."""
    places: Mapping[int, int] = field(default_factory=dict)
    """The key of the place by that of the person."""

    def of(self, place: Enrollment) -> str:
        return self._said(place.pk, place.user)

    def of_person(self, person: User) -> str:
        """Who teaches is called by name."""
        return self._said(self.places.get(person.pk), person)

    def number(self, person: User) -> int:
        """By which students are listed where names are hidden; the same for all where they show."""
        return self.numbers.get(self.places.get(person.pk, 0), 0)

    def _said(self, place: int | None, person: User) -> str:
        number = self.numbers.get(place or 0)
        return person.name if number is None else numbered(number)


def hides_names(request: HttpRequest) -> bool:
    """Whether names are hidden: as “?names=off” or “?names=on” said last in this session."""
    wish = request.GET.get("names")
    if wish in {"on", "off"} and request.session.get(_KEY, False) != (wish == "off"):
        request.session[_KEY] = wish == "off"
    return bool(request.session.get(_KEY, False))


def names(request: HttpRequest, room: Classroom) -> Names:
    """What to call the students of a class; one query where names are hidden, else none."""
    if not hides_names(request):
        return Names()
    rows = room.enrollments.filter(role__in=Enrollment.SAT_BY).order_by().values_list("user", "pk")
    places = dict(rows)
    return Names(True, numbers(places.values()), places)


def numbers(places: Iterable[int]) -> dict[int, int]:
    """The number of each place, from 1; `places` are those of all who are or were students."""
    return {place: number for number, place in enumerate(sorted(places, key=rank), start=1)}


def numbered(number: int) -> str:
    """“Student 7”."""
    return _("Student %(n)s") % {"n": number}


def rank(place: int) -> str:
    """By which places stand in the order of their numbers; the same as `BY_NUMBER` of places."""
    return md5(str(place).encode(), usedforsecurity=False).hexdigest()
