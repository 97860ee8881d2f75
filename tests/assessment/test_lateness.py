"""Being late: until when, by how many days, and what it costs."""

from dataclasses import replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, strategies

from quizzes.assessment import assigning, attempting, counting, expiring, releasing, timing
from quizzes.assessment.assigning import AlreadyBegun, CutsShort, Plan
from quizzes.assessment.attempting import NoAttemptLeft, NotOpen
from quizzes.assessment.models import Extension
from quizzes.assessment.releasing import StillOpen
from quizzes.items.fractions import FULL_FRACTION
from quizzes.people.models import User
from tests.examining import answer, make_assignment, sit, sit_through

pytestmark = pytest.mark.django_db

HOUR, DAY, WEEK = timedelta(hours=1), timedelta(days=1), timedelta(days=7)


@pytest.fixture
def plan(noon):
    return Plan(noon, closes_at=noon + WEEK, late_days=3, late_percent=10, attempts_allowed=2)


@pytest.fixture
def exam(room, quiz, plan, noon):
    return assigning.assign(room, quiz, plan, noon)


@pytest.fixture
def extend(learner, exam, noon):
    """Gives the learner a closing of their own, or attempts."""

    def extend(**own):
        return Extension.objects.create(assignment=exam, learner=learner, given_at=noon, **own)

    return extend


def test_it_may_be_handed_in_late_and_then_no_more(learner, exam, noon):
    late = sit_through(learner, exam, noon + WEEK + DAY + HOUR)

    assert (late.days_late, late.score) == (2, FULL_FRACTION)
    with pytest.raises(NotOpen):
        sit(learner, exam, noon + WEEK + 3 * DAY)


def test_what_is_in_time_is_not_late(learner, exam, noon):
    assert sit_through(learner, exam, noon + WEEK).days_late == 0


def test_extra_days_come_before_late_ones(learner, exam, allow, noon):
    allow(extra_days=2)

    assert sit_through(learner, exam, noon + 9 * DAY).days_late == 0
    assert sit_through(learner, exam, noon + 9 * DAY + HOUR).days_late == 1


def test_an_own_closing_holds_where_it_is_the_later(learner, exam, extend, noon):
    extend(closes_at=noon + WEEK + DAY)

    assert sit_through(learner, exam, noon + WEEK + HOUR).days_late == 0
    assert sit_through(learner, exam, noon + WEEK + DAY + HOUR).days_late == 1


def test_an_own_closing_takes_nothing_away(learner, exam, extend, noon):
    extend(closes_at=noon + HOUR, attempts_allowed=1)

    assert sit_through(learner, exam, noon + WEEK).days_late == 0
    assert sit_through(learner, exam, noon + WEEK).days_late == 0


def test_attempts_of_one_s_own(learner, exam, extend, noon):
    extend(attempts_allowed=3)

    assert [sit_through(learner, exam, noon).number for _ in range(3)] == [1, 2, 3]
    with pytest.raises(NoAttemptLeft):
        sit(learner, exam, noon)


def test_results_wait_for_whoever_may_hand_in_last(learner, exam, extend, noon):
    extend(closes_at=noon + 2 * WEEK)

    assert timing.last_closing(exam) == noon + 2 * WEEK + 3 * DAY
    with pytest.raises(StillOpen):
        releasing.release(exam, noon + 2 * WEEK + 3 * DAY)
    assert releasing.release(exam, noon + 2 * WEEK + 3 * DAY + HOUR).released_at


@pytest.mark.parametrize("role", ["former", "assistant"])
def test_nobody_waits_for_who_is_no_student(learner, exam, extend, room, noon, role):
    extend(closes_at=noon + 2 * WEEK)
    room.enrollments.filter(user=learner).update(role=role, extra_days=30)

    assert timing.last_closing(exam) == noon + WEEK + 3 * DAY


def test_who_answered_in_time_and_never_handed_in_is_not_late(learner, exam, noon):
    answer(sit(learner, exam, noon), noon + HOUR)

    expiring.sweep(noon + 3 * WEEK)

    attempt = exam.attempts.get()
    assert (attempt.is_timed_out, attempt.days_late) == (True, 0)
    assert attempt.handed_in_at == noon + WEEK + 3 * DAY


def test_who_went_on_answering_late_and_never_handed_in_is_late(learner, exam, noon):
    answer(sit(learner, exam, noon), noon + WEEK + HOUR)

    expiring.sweep(noon + 3 * WEEK)

    assert exam.attempts.get().days_late == 1


def test_days_are_those_of_the_class_s_clock(learner, room, quiz):
    """The night in which clocks are set back has 25 hours, and is one day."""
    zone = ZoneInfo("America/New_York")
    type(room).objects.update(time_zone=zone.key)
    closes_at = datetime(2026, 10, 31, 18, tzinfo=zone)
    exam = make_assignment(room, quiz, closes_at - DAY, closes_at=closes_at, late_days=3)
    exam.refresh_from_db()
    sheet = sit(learner, exam, closes_at - HOUR)

    assert sheet.attempt.deadline_at == datetime(2026, 11, 3, 18, tzinfo=zone)
    handed_in = attempting.hand_in(sheet, datetime(2026, 11, 1, 18, tzinfo=zone))
    assert handed_in.days_late == 1


def test_a_closing_that_is_moved_later_eases_what_was_late(learner, exam, plan, noon, lecturer):
    sit_through(learner, exam, noon + WEEK + DAY + HOUR)

    assigning.change(
        exam,
        replace(plan, closes_at=noon + WEEK + DAY),
        noon + WEEK + 2 * DAY,
        lecturer,
    )

    assert exam.attempts.get().days_late == 1


def test_a_closing_that_is_moved_earlier_makes_nobody_late(learner, exam, plan, noon, lecturer):
    sit_through(learner, exam, noon + 2 * DAY)

    assigning.change(exam, replace(plan, closes_at=noon + DAY), noon + 3 * DAY, lecturer)

    assert exam.attempts.get().days_late == 0


def test_being_late_costs_no_more_once_somebody_has_begun(learner, exam, plan, noon, lecturer):
    sit(learner, exam, noon)

    with pytest.raises(AlreadyBegun):
        assigning.change(exam, replace(plan, late_percent=20), noon, lecturer)
    with pytest.raises(CutsShort):
        assigning.change(exam, replace(plan, late_days=1), noon, lecturer)
    assert assigning.change(exam, replace(plan, late_percent=5, late_days=4), noon, lecturer)


def test_somebody_else_s_own_closing_moves_nobody(learner, exam, extend, room, noon):
    extend(closes_at=noon + 2 * WEEK)
    other = User.objects.create_user("boris")
    room.enrollments.create(user=other, joined_at=noon)

    assert sit_through(other, exam, noon + WEEK + HOUR).days_late == 1


SCORES = strategies.integers(0, FULL_FRACTION)


@given(SCORES, strategies.integers(0, 30), strategies.integers(0, 100))
def test_the_penalty_is_of_the_score_and_never_more_than_all_of_it(score, days, percent):
    left = counting.after_penalty(score, days, percent)

    assert 0 <= left <= score
    assert left * 100 == max(0, score * (100 - days * percent))
    assert counting.after_penalty(score, days + 1, percent) <= left
    assert counting.after_penalty(score, 0, percent) == score


def test_ten_per_cent_a_day():
    assert counting.after_penalty(8_000_000, 2, 10) == 6_400_000
    assert counting.after_penalty(8_000_000, 11, 10) == 0


@pytest.mark.parametrize("how", ["best", "last"])
def test_the_score_that_counts_is_what_being_late_leaves(how):
    left = [counting.after_penalty(score, days, 10) for score, days in ((800, 0), (850, 1))]

    assert counting.counted(left, how) == {"best": 800, "last": 765}[how]
