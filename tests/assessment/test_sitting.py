"""Sitting an assignment: who may begin, when, and until when."""

from datetime import datetime, timedelta
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest

from quizzes.analytics import sittings
from quizzes.assessment import (
    assigning,
    attempting,
    expiring,
    releasing,
    responding,
    sheets,
    timing,
)
from quizzes.assessment.attempting import NoAttemptLeft, NotOpen, WrongPassword
from quizzes.assessment.models import Attempt, ItemTally
from quizzes.assessment.responding import AlreadyHandedIn, Given, TimeIsUp
from quizzes.assessment.timing import GRACE
from tests.examining import (
    answer,
    make_assignment,
    make_item,
    make_quiz,
    raw,
    sit,
    sit_through,
    take,
)

pytestmark = pytest.mark.django_db
MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)
SECOND = timedelta(seconds=1)


@pytest.fixture
def exam(room, quiz, noon):
    return make_assignment(room, quiz, noon, time_limit_minutes=20)


def look(learner, uid, at):
    """What its learner finds of an attempt at a moment."""
    sheet = expiring.find(learner, uid, at)
    assert sheet is not None
    return sheet


def test_practice_of_what_a_graded_quiz_asks_is_handed_in_before_that_asks_it(
    learner, exam, quiz, book, noon
):
    other = make_quiz(book, make_item(book, "elsewhere"), slug="other")
    practice = attempting.start(learner, quiz, noon - MINUTE, uuid4())
    unrelated = attempting.start(learner, other, noon - MINUTE, uuid4())

    sit(learner, exam, noon)

    practice.refresh_from_db()
    assert practice.handed_in_at == noon
    unrelated.refresh_from_db()
    assert unrelated.handed_in_at is None


def test_the_deadline_is_set_at_the_start_with_the_learners_own_time(learner, exam, allow, noon):
    allow(time_percent=150)

    attempt = sit(learner, exam, noon).attempt

    assert attempt.deadline_at == noon + 30 * MINUTE
    allow(time_percent=100)
    assert sheets.of(attempt).attempt.deadline_at == noon + 30 * MINUTE


def test_whoever_begins_late_has_until_closing(learner, exam, noon):
    attempt = sit(learner, exam, noon + 7 * DAY - 5 * MINUTE).attempt

    assert attempt.deadline_at == noon + 7 * DAY


def test_without_a_limit_there_is_time_until_closing(learner, exam, allow, noon):
    allow(has_no_limit=True)

    assert sit(learner, exam, noon).attempt.deadline_at == noon + 7 * DAY


def test_practice_has_no_clock(learner, quiz, noon):
    quiz.time_limit_minutes = 20
    quiz.save()

    assert attempting.start(learner, quiz, noon, uuid4()).deadline_at is None


def test_it_cannot_be_begun_before_it_opens_nor_after_it_closes(learner, exam, noon):
    for moment in (noon - SECOND, noon + 7 * DAY, noon + 8 * DAY):
        with pytest.raises(NotOpen):
            sit(learner, exam, moment)

    assert sit(learner, exam, noon + 7 * DAY - SECOND)


def test_days_that_are_granted_move_the_closing(learner, exam, allow, noon):
    allow(extra_days=2)

    assert sit(learner, exam, noon + 8 * DAY)


def test_a_day_that_is_granted_ends_at_the_same_hour_though_clocks_are_set_back(
    learner, room, quiz, allow
):
    zone = ZoneInfo("America/New_York")
    type(room).objects.update(time_zone=zone.key)
    opens, closes = (datetime(2026, 10, day, 23, 59, tzinfo=zone) for day in (30, 31))
    exam = make_assignment(room, quiz, opens, closes_at=closes)
    exam.refresh_from_db()
    allow(extra_days=2)

    sheet = sit(learner, exam, opens)

    promised = datetime(2026, 11, 2, 23, 59, tzinfo=zone)
    assert sheet.attempt.deadline_at == timing.last_closing(exam) == promised


def test_only_students_of_the_class_may_sit_it(lecturer, exam, noon, django_user_model):
    for other in (lecturer, django_user_model.objects.create_user("boris")):
        with pytest.raises(NotOpen):
            sit(other, exam, noon)


def test_what_was_withdrawn_or_belongs_to_a_class_of_the_past_cannot_be_sat(
    learner, room, exam, noon
):
    room.archived_at = noon
    room.save()
    with pytest.raises(NotOpen):
        sit(learner, exam, noon)
    assert sittings.at_hand(learner, noon) == []
    room.archived_at = None
    room.save()

    assigning.withdraw(exam, noon)

    with pytest.raises(NotOpen):
        sit(learner, exam, noon)


def test_as_many_attempts_as_are_allowed(learner, room, quiz, noon):
    exam = make_assignment(room, quiz, noon, attempts_allowed=2)

    numbers = [sit_through(learner, exam, noon).number for _ in range(2)]

    assert numbers == [1, 2]
    with pytest.raises(NoAttemptLeft):
        sit(learner, exam, noon)


def test_the_password_is_asked_at_the_start_alone_and_heard_as_it_is_said(
    learner, room, quiz, noon
):
    exam = make_assignment(room, quiz, noon, password="Neva 1937")
    for wrong in ("", "neva", "нева 1937"):
        with pytest.raises(WrongPassword):
            sit(learner, exam, noon, wrong)

    begun = sit(learner, exam, noon, " neva 1937 ").attempt

    assert sit(learner, exam, noon).attempt == begun


def test_practice_and_an_assignment_of_one_quiz_are_open_beside_each_other(
    learner, room, book, noon
):
    quiz = make_quiz(book, make_item(book, "q"), slug="both")
    practice = attempting.start(learner, quiz, noon - DAY, uuid4())
    homework = make_assignment(room, quiz, noon, is_graded=False)

    attempt = sit(learner, homework, noon).attempt

    assert (practice.number, attempt.number) == (1, 1)
    assert Attempt.objects.open().count() == 2


def test_a_start_of_practice_is_no_start_of_an_assignment(learner, quiz, exam, noon):
    uid = uuid4()
    attempting.sit(learner, exam, noon, uid)

    with pytest.raises(NotOpen):
        attempting.start(learner, quiz, noon, uid)


def test_practice_asks_nothing_that_a_graded_assignment_holds(learner, room, book, noon):
    free, held = make_item(book, "free"), make_item(book, "held")
    quiz = make_quiz(book, free, held, slug="practice")
    make_assignment(room, make_quiz(book, held, slug="exam"), noon)

    asked = sheets.of(attempting.start(learner, quiz, noon, uuid4())).questions

    assert [one.served.revision.item_id for one in asked] == [free.pk]


def test_what_has_run_out_is_handed_in_at_its_deadline_with_what_was_saved(learner, exam, noon):
    attempt = answer(sit(learner, exam, noon), noon, right=["single", "date", "number"]).attempt
    end = noon + 20 * MINUTE

    assert look(learner, attempt.uid, end + GRACE).attempt.handed_in_at is None
    closed = look(learner, attempt.uid, end + GRACE + SECOND).attempt

    assert (closed.handed_in_at, closed.is_timed_out) == (end, True)
    assert closed.score == 5_000_000


def test_handing_in_within_the_grace_is_in_time_and_after_it_is_not(learner, room, quiz, noon):
    exam = make_assignment(room, quiz, noon, time_limit_minutes=20, attempts_allowed=2)
    end = noon + 20 * MINUTE

    in_time = attempting.hand_in(sit(learner, exam, noon), end + GRACE)
    late = attempting.hand_in(sit(learner, exam, noon), end + GRACE + SECOND)

    assert (in_time.handed_in_at, in_time.is_timed_out) == (end + GRACE, False)
    assert (late.handed_in_at, late.is_timed_out) == (end, True)


def test_an_answer_within_the_grace_counts_and_after_it_does_not(learner, exam, noon):
    sheet, end = sit(learner, exam, noon), noon + 20 * MINUTE
    first, second = sheet.questions[:2]

    responding.save(sheet, [Given(1, raw(first, is_right=True), 0)], end + GRACE)
    with pytest.raises(TimeIsUp):
        responding.save(sheet, [Given(2, raw(second, is_right=True), 0)], end + GRACE + SECOND)

    late = end + GRACE + SECOND
    closed = look(learner, sheet.attempt.uid, late)
    with pytest.raises(TimeIsUp):
        responding.save(closed, [Given(2, raw(second, is_right=True), 0)], late)
    assert [one.position for one in closed.questions if one.is_answered] == [1]


def test_answers_saved_while_it_runs_out_are_part_of_it(learner, exam, noon):
    stale = sit(learner, exam, noon)
    answer(sheets.of(stale.attempt), noon)

    closed = attempting.hand_in(stale, noon + 21 * MINUTE)

    assert closed.score == 10_000_000


def test_the_next_start_closes_what_has_run_out(learner, room, quiz, noon):
    exam = make_assignment(room, quiz, noon, time_limit_minutes=20, attempts_allowed=2)
    uid = uuid4()
    first = attempting.sit(learner, exam, noon, uid)

    second = sit(learner, exam, noon + DAY).attempt

    assert second.number == 2
    assert sheets.of(first).attempt.is_timed_out
    assert attempting.sit(learner, exam, noon + DAY, uid) == first


def test_the_sweep_hands_in_what_nobody_looks_at_and_leaves_time_for_what_came_in_time(
    learner, exam, noon
):
    attempt = answer(sit(learner, exam, noon), noon).attempt
    end = noon + 20 * MINUTE

    assert expiring.sweep(end + GRACE + SECOND) == 0
    assert expiring.sweep(end + 5 * MINUTE) == 1
    assert expiring.sweep(end + 5 * MINUTE) == 0

    closed = sheets.of(attempt).attempt
    assert (closed.handed_in_at, closed.score) == (end, 10_000_000)


def test_first_attempts_at_an_assignment_are_tallied_beside_first_practice(
    learner, room, book, noon
):
    quiz = make_quiz(book, make_item(book, "q"), slug="both")
    take(learner, quiz, noon - DAY)
    take(learner, quiz, noon - DAY)
    exam = make_assignment(room, quiz, noon, attempts_allowed=2)
    sit_through(learner, exam, noon)
    sit_through(learner, exam, noon)

    samples = {str(tally.sample): tally.attempts for tally in ItemTally.objects.all()}
    assert samples == {str(quiz.uid): 1, str(exam.uid): 1}


def test_after_release_nobody_sits_it_any_more(learner, exam, noon):
    releasing.release(exam, noon + 9 * DAY)

    with pytest.raises(NotOpen):
        sit(learner, exam, noon)


def test_what_was_handed_in_stays_handed_in(learner, exam, noon):
    attempt = sit_through(learner, exam, noon)
    later = look(learner, attempt.uid, noon + DAY)

    assert (later.attempt.handed_in_at, later.attempt.is_timed_out) == (noon, False)
    with pytest.raises(AlreadyHandedIn):
        responding.save(later, [Given(1, raw(later.questions[0], is_right=False), 1)], noon + DAY)
