"""Quizzes and their slots, attempts with what they served and got, and tallies of both."""

from quizzes.assessment.models.attempts import Attempt, Response, Served
from quizzes.assessment.models.quizzes import Quiz, Slot
from quizzes.assessment.models.tallies import ItemTally, OptionTally

__all__ = ["Attempt", "ItemTally", "OptionTally", "Quiz", "Response", "Served", "Slot"]
