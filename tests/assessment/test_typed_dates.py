"""Dates as learners type them."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizzes.assessment.typed_dates import read
from quizzes.content.dates import CALENDAR, MONTHS, FuzzyDate, Part, Precision, bounds, say

WORDS = (
    "the of in to and between from - – . early mid mid- late first second half summer winter "
    "June Sept. 11 11th 31 38 0000 1937 1938 9999 1930s 1937-38 11.6.1937 0.0.0000"
).split()

days = st.dates(date(1800, 1, 1), date(2099, 12, 31))


@st.composite
def fuzzy_dates(draw):
    """A date of the calendar, whole or early, mid or late."""
    precision = draw(st.sampled_from(sorted(CALENDAR)))
    part = None if precision == Precision.DAY else draw(st.none() | st.sampled_from(list(Part)))
    if precision == Precision.SEASON:
        part = None
    return FuzzyDate(precision, *bounds(precision, draw(days), part), part)


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("11 June 1937", "1937-06-11", "1937-06-11"),
        ("June 11th, 1937", "1937-06-11", "1937-06-11"),
        ("the 11th of June 1937", "1937-06-11", "1937-06-11"),
        ("11.6.1937", "1937-06-11", "1937-06-11"),
        ("11/6/1937", "1937-06-11", "1937-06-11"),
        ("1937-06-11", "1937-06-11", "1937-06-11"),
        ("11 Sept. 1937", "1937-09-11", "1937-09-11"),
        ("in Jun 1937.", "1937-06-01", "1937-06-30"),
        ("c. 1937", "1937-01-01", "1937-12-31"),
        ("ca 1937", "1937-01-01", "1937-12-31"),
        ("c.1937", "1937-01-01", "1937-12-31"),
        ("EARLY  May 1937", "1937-05-01", "1937-05-10"),
        ("mid 1930s", "1933-05-01", "1936-08-31"),
        ("1937-38", "1937-01-01", "1938-12-31"),
        ("1937/38", "1937-01-01", "1938-12-31"),
        ("fall 1937", "1937-09-01", "1937-11-30"),
        ("1937?", "1937-01-01", "1937-12-31"),
        ("1937–1938", "1937-01-01", "1938-12-31"),
        ("between 1936 and 1938", "1936-01-01", "1938-12-31"),
        ("from June 1937 to November 1938", "1937-06-01", "1938-11-30"),
        ("June–November 1938", "1938-06-01", "1938-11-30"),
        ("1920s and 1930s", "1920-01-01", "1939-12-31"),
        ("1980s and early 1990s", "1980-01-01", "1993-04-30"),
        ("early to mid-1930s", "1930-01-01", "1936-08-31"),
        ("early-to-mid-1930s", "1930-01-01", "1936-08-31"),
        ("mid- to late 1930s", "1933-05-01", "1939-12-31"),
        ("first half of 1937", "1937-01-01", "1937-06-30"),
        ("the second half of 1937", "1937-07-01", "1937-12-31"),
        ("summer 1937 to autumn 1938", "1937-06-01", "1938-11-30"),
    ],
)
def test_a_date_is_understood_as_its_learner_means_it(text, first, last):
    found = read(text)

    assert found is not None
    assert found.bounds == (date.fromisoformat(first), date.fromisoformat(last))


@pytest.mark.parametrize(
    "text",
    [
        "",
        "1938 to 1936",
        "Mayhem 1937",
        "31 June 1937",
        "13/13/1937",
        "June",
        "to 1937 to",
        "first half of 0000",
    ],
)
def test_what_is_no_date_is_none(text):
    assert read(text) is None


@given(fuzzy_dates())
def test_whatever_the_house_says_is_read_back(when):
    found = read(say(when))

    assert found is not None
    assert found.bounds == when.bounds


@given(days, st.sampled_from(["{d} {m} {y}", "{m} {d}, {y}", "the {d}th of {m} {y}"]))
def test_a_month_may_be_cut_to_three_letters(day, form):
    found = read(form.format(d=day.day, m=MONTHS[day.month - 1][:3], y=day.year))

    assert found is not None
    assert found.bounds == (day, day)


@given(st.text(max_size=60) | st.lists(st.sampled_from(WORDS), max_size=7).map(" ".join))
def test_any_text_is_a_date_or_none(text):
    found = read(text)

    assert found is None or found.bounds is not None
