"""A site with the small pack, an author, and a question of each kind that they wrote there."""

from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command

from quizzes.content import companions
from quizzes.content.models import Book
from quizzes.exchange import uploading
from quizzes.people.models import User
from tests.exchange.writing import OWN, write, zipped

SMALL_PACK = Path(__file__).parents[1] / "content" / "small_pack"


@pytest.fixture(scope="session")
def small_pack() -> Path:
    return SMALL_PACK


@pytest.fixture
def lamp(db, small_pack) -> Book:
    """The site's book of the small pack."""
    call_command("load_pack", small_pack, stdout=StringIO(), stderr=StringIO())
    return Book.objects.get(slug="gull-point")


@pytest.fixture
def author(db) -> User:
    return User.objects.create_user("author")


@pytest.fixture
def own(lamp, author, noon) -> Book:
    """The author's questions on the lamp, one of each kind."""
    book = companions.companion(author, lamp)
    for slug, told in OWN.items():
        write(book, slug, noon, author, **told)
    return book


@pytest.fixture
def files(small_pack):
    return {path.name: path.read_text() for path in small_pack.iterdir()}


@pytest.fixture
def send(noon):
    def send(files, by, at=noon):
        return uploading.receive(zipped(files), "pack.zip", by, at)

    return send
