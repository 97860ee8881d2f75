"""A small book with a question of each kind, a quiz on all of them, and who takes it."""

import pytest

from quizzes.assessment import founding
from quizzes.assessment.building import Edit, Settings
from quizzes.people import joining
from quizzes.people.models import User
from tests.bookshelf import make_book
from tests.examining import make_item, make_quiz

KINDS = ("single", "several", "true_false", "short_text", "number", "date")


@pytest.fixture
def learner(db):
    return User.objects.create_user("olga", time_zone="Europe/Berlin")


@pytest.fixture
def book(db):
    return make_book()


@pytest.fixture
def items(book):
    return [make_item(book, kind, kind, position=n) for n, kind in enumerate(KINDS)]


@pytest.fixture
def lecturer(db):
    return User.objects.create_user("vera")


@pytest.fixture
def room(lecturer, learner, book, noon):
    """The learner's class, which its lecturer opened."""
    room = joining.open_classroom(lecturer, book, "Ours", noon)
    joining.enroll(room, learner, noon)
    return room


@pytest.fixture
def allow(learner, room):
    """Gives the learner an accommodation."""

    def allow(**accommodation):
        room.enrollments.filter(user=learner).update(**accommodation)

    return allow


@pytest.fixture
def quiz(book, items):
    return make_quiz(book, *items)


@pytest.fixture
def edit(lecturer, noon):
    return Edit(lecturer, noon)


@pytest.fixture
def mine(lecturer, book):
    """An empty quiz of the lecturer's on the book of the class."""
    return founding.begin(lecturer, book, Settings("Week one"))
