"""A book of two chapters with its items, and a learner who studies it."""

import pytest

from quizzes.cards import planning
from quizzes.people.models import User
from tests.cards.acting import make_book, make_items


@pytest.fixture
def learner(db):
    return User.objects.create_user("olga", time_zone="Europe/Berlin")


@pytest.fixture
def book(db):
    return make_book("red-army")


@pytest.fixture
def items(book):
    """Twelve items, each on a fact of its own."""
    return make_items(book, 12)


@pytest.fixture
def item(items):
    return items[0]


@pytest.fixture
def plan(learner, book, items, noon):
    return planning.start(learner, book, noon)
