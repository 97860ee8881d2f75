"""A question as it is written comes to a wording, and the wording reads as it was written."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizzes.items import composing, criticizing
from quizzes.items.compositions import (
    CHOICES,
    GAP,
    GAP_KINDS,
    Choice,
    Composition,
    Line,
    Pair,
    Spare,
    Typed,
    canonical,
)
from quizzes.items.criticizing import Fault
from quizzes.items.fractions import FULL_FRACTION
from quizzes.items.wordings import CriterionWording
from tests.examining import ALL_KINDS

HALF = FULL_FRACTION // 2
TEXTS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="_"), max_size=30)
SHARES = st.sampled_from([0, HALF, FULL_FRACTION])
FACTS = st.none() | st.integers(1, 9)
GAPS = st.integers(0, 4)
SAID = st.one_of(
    TEXTS,
    st.sampled_from(["early 1938", "11 June 1937", "1936 to 1938", "the 1930s", "1937"]),
    st.integers(0, 10**9).map(str),
    st.decimals(-1000, 1000, places=3).map(str),
)
TOLERANCES = st.decimals(0, 100, places=2)
BOUNDS = st.sampled_from(["", "about", "more_than", "at_least", "less_than", "nearly"])


def rows(row, **parts):
    return st.lists(st.builds(row, **parts), max_size=5).map(tuple)


COMPOSITIONS = st.builds(
    Composition,
    kind=st.sampled_from(ALL_KINDS),
    stem=st.lists(TEXTS, min_size=1, max_size=5).map(GAP.join),
    choices=rows(Choice, text=TEXTS, share=SHARES, feedback=TEXTS, fact=FACTS, gap=GAPS),
    typed=rows(
        Typed,
        said=SAID,
        share=SHARES,
        tolerance=TOLERANCES,
        bound=BOUNDS,
        shown=TEXTS,
        feedback=TEXTS,
        gap=GAPS,
    ),
    gaps=st.lists(st.sampled_from(GAP_KINDS), max_size=5).map(tuple),
    pairs=rows(Pair, left=TEXTS, right=TEXTS, feedback=TEXTS, fact=FACTS),
    spares=rows(Spare, text=TEXTS, feedback=TEXTS),
    lines=rows(Line, text=TEXTS, is_level=st.booleans(), feedback=TEXTS, fact=FACTS),
    criteria=rows(CriterionWording, text=TEXTS, weight=st.integers(0, 9)),
    answer=TEXTS,
    explanation=TEXTS,
    hint=TEXTS,
    is_shuffled=st.booleans(),
    is_case_exact=st.booleans(),
    is_accent_exact=st.booleans(),
)


def blocked(one):
    return {remark.fault for remark in criticizing.criticize(one) if remark.blocks}


@given(COMPOSITIONS)
def test_what_counts_of_a_question_counts_twice_the_same(typed):
    assert canonical(canonical(typed)) == canonical(typed)


@given(COMPOSITIONS)
def test_a_wording_reads_as_it_was_written(typed):
    """Of what can be asked: a gap without a key or an unreadable date is a draft's alone."""
    one = canonical(typed)
    if blocked(one) & {Fault.UNREADABLE, Fault.GAP_WITHOUT_KEY}:
        return
    if one.kind == "essay" and one.answer == one.explanation:
        return

    assert composing.read(composing.wording(one)) == one


@given(COMPOSITIONS)
def test_a_wording_made_anew_beside_itself_is_the_same_wording(typed):
    once = composing.wording(typed)

    assert composing.wording(composing.read(once), once) == once


@given(COMPOSITIONS)
def test_what_nothing_blocks_has_a_key(typed):
    one = canonical(typed)
    if blocked(one):
        return
    said = composing.wording(one)

    assert said.stem
    if one.kind in CHOICES:
        assert any(option.fraction > 0 for option in said.options)
        assert len(said.options) >= 2
    elif one.typed:
        assert any(answer.fraction == FULL_FRACTION for answer in said.accepted)


@given(st.lists(TEXTS, max_size=6), st.integers(0, 5))
def test_a_single_choice_with_two_equal_options_is_never_ready(texts, place):
    texts = [text for text in texts if text.strip()]
    if place >= len(texts):
        return
    choices = [Choice(text=text) for text in [*texts, texts[place]]]
    one = canonical(Composition(kind="single", stem="Who?", choices=tuple(choices)))

    assert Fault.EQUAL_OPTIONS in blocked(one)


def single(*texts, rights=(0,), stem="Who led the strike?", why="The book says so."):
    choices = [
        Choice(text=text, share=FULL_FRACTION if place in rights else 0)
        for place, text in enumerate(texts)
    ]
    return canonical(Composition(kind="single", stem=stem, choices=tuple(choices), explanation=why))


def faults(one):
    return [remark.fault for remark in criticizing.criticize(one)]


@pytest.mark.parametrize(
    ("one", "fault"),
    [
        (single("Malloy", "Reyes", "Quist", rights=()), Fault.NO_KEY),
        (single("Malloy", "Reyes", "Quist", rights=(0, 1)), Fault.TWO_KEYS),
        (single("Malloy", "Reyes", "the reyes"), Fault.EQUAL_OPTIONS),
        (single("Malloy"), Fault.FEW_OPTIONS),
        (single("Malloy", "Reyes", stem=" "), Fault.NO_STEM),
        (single("Malloy", "Reyes", why=""), Fault.NO_EXPLANATION),
        (single("Malloy", "Reyes", "None of the above"), Fault.ALL_OF_THE_ABOVE),
        (single("Malloy", "Nobody ever did"), Fault.ABSOLUTE),
        (single("Malloy", "Reyes", stem="Who was not there?"), Fault.NEGATED),
        (single("Malloy, who had kept the northern light for years", "Reyes"), Fault.LENGTH),
    ],
)
def test_what_a_careful_reader_would_remark(one, fault):
    assert faults(one) == [fault]


def test_a_good_question_and_an_emphasized_not_are_left_alone():
    assert faults(single("Malloy", "Reyes", "Quist", "Dunn")) == []
    assert faults(single("Malloy", "Reyes", stem="Who was **not** there?")) == []


@pytest.mark.parametrize(("said", "value"), [("35,000", 35_000), ("1.50", "1.5"), ("two", 2)])
def test_numbers_are_read_in_figures_and_in_words(said, value):
    one = Composition(kind="number", stem="How many?", typed=(Typed(said=said, bound="about"),))

    [answer] = composing.wording(one).accepted
    assert answer.number == Decimal(value)
    assert answer.bound == "about"


def test_an_unreadable_date_blocks_and_is_told():
    one = canonical(Composition(kind="date", stem="When?", typed=(Typed(said="one fine day"),)))

    assert Fault.UNREADABLE in blocked(one)
