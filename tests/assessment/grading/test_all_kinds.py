"""What holds for every key and every answer."""

from decimal import Decimal

import pytest
from hypothesis import given

from quizzes.assessment.answering import Chosen, Filled, Matched, Ordered, Typed
from quizzes.assessment.grading import (
    AcceptedDate,
    AcceptedNumber,
    AcceptedText,
    Cloze,
    Date,
    Grade,
    Matching,
    Number,
    Ordering,
    Remark,
    ShortText,
    Single,
    Unmarkable,
    grade,
)
from quizzes.items.fractions import FULL_FRACTION as FULL
from tests.assessment.grading.keys import EARLY_1938, KEYS, answers, keys

MARKABLE = [key for key in KEYS if not isinstance(key, Unmarkable)]
TYPED = [key for key in KEYS if isinstance(key, ShortText | Number | Date)]
BLANKS = (
    *(None, Typed("  "), Chosen(frozenset()), Matched((None, None)), Ordered(())),
    Filled((None, None)),
)
NASTY = ("first half of 0000", "0.0.0000", "9" * 400, "9" * 400 + " billion", "-", "1,5")
SINGLE = Single((0, FULL), ("", ""))


@given(keys, answers)
def test_every_answer_has_a_grade_from_nothing_to_the_whole_mark(key, answer):
    found = grade(key, answer)

    assert found.fraction is None or 0 <= found.fraction <= FULL
    assert all(found.feedback)


@pytest.mark.parametrize("key", TYPED)
@pytest.mark.parametrize("text", NASTY)
def test_what_is_odd_to_read_is_wrong_and_breaks_nothing(key, text):
    assert grade(key, Typed(text)).fraction == 0


@pytest.mark.parametrize(
    ("accepted", "text"),
    [
        (ShortText(tuple(AcceptedText("A b", worth) for worth in (1, 3, 2))), "a B"),
        (Number(tuple(AcceptedNumber(Decimal(7), fraction=worth) for worth in (1, 3, 2))), "7"),
        (Date(tuple(AcceptedDate(EARLY_1938, worth) for worth in (1, 3, 2))), "early 1938"),
    ],
)
def test_of_accepted_answers_that_match_the_best_counts(accepted, text):
    assert grade(accepted, Typed(text)).fraction == 3


@pytest.mark.parametrize("key", KEYS)
@pytest.mark.parametrize("answer", BLANKS)
def test_no_answer_earns_nothing_and_says_so(key, answer):
    assert grade(key, answer) == Grade(0, remark=Remark.NOT_ANSWERED)


@pytest.mark.parametrize(
    ("key", "answer"),
    [
        (SINGLE, Typed("b")),
        (SINGLE, Chosen(frozenset({9}))),
        (SINGLE, Chosen(frozenset({0, 1}))),
        (ShortText((AcceptedText("b"),)), Chosen(frozenset({0}))),
        (Unmarkable(), Typed("b")),
        (Matching((frozenset({0}),), 1, ("",)), Matched((0, 0))),
        (Matching((frozenset({0}),), 1, ("",)), Matched((1,))),
        (Ordering(frozenset({(0, 1)}), ("", "")), Ordered((0,))),
        (Ordering(frozenset({(0, 1), (1, 0)}), ("", "")), Ordered((0, 1))),
        (Ordering(frozenset(), ("", "")), Ordered((0, 1))),
        (Ordering(frozenset({(0, 7)}), ("", "")), Ordered((0, 1))),
        (Cloze((SINGLE,)), Filled((0, 1))),
        (Cloze((SINGLE, Unmarkable())), Filled((1, "b"))),
        (Cloze((SINGLE,)), Filled(("b",))),
    ],
)
def test_what_cannot_be_marked_is_not_wrong(key, answer):
    assert grade(key, answer).fraction is None


def test_an_essay_is_left_to_a_person_once_there_is_one():
    essay = Unmarkable(Remark.BY_A_PERSON)

    assert grade(essay, Typed("The plot was made up.")) == Grade(None, remark=Remark.BY_A_PERSON)
    assert grade(essay, Typed("\n")) == Grade(0, remark=Remark.NOT_ANSWERED)


@pytest.mark.parametrize("key", MARKABLE)
def test_what_is_right_of_a_kind_can_be_said(key):
    assert grade(key, KEYS[key]).fraction == FULL
