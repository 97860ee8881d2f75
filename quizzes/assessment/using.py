"""Using: which quizzes ask a question, which attempts run, and who was asked it before."""

from dataclasses import dataclass
from typing import NamedTuple
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, QuerySet

from quizzes.assessment.models import Assignment, Regrade, Served, Slot
from quizzes.items.models import Item


@dataclass(frozen=True, slots=True)
class Running:
    """Attempts that are open, and the number of the version that they were served."""

    version: int
    attempts: int


@dataclass(frozen=True, slots=True)
class Use:
    """How many quizzes ask a question by name, and the attempts that run, by version."""

    quizzes: int
    running: tuple[Running, ...]

    @property
    def attempts(self) -> int:
        return sum(one.attempts for one in self.running)


def use(item: Item) -> Use:
    """Where a question is in use; two queries."""
    served = Served.objects.filter(revision__item=item, attempt__handed_in_at=None)
    counted = served.order_by().values_list("revision__number").annotate(n=Count("attempt"))
    running = tuple(Running(version, count) for version, count in sorted(counted))
    quizzes = Slot.objects.filter(item=item, quiz__retired_at=None).order_by()
    return Use(quizzes.values("quiz").distinct().count(), running)


class Asked(NamedTuple):
    """An earlier version as a class was asked it, and how many attempts were marked by its key."""

    classroom: UUID
    class_name: str
    assignment: UUID
    quiz: str
    revision: int
    version: int
    attempts: int


def asked_before(item: Item, given: QuerySet[Assignment]) -> list[Asked]:
    """Where an earlier version of a question was asked, of what was `given`; one query.

    What was marked anew since the version in force was written is not there.
    """
    if item.revision is None:
        return []
    place = "attempt__assignment"
    since = Regrade.objects.in_force().filter(
        assignment=OuterRef(place),
        revision=OuterRef("revision"),
        applied_at__gte=item.revision.created_at,
    )
    live = given.filter(withdrawn_at=None).order_by()
    rows = Served.objects.filter(
        ~Exists(since),
        revision__item=item,
        attempt__assignment__in=live.values("pk"),
        attempt__handed_in_at__isnull=False,
    )
    names = ("classroom__uid", "classroom__name", "uid", "quiz__title")
    columns = (*(f"{place}__{name}" for name in names), "revision", "revision__number")
    told = rows.exclude(revision=item.revision).order_by(f"{place}__opens_at", place, "revision")
    counted = told.values_list(*columns).annotate(n=Count("attempt", distinct=True))
    return [Asked(*row) for row in counted]
