"""In which order essays are marked: each marker begins elsewhere, so that two read different ones.

The answers to a question keep one order and their numbers for everybody. Of two markers the first
takes them from the first one on, the second from the middle on; each comes round to what is left.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from quizzes.analytics.rosters import Essay
from quizzes.people.models import Classroom, Enrollment, User


@dataclass(frozen=True, slots=True)
class Queue:
    """The essays of an assignment, question by question, as one of several markers takes them."""

    essays: Sequence[Essay]
    marker: int
    """From 0."""
    markers: int

    @property
    def left(self) -> int:
        """How many have no mark."""
        return sum(not one.is_marked for one in self.essays)

    @property
    def first(self) -> Essay | None:
        """Where this marker begins, or goes on: with the first question that is not done."""
        for revision in dict.fromkeys(one.revision.pk for one in self.essays):
            same = [one for one in self.essays if one.revision.pk == revision]
            start = len(same) * self.marker // self.markers
            if found := _unmarked([*same[start:], *same[:start]]):
                return found
        return None

    def after(self, one: Essay) -> Essay | None:
        """The next one without a mark to the same question, else to another."""
        same = self.beside(one)
        here = same.index(one)
        others = [other for other in self.essays if other.revision != one.revision]
        next_one = _unmarked([*same[here + 1 :], *same[:here]])
        return next_one or Queue(others, self.marker, self.markers).first

    def before(self, one: Essay) -> Essay | None:
        """The one before it to the same question, with a mark or without."""
        same = self.beside(one)
        here = same.index(one)
        return same[here - 1] if here else None

    def beside(self, one: Essay) -> list[Essay]:
        """All answers to the same question, in their order."""
        return [other for other in self.essays if other.revision == one.revision]


def queue(essays: Sequence[Essay], classroom: Classroom, marker: User) -> Queue:
    """What one of those who teach a class has to mark; one query."""
    places = classroom.enrollments.filter(role__in=Enrollment.TEACHING).order_by("pk")
    staff = list(places.values_list("user", flat=True))
    return Queue(essays, staff.index(marker.pk), len(staff))


def _unmarked(essays: Iterable[Essay]) -> Essay | None:
    return next((one for one in essays if not one.is_marked), None)
