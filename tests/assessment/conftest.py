"""A small book with a question of each kind, a quiz on all of them, and who takes it."""

import pytest

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
def quiz(book, items):
    return make_quiz(book, *items)
