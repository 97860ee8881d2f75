"""What an answer earns: examples, and what holds for every answer."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from quizzes.assessment import typed_dates
from quizzes.assessment.answering import Chosen, Typed
from quizzes.assessment.grading import (
    AcceptedDate,
    AcceptedNumber,
    AcceptedText,
    Date,
    Grade,
    Number,
    Remark,
    Several,
    ShortText,
    Single,
    TrueFalse,
    Unmarkable,
    grade,
)
from quizzes.content.dates import CALENDAR, FuzzyDate, Part, Precision, bounds, parse, say
from quizzes.items.fractions import FULL_FRACTION as FULL
from quizzes.items.normalizing import answer_key

SINGLE = Single((0, FULL, 0, FULL // 2), ("No: a.", "", "No: c.", "Half."))
SEVERAL = Several(frozenset({0, 2}), ("", "No: b.", "", "No: d."))
TEXT = ShortText((AcceptedText("Fel'dman"), AcceptedText("B. Fel'dman", FULL // 2)))
NUMBER = Number((AcceptedNumber(Decimal(35_000)), AcceptedNumber(Decimal(40_000), Decimal(500))))
EARLY_1938 = FuzzyDate(
    Precision.YEAR, date(1938, 1, 1), date(1938, 4, 30), Part.EARLY, "early 1938"
)
KEYS = (
    SINGLE,
    TrueFalse(1, ("", "")),
    SEVERAL,
    TEXT,
    NUMBER,
    Date((AcceptedDate(EARLY_1938),)),
    Unmarkable(),
)
NASTY = ("first half of 0000", "0.0.0000", "9" * 400, "9" * 400 + " billion", "-", "1,5")
COARSE = (Precision.MONTH, Precision.SEASON, Precision.YEAR, Precision.DECADE)

answers = (
    st.none()
    | st.builds(Typed, st.text(max_size=40))
    | st.builds(Chosen, st.frozensets(st.integers(-1, 5), max_size=4))
)
several_keys = st.integers(1, 7).flatmap(
    lambda count: st.builds(
        Several,
        st.frozensets(st.integers(0, count - 1), min_size=1),
        st.just(("",) * count),
    )
)


def chosen(*places):
    return Chosen(frozenset(places))


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


# All kinds


@given(st.sampled_from(KEYS), answers)
def test_every_answer_has_a_grade_from_nothing_to_the_whole_mark(key, answer):
    found = grade(key, answer)

    assert found.fraction is None or 0 <= found.fraction <= FULL


@pytest.mark.parametrize("key", [TEXT, NUMBER, Date((AcceptedDate(EARLY_1938),))])
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


@pytest.mark.parametrize("key", KEYS[:-1])
@pytest.mark.parametrize("answer", [None, Typed("  "), chosen()])
def test_no_answer_earns_nothing_and_says_so(key, answer):
    assert grade(key, answer) == Grade(0, remark=Remark.NOT_ANSWERED)


@pytest.mark.parametrize(
    ("key", "answer"),
    [(SINGLE, Typed("b")), (TEXT, chosen(0)), (Unmarkable(), Typed("b")), (SINGLE, chosen(9))],
)
def test_what_cannot_be_marked_is_not_wrong(key, answer):
    assert grade(key, answer).fraction is None


# Choices


def test_an_option_earns_what_its_key_says_with_the_authors_words():
    assert grade(SINGLE, chosen(0)) == Grade(0, ("No: a.",))
    assert grade(SINGLE, chosen(1)) == Grade(FULL)
    assert grade(SINGLE, chosen(3)) == Grade(FULL // 2, ("Half.",))


def test_true_or_false_is_all_or_nothing():
    key = TrueFalse(0, ("", "It is true."))

    assert grade(key, chosen(0)) == Grade(FULL)
    assert grade(key, chosen(1)) == Grade(0, ("It is true.",))


@given(several_keys)
def test_the_right_set_earns_the_whole_mark_and_no_other_set_does(key):
    everything = frozenset(range(len(key.feedback)))

    assert grade(key, Chosen(key.rights)).fraction == FULL
    for place in everything:
        other = key.rights ^ {place}
        assert (grade(key, Chosen(other)).fraction or 0) < FULL


@given(several_keys)
def test_choosing_everything_earns_nothing_where_something_is_wrong(key):
    everything = frozenset(range(len(key.feedback)))
    assume(key.rights != everything)

    assert grade(key, Chosen(everything)).fraction == 0


@given(several_keys, st.data())
def test_a_right_option_more_never_costs_and_a_wrong_one_never_pays(key, data):
    places = st.sampled_from(range(len(key.feedback)))
    start = data.draw(st.frozensets(places))
    place = data.draw(places)
    before = grade(key, Chosen(start - {place})).fraction or 0
    after = grade(key, Chosen(start | {place})).fraction or 0

    assert after >= before if place in key.rights else after <= before


@given(several_keys, st.data())
def test_the_order_of_the_options_does_not_change_the_mark(key, data):
    places = range(len(key.feedback))
    moved = data.draw(st.permutations(places))
    said = data.draw(st.frozensets(st.sampled_from(places)))
    other = Several(frozenset(moved[place] for place in key.rights), key.feedback)

    found = grade(other, Chosen(frozenset(moved[place] for place in said)))

    assert found.fraction == grade(key, Chosen(said)).fraction


def test_each_wrong_option_costs_what_a_share_of_the_wrong_ones_costs():
    key = Several(frozenset({0, 1, 2}), ("",) * 5)

    assert grade(key, chosen(0)).fraction == 3_333_333
    assert grade(key, chosen(0, 1, 3)).fraction == 1_666_666
    assert grade(key, chosen(0, 3)).fraction == 0


def test_of_several_each_wrong_one_is_told():
    assert grade(SEVERAL, chosen(0, 1, 3)).feedback == ("No: b.", "No: d.")


# Short texts


@pytest.mark.parametrize(
    "text", ["Fel'dman", "Fel’dman", "feldman", "FELDMAN", " Feldman. ", "the Feldman", "Féldman"]
)
def test_accents_apostrophes_capitals_and_the_article_are_forgiven(text):
    assert grade(TEXT, Typed(text)) == Grade(FULL)


def test_a_lesser_accepted_answer_earns_less():
    assert grade(TEXT, Typed("B Feldman")).fraction == FULL // 2


def test_where_capitals_matter_they_matter():
    key = ShortText((AcceptedText("NKVD", is_case_exact=True),))

    assert grade(key, Typed(" NKVD ")).fraction == FULL
    assert grade(key, Typed("nkvd")).fraction == 0


@given(st.text(min_size=1, max_size=30), st.sampled_from([str.upper, str.lower, str.swapcase]))
def test_an_accepted_text_is_right_in_other_capitals_and_spaces(text, recase):
    recased = f"  {recase(text)} "
    assume(answer_key(text) and answer_key(recased) == answer_key(text))
    assume(len(recased) <= 300)

    assert grade(ShortText((AcceptedText(text),)), Typed(recased)).fraction == FULL


@given(
    st.text("abcehilnorstuz", min_size=1, max_size=20),
    st.lists(st.sampled_from(["\u0301", "\u030c", "\u0308", "'", "’", "ʹ"]), max_size=5),
    st.data(),
)
def test_marks_and_apostrophes_anywhere_change_nothing(text, marks, data):
    marked = text
    for mark in marks:
        place = data.draw(st.integers(1, len(marked)))
        marked = marked[:place] + mark + marked[place:]

    assert grade(ShortText((AcceptedText(text),)), Typed(marked)).fraction == FULL
    assert grade(ShortText((AcceptedText(marked),)), Typed(text)).fraction == FULL


@given(st.text(max_size=30), st.text(max_size=30))
def test_another_text_is_never_accepted(text, accepted):
    assume(answer_key(text) != answer_key(accepted) or not answer_key(text))

    assert grade(ShortText((AcceptedText(accepted),)), Typed(text)).fraction == 0


# Numbers


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


# Dates


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
