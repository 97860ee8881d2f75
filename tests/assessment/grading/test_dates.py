"""What dates earn: as exact as the source."""

from datetime import date

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from quizzes.assessment import typed_dates
from quizzes.assessment.answering import Typed
from quizzes.assessment.grading import AcceptedDate, Date, Grade, Remark, grade
from quizzes.content.dates import CALENDAR, FuzzyDate, Part, Precision, bounds, parse, say
from quizzes.items.fractions import FULL_FRACTION as FULL

COARSE = (Precision.MONTH, Precision.SEASON, Precision.YEAR, Precision.DECADE)


def dated(*texts):
    """A key that accepts dates as the book writes them."""
    return Date(tuple(AcceptedDate(when) for text in texts if (when := parse(text))))


@st.composite
def fuzzy_dates(draw, *precisions):
    precision = draw(st.sampled_from(precisions or sorted(CALENDAR)))
    has_parts = precision not in (Precision.DAY, Precision.SEASON)
    part = draw(st.none() | st.sampled_from(list(Part))) if has_parts else None
    day = draw(st.dates(date(1850, 1, 1), date(1999, 12, 31)))
    when = FuzzyDate(precision, *bounds(precision, day, part), part)
    return FuzzyDate(when.precision, when.not_before, when.not_after, part, say(when))


@given(fuzzy_dates())
def test_a_date_as_exact_as_the_source_is_right(when):
    assert grade(Date((AcceptedDate(when),)), Typed(say(when))) == Grade(FULL)


@given(fuzzy_dates(*COARSE), st.data())
def test_a_day_inside_a_coarser_date_says_more_than_the_source(when, data):
    day = data.draw(st.dates(when.not_before, when.not_after))

    found = grade(Date((AcceptedDate(when),)), Typed(day.isoformat()))

    assert found == Grade(0, remark=Remark.TOO_EXACT)


@given(fuzzy_dates(Precision.DAY, Precision.MONTH))
def test_the_year_of_an_exact_date_says_less_than_the_source(when):
    found = grade(Date((AcceptedDate(when),)), Typed(str(when.not_before.year)))

    assert found == Grade(0, remark=Remark.NOT_EXACT_ENOUGH)


@given(fuzzy_dates(), fuzzy_dates())
def test_a_date_of_another_time_is_wrong(when, other):
    apart = when.not_after < other.not_before or other.not_after < when.not_before
    assume(apart)

    assert grade(Date((AcceptedDate(when),)), Typed(say(other))) == Grade(0)


def test_the_sources_own_words_are_right_however_hard_to_read():
    label = "from the early 1930s, before 1937"
    when = FuzzyDate(Precision.RANGE, date(1930, 1, 1), date(1936, 12, 31), None, label)

    assert grade(Date((AcceptedDate(when),)), Typed(label.upper())).fraction == FULL
    assert grade(Date((AcceptedDate(when),)), Typed("after 1929, I think")) == Grade(
        0, remark=Remark.NOT_UNDERSTOOD
    )


@pytest.mark.parametrize(
    ("accepted", "said", "remark"),
    [
        ("1937-1938", "1937", Remark.TOO_EXACT),
        ("1937-1938", "the 1930s", Remark.NOT_EXACT_ENOUGH),
        ("early to mid-1930s", "early 1930s", Remark.TOO_EXACT),
        ("first half of 1937", "June 1937", Remark.TOO_EXACT),
        ("first half of 1937", "1937", Remark.NOT_EXACT_ENOUGH),
        ("11 June 1937", "June 1937", Remark.NOT_EXACT_ENOUGH),
        ("summer 1937", "June to November 1937", Remark.NOT_EXACT_ENOUGH),
        ("summer 1937", "spring 1937", None),
        ("1937", "late 1936 to early 1937", None),
    ],
)
def test_a_date_too_exact_or_not_enough_is_told_apart_from_another(accepted, said, remark):
    when = typed_dates.read(accepted)
    assert when is not None

    assert grade(Date((AcceptedDate(when),)), Typed(said)) == Grade(0, remark=remark)


def test_of_several_dates_any_is_right():
    key = dated("June 1937", "1938")

    assert grade(key, Typed("Jun. 1937")).fraction == FULL
    assert grade(key, Typed("in 1938")).fraction == FULL
    assert grade(key, Typed("1939")).fraction == 0
