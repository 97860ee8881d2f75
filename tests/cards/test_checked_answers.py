"""Answers that a machine has checked: what is wrong is forgotten, unless the learner overrules."""

from typing import Any
from uuid import uuid4

import pytest

from quizzes.cards import replaying, reviewing
from quizzes.cards.models import Review
from quizzes.cards.reviewing import Given
from tests.cards.acting import AGAIN, GOOD, card_of, rate

pytestmark = pytest.mark.django_db

TYPED: dict[str, Any] = {"evidence": Review.Evidence.TYPED, "answer": {"text": "Iakir"}}


def test_a_wrong_typed_answer_never_passes_without_being_overruled(learner, items, noon):
    review = rate(learner, items[0], GOOD, noon, interval=3, is_right=False, **TYPED)

    card = card_of(learner, items[0])
    assert (review.rating, review.is_right, review.is_overruled) == (AGAIN, False, False)
    assert (card.phase, review.step_minutes, review.interval_days) == ("learning", 10, 0)
    assert review.answer == {"text": "Iakir"}


def test_who_overrules_passes_and_the_log_keeps_both(learner, items, noon):
    review = rate(learner, items[0], GOOD, noon, is_right=False, is_overruled=True, **TYPED)

    assert (review.rating, review.is_right, review.is_overruled) == (GOOD, False, True)
    assert card_of(learner, items[0]).phase == "review"


def test_what_was_chosen_wrong_cannot_be_overruled(learner, items, noon):
    chosen = {"evidence": Review.Evidence.CHOICE, "answer": {"chosen": [2]}}
    review = rate(learner, items[0], GOOD, noon, is_right=False, is_overruled=True, **chosen)

    assert (review.rating, review.is_overruled) == (AGAIN, False)


def test_a_right_answer_may_be_called_a_guess(learner, items, noon):
    chosen = {"evidence": Review.Evidence.CHOICE, "answer": {"chosen": [1]}}
    review = rate(learner, items[0], AGAIN, noon, is_right=True, **chosen)

    assert (review.rating, review.is_right, review.is_overruled) == (AGAIN, True, False)


def test_forgotten_and_overruled_is_forgotten(learner, items, noon):
    review = rate(learner, items[0], AGAIN, noon, is_right=False, is_overruled=True, **TYPED)

    assert (review.rating, review.is_overruled) == (AGAIN, False)


def test_a_batch_is_held_to_the_same(learner, items, noon):
    given = [
        Given(items[0], GOOD, uuid4(), noon, interval=9, is_right=False, **TYPED),
        Given(items[1], GOOD, uuid4(), noon, is_right=False, is_overruled=True, **TYPED),
        Given(items[2], GOOD, uuid4(), noon, is_right=True, **TYPED),
    ]

    ratings = [review.rating for review in reviewing.review_batch(learner, given, noon)]

    assert ratings == [AGAIN, GOOD, GOOD]
    assert replaying.rebuild(learner) == 0
