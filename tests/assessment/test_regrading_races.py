"""Answering and handing in while a question is marked anew: nobody is left with an old mark."""

from functools import partial

import pytest

from quizzes.assessment import (
    attempting,
    rectifying,
    regrading,
    responding,
    sheets,
    tallying,
)
from quizzes.assessment.models import Attempt, ItemTally, OptionTally
from quizzes.assessment.responding import Given
from quizzes.cards import replaying
from tests import profiles
from tests.assessment.regraded import Course, expected, option, raw, stored
from tests.examining import sit
from tests.racing import at_once

pytestmark = pytest.mark.django_db(transaction=True)
ROUNDS = profiles.count(gate=3, trust=100)
STUDENTS = 6
CHOICES = {"single": {2}, "several": {0, 1}, "short_text": "Iakir"}


def answer(course, student):
    sheet = sit(student, course.given, course.at)
    given = [
        Given(one.position, raw(one, CHOICES[one.kind]), one.sequence)
        for one in sheet.questions
        if one.kind in CHOICES
    ]
    return responding.save(sheet, given, course.at)


def hand_in(course, student):
    attempt = Attempt.objects.get(learner=student)
    return attempting.hand_in(sheets.of(attempt), course.at)


def tallies():
    return [
        sorted(model.objects.values_list(*model.KEY, *model.COLUMNS))
        for model in (ItemTally, OptionTally)
    ]


@pytest.mark.parametrize("act", [answer, hand_in])
def test_marks_are_those_of_the_regrades_in_force_however_acts_fall(act):
    course = Course(students=STUDENTS * ROUNDS, is_graded=False)
    for turn in range(ROUNDS):
        students = course.students[turn * STUDENTS : (turn + 1) * STUDENTS]
        for student in students:
            sheet = sit(student, course.given, course.tick())
            if act is hand_in:
                answer(course, student)
            assert sheet.attempt.handed_in_at is None
        regrades = [
            course.propose("single", "credit", credits=[option(2)]),
            course.propose("several", "everyone"),
            course.propose("short_text", "drop", never_lowers=False),
        ]
        course.tick()

        came = at_once(
            [partial(act, course, student) for student in students]
            + [partial(regrading.apply, one, course.lecturer, course.at) for one in regrades]
        )

        assert not [one for one in came if isinstance(one, Exception)]
        at_once([partial(regrading.undo, regrades[0], course.lecturer, course.tick())])
        for attempt in Attempt.objects.filter(learner__in=students):
            assert stored(attempt) == expected(attempt)
            assert rectifying.recount(attempt) == []
            assert replaying.differences(attempt.learner) == []
    kept = tallies()
    tallying.rebuild(course.quiz)
    assert tallies() == kept


def test_a_regrade_that_two_apply_at_once_is_applied_once():
    course = Course(is_graded=False)
    course.hand_in(course.students[0], CHOICES)
    regrade = course.propose("single", "credit", credits=[option(2)])

    came = at_once([partial(regrading.apply, regrade, course.lecturer, course.at)] * 4)

    assert sum(isinstance(one, regrading.AlreadyApplied) for one in came) == 3
