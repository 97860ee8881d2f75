"""Cards, the log of reviews, what undo takes back, study plans, tallies and weights."""

from quizzes.cards.models.cards import Card
from quizzes.cards.models.log import Action, Review
from quizzes.cards.models.plans import DayOff, StudyPlan, Weights
from quizzes.cards.models.tallies import DayTally

__all__ = ["Action", "Card", "DayOff", "DayTally", "Review", "StudyPlan", "Weights"]
