"""What the areas' marks are made from."""

from dataclasses import dataclass
from datetime import datetime

from quizzes.assessment.models import Assignment, Attempt
from quizzes.content.models import Book
from quizzes.people.models import Classroom
from tests.cast import Company


@dataclass(frozen=True)
class Scene:
    """The cast, their class, a pack's book, and an assignment that the student has handed in."""

    company: Company
    classroom: Classroom
    book: Book
    given: Assignment
    sat: Attempt
    noon: datetime
