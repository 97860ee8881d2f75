"""In which order options, sides, lines and gaps are shown."""

from itertools import permutations
from math import factorial
from uuid import UUID

import pytest

from quizzes.assessment import marking, shuffling
from quizzes.assessment.answering import Ordered
from quizzes.assessment.grading import grade
from quizzes.items.fractions import FULL_FRACTION
from quizzes.items.models import Item, Option, OptionKey, Precedence, Revision
from tests.examining import MACHINE_KINDS, make_item

pytestmark = pytest.mark.django_db

SEEDS = [UUID(int=n) for n in range(200)]


def make(book, kind, **columns):
    """A question of a kind whose revision has these columns."""
    item = make_item(book, kind, kind)
    Revision.objects.update(**columns)
    return Item.objects.select_related("revision").get(pk=item.pk)


def shown(item, seed):
    return shuffling.orders([item], seed)[item.pk]


def all_shown(item):
    return {shown(item, seed) for seed in SEEDS}


def test_the_same_seed_shows_the_same(book):
    items = [make_item(book, kind, kind) for kind in MACHINE_KINDS]

    assert shuffling.orders(items, SEEDS[1]) == shuffling.orders(items, SEEDS[1])
    assert shuffling.orders(items, SEEDS[1]) != shuffling.orders(items, SEEDS[2])


def test_the_sides_of_a_matching_question_stay_and_their_matches_move(book):
    found = all_shown(make(book, "matching", is_shuffled=False))

    assert {lefts for lefts, _rights in found} == {(0, 1, 2)}
    assert len(found) > 80  # of 120


def test_each_gap_has_an_order_and_a_typed_one_has_none(book):
    item = make_item(book, "gaps", "cloze")

    found = all_shown(item)

    assert {orders[:3] for orders in found} == {((), (), ())}
    assert {orders[3] for orders in found} == set(permutations(range(4)))


def test_gaps_whose_options_are_not_to_be_shuffled_keep_theirs(book):
    item = make(book, "cloze", is_shuffled=False)

    assert all_shown(item) == {((), (), (), (0, 1, 2, 3))}


@pytest.mark.parametrize("is_shuffled", [True, False])
def test_lines_are_shown_in_any_order_but_a_right_one(book, is_shuffled):
    item = make(book, "ordering", is_shuffled=is_shuffled)
    [key] = marking.keys({item.revision.pk: "ordering"}).values()

    found = {order for (order,) in all_shown(item)}

    assert all(grade(key, Ordered(order)).fraction != FULL_FRACTION for order in found)
    assert len(found) == factorial(4) - 2


def test_lines_of_which_every_order_is_right_but_one_are_shown_in_that_one(book):
    item = make(book, "ordering")
    Option.objects.filter(revision=item.revision, position__gt=1).delete()
    Precedence.objects.create(revision=item.revision, earlier=0, later=1)

    assert all_shown(item) == {((1, 0),)}


def test_lines_that_cannot_be_wrong_are_shown_all_the_same(book):
    item = make(book, "ordering")
    OptionKey.objects.update(rank=None)

    assert sorted(shown(item, SEEDS[0])[0]) == [0, 1, 2, 3]


def test_orders_take_three_queries_for_many_questions(book, django_assert_num_queries):
    items = [make_item(book, f"{kind}-{n}", kind) for kind in MACHINE_KINDS for n in range(3)]

    with django_assert_num_queries(3):
        shuffling.orders(items, SEEDS[0])
    with django_assert_num_queries(1):
        shuffling.orders(items[:3], SEEDS[0])
