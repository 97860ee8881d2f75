"""A learner who studies a book of cards, and ways to ask the API."""

import pytest

from quizzes.cards import planning
from quizzes.people.models import User
from tests.bookshelf import make_study_book


@pytest.fixture(autouse=True)
def _at_noon(time_machine, noon):
    time_machine.move_to(noon, tick=False)


@pytest.fixture
def book(db):
    return make_study_book(12)


@pytest.fixture
def olga(db):
    return User.objects.create_user("olga", "olga@example.com", "a secret of hers")


@pytest.fixture
def plan(olga, book, noon):
    return planning.start(olga, book, noon)


@pytest.fixture
def signed_in(client, olga):
    client.force_login(olga)
    return client
