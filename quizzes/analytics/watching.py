"""An assignment while it is sat: who has not begun, who is at work, who is lost, who is done.

Nothing is told here of what an answer is worth.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING

from quizzes.analytics.class_progress import enrolled
from quizzes.assessment import attending
from quizzes.assessment.models import Attempt, Served

if TYPE_CHECKING:
    from quizzes.assessment.models import Assignment
    from quizzes.people.models import Enrollment

_COLUMNS = (
    *("learner", "number", "started_at", "deadline_at", "seen_at"),
    *("handed_in_at", "is_timed_out", "days_late"),
)


class State(StrEnum):
    """How far a student is just now."""

    WORKING = "working"
    DISCONNECTED = "disconnected"
    NOT_STARTED = "not_started"
    HANDED_IN = "handed_in"


@dataclass(frozen=True, slots=True)
class Desk:
    """A student's place, by its key, with the attempt that is open or was the last."""

    place: int
    attempt: Attempt | None
    number: int
    """How many attempts there are."""
    at: datetime

    @property
    def state(self) -> State:
        if self.attempt is None:
            return State.NOT_STARTED
        if self.attempt.handed_in_at or self.is_over:
            return State.HANDED_IN
        return State.DISCONNECTED if attending.is_lost(self.attempt, self.at) else State.WORKING

    @property
    def is_over(self) -> bool:
        """Whether its time ran out; what was saved is handed in at the deadline, now or soon."""
        if self.attempt is None:
            return False
        end = self.attempt.deadline_at
        return self.attempt.is_timed_out or (
            self.attempt.handed_in_at is None and end is not None and end <= self.at
        )

    @property
    def time_left(self) -> timedelta | None:
        """Of an open attempt with a clock."""
        is_open = self.state in {State.WORKING, State.DISCONNECTED}
        if not is_open or self.attempt is None or self.attempt.deadline_at is None:
            return None
        return self.attempt.deadline_at - self.at

    @property
    def ended_at(self) -> datetime | None:
        if self.state != State.HANDED_IN or self.attempt is None:
            return None
        return self.attempt.handed_in_at or self.attempt.deadline_at

    @property
    def seen_at(self) -> datetime | None:
        return (self.attempt.seen_at or self.attempt.started_at) if self.attempt else None


@dataclass(frozen=True, slots=True)
class Work:
    """How much of an open attempt is answered, and when its last answer was saved."""

    answered: int
    questions: int
    saved_at: datetime | None


@dataclass(frozen=True, slots=True)
class Seen:
    """A student at their desk; `work` of an open attempt alone."""

    place: Enrollment
    desk: Desk
    work: Work | None


def desks(assignment: Assignment, at: datetime) -> list[Desk]:
    """Every student of the class, by name; two queries, whatever their number."""
    attempts: dict[int, list[Attempt]] = defaultdict(list)
    for attempt in assignment.attempts.order_by("number").only(*_COLUMNS):
        attempts[attempt.learner_id].append(attempt)
    places = enrolled(assignment.classroom).values_list("pk", "user")
    return [
        Desk(place, _current(attempts[user]), len(attempts[user]), at) for place, user in places
    ]


def counts(desks: Iterable[Desk]) -> dict[State, int]:
    """How many students there are in each state."""
    found = Counter(desk.state for desk in desks)
    return {state: found[state] for state in State}


def seen(assignment: Assignment, desks: Sequence[Desk]) -> list[Seen]:
    """These desks with their students, and how much is answered; two queries."""
    places = enrolled(assignment.classroom).in_bulk([desk.place for desk in desks])
    opened = {State.WORKING, State.DISCONNECTED}
    begun = [desk.attempt.pk for desk in desks if desk.attempt and desk.state in opened]
    work = _work(begun)
    return [
        Seen(places[desk.place], desk, work.get(desk.attempt.pk) if desk.attempt else None)
        for desk in desks
        if desk.place in places
    ]


def _current(attempts: Sequence[Attempt]) -> Attempt | None:
    opened = [one for one in attempts if one.handed_in_at is None]
    return next(iter([*opened, *reversed(attempts)]), None)


def _work(attempts: Collection[int]) -> Mapping[int, Work]:
    rows = Served.objects.filter(attempt__in=attempts).with_answers().order_by()
    columns = ("attempt", "fraction", "newest_answer", "newest_saved_at")
    found: dict[int, list[tuple[bool, datetime | None]]] = defaultdict(list)
    for attempt, fraction, answer, saved_at in rows.values_list(*columns):
        is_answered = fraction is not None or _has_text(answer)
        found[attempt].append((is_answered, saved_at))
    return {
        attempt: Work(
            answered=sum(is_answered for is_answered, _ in told),
            questions=len(told),
            saved_at=max((saved_at for _, saved_at in told if saved_at), default=None),
        )
        for attempt, told in found.items()
    }


def _has_text(answer: object) -> bool:
    """An essay, which alone is answered without being worth anything yet."""
    return isinstance(answer, dict) and bool(str(answer.get("text", "")).strip())
