"""A backlog, from Today to its days and back."""

import re
from datetime import timedelta

import pytest

from quizzes.cards import planning
from quizzes.cards.models import Card
from quizzes.items.models import Item
from tests.bookshelf import make_study_book
from tests.cards.acting import due
from tests.web.test_review import text

pytestmark = pytest.mark.django_db

NUMBERS = {"now": "20", "days": "5"}


@pytest.fixture
def backlog(client, reader, noon, at_noon):
    """Thirty cards that have been due for a week."""
    planning.start(reader, make_study_book(30), noon)
    for item in Item.objects.order_by("position"):
        due(reader, item, noon.date() - timedelta(days=7))
    client.force_login(reader)
    return reader


def due_by_day():
    days = list(Card.objects.order_by("due_day").values_list("due_day", flat=True))
    return [days.count(day) for day in dict.fromkeys(days)]


def test_a_backlog_is_offered_to_be_spread(client, backlog):
    page = text(client.get("/today/"))

    assert "30 cards are waiting" in page
    assert "Look at it first" in page


def test_a_usual_day_is_no_backlog(client, backlog):
    Card.objects.filter(pk__in=list(Card.objects.values_list("pk", flat=True)[:15])).delete()

    assert "cards are waiting" not in text(client.get("/today/"))


def test_what_an_exam_asks_for_is_no_backlog(client, backlog, noon):
    plan = backlog.plans.get()
    planning.aim(plan, noon.date(), exam_on=noon.date() + timedelta(days=30), minutes_a_day=60)

    page = client.get("/today/")

    assert page.context["seen"].counts.review == 30
    assert "cards are waiting" not in text(page)


def test_it_is_looked_at_first(client, backlog):
    page = text(client.get("/today/catch-up/"))

    assert "30 cards are waiting. 20 today, and the rest over the next 5 study days?" in page
    assert "Tuesday 3 March 2" in page
    assert due_by_day() == [30]


def test_other_numbers_can_be_looked_at(client, backlog):
    page = client.get("/today/catch-up/?now=10&days=2")

    assert list(page.context["spread"].counts.values()) == [10, 10, 10]
    assert due_by_day() == [30]


def test_numbers_that_are_none_are_refused(client, backlog):
    assert client.get("/today/catch-up/?now=-1&days=2").status_code == 422
    assert client.get("/today/catch-up/?now=5&days=900").status_code == 422


def test_it_is_spread_and_taken_back(client, backlog):
    batch = re.search(
        r'name="batch" value="([^"]+)"', client.get("/today/catch-up/").content.decode()
    )
    assert batch
    post = NUMBERS | {"act": "spread", "batch": batch[1]}

    page = client.post("/today/catch-up/", post, follow=True)

    assert "10 cards were moved." in text(page)
    assert due_by_day() == [20, 2, 2, 2, 2, 2]
    client.post("/today/catch-up/", post)
    assert due_by_day() == [20, 2, 2, 2, 2, 2]

    today = client.post("/today/catch-up/", {"act": "undo", "batch": batch[1]}, follow=True)
    assert "All cards are due again when they were." in text(today)
    assert due_by_day() == [30]


def test_without_a_backlog_there_is_nothing_to_spread(client, reader):
    client.force_login(reader)

    assert "No card is waiting." in text(client.get("/today/catch-up/"))
