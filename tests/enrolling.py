"""Students of a class who study its book, and teachers who are students elsewhere."""

from datetime import datetime

from quizzes.assessment.models import Assignment, Quiz
from quizzes.cards import planning
from quizzes.people import joining
from quizzes.people.models import Classroom, User
from tests.examining import make_assignment


def enroll(classroom: Classroom, name: str, at: datetime) -> User:
    """Somebody new in the class, with a plan for its book."""
    student = User.objects.create_user(name, display_name=name.title())
    joining.enroll(classroom, student, at)
    planning.start(student, classroom.book, at)
    return student


def examine(person: User, quiz: Quiz, at: datetime) -> Assignment:
    """A class of somebody else's, in which a person studies, is given a quiz as its exam."""
    host, _is_new = User.objects.get_or_create(username="host")
    room = joining.open_classroom(host, quiz.book, "Elsewhere", at)
    joining.enroll(room, person, at)
    return make_assignment(room, quiz, at)
