from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from quizzes.cards import planning, queueing, reviewing
from tests.bookshelf import make_study_book
from tests.web.test_review import text

pytestmark = pytest.mark.django_db

MOST_QUERIES = 8


@pytest.fixture
def book(db):
    return make_study_book(12)


@pytest.fixture
def student(client, reader, book, noon):
    planning.start(reader, book, noon)
    client.force_login(reader)
    return reader


def study(student, at, count=1, rating=3):
    for _ in range(count):
        [entry] = queueing.queue(student, at, limit=1)
        reviewing.review(
            student,
            entry.item,
            rating,
            at=at,
            uid=uuid4(),
            version=entry.version,
            interval=entry.offers[rating].days,
            duration_ms=6_000,
        )


def test_the_heading_counts_in_words(client, student, at_noon):
    page = text(client.get("/today/"))

    assert "Ten cards are ready." in page
    assert "Monday 2 March" in page
    assert "About 3 minutes at your pace." in page


def test_one_card_is_one(client, student, at_noon):
    student.plans.update(new_a_day=1)

    assert "One card is ready." in text(client.get("/today/"))


def test_before_four_in_the_morning_it_is_still_the_day_before(client, student, time_machine, noon):
    time_machine.move_to(noon.replace(hour=2), tick=False)  # 3 o'clock in Berlin

    assert "Sunday 1 March" in text(client.get("/today/"))


def test_the_last_study_day_is_told_and_a_gap_costs_nothing(client, student, noon, time_machine):
    study(student, noon)

    for days, told in (
        (1, "You last studied yesterday."),
        (3, "You last studied on Monday; nothing has been lost by the gap."),
        (30, "You last studied on 2 March; nothing has been lost by the gap."),
    ):
        time_machine.move_to(noon + timedelta(days=days), tick=False)
        assert told in text(client.get("/today/"))


def test_what_was_done_today_is_told_when_nothing_is_left(client, student, at_noon):
    study(student, at_noon, 10)

    page = text(client.get("/today/"))

    assert "Done until tomorrow at 04:00." in page
    assert "10 reviews today, 10 recalled." in page
    assert "Begin review" not in page


def test_a_chapter_tells_how_much_is_known_and_in_learning(client, student, at_noon):
    study(student, at_noon, 2)
    study(student, at_noon, 1, rating=1)

    page = client.get("/today/")

    assert "2 of 12 known" in text(page)
    assert "1 in learning" in text(page)
    assert '<progress max="12" value="2"' in page.content.decode()


def test_the_drawings_can_be_read_as_tables(client, student, at_noon):
    study(student, at_noon - timedelta(days=5), 4)

    page = text(client.get("/today/"))

    assert page.count("View as table") == 2
    assert "1 day in the last 18 weeks: 1 minute, 4 reviews." in page
    assert "2026-02-25 1 4 4 0" in page


def test_without_a_plan_the_page_says_where_to_begin(client, reader, book, at_noon):
    client.force_login(reader)

    page = text(client.get("/today/"))

    assert "No book is in your plan yet." in page
    assert "Choose a book" in page


def test_the_page_takes_few_queries_however_much_is_studied(queries_at, client, reader, at_noon):
    client.force_login(reader)

    def prepare(book):
        planning.start(reader, book, at_noon)
        study(reader, at_noon, min(book.items.count() // 2, 5))

    assert queries_at("/today/", 2, prepare) <= MOST_QUERIES
    assert (
        queries_at("/today/", 2, prepare)
        == queries_at("/today/", 10, prepare)
        == queries_at("/today/", 100, prepare)
    )


def test_when_all_is_done_the_page_still_takes_few_queries(client, student, at_noon):
    study(student, at_noon, 10)

    with CaptureQueriesContext(connection) as captured:
        client.get("/today/")

    assert len(captured) <= MOST_QUERIES
