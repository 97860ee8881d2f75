"""Study days: the calendar, its table, its file and the log itself all tell the same."""

import csv
from datetime import timedelta
from io import StringIO
from random import Random

import pytest
from django.db import connection

from quizzes.analytics import progress, study_days
from quizzes.analytics.overview import overview
from quizzes.cards import planning, undoing
from tests.bookshelf import make_study_book
from tests.cards.acting import rate
from tests.examining import make_item, make_quiz, take
from tests.profiles import count
from tests.web.test_review import text

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_noon")]

ACTS = count(60, 3_000)
DAY = timedelta(days=1)


@pytest.fixture
def learner(client, reader):
    client.force_login(reader)
    return reader


@pytest.fixture
def studied(learner, noon):
    """Random ratings, some taken back, and quizzes, over more weeks than are shown."""
    random, book = Random(8), make_study_book(20)
    planning.start(learner, book, noon - 200 * DAY)
    quiz = make_quiz(book, make_item(book, "asked"))
    items, at = list(book.items.filter(is_card=True)), noon - 150 * DAY
    while at < noon - 4 * DAY:
        for _ in range(random.randint(1, 4)):
            at += timedelta(minutes=random.randint(1, 90))
            rating, spent = random.randint(1, 4), random.randint(500, 60_000)
            rate(learner, random.choice(items), rating, at, duration_ms=spent)
        if random.random() < 0.2:
            undoing.undo(learner, at + timedelta(minutes=1))
        if random.random() < 0.2:
            take(learner, quiz, at + timedelta(minutes=2), right=random.choice([["asked"], []]))
        at += random.uniform(0.1, 700 / ACTS) * DAY
    return learner


def recounted(learner, first):
    """The days of the log as plain SQL counts them: reviews that stand, and what was handed in."""
    days = {}
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT r.learner_day, COUNT(*), SUM(CASE WHEN r.rating > 1 THEN 1 ELSE 0 END),"
            " SUM(COALESCE(r.duration_ms, 0)) FROM quizzes_review r"
            " LEFT JOIN quizzes_action a ON a.review_id = r.id"
            " WHERE r.learner_id = %s AND a.id IS NULL GROUP BY r.learner_day",
            [learner.pk],
        )
        for day, reviews, recalled, spent in cursor.fetchall():
            days[str(day)] = [minutes(int(spent)), int(reviews), int(recalled), 0]
        cursor.execute(
            "SELECT learner_day, COUNT(*) FROM quizzes_attempt"
            " WHERE learner_id = %s AND handed_in_at IS NOT NULL GROUP BY learner_day",
            [learner.pk],
        )
        for day, number in cursor.fetchall():
            days.setdefault(str(day), [0, 0, 0, 0])[3] = int(number)
    return {day: row for day, row in sorted(days.items()) if day >= first.isoformat()}


def minutes(spent):
    return max(round(spent / 60_000), 1 if spent else 0)


def rows_of(answer):
    _head, *rows = csv.reader(StringIO(answer.content.decode("utf-8-sig")))
    return {day: [int(cell) for cell in cells] for day, *cells in rows}


def test_calendar_table_file_and_log_tell_the_same(client, studied, noon):
    expected = recounted(studied, study_days.first_day(noon.date()))

    page = text(client.get("/progress/"))
    days = rows_of(client.get("/progress/?csv=study-days"))
    weeks = rows_of(client.get("/progress/?csv=study-weeks"))
    calendar = overview(studied, noon).calendar

    assert len(expected) > 10
    assert days == expected
    assert all(f"{day} {' '.join(map(str, row))}" in page for day, row in expected.items())
    totals = [sum(column) for column in zip(*expected.values(), strict=True)]
    assert [sum(column) for column in zip(*weeks.values(), strict=True)] == [len(days), *totals]
    assert len(weeks) == study_days.WEEKS_SHOWN
    assert (len(calendar.days), calendar.minutes, calendar.reviews) == (len(days), *totals[:2])
    spent, reviews, _recalled, quizzes = totals
    summary = f"{len(days)} days in the last 18 weeks: {spent} minutes, {reviews} reviews"
    assert f"{summary}, {quizzes} quizzes." in page
    assert summary in text(client.get("/today/"))


def test_what_lies_before_the_calendar_counts_for_what_is_known_now(studied, noon):
    cells = progress.cells(studied, noon.date())

    known = sum(cell.known for cell in cells)
    assert known == studied.cards.filter(phase="review").count()
    assert any(cell.day is None for cell in cells)


def test_before_the_first_day_there_is_no_table_and_no_file_fails(client, learner):
    page = text(client.get("/progress/"))

    assert "No study in the last 18 weeks." in page
    assert rows_of(client.get("/progress/?csv=study-weeks")) == {}
    assert client.get("/progress/?csv=another").status_code == 404
