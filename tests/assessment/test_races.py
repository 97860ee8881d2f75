"""Sixteen windows at once: one attempt, one response to a question, one result."""

from functools import partial
from itertools import count
from uuid import uuid4

import pytest

from quizzes.assessment import attempting, sheets, tallying
from quizzes.assessment.models import Attempt, ItemTally, Response, Served
from quizzes.cards import replaying
from quizzes.cards.models import Card, Review
from quizzes.people.models import User
from tests.bookshelf import make_book
from tests.examining import answer, begin, make_item, make_quiz
from tests.racing import at_once

pytestmark = pytest.mark.django_db(transaction=True)
THREADS, ROUNDS, QUESTIONS = 16, 20, 3


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


def test_many_learners_who_hand_in_the_same_quiz_do_not_stand_in_each_others_way(noon):
    book = make_book()
    quiz = make_quiz(book, *[make_item(book, f"q{n}", is_card=True) for n in range(12)])
    for round_ in range(5):
        learners = [User.objects.create_user(f"learner-{round_}-{n}") for n in range(THREADS)]
        answered = [answer(begin(one, quiz, noon), noon, right=[]) for one in learners]

        outcome = at_once([partial(attempting.hand_in, sheet, noon) for sheet in answered])

        assert [one.score for one in outcome] == [0] * THREADS
    assert set(ItemTally.objects.values_list("attempts", flat=True)) == {5 * THREADS}
