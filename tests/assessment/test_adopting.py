"""A guest's quizzes become those of the account that signs in."""

from datetime import timedelta

import pytest

from quizzes.assessment import adopting, sheets, tallying
from quizzes.assessment.models import Attempt, ItemTally
from quizzes.people import guesting
from tests.examining import begin, make_assignment, make_item, make_quiz, sit, take

pytestmark = pytest.mark.django_db


@pytest.fixture
def guest(db, noon):
    return guesting.begin(noon)


def numbers(learner):
    return list(
        Attempt.objects.filter(learner=learner)
        .order_by("number")
        .values_list("number", "started_at__hour")
    )


def test_attempts_of_a_guest_stand_behind_those_of_the_account(guest, learner, quiz, noon):
    take(learner, quiz, noon)
    for hours in (1, 2):
        take(guest, quiz, noon + timedelta(hours=hours))

    assert adopting.adopt(guest, learner) == 2
    assert numbers(learner) == [(1, 12), (2, 13), (3, 14)]


def test_of_two_open_attempts_the_accounts_own_stays(guest, learner, quiz, book, noon):
    other = make_quiz(book, make_item(book, "more"), slug="other")
    mine = begin(learner, quiz, noon).attempt
    begin(guest, quiz, noon)
    begin(guest, other, noon)

    assert adopting.adopt(guest, learner) == 1
    guesting.dismiss(guest)
    assert {attempt.quiz for attempt in learner.attempts.open()} == {quiz, other}
    assert sheets.find(learner, mine.uid) is not None


def test_what_a_class_gave_the_account_is_not_in_the_way(guest, learner, room, quiz, noon):
    sit(learner, make_assignment(room, quiz, noon, is_graded=False), noon)
    begin(guest, quiz, noon)

    assert adopting.adopt(guest, learner) == 1
    assert learner.attempts.get(assignment=None).number == 1


def test_what_is_adopted_stays_out_of_the_tallies(guest, learner, quiz, noon):
    take(guest, quiz, noon)
    adopting.adopt(guest, learner)

    tallying.rebuild(quiz)

    assert not ItemTally.objects.exists()
