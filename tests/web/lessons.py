"""A class that is given quizzes, and students who sit them."""

from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

from quizzes.assessment import assigning, attempting, sheets
from quizzes.assessment.assigning import Plan
from quizzes.assessment.models import Assignment, Attempt, Quiz
from quizzes.assessment.sheets import Sheet
from quizzes.people.models import Classroom, User
from tests import examining

HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def give(classroom: Classroom, quiz: Quiz, at: datetime, **columns: Any) -> Assignment:
    """A quiz given to a class, open since an hour, until tomorrow, for half an hour's work."""
    dates = {"opens_at": at - HOUR, "closes_at": at + DAY, "time_limit_minutes": 30}
    return assigning.assign(classroom, quiz, Plan(**dates | columns), at - 2 * HOUR)


def sit(learner: User, assignment: Assignment, at: datetime) -> Sheet:
    """A new attempt at it, or the one that is open."""
    attempt = attempting.sit(learner, assignment, at, uuid4(), assignment.password)
    return sheets.of(attempt)


def sit_through(
    learner: User, assignment: Assignment, at: datetime, right: list[str] | None = None
) -> Attempt:
    """A whole sitting: begun, answered and handed in."""
    sheet = examining.answer(sit(learner, assignment, at), at, right)
    return attempting.hand_in(sheet, at + timedelta(minutes=12))
