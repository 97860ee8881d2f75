"""Signs of life of an open attempt, and what whoever watches over a quiz sees of them."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from quizzes.analytics import watching
from quizzes.analytics.watching import State
from quizzes.assessment import attempting, attending, expiring, responding, sheets
from quizzes.assessment.models import Attempt
from quizzes.assessment.responding import Given
from tests.bookshelf import make_study_book
from tests.enrolling import enroll
from tests.examining import answer, make_assignment, make_item, make_quiz, raw, sit, sit_through

pytestmark = pytest.mark.django_db

SECOND = timedelta(seconds=1)


@pytest.fixture
def given(classroom, noon):
    book = make_study_book(1)
    asked = (make_item(book, "one"), make_item(book, "essay", "essay"), make_item(book, "two"))
    quiz = make_quiz(book, *asked, is_shuffled=False)
    return make_assignment(classroom, quiz, noon, time_limit_minutes=30, attempts_allowed=2)


@pytest.fixture
def olga(classroom, noon):
    return enroll(classroom, "olga", noon)


def desk(given, student, at):
    place = given.classroom.enrollments.get(user=student).pk
    return next(one for one in watching.desks(given, at) if one.place == place)


def test_a_sign_of_life_is_written_down_now_and_then_and_never_goes_back(given, olga, noon):
    attempt = sit(olga, given, noon).attempt
    for seconds, seen in ((5, 0), (19, 0), (20, 20), (30, 20), (50, 50), (40, 50)):
        with CaptureQueriesContext(connection) as captured:
            attending.see(Attempt.objects.get(pk=attempt.pk), noon + seconds * SECOND)
        assert len(captured) <= 2  # reading it is the first
        assert Attempt.objects.get().seen_at == noon + seen * SECOND

    stale = Attempt.objects.get()
    attempting.hand_in(sheets.of(attempt), noon + 60 * SECOND)
    attending.see(stale, noon + 99 * SECOND)
    assert Attempt.objects.get().seen_at == noon + 50 * SECOND


def test_whoever_sits_is_seen_from_the_start_and_with_each_answer(given, olga, noon):
    assert desk(given, olga, noon).state == State.NOT_STARTED

    sheet = sit(olga, given, noon)
    assert desk(given, olga, noon + 60 * SECOND).state == State.WORKING
    assert desk(given, olga, noon + 61 * SECOND).state == State.DISCONNECTED

    first = sheet.questions[0]
    responding.save(sheet, [Given(1, raw(first, is_right=False), 0)], noon + 300 * SECOND)
    back = desk(given, olga, noon + 301 * SECOND)
    assert (back.state, back.time_left) == (State.WORKING, timedelta(minutes=24, seconds=59))


def test_what_is_answered_is_counted_essays_too_and_what_was_taken_back_is_not(given, olga, noon):
    at = noon + 30 * SECOND
    answer(sit(olga, given, noon), at)
    found = sheets.of(Attempt.objects.get())
    blank = [Given(2, {"text": " "}, 1), Given(3, {"chosen": []}, 1)]
    before = watching.seen(given, [desk(given, olga, at)])[0].work
    responding.save(found, blank, noon + 40 * SECOND)

    after = watching.seen(given, [desk(given, olga, at)])[0].work

    assert before
    assert after
    assert (before.answered, before.questions, before.saved_at) == (3, 3, at)
    assert (after.answered, after.questions, after.saved_at) == (1, 3, noon + 40 * SECOND)


def test_an_attempt_is_done_when_it_is_handed_in_or_its_time_is_over(given, olga, noon):
    sit_through(olga, given, noon)
    done = desk(given, olga, noon)
    assert (done.state, done.ended_at, done.is_over) == (State.HANDED_IN, noon, False)

    again = sit(olga, given, noon + 60 * SECOND)
    second = desk(given, olga, noon + 61 * SECOND)
    assert (second.state, second.number) == (State.WORKING, 2)
    late = noon + timedelta(minutes=40)
    waiting = desk(given, olga, late)
    expiring.settle(sheets.of(again.attempt), late)
    settled = desk(given, olga, late)

    for told in (waiting, settled):
        assert (told.state, told.is_over) == (State.HANDED_IN, True)
        assert told.ended_at == noon + timedelta(minutes=31)


def test_only_those_who_are_in_the_class_now_are_watched(given, classroom, olga, noon):
    sit(olga, given, noon)
    vera = enroll(classroom, "vera", noon)
    classroom.enrollments.filter(user=vera).update(role="former")

    told = watching.counts(watching.desks(given, noon))

    students = classroom.enrollments.students().count()
    assert told == {
        State.WORKING: 1,
        State.DISCONNECTED: 0,
        State.NOT_STARTED: students - 1,
        State.HANDED_IN: 0,
    }
