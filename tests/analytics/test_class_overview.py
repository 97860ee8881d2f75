"""A class at a glance, told of its own students and its own book."""

from dataclasses import replace
from datetime import timedelta

import numpy as np
import pytest

from quizzes.analytics import class_overview, rosters
from quizzes.analytics.class_overview import Concern
from quizzes.assessment import judging, releasing
from quizzes.assessment.models import Extension, Regrade, Served
from quizzes.items import reporting
from quizzes.items.fractions import FULL_FRACTION
from quizzes.items.models import ErrorReport
from quizzes.people import joining
from quizzes.people.models import User
from tests.analytics import sampled
from tests.bookshelf import make_study_book
from tests.cards.acting import AGAIN, GOOD, rate
from tests.enrolling import enroll
from tests.examining import make_assignment, make_item, make_quiz, sit_through

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


@pytest.fixture
def given(classroom, noon):
    """A quiz of four questions."""
    items = [make_item(classroom.book, f"q{number}") for number in range(4)]
    return make_assignment(classroom, make_quiz(classroom.book, *items), noon)


@pytest.fixture
def sample():
    """What ten people answered, just enough to doubt a question: the last has a wrong key."""
    drawn = sampled.draw(np.random.default_rng(2), people=10, questions=4, partial=False, key=1)
    return sampled.with_wrong_key(drawn, 3)


@pytest.fixture
def doubted(given, sample, noon):
    """The quiz as these ten sat it; it has closed."""
    sampled.lay_down(sample, given.quiz, noon, given)
    return given


def test_a_question_that_looks_wrong_is_told_while_it_matters(classroom, doubted, noon):
    alert = (Concern.MISFIT, 1)
    later = noon + 8 * DAY
    assert concerns(classroom, noon, later) == [alert, (Concern.UNRELEASED, 1)]
    releasing.release(doubted, later)
    assert concerns(classroom, noon, later) == [alert]
    assert concerns(classroom, noon, doubted.closes_at + 14 * DAY) == []


@pytest.mark.parametrize("places", [[3], None], ids=["the doubted one", "every one"])
def test_a_question_that_was_regraded_had_its_look(classroom, doubted, noon, places):
    slots = doubted.quiz.slots.filter(position__in=places) if places else doubted.quiz.slots.all()
    Regrade.objects.bulk_create(
        Regrade(
            assignment=doubted,
            revision=slot.item.revision,
            policy="drop",
            created_at=noon,
            applied_at=noon,
        )
        for slot in slots.select_related("item__revision")
    )

    assert concerns(classroom, noon) == []


def test_a_question_is_not_doubted_by_few_nor_by_who_practiced(classroom, given, sample, noon):
    sampled.lay_down(replace(sample, chosen=sample.chosen[:9]), given.quiz, noon, given)
    sampled.lay_down(sample, given.quiz, noon)

    assert concerns(classroom, noon) == []


def test_essays_wait_to_be_marked_before_results_do_to_be_released(classroom, book, noon):
    vera = enroll(classroom, "vera", noon)
    essays = [make_item(book, slug, "essay") for slug in ("why", "how")]
    given = make_assignment(classroom, make_quiz(book, *essays), noon)
    sit_through(vera, given, noon)
    later = noon + 8 * DAY
    assert concerns(classroom, noon, later) == [(Concern.ESSAYS, 2)]

    for served in Served.objects.all():
        judging.judge(served, classroom.enrollments.first().user, None, FULL_FRACTION, "", later)

    assert concerns(classroom, noon, later) == [(Concern.UNRELEASED, 1)]


def test_what_is_released_wants_nothing_and_closes_no_more(classroom, book, noon):
    given = make_assignment(classroom, make_quiz(book, make_item(book, "one")), noon)
    listed = list(rosters.of_class(classroom))
    assert given.closes_at

    assert class_overview.deadlines(listed, noon) == [given]
    assert class_overview.deadlines(listed, given.closes_at) == []
    releasing.release(given, given.closes_at + DAY)
    assert concerns(classroom, noon, given.closes_at + DAY) == []


def test_results_wait_to_be_released_once_it_has_closed_for_the_last_student(classroom, book, noon):
    vera = enroll(classroom, "vera", noon)
    quiz = make_quiz(book, make_item(book, "one"))
    given = make_assignment(classroom, quiz, noon, late_days=1)
    Extension.objects.create(
        assignment=given, learner=vera, closes_at=noon + 9 * DAY, given_at=noon
    )

    def is_waiting(at):
        return (Concern.UNRELEASED, 1) in concerns(classroom, noon, at)

    assert not is_waiting(noon + 8 * DAY)
    assert not is_waiting(noon + 9 * DAY)
    assert is_waiting(noon + 10 * DAY)
