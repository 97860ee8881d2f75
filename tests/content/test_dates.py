from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizzes.content import dates
from quizzes.content.dates import CALENDAR, FuzzyDate, Part, Precision

# A year is written with four digits: the winter that holds 1 January 1000 is called by 999.
DAYS = st.dates(date(1000, 3, 1), date(2990, 1, 1))
PERIODS = st.sampled_from(sorted(CALENDAR - {Precision.DAY}))
PARTS = st.sampled_from(tuple(Part))


def when(text: str) -> FuzzyDate:
    found = dates.parse(text)
    assert found is not None
    return found


def span(first: str, last: str, precision: Precision = Precision.RANGE) -> FuzzyDate:
    return FuzzyDate(precision, date.fromisoformat(first), date.fromisoformat(last))


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("11 June 1937", "1937-06-11", "1937-06-11"),
        ("June 11, 1937", "1937-06-11", "1937-06-11"),
        ("1937-06-11", "1937-06-11", "1937-06-11"),
        ("June 1937", "1937-06-01", "1937-06-30"),
        ("early May 1937", "1937-05-01", "1937-05-10"),
        ("mid-May 1937", "1937-05-11", "1937-05-20"),
        ("late May 1937", "1937-05-21", "1937-05-31"),
        ("summer 1937", "1937-06-01", "1937-08-31"),
        ("the winter of 1937", "1937-12-01", "1938-02-28"),
        ("1937", "1937-01-01", "1937-12-31"),
        ("early 1938", "1938-01-01", "1938-04-30"),
        ("late in 1938", "1938-09-01", "1938-12-31"),
        ("the 1930s", "1930-01-01", "1939-12-31"),
        ("the mid-1930s", "1933-05-01", "1936-08-31"),
    ],
)
def test_a_date_in_words_has_the_bounds_of_the_house_rule(text, first, last):
    assert when(text).bounds == (date.fromisoformat(first), date.fromisoformat(last))


@pytest.mark.parametrize("text", ["31 June 1937", "soon", "", "mid to late 1930s", "13/1937"])
def test_what_is_no_date_is_none(text):
    assert dates.parse(text) is None


@given(DAYS, PERIODS, st.none() | PARTS)
def test_a_date_reads_back_as_it_is_said(day, precision, part):
    known = FuzzyDate(precision, *dates.bounds(precision, day, part), part)

    read = when(dates.say(known))

    assert (read.precision, read.part, read.bounds) == (precision, part, known.bounds)


@given(DAYS, PERIODS)
def test_thirds_fill_their_period_without_gap_or_overlap(day, precision):
    first, last = dates.period(precision, day)

    early, mid, late = (dates.third(first, last, part) for part in Part)

    assert early[0] == first
    assert late[1] == last
    assert early[1] + timedelta(days=1) == mid[0]
    assert mid[1] + timedelta(days=1) == late[0]


@given(DAYS, PERIODS)
def test_a_period_holds_the_day_it_was_asked_for(day, precision):
    first, last = dates.period(precision, day)

    assert first <= day <= last


def test_dates_are_orderable_when_their_bounds_stand_apart():
    assert dates.orderable(when("early May 1937"), when("11 June 1937"))
    assert dates.surely_before(when("early May 1937"), when("11 June 1937"))
    assert not dates.orderable(when("summer 1937"), when("11 June 1937"))
    assert not dates.orderable(when("autumn 1938"), when("November 1938"))
    assert not dates.surely_before(when("11 June 1937"), when("early May 1937"))


def test_a_date_without_bounds_cannot_be_ordered():
    era = FuzzyDate(Precision.ERA, label="the civil war")

    assert not dates.orderable(era, when("1937"))
    assert not dates.surely_before(era, when("1937"))
    assert not dates.finer(era, when("1937"))


def test_an_answer_inside_the_fact_and_narrower_is_finer():
    assert dates.finer(when("July 1937"), when("summer 1937"))
    assert not dates.finer(when("summer 1937"), when("summer 1937"))
    assert not dates.finer(when("1937"), when("summer 1937"))
    assert not dates.finer(when("May 1937"), when("summer 1937"))


def test_a_range_is_said_as_coarsely_as_its_ends_allow():
    assert dates.say(span("1937-01-01", "1938-12-31")) == "1937 to 1938"
    assert dates.say(span("1937-06-01", "1938-11-30")) == "June 1937 to November 1938"
    assert dates.say(span("1937-06-11", "1939-06-30")) == "11 June 1937 to 30 June 1939"


def test_relative_dates_and_eras_are_said_by_their_label():
    relative = FuzzyDate(
        Precision.RELATIVE, date(1937, 6, 1), date(1937, 6, 10), label="a week before the trial"
    )

    assert dates.say(relative) == "a week before the trial"
    assert dates.say(FuzzyDate(Precision.ERA, label="the civil war")) == "the civil war"


def test_a_text_mentions_each_date_once_and_as_finely_as_it_says():
    text = "From 11 June 1937 until mid-1938, then in the summer of 1939; pages 1940-41."

    assert {said.label for said in dates.mentions(text)} == {
        "11 June 1937",
        "mid-1938",
        "the summer of 1939",
    }
