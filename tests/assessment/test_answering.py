"""What a client may send for a question, and what is refused."""

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizzes.assessment.answering import (
    CHOICE_KINDS,
    LONGEST_ESSAY,
    LONGEST_TEXT,
    MARKABLE,
    Chosen,
    Fault,
    Filled,
    Matched,
    Ordered,
    Typed,
    UnreadableError,
    is_blank,
    number,
    read,
    stored,
)

ORDER = (2, 0, 1)
ORDERS = {"matching": [(1, 0), (2, 0, 1)], "cloze": [(), ORDER, ()]}
"""As shown: two left sides and three right ones; a gap with options between two typed ones."""
ALL_KINDS = sorted(MARKABLE | {"essay"})

anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["chosen", "text", "pairs", "order", "gaps"]), inner, max_size=2
        )
    ),
    max_leaves=6,
)


shapes: dict[str, st.SearchStrategy[Any]] = {
    "matching": st.lists(st.none() | st.integers(-1, 3), max_size=3),
    "ordering": st.permutations(range(3)) | st.lists(st.integers(-1, 3), max_size=4),
    "cloze": st.lists(st.none() | st.text(max_size=5) | st.integers(-1, 3), max_size=4),
}
names = {"matching": "pairs", "ordering": "order", "cloze": "gaps"}
shaped: st.SearchStrategy[Any] = st.sampled_from(sorted(shapes)).flatmap(
    lambda kind: st.tuples(
        st.just(kind), st.fixed_dictionaries({names[kind]: shapes[kind].map(list)})
    )
)


def orders_of(kind):
    return ORDERS.get(kind, [ORDER])


def fault_of(kind, raw):
    with pytest.raises(UnreadableError) as unreadable:
        read(kind, orders_of(kind), raw)
    return unreadable.value.fault


@pytest.mark.parametrize("kind", sorted(CHOICE_KINDS))
def test_a_place_as_shown_becomes_the_options_own(kind):
    assert read(kind, [ORDER], {"chosen": [0]}) == Chosen(frozenset({2}))


def test_of_several_the_order_in_which_they_were_ticked_does_not_matter():
    assert read("several", [ORDER], {"chosen": [2, 0]}) == read(
        "several", [ORDER], {"chosen": [0, 2]}
    )


@pytest.mark.parametrize(
    ("kind", "raw", "fault"),
    [
        ("single", None, Fault.NOT_AN_ANSWER),
        ("single", {}, Fault.NOT_AN_ANSWER),
        ("single", {"chosen": [0], "text": "x"}, Fault.NOT_AN_ANSWER),
        ("single", {"chosen": 0}, Fault.NOT_AN_ANSWER),
        ("single", {"chosen": [True]}, Fault.NOT_AN_ANSWER),
        ("single", {"chosen": ["0"]}, Fault.NOT_AN_ANSWER),
        ("single", {"chosen": [3]}, Fault.NO_SUCH_OPTION),
        ("single", {"chosen": [-1]}, Fault.NO_SUCH_OPTION),
        ("true_false", {"chosen": [0, 1]}, Fault.ONE_ONLY),
        ("several", {"chosen": [1, 1]}, Fault.CHOSEN_TWICE),
        ("short_text", {"text": 7}, Fault.NOT_AN_ANSWER),
        ("short_text", {"text": "a\0b"}, Fault.NOT_AN_ANSWER),
        ("short_text", {"text": "a\x7fb"}, Fault.NOT_AN_ANSWER),
        ("short_text", {"text": "half a letter \ud800"}, Fault.NOT_AN_ANSWER),
        ("short_text", {"text": "a" * (LONGEST_TEXT + 1)}, Fault.TOO_LONG),
        ("number", {"text": "a lot"}, Fault.NOT_A_NUMBER),
        ("number", {"text": "1,5"}, Fault.NOT_A_NUMBER),
        ("number", {"text": "1.000.000"}, Fault.NOT_A_NUMBER),
        ("number", {"text": "35k"}, Fault.NOT_A_NUMBER),
        ("number", {"text": "30 or 40"}, Fault.SEVERAL_NUMBERS),
        ("number", {"text": "5-7"}, Fault.SEVERAL_NUMBERS),
        ("date", {"text": "in summer"}, Fault.NOT_A_DATE),
        ("matching", {"pairs": [0]}, Fault.NOT_AN_ANSWER),
        ("matching", {"pairs": [0, 1, 2]}, Fault.NOT_AN_ANSWER),
        ("matching", {"pairs": [0, "1"]}, Fault.NOT_AN_ANSWER),
        ("matching", {"pairs": [0, 3]}, Fault.NO_SUCH_OPTION),
        ("matching", {"chosen": [0]}, Fault.NOT_AN_ANSWER),
        ("ordering", {"order": [0, 1]}, Fault.NOT_ALL_ORDERED),
        ("ordering", {"order": [0, 1, 1]}, Fault.NOT_ALL_ORDERED),
        ("ordering", {"order": [0, 1, 3]}, Fault.NO_SUCH_OPTION),
        ("ordering", {"order": [0, 1, None]}, Fault.NOT_AN_ANSWER),
        ("cloze", {"gaps": ["a", 0]}, Fault.NOT_AN_ANSWER),
        ("cloze", {"gaps": ["a", "b", "c"]}, Fault.NOT_AN_ANSWER),
        ("cloze", {"gaps": ["a", 3, "c"]}, Fault.NO_SUCH_OPTION),
        ("cloze", {"gaps": ["a", True, "c"]}, Fault.NOT_AN_ANSWER),
        ("cloze", {"gaps": [1, 0, "c"]}, Fault.NOT_AN_ANSWER),
        ("cloze", {"gaps": ["a\0", 0, "c"]}, Fault.NOT_AN_ANSWER),
        ("cloze", {"gaps": ["a" * (LONGEST_TEXT + 1), 0, "c"]}, Fault.TOO_LONG),
        ("essay", {"text": "a" * (LONGEST_ESSAY + 1)}, Fault.ESSAY_TOO_LONG),
        ("essay", {"text": ["a"]}, Fault.NOT_AN_ANSWER),
    ],
)
def test_what_is_no_answer_is_refused_with_its_fault(kind, raw, fault):
    assert fault_of(kind, raw) is fault


@pytest.mark.parametrize("kind", ALL_KINDS)
def test_an_empty_answer_takes_the_one_before_it_back(kind):
    blanks = {
        "matching": {"pairs": [None, None]},
        "ordering": {"order": []},
        "cloze": {"gaps": ["  ", None, ""]},
    } | {kind: {"chosen": []} for kind in CHOICE_KINDS}

    assert is_blank(read(kind, orders_of(kind), blanks.get(kind, {"text": "  "})))


def test_a_pair_is_known_by_the_own_places_of_its_sides():
    """The first left side shown is the second of its own; the second right side shown is 0."""
    assert read("matching", ORDERS["matching"], {"pairs": [1, None]}) == Matched((None, 0))
    assert read("matching", ORDERS["matching"], {"pairs": [1, 1]}) == Matched((0, 0))


def test_lines_go_from_first_to_last_by_their_own_places():
    assert read("ordering", [ORDER], {"order": [1, 0, 2]}) == Ordered((0, 2, 1))


def test_a_gap_holds_what_was_typed_or_an_option_s_own_place():
    assert read("cloze", ORDERS["cloze"], {"gaps": [" Kork", 0, ""]}) == Filled((" Kork", 2, None))


def test_an_essay_may_be_long_and_keeps_its_lines():
    text = "One.\n\n" + "a" * (LONGEST_ESSAY - 6)

    assert read("essay", [()], {"text": text}) == Typed(text)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("35000", "35000"),
        ("35,000", "35000"),
        ("35 000", "35000"),
        ("about 35,000 leaders", "35000"),
        ("35 thousand", "35000"),
        ("four", "4"),
        ("twenty-five", "25"),
        ("ninety nine", "99"),
        ("3.5", "3.5"),
        ("35,000.5", "35000.5"),
        ("3.5 million", "3500000"),
        ("-2", "-2"),
        ("−3.5", "-3.5"),
        ("-35,000", "-35000"),
        ("minus 2", "-2"),
        ("none", "0"),
        ("0", "0"),
        ("over 20 per cent", "20"),
        ("20%", "20"),
        ("9007199254740993", "9007199254740993"),
    ],
)
def test_a_number_is_read_whatever_stands_around_it(text, value):
    assert number(text) == Decimal(value)


@given(st.integers(0, 10**9), st.sampled_from([",", " ", "\u00a0", "\u2009", "\u202f", ""]))
def test_thousands_may_be_parted_in_any_way(value, mark):
    assert number(f"{value:,}".replace(",", mark)) == value


@given(st.decimals(-(10**9), 10**9, places=3))
def test_a_number_is_read_to_its_last_digit(value):
    assert number(f"about {value:,}") == value


@pytest.mark.parametrize("kind", ["short_text", "number", "date"])
def test_a_text_may_break_its_line(kind):
    assert read(kind, [ORDER], {"text": "about\n1937"}) == Typed("about\n1937")


@given(st.tuples(st.sampled_from(ALL_KINDS), anything) | shaped)
def test_anything_is_read_or_refused_and_what_is_read_is_read_again_when_kept(sent):
    kind, raw = sent

    found = read_or_fault(kind, raw)

    assert isinstance(found, Fault) or stored(kind, orders_of(kind), raw) == found


def read_or_fault(kind, raw):
    try:
        return read(kind, orders_of(kind), raw)
    except UnreadableError as unreadable:
        return unreadable.fault


def test_what_was_kept_is_read_though_it_could_not_be_sent_today():
    kept = "a" * (LONGEST_TEXT + 1)

    assert stored("number", [()], {"text": kept}) == Typed(kept)
    assert stored("single", [ORDER], {"chosen": [0, 1]}) == Chosen(frozenset({2, 0}))
    assert stored("ordering", [ORDER], {"order": [0]}) == Ordered((2,))
    assert stored("matching", ORDERS["matching"], {"pairs": [0]}) == Matched((None, 2))
    assert stored("cloze", ORDERS["cloze"], {"gaps": [kept]}) == Filled((kept,))


@given(st.permutations(range(5)), st.sets(st.integers(0, 4)))
def test_shuffling_changes_the_places_and_not_the_answer(order, chosen):
    raw = {"chosen": [order.index(own) for own in sorted(chosen)]}

    assert read("several", [order], raw) == Chosen(frozenset(chosen))


@given(st.permutations(range(3)), st.permutations(range(4)), st.data())
def test_shuffling_the_sides_changes_no_pair(lefts, rights, data):
    own = data.draw(st.lists(st.none() | st.integers(0, 3), min_size=3, max_size=3))
    pairs = [None if own[left] is None else rights.index(own[left]) for left in lefts]

    assert read("matching", [lefts, rights], {"pairs": pairs}) == Matched(tuple(own))


@given(st.permutations(range(4)), st.permutations(range(4)))
def test_shuffling_the_lines_changes_no_order(shown, own):
    raw = {"order": [shown.index(place) for place in own]}

    assert read("ordering", [shown], raw) == Ordered(tuple(own))
