"""How a class stands, told of its students alone."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from quizzes.analytics import class_order, class_progress
from quizzes.analytics.class_order import Order
from quizzes.analytics.class_progress import Backlog
from quizzes.people import joining
from quizzes.people.models import User
from tests.bookshelf import make_book, make_study_book
from tests.cards.acting import GOOD, rate
from tests.enrolling import enroll
from tests.examining import make_assignment, make_item, make_quiz, sit_through, take

pytestmark = pytest.mark.django_db


@pytest.fixture
def book(db):
    return make_study_book(4)


@pytest.fixture
def classroom(book, noon):
    return joining.open_classroom(User.objects.create_user("ivo"), book, "History 214", noon)


def students(classroom, today):
    enrollments = class_order.Listed(classroom, Order(), today)[:]
    return class_progress.students(classroom, enrollments, today)


def test_students_are_told_by_name_and_who_did_nothing_too(classroom, book, noon):
    vera, _olga = enroll(classroom, "vera", noon), enroll(classroom, "olga", noon)
    rate(vera, book.items.get(slug="item-0"), GOOD, noon - timedelta(days=10))
    rate(vera, book.items.get(slug="item-1"), 1, noon)

    olga, vera = students(classroom, noon.date())

    assert (olga.user.name, olga.cards.new, olga.last_day, olga.mean_percent) == (
        "Olga",
        4,
        None,
        None,
    )
    assert (vera.user.name, vera.cards.known, vera.cards.learning, vera.cards.new) == (
        "Vera",
        1,
        1,
        2,
    )
    assert (vera.recent_reviews, vera.last_day) == (1, noon.date())


def test_quizzes_are_told_by_student(classroom, book, noon):
    quiz = make_quiz(book, make_item(book, "one"), make_item(book, "two"))
    olga, vera = (enroll(classroom, name, noon) for name in ("olga", "vera"))
    take(olga, quiz, noon, right=["one"])
    take(olga, quiz, noon, right=["one", "two"])
    take(olga, quiz, noon, right=["one", "two"])
    take(vera, quiz, noon + timedelta(days=1), right=[])

    first, second = students(classroom, noon.date())

    assert (first.quiz_count, first.mean_percent) == (1, 83.3)
    assert (second.quiz_count, second.mean_percent) == (1, 0)
    assert second.last_day == noon.date() + timedelta(days=1)


def test_what_the_class_was_given_counts_whoever_built_it(classroom, book, noon):
    own = make_book("own", "On the same book")
    olga = enroll(classroom, "olga", noon)
    given = make_assignment(classroom, make_quiz(own, make_item(own, "built")), noon)
    sit_through(olga, given, noon)

    [told] = students(classroom, noon.date())

    assert (told.quiz_count, told.mean_percent, told.last_day) == (1, 100, noon.date())


def test_neither_other_books_nor_other_people_count(classroom, book, noon):
    other = make_book("other", "Another book")
    elsewhere = make_quiz(other, make_item(other, "away"), slug="away")
    quiz = make_quiz(book, make_item(book, "one"))
    olga = enroll(classroom, "olga", noon)
    take(olga, elsewhere, noon)
    take(User.objects.create_user("stranger"), quiz, noon)
    take(User.objects.get(username="ivo"), quiz, noon)

    [told] = students(classroom, noon.date())

    assert told.quiz_count == 0


def test_the_page_is_for_those_who_teach_and_costs_the_same_for_many(
    classroom, book, noon, client, time_machine
):
    time_machine.move_to(noon, tick=False)
    quiz = make_quiz(book, make_item(book, "one"))
    client.force_login(User.objects.get(username="ivo"))
    counts = []
    for name in ("olga", "vera", "nina"):
        take(enroll(classroom, name, noon), quiz, noon)
        with CaptureQueriesContext(connection) as captured:
            page = client.get(f"/classes/{classroom.uid}/progress/")
        counts.append(len(captured))

    assert "Nina" in page.content.decode()
    assert counts[0] == counts[2] <= 8
    client.force_login(User.objects.get(username="olga"))
    assert client.get(f"/classes/{classroom.uid}/progress/").status_code == 404
    assert "History 214" in client.get("/classes/").content.decode()


def test_cards_that_wait_are_counted_and_banded(classroom, book, noon):
    olga = enroll(classroom, "olga", noon)
    for item in book.items.all():
        rate(olga, item, GOOD, noon - timedelta(days=30))

    [told] = students(classroom, noon.date())

    assert (told.waiting, told.backlog) == (4, Backlog.SOME)
    assert [replace(told, waiting=n).backlog for n in (0, 20, 21, 60, 61)] == [
        Backlog.NONE,
        Backlog.SOME,
        Backlog.MUCH,
        Backlog.MUCH,
        Backlog.VERY_MUCH,
    ]
