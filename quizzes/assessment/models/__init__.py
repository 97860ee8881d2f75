"""Quizzes, their slots and assignments; attempts, what they served and got; marks and tallies."""

from quizzes.assessment.models.assignments import (
    Assignment,
    CardAssignment,
    Extension,
    Reservation,
)
from quizzes.assessment.models.attempts import Attempt, Response, Served
from quizzes.assessment.models.marks import CriterionMark, Mark, Override
from quizzes.assessment.models.quizzes import Quiz, Slot
from quizzes.assessment.models.regrades import Regrade, RegradeChange, RegradeCredit
from quizzes.assessment.models.tallies import ItemTally, OptionTally

__all__ = [
    "Assignment",
    "Attempt",
    "CardAssignment",
    "CriterionMark",
    "Extension",
    "ItemTally",
    "Mark",
    "OptionTally",
    "Override",
    "Quiz",
    "Regrade",
    "RegradeChange",
    "RegradeCredit",
    "Reservation",
    "Response",
    "Served",
    "Slot",
]
