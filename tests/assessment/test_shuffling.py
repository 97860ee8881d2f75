"""In which order options, sides, lines and gaps are shown."""

from itertools import permutations
from uuid import UUID

import pytest

from quizzes.assessment import shuffling
from quizzes.items.models import Item, Revision
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
def test_lines_are_always_shuffled_into_any_order(book, is_shuffled):
    """Were the right order left out, the one that is shown would tell something of the key."""
    found = all_shown(make(book, "ordering", is_shuffled=is_shuffled))

    assert {order for (order,) in found} == set(permutations(range(4)))


def test_orders_take_one_query_for_many_questions(book, django_assert_num_queries):
    items = [make_item(book, f"{kind}-{n}", kind) for kind in MACHINE_KINDS for n in range(3)]

    with django_assert_num_queries(1):
        shuffling.orders(items, SEEDS[0])
