"""The curve that the database works out is the kernel's, to the ninth place."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from quizzes.cards import recalling
from quizzes.cards.models import Card, Weights
from quizzes.cards.scheduling import DEFAULT_WEIGHTS, MAX_STABILITY, MIN_STABILITY
from quizzes.people.models import User
from tests.bookshelf import LONG_AGO, make_study_book

pytestmark = pytest.mark.django_db

FIRST = date(2026, 3, 2)
SPEEDS = (0.1, DEFAULT_WEIGHTS[20], 0.31, 0.8)

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


@pytest.fixture
def learner(db):
    return User.objects.create_user("vera")


@pytest.fixture
def sets(learner):
    """Sets of weights that differ in how fast a memory fades."""
    return Weights.objects.bulk_create(
        Weights(
            learner=learner,
            numbers=[*DEFAULT_WEIGHTS[:20], speed],
            review_count=9,
            fitted_at=LONG_AGO,
        )
        for speed in SPEEDS
    )


@pytest.fixture
def items(db):
    return list(make_study_book(4).items.in_order())


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])  # each is rolled back
@given(found=memories, ahead=st.integers(0, 1_000))
def test_every_card_is_judged_by_its_own_weights(learner, sets, items, found, ahead):
    day = FIRST + timedelta(days=ahead)
    chance = recalling.chance(day, recalling.speeds(learner))

    with transaction.atomic():
        Card.objects.bulk_create(
            _card(learner, item, stability, FIRST - timedelta(days), sets[n] if n else None)
            for item, (stability, days, n) in zip(items, found, strict=True)
        )
        rows: Any = list(Card.objects.select_related("weights").annotate(chance=chance))
        transaction.set_rollback(True)

    assert [row.chance for row in rows] == [
        pytest.approx(row.recall(day), abs=1e-9) for row in rows
    ]


def _card(learner, item, stability, last_day, weights):
    return Card(
        learner=learner,
        item=item,
        phase=Card.Phase.REVIEW,
        stability=stability,
        difficulty=5.0,
        last_day=last_day,
        due_day=last_day,
        weights=weights,
    )
