"""The page of progress, and the list of classes."""

from datetime import timedelta

import pytest

from quizzes.cards import planning
from tests.bookshelf import make_study_book
from tests.cards.acting import GOOD, rate
from tests.examining import make_item, make_quiz, take
from tests.web.test_review import text

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_noon")]


@pytest.fixture
def student(client, reader):
    client.force_login(reader)
    return reader


def test_a_beginner_is_told_where_to_begin(client, student):
    page = text(client.get("/progress/"))

    assert "Nothing is in your plan yet." in page
    assert "No quiz was handed in during the last 18 weeks." in page


def test_each_kind_has_its_column_and_each_chapter_its_row(client, student, noon):
    book = make_study_book(6)
    planning.start(student, book, noon)
    rate(student, book.items.get(slug="item-0"), GOOD, noon)
    rate(student, book.items.get(slug="item-1"), 1, noon)

    page = text(client.get("/progress/"))

    assert "1 card of 6 is known, 1 in learning, 4 new." in page
    assert "Chapter All Figures Dates Arguments Terms Quantities" in page
    rows = client.get("/progress/?csv=kinds").content.decode("utf-8-sig").splitlines()
    assert rows[1:] == ["Introduction,Arguments,1,0,1,0", "Introduction,Terms,5,1,0,4"]
    assert "Introduction 1 of 6 + 1 in learning – none – none 0 of 1 + 1 in learning 1 of 5" in page


def test_results_lead_to_their_explanations(client, student, noon):
    book = make_study_book(2)
    attempt = take(student, make_quiz(book, make_item(book, "one")), noon - timedelta(days=3))

    page = client.get("/progress/")

    assert f'href="/attempts/{attempt.uid}/result/"' in page.content.decode()
    assert "27 Feb 2026 A quiz: quiz 100%" in text(page)


def test_the_page_is_light(client, student, noon, weight):
    book = make_study_book(30)
    planning.start(student, book, noon)
    quiz = make_quiz(book, make_item(book, "one"))
    for hours in range(25):
        take(student, quiz, noon - timedelta(hours=hours))

    assert weight("/progress/") < 15_000


def test_who_is_in_no_class_is_told_so(client, student):
    assert "You are studying on your own." in text(client.get("/classes/"))
