"""Weights are put to use while their learner rates on: one waits or is refused, nothing is lost."""

from datetime import timedelta
from functools import partial

import pytest

from quizzes.cards import optimizing, planning, replaying
from quizzes.cards.models import Card, Review, Weights
from quizzes.cards.optimizing import AnsweredMeanwhile
from quizzes.cards.respacing import Deck
from quizzes.cards.scheduling import DEFAULT_WEIGHTS
from quizzes.people.models import User
from tests.cards.acting import GOOD, make_book, make_items, rate
from tests.racing import at_once

pytestmark = pytest.mark.django_db(transaction=True)
ROUNDS = 6


@pytest.fixture
def learner():
    return User.objects.create_user("olga")


@pytest.fixture
def items(learner, noon):
    book = make_book("red-army")
    planning.start(learner, book, noon)
    items = make_items(book, ROUNDS)
    for item in items:
        rate(learner, item, GOOD, noon)
    return items


@pytest.fixture
def sets(learner, noon):
    """Two sets that may be adopted, one as good as the other."""
    return [
        Weights.objects.create(
            learner=learner,
            numbers=[factor * w for w in DEFAULT_WEIGHTS[:4]] + list(DEFAULT_WEIGHTS[4:]),
            loss_before=0.4,
            loss_after=0.3,
            review_count=99,
            fitted_at=noon,
        )
        for factor in (0.5, 2.0)
    ]


def test_a_rating_and_new_weights_at_once_leave_every_card_as_its_log_says(
    learner, items, sets, noon
):
    for number, item in enumerate(items, 1):
        later = noon + number * timedelta(days=1)

        adopted, rated = at_once(
            [
                partial(optimizing.adopt, learner, sets[number % 2], later),
                partial(rate, learner, item, GOOD, later),
            ]
        )

        assert isinstance(adopted, Deck | AnsweredMeanwhile)
        is_refused = not isinstance(rated, Review)
        assert is_refused or Card.objects.get(item=item).last_at == later
        assert replaying.differences(learner) == []


def test_of_two_sets_at_once_one_is_in_force(learner, items, sets, noon):
    outcome = at_once([partial(optimizing.adopt, learner, one, noon) for one in sets])

    current = Weights.objects.get(is_current=True)
    assert any(isinstance(one, Deck) for one in outcome)
    assert set(Card.objects.values_list("weights", flat=True)) == {current.pk}
    assert replaying.differences(learner) == []
