"""Two who answer the same card at the same moment: one answer counts, the other is told so."""

from datetime import timedelta
from functools import partial
from uuid import uuid4

import pytest

from quizzes.cards import planning, replaying, reviewing, undoing
from quizzes.cards.models import DayTally, Review
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
