"""The class at a glance, its progress table, and what it will recall on the day of its exam."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from quizzes.people import joining
from quizzes.people.models import AuditLine, User
from tests.bookshelf import make_study_book
from tests.cards.acting import AGAIN, GOOD, rate
from tests.enrolling import enroll
from tests.examining import make_assignment, make_item, make_quiz
from tests.web.test_review import text

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def _at_noon(time_machine, noon):
    time_machine.move_to(noon, tick=False)


@pytest.fixture
def book(db):
    return make_study_book(25)


@pytest.fixture
def room(book, noon, client):
    ivo = User.objects.create_user("ivo")
    client.force_login(ivo)
    return joining.open_classroom(ivo, book, "History 214", noon)


def test_the_overview_tells_what_wants_doing_and_costs_the_same_for_many(client, room, book, noon):
    counts = []
    for name in ("olga", "vera", "nina"):
        student = enroll(room, name, noon)
        for item in book.items.in_order()[:20]:
            rate(student, item, AGAIN, noon)
        make_assignment(room, make_quiz(book, make_item(book, name), slug=name), noon)
        with CaptureQueriesContext(connection) as captured:
            page = client.get(f"/classes/{room.uid}/")
        counts.append(len(captured))

    assert "3 students are stuck" in text(page)
    assert "3 studied in the last 7 days" in text(page)
    assert "0 of 3 handed in" in text(page)
    assert "Nina" in text(page)
    assert counts[0] == counts[2] <= 10


def test_names_are_hidden_where_they_are_shown_to_a_room(client, room, book, noon):
    olga = enroll(room, "olga", noon)
    for item in book.items.in_order()[:20]:
        rate(olga, item, AGAIN, noon)

    hidden = client.get(f"/classes/{room.uid}/progress/?names=off")

    assert "Olga" not in text(hidden)
    assert "Student 1" in text(hidden)
    assert "Olga" not in text(client.get(f"/classes/{room.uid}/"))
    assert "Olga" in text(client.get(f"/classes/{room.uid}/progress/?names=on"))


def test_the_forecast_is_for_the_day_of_the_exam(client, room, book, noon):
    rate(enroll(room, "olga", noon), book.items.get(slug="item-0"), GOOD, noon)
    where = f"/classes/{room.uid}/forecast/"

    refused = client.post(where, {"exam_on": "in May"})
    saved = client.post(where, {"exam_on": "2026-05-04"})

    assert (refused.status_code, saved.status_code) == (422, 302)
    room.refresh_from_db()
    assert room.exam_on == date(2026, 5, 4)
    assert AuditLine.objects.get().text == "The exam is on 4 May 2026."
    page = text(client.get(where))
    assert "4% today" in page
    assert "on 4 May 2026 if nobody reviews until then" in page
    assert "Olga" not in page
    assert "12 April 2026" in text(client.get(f"{where}?on=2026-04-12"))


def test_an_empty_class_is_told_what_is_missing(client, room):
    assert "Nothing is given to the class yet" in text(client.get(f"/classes/{room.uid}/"))
    assert "Nobody has joined yet" in text(client.get(f"/classes/{room.uid}/progress/"))
    assert "There is nothing to tell yet" in text(client.get(f"/classes/{room.uid}/forecast/"))
