"""Memories follow new weights a few cards at a time, and at every moment the deck is sound."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from quizzes.cards import optimizing, planning, replaying, retelling, undoing
from quizzes.cards.models import Action, Card
from quizzes.cards.retelling import CARDS_AT_ONCE, Progress
from quizzes.cards.reviewing import Given, review_batch
from quizzes.identifiers import uuid7
from tests.cards.acting import GOOD, make_book, make_items, rate
from tests.cards.remembering import made_up

DAY = timedelta(days=1)
SIZE = 2 * CARDS_AT_ONCE + 20
pytestmark = pytest.mark.django_db


@pytest.fixture
def items(learner, noon):
    """More than are told at once, each rated once."""
    items = make_items(make_book("atlas"), SIZE)
    planning.start(learner, items[0].book, noon)
    review_batch(learner, [Given(item, GOOD, uuid7(), noon) for item in items], noon)
    return items


@pytest.fixture
def sets(learner, noon):
    """Two sets that may be adopted, under which memories last longer."""
    return [made_up(learner, noon, factor) for factor in (2.0, 3.0)]


def weights_of_cards():
    return set(Card.objects.values_list("weights", flat=True))


def test_every_memory_is_told_and_a_second_time_there_is_nothing_left(learner, items, sets, noon):
    optimizing.adopt(learner, sets[0], noon)

    assert retelling.progress(learner, sets[0]) == Progress(told=0, cards=SIZE)
    assert retelling.tell_again(learner, noon) == SIZE
    assert weights_of_cards() == {sets[0].pk}
    assert retelling.progress(learner, sets[0]).is_done
    assert retelling.tell_again(learner, noon) == 0
    assert replaying.differences(learner) == []


def test_no_transaction_writes_more_than_a_few_cards(learner, items, sets, noon):
    optimizing.adopt(learner, sets[0], noon)

    with CaptureQueriesContext(connection) as captured:
        retelling.tell_again(learner, noon)

    writes = [one for one in captured if one["sql"].startswith("INSERT INTO quizzes_card ")]
    assert len(writes) == 3
    assert sum(one["sql"].startswith("SAVEPOINT") for one in captured) == 3


def test_a_card_is_judged_by_the_weights_it_was_told_with_until_it_is_told_again(
    learner, items, sets, noon
):
    optimizing.adopt(learner, sets[0], noon)
    rate(learner, items[0], GOOD, noon + DAY)
    assert Card.objects.get(item=items[0]).weights is None
    assert replaying.differences(learner) == []

    retelling.tell_again(learner, noon + DAY)

    assert weights_of_cards() == {sets[0].pk}
    assert replaying.differences(learner) == []


def test_what_broke_off_is_gone_on_with_under_whatever_is_in_force_then(learner, items, sets, noon):
    optimizing.adopt(learner, sets[0], noon)
    retelling.tell_again(learner, noon)
    Card.objects.filter(item__in=items[:50]).update(weights=None)  # as if these had been left
    replaying.rebuild(learner)
    assert retelling.progress(learner, sets[0]) == Progress(told=SIZE - 50, cards=SIZE)

    optimizing.adopt(learner, sets[1], noon + DAY)

    assert retelling.tell_again(learner, noon + DAY) == SIZE
    assert weights_of_cards() == {sets[1].pk}
    assert replaying.differences(learner) == []


def test_many_moves_are_one_act_to_undo(learner, items, sets, noon):
    before = list(Card.objects.order_by("pk").values_list("due_day", flat=True))
    optimizing.adopt(learner, sets[1], noon)

    retelling.tell_again(learner, noon, moves=True)
    assert Action.objects.standing().count() > CARDS_AT_ONCE
    undoing.undo(learner, noon)

    assert not Action.objects.standing().exists()
    assert list(Card.objects.order_by("pk").values_list("due_day", flat=True)) == before
    assert replaying.differences(learner) == []
