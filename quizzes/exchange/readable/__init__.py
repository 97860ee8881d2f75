"""Readable: a person's own things as pages that open in any browser, without a site.

They link to one another and to nothing outside. The pages are made in portions, so that a log of
any length takes the same memory; `index.html` comes last, because it names the others.
"""

from collections.abc import Iterator

from django.template.loader import render_to_string

from quizzes.assessment.models import Served
from quizzes.cards.models import Card, Review
from quizzes.exchange.handing_over import Chunk, File
from quizzes.exchange.readable import attempts, books, cards, home, told
from quizzes.exchange.readable.pages import Page
from quizzes.exchange.tabulating import Reader
from quizzes.items.models import Item
from quizzes.people.models import User


def count(person: User) -> int:
    """How many rows the pages show that grow with what somebody does."""
    asked = Served.objects.filter(attempt__learner=person, attempt__handed_in_at__isnull=False)
    return (
        Card.objects.filter(learner=person).count()
        + Review.objects.filter(learner=person).count()
        + asked.count()
        + Item.objects.owned_by(person).count()
    )


def files(reader: Reader) -> Iterator[File]:
    """Every page, the first of them last, and how they look."""
    shelf: list[Page] = []
    yield _file("README.txt", home.explanation(reader))
    yield _file("style.css", render_to_string("quizzes/takeaway/style.css"))
    for room in (cards, attempts, books, told):
        for page in room.pages(reader):
            shelf.append(page.without_text())
            yield _file(page.name, page.text, page.rows)
    yield _file("index.html", home.index(reader, shelf))


def _file(name: str, text: str, rows: int = 0) -> File:
    return File(name, [Chunk(text.encode(), rows)])
