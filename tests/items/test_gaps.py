"""Gaps in a text: what is one, what number it has, and what is wrong."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizzes.items import gaps
from quizzes.items.gaps import Fault, Gap

WORDS = st.text(alphabet="abc XY1937:,.*_é", min_size=1, max_size=8).filter(str.strip)
GAPS = st.builds(
    lambda number, text, hint: Gap(number, text.strip(), hint.strip()),
    st.integers(1, 20),
    WORDS.filter(lambda text: "::" not in text and text.strip(": ") == text.strip()),
    WORDS.filter(lambda text: ":" not in text) | st.just(""),
)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("{{Oslo}} is there.", [Gap(1, "Oslo"), " is there."]),
        ("In {{1937::which year?}}", ["In ", Gap(1, "1937", "which year?")]),
        ("{{a}} {{b}}", [Gap(1, "a"), " ", Gap(2, "b")]),
        ("{{2:a}} {{b}}", [Gap(2, "a"), " ", Gap(1, "b")]),
        ("{{1:Kork}} and {{1:Eideman}}", [Gap(1, "Kork"), " and ", Gap(1, "Eideman")]),
        ("{{c3::a::hint}}", [Gap(3, "a", "hint")]),
        ("{{1:12:30}}", [Gap(1, "12:30")]),
        ("two\n{{li\nnes}}", ["two\n", Gap(1, "li\nnes")]),
    ],
)
def test_a_text_is_cut_at_its_gaps(text, found):
    assert gaps.fault(text) is None
    assert gaps.pieces(text) == found


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("no gap", Fault.NONE),
        ("{one} brace", Fault.NONE),
        ("{{}}", Fault.EMPTY),
        ("{{ ::hint}}", Fault.EMPTY),
        ("{{open", Fault.TORN),
        ("closed}}", Fault.TORN),
        ("{{a {{b}} c}}", Fault.TORN),
        ("{{0:a}}", Fault.NUMBER),
        ("{{a}}" * (gaps.MOST_GAPS + 1), Fault.MANY),
    ],
)
def test_what_is_wrong_is_named(text, fault):
    assert gaps.fault(text) is fault


def test_a_saved_text_keeps_its_numbers_whatever_is_written_around_it():
    saved = gaps.written(gaps.pieces("{{Oslo}} in {{Norway}}"))
    assert saved == "{{1:Oslo}} in {{2:Norway}}"

    again = gaps.pieces("{{Bergen}} too, {{2:Norway}}", {1: "Oslo", 2: "Norway"})

    assert gaps.answers(again) == {2: ["Norway"], 3: ["Bergen"]}


def test_a_gap_that_returns_takes_up_its_number():
    assert gaps.answers(gaps.pieces("{{the Oslo}}!", {1: "Norway", 4: "oslo"})) == {4: ["the Oslo"]}


@given(st.lists(GAPS | WORDS.filter(lambda text: "{" not in text), min_size=1, max_size=8))
def test_what_is_written_is_read_again(cut):
    text = gaps.written(cut)

    found = gaps.pieces(text)

    assert gaps.written(found) == text
    assert [p for p in found if isinstance(p, Gap)] == [p for p in cut if isinstance(p, Gap)]


@given(st.text(max_size=60) | st.text(alphabet="{}:c1a", max_size=30))
def test_every_text_has_a_fault_or_gaps_with_words(text):
    if gaps.fault(text) is None:
        found = gaps.answers(gaps.pieces(text))
        assert found
        assert all(words.strip() for many in found.values() for words in many)
        assert min(found) >= 1
