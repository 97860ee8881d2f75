"""How far a class is with what it was given: who sits, who handed in, what is left to mark."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q

from quizzes.analytics.class_progress import enrolled
from quizzes.assessment import drawing, overriding, sheets, withholding
from quizzes.assessment.models import Assignment, Attempt, Mark, Override, Quiz, Served
from quizzes.assessment.sheets import Question
from quizzes.items.fractions import percent
from quizzes.items.models import Revision
from quizzes.people.models import Classroom, Enrollment, User


class Stage(StrEnum):
    """How far one student is."""

    NOT_STARTED = "not_started"
    SITTING = "sitting"
    HANDED_IN = "handed_in"


@dataclass(frozen=True, slots=True)
class Seat:
    """A student of the class with their attempts at one assignment."""

    place: Enrollment
    attempts: Sequence[Attempt]
    assignment: Assignment
    override: Override | None
    at: datetime

    @property
    def stage(self) -> Stage:
        if any(one.handed_in_at is None and not self._is_over(one) for one in self.attempts):
            return Stage.SITTING
        return Stage.HANDED_IN if self.attempts else Stage.NOT_STARTED

    @property
    def percent(self) -> float | None:
        """The mark that counts, as the gradebook has it; None while there is none."""
        mark = overriding.mark(self.attempts, self.assignment, self.override)
        return None if mark is None else percent(mark)

    @property
    def time(self) -> timedelta | None:
        """How long the last attempt took; None while there is none that is over."""
        over = [one for one in self.attempts if one.handed_in_at]
        if not over or over[-1].handed_in_at is None:
            return None
        return over[-1].handed_in_at - over[-1].started_at

    @property
    def has_timed_out(self) -> bool:
        return any(one.is_timed_out or self._is_over(one) for one in self.attempts)

    def _is_over(self, attempt: Attempt) -> bool:
        """Whether its time ran out and it only waits to be handed in."""
        is_open = attempt.handed_in_at is None and attempt.deadline_at is not None
        return is_open and attempt.deadline_at <= self.at  # type: ignore[operator]


@dataclass(frozen=True, slots=True)
class Paper:
    """An attempt at something that a class was given."""

    attempt: Attempt

    @property
    def percent(self) -> float | None:
        """Its score; None while it is open."""
        return None if self.attempt.score is None else percent(self.attempt.score)


@dataclass(frozen=True, slots=True)
class Essay:
    """An essay that was handed in, and whether somebody has marked it."""

    question: Question
    is_marked: bool
    is_kept: bool
    """Its rubric is kept from the reader, who leaves it to another marker."""

    @property
    def served(self) -> Served:
        return self.question.served

    @property
    def revision(self) -> Revision:
        return self.question.served.revision

    @property
    def text(self) -> str:
        return str((self.question.raw or {}).get("text", ""))


@dataclass(frozen=True, slots=True)
class EssayCount:
    """An essay question of an assignment: how many answers, and how many without a mark."""

    revision: Revision
    answers: int
    unmarked: int


def seats(assignment: Assignment, at: datetime) -> list[Seat]:
    """Every student of the class with what came of it; three queries, whatever their number."""
    attempts: dict[int, list[Attempt]] = defaultdict(list)
    for attempt in assignment.attempts.order_by("number"):
        attempts[attempt.learner_id].append(attempt)
    overrides = overriding.standing(Q(assignment=assignment))
    return [
        Seat(
            place,
            attempts[place.user_id],
            assignment,
            overrides.get((assignment.pk, place.user_id)),
            at,
        )
        for place in enrolled(assignment.classroom)
    ]


def papers(classroom: Classroom, learner: User) -> list[Paper]:
    """What a student sat of what a class gave, the newest first; one query."""
    rows = Attempt.objects.filter(assignment__classroom=classroom, learner=learner)
    found = rows.select_related("assignment__quiz").order_by("-started_at", "-pk")
    return [Paper(one) for one in found]


def of_class(classroom: Classroom) -> Any:
    """What a class was given, the newest first, with how many students began and handed in."""
    learner = "attempts__learner"
    here = Q(attempts__learner__in=enrolled(classroom).order_by().values("user"))
    done = here & Q(attempts__handed_in_at__isnull=False)
    return (
        classroom.assignments.filter(withdrawn_at=None)
        .select_related("quiz")
        .annotate(
            begun=Count(learner, distinct=True, filter=here),
            done=Count(learner, distinct=True, filter=done),
        )
        .order_by("-opens_at", "-pk")
    )


def held_back(quiz: Quiz) -> int:
    """How many flashcards a graded assignment of this quiz keeps from its class."""
    return drawing.bank(quiz.slots.all()).filter(is_card=True).count()


def essays(assignment: Assignment, reader: User, at: datetime) -> list[Essay]:
    """The essays of an assignment that were handed in, question by question; one query.

    They come in an order that tells nobody whose they are.
    """
    marked = Exists(Mark.objects.filter(served=OuterRef("pk")))
    rows = Served.objects.filter(
        attempt__assignment=assignment,
        attempt__handed_in_at__isnull=False,
        revision__kind=Revision.Kind.ESSAY,
    )
    order = ("revision__item__position", "revision", "attempt__seed")
    told = withholding.marked(rows.annotate(is_marked=marked), reader, at, "revision__item")
    found = sheets.questions(told.order_by(*order))
    return [_essay(one, one.served) for one in found if one.is_answered]


def _essay(question: Question, served: Any) -> Essay:
    return Essay(question, served.is_marked, served.is_kept)


def essay_counts(essays: Iterable[Essay]) -> list[EssayCount]:
    """Each essay question with its answers, and those that nobody has marked."""
    found: dict[int, list[Essay]] = defaultdict(list)
    for one in essays:
        found[one.revision.pk].append(one)
    return [
        EssayCount(rows[0].revision, len(rows), sum(not one.is_marked for one in rows))
        for rows in found.values()
    ]
