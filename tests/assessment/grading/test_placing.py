"""What matched sides and ordered lines earn."""

from itertools import pairwise, permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizzes.assessment.answering import Matched, Ordered
from quizzes.assessment.grading import Grade, Matching, Ordering, grade
from quizzes.items.fractions import FULL_FRACTION as FULL
from tests.assessment.grading.keys import matchings, orderings

DIAMOND = Ordering(frozenset({(0, 1), (0, 2), (1, 3), (2, 3)}), ("Zero.", "One.", "Two.", "Three."))
"""Line 0 first, line 3 last, and the two others in either order."""


@st.composite
def paired(draw):
    """A matching question with some answer to it."""
    key = draw(matchings())
    rights = st.none() | st.integers(0, key.right_sides - 1)
    return key, tuple(draw(rights) for _ in key.matches)


@st.composite
def placed(draw):
    """An ordering question with some order of its lines."""
    key = draw(orderings())
    return key, tuple(draw(st.permutations(range(len(key.feedback)))))


def earned(key, answer):
    return grade(key, answer).fraction


def keeps(key, places):
    return all(places.index(first) < places.index(then) for first, then in key.before)


# Matching


def test_each_right_pair_earns_its_share_and_a_wrong_one_nothing():
    key = Matching((frozenset({2}), frozenset({0}), frozenset({1})), 5, ("A.", "B.", "C."))

    assert grade(key, Matched((2, 0, 1))) == Grade(FULL)
    assert grade(key, Matched((2, 0, 4))) == Grade(6_666_666, ("C.",))
    assert grade(key, Matched((2, None, 0))) == Grade(3_333_333, ("C.",))
    assert grade(key, Matched((3, 4, 4))) == Grade(0, ("A.", "B.", "C."))


def test_what_is_said_of_a_right_side_is_told_once_where_it_was_chosen_wrongly():
    matches = (frozenset({2}), frozenset({0}), frozenset({1}))
    key = Matching(matches, 4, ("", "B.", ""), ("Zero.", "", "Two.", "Three."))

    assert grade(key, Matched((2, 0, 3))) == Grade(6_666_666, ("Three.",))
    assert grade(key, Matched((3, 3, 1))) == Grade(3_333_333, ("B.", "Three."))
    assert grade(key, Matched((2, 0, 1))) == Grade(FULL)


@given(paired())
def test_matching_earns_the_whole_mark_if_every_pair_is_right_and_only_then(found):
    key, rights = found
    is_right = all(right in match for right, match in zip(rights, key.matches, strict=True))

    assert (earned(key, Matched(rights)) == FULL) == is_right


@given(paired(), st.data())
def test_a_right_pair_more_never_costs_and_a_wrong_one_never_pays(found, data):
    key, rights = found
    left = data.draw(st.sampled_from(range(len(rights))))
    right = data.draw(st.sampled_from(range(key.right_sides)))
    none, other = ((*rights[:left], said, *rights[left + 1 :]) for said in (None, right))

    gain = earned(key, Matched(other)) - earned(key, Matched(none))

    assert gain > 0 if right in key.matches[left] else gain == 0


@given(paired(), st.data())
def test_moving_the_sides_changes_nothing(found, data):
    key, rights = found
    lefts = data.draw(st.permutations(range(len(rights))))
    moved = data.draw(st.permutations(range(key.right_sides)))
    other = Matching(
        tuple(frozenset(moved[right] for right in key.matches[left]) for left in lefts),
        key.right_sides,
        tuple(key.feedback[left] for left in lefts),
    )
    said = tuple(None if rights[n] is None else moved[rights[n]] for n in lefts)

    assert earned(other, Matched(said)) == earned(key, Matched(rights))


# Ordering


def test_every_order_that_keeps_the_pairs_is_right():
    worth = {places: earned(DIAMOND, Ordered(places)) for places in permutations(range(4))}

    assert {places for places, fraction in worth.items() if fraction == FULL} == {
        (0, 1, 2, 3),
        (0, 2, 1, 3),
    }


@pytest.mark.parametrize(
    ("places", "fraction", "feedback"),
    [
        ((0, 1, 2, 3), FULL, ()),
        ((1, 0, 2, 3), 6_000_000, ("One.",)),
        ((0, 1, 3, 2), 6_000_000, ("Three.",)),
        ((1, 2, 0, 3), 2_000_000, ("One.", "Two.")),
        ((3, 0, 1, 2), 0, ("Three.",)),
        ((3, 2, 1, 0), 0, ("One.", "Two.", "Three.")),
    ],
)
def test_each_of_the_five_pairs_the_wrong_way_takes_one_back(places, fraction, feedback):
    assert grade(DIAMOND, Ordered(places)) == Grade(fraction, feedback)


@given(placed())
def test_ordering_earns_the_whole_mark_if_it_keeps_every_pair_and_only_then(found):
    key, places = found

    assert (earned(key, Ordered(places)) == FULL) == keeps(key, places)


@given(placed())
def test_what_follows_from_two_pairs_need_not_be_said(found):
    key, places = found
    chained = {(one, last) for one, two in key.before for first, last in key.before if two == first}
    other = Ordering(key.before | chained, key.feedback)

    assert grade(other, Ordered(places)) == grade(key, Ordered(places))


@given(placed())
def test_two_neighbours_put_right_never_cost(found):
    key, places = found
    for number, (one, two) in enumerate(pairwise(places)):
        swapped = (*places[:number], two, one, *places[number + 2 :])
        if (two, one) in key.before:
            assert earned(key, Ordered(swapped)) >= earned(key, Ordered(places))


@given(placed(), st.data())
def test_moving_the_lines_changes_nothing(found, data):
    key, places = found
    moved = data.draw(st.permutations(range(len(places))))
    other = Ordering(
        frozenset((moved[first], moved[then]) for first, then in key.before),
        tuple(key.feedback[moved.index(own)] for own in range(len(places))),
    )

    said = Ordered(tuple(moved[own] for own in places))

    assert earned(other, said) == earned(key, Ordered(places))


@given(placed())
def test_an_order_and_its_reverse_never_both_earn(found):
    key, places = found

    there, back = (earned(key, Ordered(way)) for way in (places, places[::-1]))

    assert min(there, back) == 0
