"""A site with the small pack, an author, and a question of each kind that they wrote there."""

from pathlib import Path

import pytest

from quizzes.content import companions
from quizzes.content.models import Book
from quizzes.exchange import uploading
from quizzes.people.models import User
from tests.exchange.sending import SMALL_PACK, load_small_pack
from tests.exchange.writing import OWN, write, zipped


@pytest.fixture(scope="session")
def small_pack() -> Path:
    return SMALL_PACK


@pytest.fixture
def lamp(db) -> Book:
    """The site's book of the small pack."""
    return load_small_pack()


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
