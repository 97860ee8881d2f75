"""A pasted list: which lines are cards, and what is wrong with the others."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizzes.items import pasting
from quizzes.items.pasting import Fault, Separator


@pytest.mark.parametrize(
    ("line", "separator", "own"),
    [
        ("Oslo - a city - in Norway", Separator.DASH, ""),
        ("Oslo – a city - in Norway", Separator.DASH, ""),
        ("Oslo\ta city - in Norway", Separator.TAB, ""),
        ("Oslo;a city - in Norway", Separator.SEMICOLON, ""),
        ("Oslo : a city - in Norway", Separator.COLON, ""),
        ("Oslo| a city - in Norway", Separator.BAR, ""),
        ("Oslo => a city - in Norway", Separator.OWN, "=>"),
        ("Oslo .* a city - in Norway", Separator.OWN, ".*"),
    ],
)
def test_a_line_is_parted_at_the_first_separator(line, separator, own):
    [found] = pasting.lines(line, separator, own)

    assert (found.front, found.back, found.fault) == ("Oslo", "a city - in Norway", None)


def test_the_back_may_come_first():
    [found] = pasting.lines("word - λόγος", Separator.DASH, is_back_first=True)

    assert (found.front, found.back) == ("λόγος", "word")


def test_each_line_that_is_no_new_card_says_why():
    few = ["a - 1", "", "b", "- 2", "c -", "A  - 3", "known - 4"]
    text = "\n".join([*few, "x" * 2_001 + " - 5", "well-known - 6"])

    found = pasting.lines(text, Separator.DASH, known={pasting.front_key("Known")})

    assert [(line.number, line.fault) for line in found] == [
        (1, None),
        (3, Fault.NO_SEPARATOR),
        (4, Fault.NO_SEPARATOR),
        (5, Fault.NO_SEPARATOR),
        (6, Fault.TWICE),
        (7, Fault.KNOWN),
        (8, Fault.LONG),
        (9, None),
    ]
    assert [line.number for line in pasting.new(found)] == [1, 9]
    assert [line.number for line in pasting.at_fault(found)] == [3, 4, 5, 8]


def test_an_empty_side_is_told_by_its_name():
    found = pasting.lines("|a\nb|\n\tc\nd\t", Separator.BAR)
    tabbed = pasting.lines("\tc\nd\t", Separator.TAB)

    assert [line.fault for line in found[:2]] == [Fault.NO_FRONT, Fault.NO_BACK]
    assert [line.fault for line in tabbed] == [Fault.NO_FRONT, Fault.NO_BACK]


@pytest.mark.parametrize("separator", Separator)
@pytest.mark.parametrize("mark", ["-", ";", ":", "|", "\t", "=>", ""])
def test_what_parts_a_line_is_short_whatever_stands_around_it(separator, mark):
    """So no place of a line is looked at again and again: else long blanks would take seconds."""
    blank = " " * 900
    pattern = pasting.parting(separator, "=>")

    found = pattern.search(f"a{blank}{mark}{blank}b")

    assert found is None or len(found[0]) <= pasting.LONGEST_OWN
    if found:
        [line] = pasting.lines(f"a{blank}{mark}{blank}b", separator, "=>")
        assert (line.front, line.back) == ("a", "b")


@given(st.text(max_size=200), st.sampled_from(Separator), st.text(min_size=1, max_size=3))
def test_no_line_is_lost(text, separator, own):
    found = pasting.lines(text, separator, own)

    assert [line.text for line in found] == [one for one in text.splitlines() if one.strip()]
    assert all(line.front and line.back for line in pasting.new(found))
