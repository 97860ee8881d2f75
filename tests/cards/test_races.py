"""Two who answer the same card at the same moment: one answer counts, the other is told so."""

from datetime import timedelta
from functools import partial
from uuid import uuid4

import pytest

from quizzes.cards import planning, replaying, reviewing, setting_aside, undoing
from quizzes.cards.models import Action, Card, DayTally, Review
from quizzes.people.models import User
from tests.cards.acting import GOOD, card_of, make_book, make_items, rate
from tests.racing import at_once

pytestmark = pytest.mark.django_db(transaction=True)
ROUNDS = 10


@pytest.fixture
def learner():
    return User.objects.create_user("olga")


@pytest.fixture
def items(learner, noon):
    book = make_book("red-army")
    planning.start(learner, book, noon)
    return make_items(book, ROUNDS)


@pytest.mark.parametrize("version", [0, 1])
@pytest.mark.parametrize("minutes", [1, 0, -1])
def test_of_two_answers_one_counts(learner, items, noon, version, minutes):
    """To a new card and to a known one; after its last review, at the same moment and before it."""
    for item in items:
        if version:
            rate(learner, item, GOOD, noon)
        sent = {"answered_at": noon + timedelta(minutes=minutes), "version": version}

        def answer(item=item, sent=sent):
            later = noon + timedelta(hours=1)
            return reviewing.review(learner, item, GOOD, at=later, uid=uuid4(), **sent)

        outcome = at_once([answer, answer])

        assert sorted(type(one).__name__ for one in outcome) == ["AlreadyAnswered", "Review"]
        assert card_of(learner, item).version == version + 1
    assert Review.objects.count() == sum(DayTally.objects.values_list("reviews", flat=True))
    assert replaying.rebuild(learner) == 0


def test_an_answer_sent_twice_at_once_is_one_for_both(learner, items, noon):
    for item in items:
        sent = {"at": noon, "uid": uuid4(), "version": 0}

        one, other = at_once([partial(reviewing.review, learner, item, GOOD, **sent)] * 2)

        assert one.pk == other.pk
    assert Review.objects.count() == len(items)


def test_an_undo_and_an_answer_at_once_both_succeed_or_are_refused(learner, items, noon):
    for item in items:
        rate(learner, item, GOOD, noon)

        def undo():
            return undoing.undo(learner, noon + timedelta(hours=1))

        def answer(item=item):
            later = noon + timedelta(minutes=30)
            return reviewing.review(learner, item, GOOD, at=later, uid=uuid4(), version=1)

        outcome = at_once([undo, answer])

        assert {type(one).__name__ for one in outcome} <= {"Action", "Review", "AlreadyAnswered"}
    assert replaying.rebuild(learner) == 0


def test_two_undos_at_once_take_back_two_acts(learner, items, noon):
    for item in items[:2]:
        rate(learner, item, GOOD, noon)

    outcome = at_once([partial(undoing.undo, learner, noon)] * 2)

    assert {action.card.item for action in outcome} == set(items[:2])
    assert {card_of(learner, item).phase for item in items[:2]} == {"new"}


def test_an_act_sent_twice_at_once_is_one_row_and_so_is_its_undo(learner, items, noon):
    for item in items:
        uid = uuid4()
        flag = partial(setting_aside.flag, learner, item, 3, noon, uid=uid)
        back = partial(undoing.undo, learner, noon, uid=uid)

        at_once([flag, flag])
        assert card_of(learner, item).flag == 3
        one, other = at_once([back, back])

        assert one.pk == other.pk
        assert card_of(learner, item).flag == 0
    assert Action.objects.count() == len(items)
    assert replaying.differences(learner) == []


def test_acts_on_the_same_cards_in_any_order_wait_for_each_other(learner, items, noon):
    others = items[::-1]
    acts = [partial(setting_aside.flag_many, learner, some, 2, noon) for some in (items, others)]
    acts += [partial(setting_aside.suspend_many, learner, some, noon) for some in (others, items)]

    at_once(acts)

    assert set(Card.objects.values_list("flag", "is_suspended")) == {(2, True)}
    assert replaying.differences(learner) == []
