"""In which order new cards come."""

import pytest

from quizzes.cards import planning
from quizzes.cards.models import StudyPlan
from quizzes.items.models import Item
from quizzes.people.models import User
from tests.cards.acting import GOOD, make_book, make_items, rate, shown

pytestmark = pytest.mark.django_db


def test_new_cards_come_shuffled_and_in_the_same_order_every_time(learner, plan, noon):
    planning.change(plan, order="shuffled", new_a_day=12)
    shuffled = shown(learner, noon)

    planning.change(plan, new_a_day=5)
    for slug in shown(learner, noon, limit=2):
        rate(learner, Item.objects.get(slug=slug), GOOD, noon)

    assert sorted(shuffled) == sorted(f"item-0-{n}" for n in range(12))
    assert shuffled != [f"item-0-{n}" for n in range(12)]
    assert shown(learner, noon) == shuffled[2:5]


def test_each_learner_has_an_own_shuffle(learner, book, plan, noon):
    other = User.objects.create_user("igor")
    planning.start(other, book, noon)
    StudyPlan.objects.update(order="shuffled")

    assert shown(learner, noon) != shown(other, noon)


def test_one_book_is_shuffled_and_the_other_is_not(learner, book, items, plan, noon):
    other = make_book("other")
    make_items(other, 5)
    planning.start(learner, other, noon)
    planning.change(plan, order="shuffled", new_a_day=3)

    shuffled, in_order = shown(learner, noon)[:3], shown(learner, noon)[3:]

    assert shuffled == shown(learner, noon, book=book)
    assert in_order == [f"item-0-{n}" for n in range(5)]
