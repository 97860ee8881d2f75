"""What a student is told before an assignment: everything, so that nothing comes as a surprise."""

from dataclasses import dataclass
from datetime import datetime

from quizzes.analytics.sittings import Sitting, State
from quizzes.assessment import terms, timing
from quizzes.assessment.models import Assignment
from quizzes.assessment.terms import Terms
from quizzes.people.models import User
from quizzes.web import clocks, promising
from quizzes.web.promising import Promise


@dataclass(frozen=True, slots=True)
class Briefing:
    """An assignment before it is sat, in words; a moment that does not exist is an empty word."""

    sitting: Sitting
    state: State
    terms: Terms
    allowed: str
    opens: str
    due: str
    is_late: bool
    """Whether it is due no more in time, and may still be handed in."""
    closes: str
    ends: str
    """When the student's own time is over if it begins now."""
    is_cut: bool
    """Whether closing leaves less than the time limit."""
    countdown: str
    """What the clock will show at the start; empty where none runs."""

    @property
    def has_clock(self) -> bool:
        return timing.limit(self.sitting.assignment, self.sitting.place) is not None

    @property
    def has_choice_of_attempts(self) -> bool:
        return self.sitting.attempts_allowed != 1


def briefing(sitting: Sitting, learner: User, at: datetime) -> Briefing:
    """All that is to be known of an assignment at this moment, on the learner's clock."""
    given, place = sitting.assignment, sitting.place
    rules = terms.of_assignment(given)
    ends_at = sitting.ends_at(at)
    limit = timing.limit(given, place)
    closes = _moment(sitting.closes_at, learner, given)
    return Briefing(
        sitting=sitting,
        state=sitting.state(at),
        terms=rules,
        allowed=clocks.allowed(given, place),
        opens=_moment(given.opens_at, learner, given),
        due=_moment(sitting.due_at, learner, given),
        is_late=bool(sitting.due_at and sitting.due_at < at),
        closes=closes,
        ends=_moment(ends_at, learner, given),
        is_cut=bool(limit and ends_at and ends_at < at + limit),
        countdown=clocks.countdown(ends_at - at) if limit and ends_at else "",
    )


def promises(given: Assignment, learner: User) -> list[Promise]:
    """What is told of an assignment and when; one query where that hangs on its closing."""
    last = None if given.is_graded else timing.last_closing(given)
    return promising.promises(
        terms.of_assignment(given), is_graded=given.is_graded, closes=_moment(last, learner, given)
    )


def _moment(at: datetime | None, learner: User, given: Assignment) -> str:
    return clocks.moment(at, learner.time_zone, given.classroom.time_zone) if at else ""
