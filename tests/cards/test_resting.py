"""Days off."""

from datetime import date

import pytest

from quizzes.cards import resting
from quizzes.cards.resting import Rest, TooLongARest
from quizzes.people.models import User

pytestmark = pytest.mark.django_db


def day(number):
    return date(2026, 3, number)


def test_days_off_in_a_row_are_one_rest(learner):
    resting.rest(learner, day(9), day(11))
    resting.rest(learner, day(20), day(20))
    resting.rest(learner, day(11), day(12))

    assert resting.rests(learner, day(1)) == [Rest(day(9), day(12)), Rest(day(20), day(20))]
    assert resting.rests(learner, day(11)) == [Rest(day(11), day(12)), Rest(day(20), day(20))]
    assert [rest.days for rest in resting.rests(learner, day(1))] == [4, 1]


def test_a_rest_is_broken_by_a_study_day(learner):
    resting.rest(learner, day(9), day(12))

    resting.resume(learner, day(10), day(10))

    assert resting.rests(learner, day(1)) == [Rest(day(9), day(9)), Rest(day(11), day(12))]


def test_a_rest_is_the_learners_own(learner):
    resting.rest(User.objects.create_user("igor"), day(9), day(12))

    assert resting.rests(learner, day(1)) == []
    resting.resume(learner, day(9), day(12))
    assert User.objects.get(username="igor").days_off.count() == 4


@pytest.mark.parametrize(("first", "last"), [(day(2), day(1)), (day(1), date(2027, 3, 9))])
def test_a_rest_without_a_day_or_of_more_than_a_year_is_refused(learner, first, last):
    with pytest.raises(TooLongARest):
        resting.rest(learner, first, last)

    assert not learner.days_off.exists()
