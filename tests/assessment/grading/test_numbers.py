"""What numbers earn, and the word beside them."""

from decimal import Decimal

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from quizzes.assessment.answering import Typed
from quizzes.assessment.grading import AcceptedNumber, Grade, Number, Remark, grade
from quizzes.assessment.typed_numbers import Bound
from quizzes.items.fractions import FULL_FRACTION as FULL

NUMBER = Number((AcceptedNumber(Decimal(35_000)), AcceptedNumber(Decimal(40_000), Decimal(500))))


@given(st.integers(0, 10**6), st.integers(0, 1000), st.integers(-2000, 2000))
def test_a_number_is_right_within_its_tolerance_and_nowhere_else(value, tolerance, off):
    key = Number((AcceptedNumber(Decimal(value), Decimal(tolerance)),))
    said = value + off
    assume(said >= 0)

    is_right = grade(key, Typed(f"about {said:,}")).fraction == FULL

    assert is_right == (abs(off) <= tolerance)


@pytest.mark.parametrize(
    "text", ["35000", "35,000", "35 000", "about 35,000", "nearly 35 thousand", "35,000 leaders"]
)
def test_a_qualifier_is_neither_needed_nor_wrong(text):
    assert grade(NUMBER, Typed(text)).fraction == FULL


def fraction(bound, text):
    return grade(Number((AcceptedNumber(Decimal(35_000), bound=bound),)), Typed(text)).fraction


@given(st.sampled_from(Bound))
def test_the_bare_number_is_right_whatever_its_bound(bound):
    assert fraction(bound, "35,000") == fraction(bound, "about 35 thousand") == FULL


@pytest.mark.parametrize(
    ("bound", "text", "is_right"),
    [
        (Bound.OVER, "over 35,000", True),
        (Bound.OVER, "More than 35,000 leaders", True),
        (Bound.OVER, "at least 35,000", True),
        (Bound.OVER, "35,000+", True),
        (Bound.OVER, "under 35,000", False),
        (Bound.OVER, "fewer than 35,000", False),
        (Bound.OVER, "no more than 35,000", False),
        (Bound.OVER, "nearly 35,000", False),
        (Bound.OVER, "exactly 35,000", False),
        (Bound.UNDER, "under 35,000", True),
        (Bound.UNDER, "nearly 35,000", True),
        (Bound.UNDER, "over 35,000", False),
        (Bound.NEARLY, "almost 35,000", True),
        (Bound.NEARLY, "at least 35,000", False),
        (Bound.AT_LEAST, "35,000 or more", True),
        (Bound.AT_LEAST, "up to 35,000", False),
        (Bound.AT_MOST, "at the most 35,000", True),
        (Bound.AT_MOST, "35,000 at least", False),
        (Bound.ABOUT, "ca. 35,000", True),
        (Bound.ABOUT, "over 35,000", False),
        (Bound.ABOUT, "exactly 35,000", False),
        (Bound.EXACTLY, "exactly 35,000", True),
        (Bound.EXACTLY, "more than 35,000", False),
        (Bound.OVER, "35,000 over two", False),
        (Bound.EXACTLY, "35,000 over the years", True),
    ],
)
def test_a_word_beside_the_number_must_agree_with_the_book(bound, text, is_right):
    assert fraction(bound, text) == (FULL if is_right else 0)


def test_it_is_told_that_the_number_is_right_and_the_word_is_not():
    key = Number((AcceptedNumber(Decimal(35_000), bound=Bound.OVER),))

    assert grade(key, Typed("under 35,000")) == Grade(0, remark=Remark.WRONG_BOUND)
    assert grade(key, Typed("exactly 35,000")) == Grade(0, remark=Remark.TOO_EXACT)
    assert grade(key, Typed("under 36,000")) == Grade(0)


@given(st.sampled_from(Bound), st.sampled_from(Bound))
def test_no_two_sides_of_a_number_are_both_right(bound, said):
    opposite = {Bound.OVER: "under", Bound.UNDER: "over", Bound.AT_LEAST: "at most"}
    words = str(said).replace("_", " ")

    if fraction(bound, f"{words} 35,000") == FULL and said in opposite:
        assert fraction(bound, f"{opposite[said]} 35,000") == 0
