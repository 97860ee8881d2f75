"""Quizzes, their slots and assignments; attempts, what they served and got; marks and tallies."""

from quizzes.assessment.models.assignments import Assignment, Reservation
from quizzes.assessment.models.attempts import Attempt, Response, Served
from quizzes.assessment.models.marks import CriterionMark, Mark
from quizzes.assessment.models.quizzes import Quiz, Slot
from quizzes.assessment.models.tallies import ItemTally, OptionTally

__all__ = [
    "Assignment",
    "Attempt",
    "CriterionMark",
    "ItemTally",
    "Mark",
    "OptionTally",
    "Quiz",
    "Reservation",
    "Response",
    "Served",
    "Slot",
]
