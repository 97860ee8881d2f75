"""What a client may send for a question, and what is refused."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizzes.assessment.answering import (
    CHOICE_KINDS,
    LONGEST_TEXT,
    TYPED_KINDS,
    Chosen,
    Fault,
    Typed,
    UnreadableError,
    is_blank,
    number,
    read,
)

ORDER = (2, 0, 1)

anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(["chosen", "text", "other"]), inner, max_size=2)
    ),
    max_leaves=6,
)


def fault_of(kind, raw):
    with pytest.raises(UnreadableError) as unreadable:
        read(kind, [ORDER], raw)
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
    ],
)
def test_what_is_no_answer_is_refused_with_its_fault(kind, raw, fault):
    assert fault_of(kind, raw) is fault


@pytest.mark.parametrize("kind", sorted(CHOICE_KINDS | TYPED_KINDS))
def test_an_empty_answer_takes_the_one_before_it_back(kind):
    blank = read(kind, [ORDER], {"chosen": []} if kind in CHOICE_KINDS else {"text": "  "})

    assert is_blank(blank)


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


@given(st.sampled_from(sorted(CHOICE_KINDS | TYPED_KINDS)), anything)
def test_anything_is_read_or_refused(kind, raw):
    assert isinstance(read_or_fault(kind, raw), Chosen | Typed | Fault)


def read_or_fault(kind, raw):
    try:
        return read(kind, [ORDER], raw)
    except UnreadableError as unreadable:
        return unreadable.fault


@given(st.permutations(range(5)), st.sets(st.integers(0, 4)))
def test_shuffling_changes_the_places_and_not_the_answer(order, chosen):
    raw = {"chosen": [order.index(own) for own in sorted(chosen)]}

    assert read("several", [order], raw) == Chosen(frozenset(chosen))
