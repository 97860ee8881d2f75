"""Sixteen windows at once: one attempt, one response to a question, one result."""

from datetime import timedelta
from functools import partial
from itertools import count
from uuid import uuid4

import pytest

from quizzes.assessment import (
    assigning,
    attempting,
    expiring,
    responding,
    settling,
    sheets,
    tallying,
)
from quizzes.assessment.models import Assignment, Attempt, ItemTally, Response, Served
from quizzes.assessment.responding import AnsweredElsewhere, Given
from quizzes.cards import replaying
from quizzes.cards.models import Card, Review
from quizzes.items.fractions import FULL_FRACTION
from quizzes.people import joining
from quizzes.people.models import User
from tests import profiles
from tests.bookshelf import make_book
from tests.examining import answer, begin, look, make_assignment, make_item, make_quiz, raw
from tests.racing import at_once

pytestmark = pytest.mark.django_db(transaction=True)
THREADS, QUESTIONS = 16, 3
ROUNDS = profiles.count(gate=4, trust=200)


@pytest.fixture
def quizzes():
    book = make_book()
    return [
        make_quiz(
            book,
            *[make_item(book, f"r{n}-q{q}", is_card=True) for q in range(QUESTIONS)],
            slug=f"round-{n}",
        )
        for n in range(ROUNDS)
    ]


@pytest.fixture
def learner():
    return User.objects.create_user("olga")


def test_start_answer_and_hand_in_from_many_windows_leave_no_row_too_many(learner, quizzes, noon):
    for quiz in quizzes:
        uid = uuid4()

        def sit(quiz=quiz, uid=uid):
            attempt = attempting.start(learner, quiz, noon, uid)
            return attempting.hand_in(answer(sheets.of(attempt), noon, right=[]), noon)

        outcome = at_once([sit] * THREADS)

        closed = [one for one in outcome if isinstance(one, Attempt)]
        assert closed
        assert len({(one.pk, one.score) for one in closed}) == 1
    assert Attempt.objects.count() == Attempt.objects.handed_in().count() == ROUNDS
    assert Served.objects.count() == Response.objects.count() == ROUNDS * QUESTIONS
    assert Review.objects.count() == Card.objects.count() == ROUNDS * QUESTIONS
    assert set(ItemTally.objects.values_list("attempts", flat=True)) == {1}
    assert replaying.rebuild(learner) == 0


def test_starts_of_many_windows_make_one_open_attempt(learner, quizzes, noon):
    for quiz in quizzes:
        outcome = at_once(
            [partial(attempting.start, learner, quiz, noon, uuid4()) for _ in range(THREADS)]
        )

        assert len({attempt.pk for attempt in outcome}) == 1
    assert Attempt.objects.count() == ROUNDS


def test_an_answer_that_was_told_to_be_saved_is_marked(learner, quizzes, noon):
    """Handing in while another window still answers: either is refused, nothing is lost."""
    for quiz in quizzes:
        sheet, turns = begin(learner, quiz, noon), count()

        def save_or_hand_in(sheet=sheet, turns=turns):
            if next(turns) % 2:
                return attempting.hand_in(sheets.of(sheet.attempt), noon)
            answer(sheets.of(sheet.attempt), noon)
            return "saved"

        outcome = at_once([save_or_hand_in] * THREADS)

        now = sheets.of(sheet.attempt)
        if now.attempt.handed_in_at:
            assert now.attempt.score == tallying.score(now.questions)
        if "saved" in outcome:
            assert not now.unanswered


@pytest.fixture
def rooms(learner, quizzes, noon):
    """Each quiz, given to the learner's class: one attempt, told whether one is sure."""
    lecturer = User.objects.create_user("vera")
    room = joining.open_classroom(lecturer, quizzes[0].book, "Ours", noon)
    joining.enroll(room, learner, noon)
    terms = {"time_limit_minutes": 20, "asks_confidence": True}
    return [make_assignment(room, quiz, noon, **terms) for quiz in quizzes]


def test_an_assignment_is_sat_once_from_many_windows(learner, rooms, noon):
    for assignment in rooms:
        uid = uuid4()

        def sit(assignment=assignment, uid=uid):
            attempt = attempting.sit(learner, assignment, noon, uid)
            sheet = sheets.of(attempt)
            given = [Given(1, raw(sheet.questions[0], is_right=True), 0, is_sure=True)]
            responding.save(sheet, given, noon)
            return attempting.hand_in(sheets.of(attempt), noon)

        outcome = at_once([sit] * THREADS)

        closed = [one for one in outcome if isinstance(one, Attempt)]
        assert len({(one.pk, one.score) for one in closed}) == 1
    assert Attempt.objects.count() == Attempt.objects.handed_in().count() == ROUNDS
    assert Response.objects.filter(is_sure=True).count() == Response.objects.count() == ROUNDS
    assert not Review.objects.exists()


def test_starts_of_many_windows_use_up_one_attempt(learner, rooms, noon):
    for assignment in rooms:
        outcome = at_once(
            [partial(attempting.sit, learner, assignment, noon, uuid4()) for _ in range(THREADS)]
        )

        assert len({attempt.pk for attempt in outcome}) == 1
    assert Attempt.objects.count() == ROUNDS


def test_of_many_who_answer_from_one_sheet_one_is_saved_and_the_others_are_told(
    learner, rooms, noon
):
    for assignment in rooms:
        attempt = attempting.sit(learner, assignment, noon, uuid4())
        sheet = sheets.of(attempt)

        def save(is_sure, sheet=sheet):
            given = Given(1, raw(sheet.questions[0], is_right=True), 0, is_sure=is_sure)
            return responding.save(sheet, [given], noon)

        outcome = at_once([partial(save, n % 2 == 0) for n in range(THREADS)])

        saved = sheets.of(attempt).questions[0]
        assert {1: 1} in outcome
        for one in outcome:
            if one != {1: 1}:
                assert isinstance(one, AnsweredElsewhere)
                assert one.both == {1: (saved.raw, 1)}
    assert Response.objects.count() == ROUNDS


def test_who_begins_while_it_is_withdrawn_is_handed_in_with_the_others(rooms, noon):
    room = rooms[0].classroom
    others = [User.objects.create_user(f"other-{n}") for n in range(THREADS - 1)]
    for other in others:
        joining.enroll(room, other, noon)
    for assignment in rooms[:5]:
        starts = [partial(attempting.sit, one, assignment, noon, uuid4()) for one in others]
        mine = Assignment.objects.get(pk=assignment.pk)

        outcome = at_once([partial(assigning.withdraw, mine, noon), *starts])

        assert mine in outcome
    assert not Attempt.objects.open().exists()


def test_what_runs_out_is_handed_in_once_whoever_notices(learner, rooms, noon):
    late = noon + timedelta(hours=1)
    for assignment in rooms:
        attempt = attempting.sit(learner, assignment, noon, uuid4())
        answer(sheets.of(attempt), noon)

        def notice(attempt=attempt):
            return look(attempt, late).attempt.score

        outcome = at_once([partial(expiring.sweep, late)] + [notice] * (THREADS - 1))

        assert set(outcome[1:]) == {FULL_FRACTION}
    assert set(ItemTally.objects.values_list("attempts", flat=True)) == {1}
    assert Attempt.objects.filter(is_timed_out=True).count() == ROUNDS


def test_a_question_that_is_checked_by_many_clicks_takes_one_try(learner, quizzes, noon):
    for quiz in quizzes:
        sheet = begin(learner, quiz, noon, checks_each=True)
        given = [Given(1, raw(sheet.questions[0], is_right=False), 0)]
        responding.save(sheet, given, noon)

        outcome = at_once([partial(settling.check, sheet, 1, noon)] * THREADS)

        assert {one.served.tries for one in outcome} == {1}


def test_many_learners_who_hand_in_the_same_quiz_do_not_stand_in_each_others_way(noon):
    book = make_book()
    quiz = make_quiz(book, *[make_item(book, f"q{n}", is_card=True) for n in range(12)])
    for round_ in range(5):
        learners = [User.objects.create_user(f"learner-{round_}-{n}") for n in range(THREADS)]
        answered = [answer(begin(one, quiz, noon), noon, right=[]) for one in learners]

        outcome = at_once([partial(attempting.hand_in, sheet, noon) for sheet in answered])

        assert [one.score for one in outcome] == [0] * THREADS
    assert set(ItemTally.objects.values_list("attempts", flat=True)) == {5 * THREADS}
