"""Reserving: items whose answers a learner must not be told now, wherever they turn up.

Those that an open attempt of theirs asks, and those that a graded assignment of their class can
serve, from its opening until its results are released. A page, a flashcard, another quiz or a
result leaves their keys out. What the book says of the facts may be read all the same.
"""

from collections.abc import Collection, Mapping
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Case, DateTimeField, Exists, OuterRef, Q, QuerySet, Value, When
from django.db.models.functions import Coalesce
from django.db.models.lookups import Exact

from quizzes.assessment import drawing
from quizzes.assessment.models import Assignment, Attempt, Quiz, Reservation, Served
from quizzes.items.models import Item
from quizzes.people.models import User

KEPT_FROM_CARDS = timedelta(days=1)
"""How long practice that was left lying keeps its questions from being told."""


def reserved(learner: User, at: datetime) -> QuerySet[Item, Any]:
    """The items, as primary keys, for a condition of another query."""
    return _items(_asked(learner, at), _graded(learner, at)).values("pk")


def asked(learner: User, at: datetime) -> QuerySet[Served, Any]:
    """The items, as primary keys, that open attempts of a learner ask."""
    return _asked(learner, at).values("revision__item")


def sitting(learner: User, at: datetime) -> QuerySet[Attempt]:
    """A learner's open attempts; practice that was left lying only for a while."""
    recent = Q(started_at__gt=at - KEPT_FROM_CARDS)
    counts = Q(assignment__isnull=False) | recent
    return Attempt.objects.open().filter(counts, learner=learner)


def to_come(learner: User) -> QuerySet[Reservation, Any]:
    """The items, as primary keys, that a graded assignment can ask a learner, opened or not.

    Until its results are released; what their practice asks is not among them.
    """
    pending = Assignment.objects.visible_to(learner).pending()
    return Reservation.objects.filter(assignment__in=pending).values("item")


def assigned(learner: User, at: datetime) -> QuerySet[Item, Any]:
    """Those that assignments of the learner's classes hold, as primary keys: practice goes without.

    What other practice asks is practiced all the same.
    """
    sat = _asked(learner, at).filter(attempt__assignment__isnull=False)
    return _items(sat, _graded(learner, at)).values("pk")


def among(learner: User, items: Collection[int], at: datetime) -> set[int]:
    """Which of these items are reserved; one query, and none for no item."""
    if not items:
        return set()
    found = Item.objects.filter(pk__in=items).filter(pk__in=reserved(learner, at))
    return set(found.values_list("pk", flat=True))


def elsewhere(attempt: Attempt, items: Collection[int], at: datetime) -> set[int]:
    """Which of these items are reserved for something else than this attempt; one query."""
    if not items:
        return set()
    others = _asked(attempt.learner, at).exclude(attempt=attempt)
    graded = _graded(attempt.learner, at).exclude(pk=attempt.assignment_id or 0)
    found = _items(others, graded).filter(pk__in=items)
    return set(found.values_list("pk", flat=True))


def secret(asked: QuerySet[Served], learner: User, at: datetime) -> QuerySet[Served]:
    """What was served to a learner, and is reserved for something else than its assignment."""
    sat = Q(revision__item__in=_asked(learner, at).values("revision__item"))
    return asked.filter(sat | Q(_elsewhere(_graded(learner, at))))


def overlapping(
    asked: QuerySet[Served], learner: User, told_at: Mapping[int, datetime], at: datetime
) -> QuerySet[Served]:
    """What was served to a learner, and was so reserved already when its score was first told.

    Which is when its attempt was handed in, or the moment that `told_at` has for its assignment.
    """
    sat = _asked(learner, at).filter(
        revision__item=OuterRef("revision__item"), attempt__started_at__lte=_first_told(told_at, 1)
    )
    opened = _graded(learner, at).filter(opens_at__lte=_first_told(told_at, 2))
    return asked.filter(Exists(sat) | _elsewhere(opened))


def is_kept_back(assignment: Assignment, learners: QuerySet[Any], at: datetime) -> bool:
    """Whether any of what an assignment asked is reserved for something else, for any of these.

    `learners` are primary keys, for a condition of another query; at most two queries.
    """
    items = Served.objects.filter(attempt__assignment=assignment).values("revision__item")
    theirs = Assignment.objects.filter(classroom__enrollments__user__in=learners)
    graded = theirs.unreleased(at).exclude(pk=assignment.pk)
    kept = Reservation.objects.filter(assignment__in=graded, item__in=items)
    opened = Attempt.objects.open().filter(learner__in=learners)
    asked = Served.objects.filter(attempt__in=opened, revision__item__in=items)
    return kept.exists() or asked.exists()


def keep(assignment: Assignment) -> int:
    """Write down what an assignment can serve as its quiz stands now; how many items."""
    Reservation.objects.filter(assignment=assignment).delete()
    return _add(assignment)


def include(assignment: Assignment, items: Collection[Item]) -> None:
    """Keep what somebody is asked, though it came into the bank after it was given; one query."""
    rows = [Reservation(assignment=assignment, item=item) for item in items]
    Reservation.objects.bulk_create(rows, ignore_conflicts=True)


def renew(quizzes: QuerySet[Quiz]) -> None:
    """Reserve what unreleased assignments of these quizzes can serve now and could not before.

    What they could serve before stays reserved: somebody may have been asked it.
    """
    given = Assignment.objects.filter(quiz__in=quizzes, is_graded=True, released_at=None)
    for assignment in given.filter(withdrawn_at=None).select_related("quiz").order_by("pk"):
        _add(assignment)


def _asked(learner: User, at: datetime) -> QuerySet[Served]:
    return Served.objects.filter(attempt__in=sitting(learner, at))


def _graded(learner: User, at: datetime) -> QuerySet[Assignment]:
    return Assignment.objects.visible_to(learner).unreleased(at)


def _first_told(told_at: Mapping[int, datetime], depth: int) -> Case:
    """When the score of what was served was first told, `depth` queries within that for it."""
    assignment = _outer("attempt__assignment", depth)
    handed_in_at = _outer("attempt__handed_in_at", depth)
    later = [When(Exact(assignment, pk), then=Value(moment)) for pk, moment in told_at.items()]
    return Case(*later, default=handed_in_at, output_field=DateTimeField())


def _outer(name: str, depth: int) -> OuterRef:
    return OuterRef(name if depth == 1 else _outer(name, depth - 1))


def _elsewhere(graded: QuerySet[Assignment]) -> Exists:
    """Whether one of these can ask what was served, other than the assignment that served it."""
    kept = Reservation.objects.filter(assignment__in=graded, item=OuterRef("revision__item"))
    its_own = Coalesce(OuterRef("attempt__assignment"), Value(0))  # practice has none
    return Exists(kept.exclude(assignment=its_own))


def _items(asked: QuerySet[Served], graded: QuerySet[Assignment]) -> QuerySet[Item, Any]:
    kept = Reservation.objects.filter(assignment__in=graded).values("item")
    in_attempts = Q(pk__in=asked.values("revision__item"))
    return Item.objects.filter(in_attempts | Q(pk__in=kept)).order_by()


def _add(assignment: Assignment) -> int:
    slots = assignment.quiz.slots.all()
    items = drawing.bank(slots, with_essays=True).exclude(
        pk__in=Reservation.objects.filter(assignment=assignment).values("item")
    )
    rows = [Reservation(assignment=assignment, item=item) for item in items]
    return len(Reservation.objects.bulk_create(rows))
