"""A class at a glance, told of its own students and its own book."""

from datetime import timedelta

import pytest

from quizzes.analytics import class_overview, rosters
from quizzes.analytics.class_overview import Concern
from quizzes.assessment import releasing
from quizzes.items import reporting
from quizzes.items.models import ErrorReport
from quizzes.people import joining
from quizzes.people.models import User
from tests.bookshelf import make_study_book
from tests.cards.acting import AGAIN, GOOD, rate
from tests.enrolling import enroll
from tests.examining import make_assignment, make_item, make_quiz

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)


@pytest.fixture
def book(db):
    return make_study_book(25)


@pytest.fixture
def classroom(book, noon):
    return joining.open_classroom(User.objects.create_user("ivo"), book, "History 214", noon)


def week(classroom, noon):
    return class_overview.week(classroom, noon.date())


def concerns(classroom, noon, at=None):
    given = list(rosters.of_class(classroom))
    found = class_overview.alerts(classroom, week(classroom, noon), given, at or noon)
    return [(alert.concern, alert.count) for alert in found]


def test_who_studied_in_the_last_seven_days_is_active(classroom, book, noon):
    before = noon - 7 * DAY
    vera, olga = enroll(classroom, "vera", before), enroll(classroom, "olga", before)
    item = book.items.get(slug="item-0")
    rate(vera, item, GOOD, noon - 6 * DAY)
    rate(olga, item, GOOD, noon - 7 * DAY)
    rate(User.objects.get(username="ivo"), item, GOOD, noon)

    seen = week(classroom, noon)

    assert (seen.students, seen.active, seen.away, seen.stuck) == (2, 1, 1, [])


def test_who_came_in_these_days_is_not_missed_yet(classroom, noon):
    enroll(classroom, "vera", noon - 6 * DAY)

    assert week(classroom, noon).away == 0
    assert concerns(classroom, noon) == []


def test_who_reviews_much_and_recalls_little_is_stuck(classroom, book, noon):
    vera, olga = enroll(classroom, "vera", noon), enroll(classroom, "olga", noon)
    for number, item in enumerate(book.items.in_order()[:20]):
        rate(vera, item, GOOD, noon - 2 * DAY)
        rate(vera, item, GOOD if number < 3 else AGAIN, noon)
        rate(olga, item, GOOD, noon)

    [struggle] = week(classroom, noon).stuck

    assert struggle.place.user == vera
    assert (struggle.reviews, struggle.recalled < 24) == (40, True)
    assert concerns(classroom, noon) == [(Concern.STUCK, 1)]


def test_three_alerts_at_most_the_most_pressing_first(classroom, book, noon):
    vera = enroll(classroom, "vera", noon - 7 * DAY)
    item = make_item(book, "one")
    for slug in ("first", "second", "third"):
        make_assignment(classroom, make_quiz(book, item, slug=slug), noon)
    reporting.report(vera, item, "The year is wrong.", noon)
    ErrorReport.objects.update(classroom=classroom)
    later = noon + 8 * DAY

    assert concerns(classroom, noon) == [(Concern.REPORTS, 1), (Concern.AWAY, 1)]
    assert concerns(classroom, noon, later) == [
        (Concern.REPORTS, 1),
        (Concern.UNRELEASED, 1),
        (Concern.UNRELEASED, 1),
    ]


def test_what_is_released_wants_nothing_and_closes_no_more(classroom, book, noon):
    given = make_assignment(classroom, make_quiz(book, make_item(book, "one")), noon)
    listed = list(rosters.of_class(classroom))
    assert given.closes_at

    assert class_overview.deadlines(listed, noon) == [given]
    assert class_overview.deadlines(listed, given.closes_at) == []
    releasing.release(given, given.closes_at + DAY)
    assert concerns(classroom, noon, given.closes_at + DAY) == []
