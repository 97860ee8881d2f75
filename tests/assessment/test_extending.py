"""A student's own closing and attempts: later and never earlier, written down, and told."""

from datetime import timedelta
from functools import partial

import pytest

from quizzes.assessment import assigning, attempting, extending, releasing, sheets
from quizzes.assessment.assigning import AlreadyReleased, CutsShort, Plan
from quizzes.assessment.attempting import NotOpen
from quizzes.assessment.extending import KeysAreTold, OnlyStudentsAreExtended, TakesTimeAway
from quizzes.assessment.models import Extension
from quizzes.assessment.releasing import Withdrawn
from quizzes.assessment.terms import Moment
from quizzes.people import auditing
from quizzes.people.models import Notice
from tests.examining import sit, sit_through
from tests.racing import at_once

pytestmark = pytest.mark.django_db
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


@pytest.fixture
def exam(room, quiz, noon):
    plan = Plan(noon, closes_at=noon + DAY, late_days=2, late_percent=10)
    return assigning.assign(room, quiz, plan, noon)


@pytest.fixture
def place(room, learner):
    return room.enrollments.get(user=learner)


@pytest.fixture
def extend(exam, place, lecturer, noon):
    def extend(closes_at=None, attempts_allowed=None, at=noon, place=place):
        return extending.extend(
            exam,
            place,
            lecturer,
            at,
            closes_at=closes_at,
            attempts_allowed=attempts_allowed,
            link="/assignments/x/",
        )

    return extend


def test_it_is_kept_written_down_and_told(extend, exam, learner, lecturer, noon):
    extend(noon + 3 * DAY, 2)

    own = Extension.objects.get()
    assert (own.learner, own.given_by, own.given_at) == (learner, lecturer, noon)
    line = auditing.of(exam.uid).get()
    assert line.text == "olga, “A quiz: quiz”: closes 5 March, 12:00; attempts: 2"
    notice = Notice.objects.get(user=learner)
    assert notice.text == "“A quiz: quiz”, for you: closes 5 March, 12:00; attempts: 2"
    assert notice.link == "/assignments/x/"


def test_given_anew_it_is_another_and_with_nothing_it_is_none(extend, noon):
    extend(noon + 3 * DAY)
    extend(noon + 2 * DAY)
    assert Extension.objects.get().closes_at == noon + 2 * DAY

    assert extend() is None

    assert not Extension.objects.exists()


def test_who_sits_it_gets_the_time_that_is_added(extend, exam, learner, noon):
    attempt = sit(learner, exam, noon).attempt
    assert attempt.deadline_at == noon + 3 * DAY

    extend(noon + 2 * DAY)

    assert sheets.of(attempt).attempt.deadline_at == noon + 4 * DAY
    for less in (partial(extend), partial(extend, noon + DAY + HOUR)):
        with pytest.raises(CutsShort):
            less()
    assert sheets.of(attempt).attempt.deadline_at == noon + 4 * DAY


def test_what_was_handed_in_late_is_so_no_more(extend, exam, learner, noon):
    late = sit_through(learner, exam, noon + DAY + HOUR)
    assert late.days_late == 1

    extend(noon + 2 * DAY, at=noon + DAY + 2 * HOUR)

    assert exam.attempts.get().days_late == 0


def test_it_opens_again_for_one_who_missed_it(extend, exam, learner, noon):
    with pytest.raises(NotOpen):
        sit(learner, exam, noon + 4 * DAY)

    extend(noon + 5 * DAY, at=noon + 4 * DAY)

    assert sit_through(learner, exam, noon + 4 * DAY).days_late == 0


def test_what_one_has_anyway_is_no_extension(extend, allow, noon):
    allow(extra_days=2)
    for moment in (noon, noon + DAY):
        with pytest.raises(TakesTimeAway):
            extend(moment)
    assert not Extension.objects.exists()


def test_only_students_of_this_class(extend, room, lecturer, noon):
    with pytest.raises(OnlyStudentsAreExtended):
        extend(noon + 2 * DAY, place=room.enrollments.get(user=lecturer))


def test_not_once_it_is_released_or_withdrawn(extend, exam, room, quiz, noon):
    releasing.release(exam, noon + 9 * DAY)
    with pytest.raises(AlreadyReleased):
        extend(noon + 10 * DAY)

    type(exam).objects.update(released_at=None, withdrawn_at=noon)
    with pytest.raises(Withdrawn):
        extend(noon + 10 * DAY)


def test_not_once_the_class_is_told_the_answers(extend, exam, noon):
    type(exam).objects.update(is_graded=False)
    told_at = noon + 4 * DAY  # closed, with two late days
    for more in ({"closes_at": noon + 9 * DAY}, {"attempts_allowed": 3}):
        with pytest.raises(KeysAreTold):
            extend(**more, at=told_at)
    assert not Extension.objects.exists()

    during = Moment.DURING
    type(exam).objects.update(correctness_from=during, key_from=during, explanation_from=during)
    assert extend(noon + 9 * DAY, at=told_at)


@pytest.mark.django_db(transaction=True)
def test_many_windows_make_one_extension(extend, exam, learner, noon):
    attempt = sit(learner, exam, noon).attempt
    acts = [partial(extend, noon + (2 + n) * DAY) for n in range(8)]

    at_once([*acts, partial(attempting.hand_in, sheets.of(attempt), noon + HOUR)])

    assert Extension.objects.count() == 1
    assert exam.attempts.get().days_late == 0
