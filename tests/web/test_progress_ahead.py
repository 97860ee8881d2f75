"""The days ahead, and what other numbers would make of them."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from quizzes.cards import planning
from quizzes.cards.models import StudyPlan
from quizzes.exchange.formats.tables import csv_rows
from tests.bookshelf import make_study_book
from tests.cards.acting import make_book, make_items
from tests.web.test_progress_memory import study
from tests.web.test_review import text

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_noon")]

PAGE = "/progress/ahead/"


@pytest.fixture
def student(client, reader, noon):
    planning.start(reader, make_study_book(30), noon)
    client.force_login(reader)
    return reader


def file(client, address):
    return csv_rows(client.get(f"{PAGE}{address}").content)[1:]


def test_the_table_and_the_file_are_what_is_drawn(client, student, noon):
    study(student, noon, answers=80)

    page = client.get(PAGE)

    [chart] = page.context["charts"]
    rows = file(client, "?csv=ahead")
    assert len(rows) == 90
    assert [float(row[3]) for row in rows] == list(chart.picture.series[0].values)
    assert sum(int(row[1]) for row in rows) == page.context["found"].stands.reviews > 0


def test_other_numbers_are_tried_and_nothing_is_saved(client, student, noon):
    before = list(StudyPlan.objects.values())
    tried = "?new_a_day=0&desired_retention=0.95"

    page = client.get(f"{PAGE}{tried}")

    assert "To keep these numbers, put them into a plan" in text(page)
    assert 'href="/plan/lights/"' in page.text
    assert page.context["found"].tried.met == 0 < page.context["found"].stands.met
    weeks = file(client, f"{tried}&csv=what-if")
    assert [float(row[1]) for row in weeks] == [0.0] * 13
    assert any(float(row[2]) for row in weeks)
    assert list(StudyPlan.objects.values()) == before


@pytest.mark.parametrize("address", ["?new_a_day=many", "?desired_retention=2"])
def test_nonsense_is_said_and_not_tried(client, student, address):
    page = client.get(f"{PAGE}{address}")

    assert page.status_code == 200
    assert page.context["found"].tried is None
    assert page.context["form"].errors


def test_a_beginner_is_told_where_to_begin(client, reader):
    client.force_login(reader)

    assert "Nothing is in your plan yet." in text(client.get(PAGE))


def test_more_books_and_cards_cost_no_more(client, student, noon, weight):
    exam_on = (noon + timedelta(days=30)).date()
    planning.aim(student.plans.get(), noon.date(), exam_on=exam_on, minutes_a_day=20)
    counts = []
    for number in range(2):
        for n in range(3 * number):
            book = make_book(f"book-{n}")
            make_items(book, 10)
            planning.start(student, book, noon)
        with CaptureQueriesContext(connection) as captured:
            client.get(f"{PAGE}?new_a_day=3")
        counts.append(len(captured))

    assert counts[0] == counts[1] <= 8
    assert weight(f"{PAGE}?new_a_day=3") < 15_000
