"""Pages of a small book, as a student and a stranger see them at noon."""

import gzip
import re

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils.html import strip_tags

from quizzes.cards import planning
from quizzes.people.models import User
from tests.bookshelf import make_study_book


@pytest.fixture
def at_noon(time_machine, noon):
    time_machine.move_to(noon, tick=False)
    return noon


@pytest.fixture
def reader(db):
    return User.objects.create_user("vera", time_zone="Europe/Berlin")


@pytest.fixture
def queries_at(client):
    """How many queries an address takes with so many facts on the shelf."""

    def count(address, facts, prepare=lambda book: None):
        with transaction.atomic():
            prepare(make_study_book(facts))
            with CaptureQueriesContext(connection) as captured:
                page = client.get(address)
            transaction.set_rollback(True)
        assert page.status_code == 200
        return len([one for one in captured if "SAVEPOINT" not in one["sql"]])

    return count


@pytest.fixture
def weight(client):
    """The bytes of a page as the network carries it."""
    return lambda address: len(gzip.compress(client.get(address).content, 6))


@pytest.fixture
def book(db):
    return make_study_book(4)


@pytest.fixture
def item(book):
    return book.items.in_order()[0]


@pytest.fixture
def olga(book, noon):
    olga = User.objects.create_user("olga", time_zone="Europe/Berlin")
    planning.start(olga, book, noon)
    return olga


@pytest.fixture
def told(client, olga, item):
    """The words of the page of the card."""
    client.force_login(olga)

    def words():
        answer = client.get(f"/cards/{item.uid}/")
        assert answer.status_code == 200
        return re.sub(r"\s+", " ", strip_tags(answer.content.decode().replace("<", " <")))

    return words
