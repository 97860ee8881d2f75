"""Somebody who left a class: what they did is kept, and the class goes on without them."""

from datetime import timedelta

import pytest

from quizzes.analytics import class_progress, rosters, sittings
from quizzes.assessment import attempting, overriding, regrading, reserving, sheets, timing
from quizzes.assessment.attempting import NotOpen
from quizzes.assessment.informing import Message
from quizzes.assessment.models import Assignment, Attempt
from quizzes.people import accommodating, placing
from quizzes.people.models import Notice
from tests.assessment.regraded import Course, option
from tests.bookshelf import make_study_book
from tests.examining import make_item, make_quiz, sit
from tests.web.lessons import DAY, give, sit_through

pytestmark = pytest.mark.django_db


@pytest.fixture
def book(db):
    return make_study_book(3)


@pytest.fixture
def given(book, classroom, noon):
    return give(classroom, make_quiz(book, make_item(book, "asked")), noon, attempts_allowed=3)


@pytest.fixture
def student(company):
    return company["student"]


@pytest.fixture
def leave(company, classroom, student, noon):
    """Take the student out of the class."""
    place = classroom.enrollments.get(user=student)
    return lambda: placing.remove(place, company["instructor"], noon)


def test_nothing_is_given_to_a_former_student(given, student, leave, noon):
    assert sittings.at_hand(student, noon) != []
    assert reserving.reserved(student, noon).exists()

    leave()

    assert sittings.of_learner(student) == []
    assert not Assignment.objects.visible_to(student).exists()
    assert not reserving.reserved(student, noon).exists()
    with pytest.raises(NotOpen):
        sit(student, given, noon)


def test_a_former_student_is_on_no_list_of_students(given, classroom, company, leave, noon):
    leave()

    assert [one.user for one in class_progress.enrolled(classroom)] == [company["classmate"]]
    assert [one.place.user for one in rosters.seats(given, noon)] == [company["classmate"]]


def test_what_was_done_is_kept_and_there_again_for_who_comes_back(
    given, classroom, company, student, leave, noon
):
    sat = sit_through(student, given, noon)
    place = leave()
    assert Attempt.objects.get(pk=sat.pk).score == sat.score

    placing.take_back(place, company["instructor"], noon)

    [sitting] = sittings.of_learner(student)
    assert sitting.handed_in == [sat]
    assert sitting.attempts_left == 2


def test_an_attempt_under_way_is_handed_in_by_who_was_removed_meanwhile(
    given, student, leave, noon
):
    begun = sit(student, given, noon).attempt

    leave()

    assert attempting.hand_in(sheets.of(begun), noon + timedelta(minutes=5)).handed_in_at


def test_the_last_closing_waits_for_nobody_who_left(given, classroom, student, leave, noon):
    place = classroom.enrollments.get(user=student)
    accommodating.accommodate(place, time_percent=100, extra_days=7, has_no_limit=False)
    assert timing.last_closing(given) == noon + 8 * DAY

    leave()

    assert timing.last_closing(given) == noon + DAY


@pytest.mark.parametrize("act", ["regrade", "override"])
def test_a_former_student_is_told_of_no_mark_any_more(act):
    course = Course(students=2, is_graded=False, score_from=1)
    for student in course.students:
        course.hand_in(student, {"single": {2}})
    gone = course.students[0]
    placing.remove(course.room.enrollments.get(user=gone), course.lecturer, course.tick())

    if act == "regrade":
        proposal = course.propose("single", "credit", credits=[option(2)])
        message = Message("Your score changed", "/quizzes/")
        assert len(regrading.apply(proposal, course.lecturer, course.tick(), message)) == 2
    else:
        for student in course.students:
            overriding.override(
                course.given, student, 0, "Agreed.", course.lecturer, course.tick(), "/quizzes/"
            )

    assert [one.user for one in Notice.objects.all()] == [course.students[1]]
