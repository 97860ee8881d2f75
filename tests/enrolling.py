"""Students of a class who study its book."""

from datetime import datetime

from quizzes.cards import planning
from quizzes.people import joining
from quizzes.people.models import Classroom, User


def enroll(classroom: Classroom, name: str, at: datetime) -> User:
    """Somebody new in the class, with a plan for its book."""
    student = User.objects.create_user(name, display_name=name.title())
    joining.enroll(classroom, student, at)
    planning.start(student, classroom.book, at)
    return student
