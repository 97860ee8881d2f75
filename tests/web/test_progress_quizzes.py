"""What changed between attempts, and how sure one was: nothing before it may be told."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from quizzes.assessment import attempting, releasing, responding
from quizzes.assessment.models import Served
from quizzes.assessment.responding import Given
from quizzes.exchange.formats.tables import csv_rows
from quizzes.items.fractions import FULL_FRACTION
from tests.bookshelf import make_study_book
from tests.examining import begin, look, make_item, make_quiz, raw, take
from tests.web.lessons import give, sit_through
from tests.web.test_review import text

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_noon")]

PAGE = "/progress/quizzes/"
DAY = timedelta(days=1)


@pytest.fixture
def student(client, company):
    client.force_login(company["student"])
    return company["student"]


@pytest.fixture
def quiz(noon):
    book = make_study_book(2)
    return make_quiz(book, *[make_item(book, slug) for slug in ("one", "two", "three")])


def file(client, slug):
    return csv_rows(client.get(f"{PAGE}?csv={slug}").content)[1:]


def test_what_changed_between_the_last_two_attempts_is_told(client, student, quiz, noon):
    take(student, quiz, noon - 9 * DAY, right=["three"])
    take(student, quiz, noon - 5 * DAY, right=["three"])
    newest = take(student, quiz, noon - DAY, right=["one", "two"])

    page = client.get(PAGE)

    said = text(page)
    assert "3 results: 44.4% on average, from 33.3% to 66.7%." in said
    [change] = page.context["changes"]
    assert set(change.gained.shown) == {"What of one?", "What of two?"}
    assert "2 questions right now, wrong before What of" in said
    assert "1 question wrong now, right before What of three?" in said
    assert "Better Terms : 1 of 3, now 2 of 3" in said
    assert f'href="/attempts/{newest.uid}/result/"' in page.text
    assert [row[2:] for row in file(client, "scores")] == [
        ["1", "33.3"],
        ["2", "33.3"],
        ["3", "66.7"],
    ]
    assert file(client, "changes") == [["A quiz: quiz", "33.3", "66.7", "2", "1"]]


def test_how_sure_one_was_is_counted_as_the_answers_say(client, student, quiz, noon):
    sheet = begin(student, quiz, noon, asks_confidence=True)
    for number, question in enumerate(sheet.questions):
        answer = raw(question, is_right=number == 1)
        given = Given(question.position, answer, 0, is_sure=number > 0)
        responding.save(sheet, [given], noon)
    attempting.hand_in(look(sheet.attempt, noon), noon)

    assert file(client, "sureness") == [
        ["Sure", "2", "1", "1", "50"],
        ["Not sure", "1", "0", "1", "0"],
    ]
    assert "1 answer that you were sure of was not right" in text(client.get(PAGE))


def test_nothing_is_told_of_what_is_not_released(client, student, company, classroom, quiz, noon):
    given = give(classroom, quiz, noon - 3 * DAY, is_graded=True)
    sit_through(student, given, noon - 3 * DAY)

    assert "No result is told yet." in text(client.get(PAGE))
    assert [row[3] for row in file(client, "scores")] == [""]
    assert file(client, "sureness") == []

    releasing.release(given, noon, company["instructor"])

    assert "1 result:" in text(client.get(PAGE))
    right = Served.objects.filter(fraction=FULL_FRACTION).count()
    assert [row[3] for row in file(client, "scores")] == [str(100 * right // 3)]


def test_a_beginner_is_told_what_it_takes(client, student):
    said = text(client.get(PAGE))

    assert "No quiz was handed in yet." in said
    assert "Sit a quiz again, and what changed is told here." in said


def test_many_attempts_cost_no_more(client, student, classroom, quiz, noon, weight):
    counts = []
    for number in range(2):
        for n in range(2 + 12 * number):
            right = ["one", "two"] if n % 2 else ["three"]
            take(student, quiz, noon - timedelta(hours=90 - 40 * number - n), right=right)
        for n in range(1 + 2 * number):
            book = quiz.book
            other = make_quiz(book, make_item(book, f"x{number}{n}"), slug=f"quiz-{number}-{n}")
            given = give(classroom, other, noon - DAY, closes_at=noon + DAY, score_from=2)
            sit_through(student, given, noon - timedelta(hours=1))
        with CaptureQueriesContext(connection) as captured:
            client.get(PAGE)
        counts.append(len(captured))

    assert counts[0] == counts[1] <= 8
    assert weight(PAGE) < 15_000
