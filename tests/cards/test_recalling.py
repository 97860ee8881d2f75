"""The curve that the database works out is the kernel's, to the ninth place."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from quizzes.cards import recalling
from quizzes.cards.models import Card, Weights
from quizzes.cards.scheduling import DEFAULT_WEIGHTS, MAX_STABILITY, MIN_STABILITY
from quizzes.people.models import User
from tests.bookshelf import LONG_AGO, make_study_book

FIRST = date(2026, 3, 2)
SPEEDS = (0.1, 0.1542, 0.31, 0.8)

memories = st.lists(
    st.tuples(
        st.floats(MIN_STABILITY, MAX_STABILITY),
        st.integers(-3, 4_000),
        st.sampled_from([None, *range(len(SPEEDS))]),
    ),
    min_size=4,
    max_size=4,
)
"""Of four cards: stability, days from the last review to the first day, and the set of weights."""


class TestCurve(TestCase):
    """Rows are made anew for each example, and taken back."""

    @given(memories, st.integers(0, 1_000))
    def test_every_card_is_judged_by_its_own_weights(self, found, ahead):
        learner = User.objects.create_user("vera")
        sets = [_weights(learner, speed) for speed in SPEEDS]
        items = make_study_book(4).items.in_order()
        for item, (stability, days, number) in zip(items, found, strict=True):
            _card(learner, item, stability, FIRST - timedelta(days), number, sets)
        day = FIRST + timedelta(days=ahead)

        chance = recalling.chance(day, recalling.speeds(learner))

        for card in Card.objects.select_related("weights").annotate(chance=chance):
            assert card.chance == pytest.approx(card.recall(day), abs=1e-9)


def _weights(learner, speed):
    numbers = [*DEFAULT_WEIGHTS[:20], speed]
    return Weights.objects.create(
        learner=learner, numbers=numbers, review_count=9, fitted_at=LONG_AGO
    )


def _card(learner, item, stability, last_day, number, sets):
    return Card.objects.create(
        learner=learner,
        item=item,
        phase=Card.Phase.REVIEW,
        stability=stability,
        difficulty=5.0,
        last_day=last_day,
        due_day=last_day,
        weights=None if number is None else sets[number],
    )
