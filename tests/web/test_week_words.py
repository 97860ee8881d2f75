"""The week in one paragraph: kind and true on a first day, in an empty week, after a pause."""

from datetime import timedelta

import pytest

from quizzes.cards import planning
from tests.bookshelf import make_study_book
from tests.cards.acting import GOOD, rate
from tests.examining import make_item, make_quiz, take
from tests.full_day import make_full_day
from tests.web.test_review import text

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_noon")]

DAY = timedelta(days=1)


@pytest.fixture
def book(db):
    return make_study_book(12)


@pytest.fixture
def learner(client, reader, book, noon):
    planning.start(reader, book, noon - 100 * DAY)
    client.force_login(reader)
    return reader


@pytest.fixture
def told(client):
    """The paragraph as the page of today says it."""
    return lambda: (
        text(client.get("/today/")).partition("Your week ")[2].partition(" Next seven")[0]
    )


def study(learner, book, at, first=0, number=1):
    for item in list(book.items.filter(is_card=True).in_order())[first : first + number]:
        rate(learner, item, GOOD, at, duration_ms=30_000)


def test_before_the_first_day_it_says_what_will_be_here(learner, told):
    assert told() == "Your weeks are told here, from the first card that you rate."


def test_a_first_week_is_compared_with_nothing(learner, book, told, noon):
    study(learner, book, noon)

    assert told().startswith(
        "In the last seven days you studied on 1 day: 1 minute, 1 review."
        " What got firmer most: “Introduction”, with 1 card newly known."
        " The fullest of the next days is "
    )


def test_two_weeks_stand_side_by_side(learner, book, told, noon):
    study(learner, book, noon - 8 * DAY, 0, 2)
    study(learner, book, noon - 7 * DAY, 2, 4)
    study(learner, book, noon, 6, 3)

    page = told()

    assert "In the last seven days you studied on 1 day: 2 minutes, 3 reviews." in page
    assert "In the seven before, it was on 2 days: 3 minutes, 6 reviews." in page


def test_an_empty_week_loses_nothing(learner, book, told, noon):
    study(learner, book, noon - 9 * DAY)

    assert told().startswith(
        "There was no study in the last seven days, and nothing has been lost by that."
        " In the seven before, it was on 1 day: "
    )


def test_a_return_is_welcome(learner, book, told, noon):
    study(learner, book, noon - 60 * DAY)
    study(learner, book, noon - 1 * DAY, 1)

    assert told().startswith(
        "You came back on Sunday, after 59 days away; what you knew was kept."
        " In the last seven days you studied on 1 day: 1 minute, 1 review."
    )


def test_quizzes_are_told_with_how_they_went(learner, book, told, noon):
    quiz = make_quiz(book, make_item(book, "asked"))
    take(learner, quiz, noon - 7 * DAY)
    take(learner, quiz, noon - 2 * DAY, right=[])
    assert "You took the quiz “A quiz: quiz”: 0%." in told()

    take(learner, quiz, noon)
    take(learner, quiz, noon)
    assert "You took 3 quizzes. In 3 attempts at practice you had 66.7% on average." in told()


def test_what_lies_ahead_is_told_and_a_grade_is_not(client, told, noon):
    day = make_full_day(noon)
    client.force_login(day.learner)

    page = told()

    assert "The exam on “The Strike of the Lights” is in 12 days." in page
    assert "“A quiz: given-1” closes on Sunday 8 March, 13:00 (Europe/Berlin)" in page
    assert "The fullest of the next days is " in page
    assert "You took 3 quizzes. In 2 attempts at practice you had " in page


def test_where_one_chapter_is_studied_a_kind_is_named(learner, book, told, noon):
    planning.change(learner.plans.get(), [book.chapters.get(number=0)])
    study(learner, book, noon, 0, 3)

    assert "What got firmer most: Terms, with 2 cards newly known." in told()
