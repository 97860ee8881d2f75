"""Weights are put to use while their learner rates on: one waits or is refused, nothing is lost."""

from datetime import timedelta
from functools import partial
from uuid import uuid4

import pytest
from django.db import transaction

from quizzes.cards import moving, planning, replaying, setting_aside, undoing, weighing
from quizzes.cards.models import Action, Card, Review, Weights
from quizzes.cards.weighing import Evidence
from quizzes.people.models import User
from tests.cards.acting import GOOD, make_book, make_items, rate
from tests.cards.remembering import adopt, made_up
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
    return [made_up(learner, noon, factor) for factor in (0.5, 2.0)]


def test_a_rating_and_new_weights_at_once_leave_every_card_as_its_log_says(
    learner, items, sets, noon
):
    for number, item in enumerate(items, 1):
        later = noon + number * timedelta(days=1)

        told, rated = at_once(
            [
                partial(adopt, learner, sets[number % 2], later),
                partial(rate, learner, item, GOOD, later),
            ]
        )

        assert told >= ROUNDS - 1
        assert set(Card.objects.values_list("weights", flat=True)) == {sets[number % 2].pk}
        is_refused = not isinstance(rated, Review)
        assert is_refused or Card.objects.get(item=item).last_at == later
        assert replaying.differences(learner) == []


def test_of_two_sets_at_once_one_is_in_force(learner, items, sets, noon):
    outcome = at_once([partial(adopt, learner, one, noon) for one in sets])

    current = Weights.objects.get(is_current=True)
    assert sum(outcome) >= ROUNDS
    assert set(Card.objects.values_list("weights", flat=True)) == {current.pk}
    assert replaying.differences(learner) == []


def test_new_weights_and_undo_at_once_do_not_wait_for_each_other(learner, items, sets, noon):
    later = noon + timedelta(days=1)
    for number in range(ROUNDS):
        for item in items:
            setting_aside.flag(learner, item, 1 + number, later)
        undos = [partial(undoing.undo, learner, later + timedelta(hours=1))] * ROUNDS

        undone = at_once([partial(adopt, learner, sets[number % 2], later, moves=True), *undos])

        assert all(isinstance(one, Action) for one in undone[1:])
        assert replaying.differences(learner) == []


def test_cards_are_locked_in_one_order_by_all_who_write_many(learner, items, sets, noon):
    """So many that it takes a while, and made in another order than their items."""
    items = make_items(items[0].book, 80, number=1)
    for item in reversed(items):
        rate(learner, item, GOOD, noon)
    cards = Card.objects.filter(learner=learner)
    later = noon + timedelta(days=1)
    days = {card.pk: (later + timedelta(days=3)).date() for card in cards}
    for number in range(ROUNDS):
        at_once(
            [
                partial(adopt, learner, sets[number % 2], later),
                partial(setting_aside.flag_many, learner, items, 1 + number, later),
                partial(moving.move, learner, days, later + timedelta(minutes=number)),
                partial(pass_quiz, learner, items, later + timedelta(days=number)),
            ]
        )

    assert replaying.differences(learner) == []


@transaction.atomic  # as handing in a quiz does
def pass_quiz(learner, items, at):
    """A quiz is passed whose questions are all cards."""
    found = [
        Evidence(uuid4(), item.pk, item.revision_id, is_right=True, kind=Review.Evidence.TYPED)
        for item in items
    ]
    return weighing.weigh(learner, found, at)
