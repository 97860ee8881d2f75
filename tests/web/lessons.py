"""A class that is given quizzes, and students who sit them."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from quizzes.assessment import attempting
from quizzes.assessment.models import Assignment, Attempt, Quiz
from quizzes.people.models import Classroom, User
from tests.examining import answer, make_assignment, sit

HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def give(classroom: Classroom, quiz: Quiz, at: datetime, **terms: Any) -> Assignment:
    """A quiz given to a class, open since an hour, until tomorrow, for half an hour's work."""
    usual: dict[str, Any] = {"opens_at": at - HOUR, "closes_at": at + DAY, "time_limit_minutes": 30}
    return make_assignment(classroom, quiz, **usual | terms)


def sit_through(
    learner: User, assignment: Assignment, at: datetime, right: Sequence[str] | None = None
) -> Attempt:
    """A whole sitting of twelve minutes: begun, answered and handed in."""
    sheet = answer(sit(learner, assignment, at, assignment.password), at, right)
    return attempting.hand_in(sheet, at + timedelta(minutes=12))
