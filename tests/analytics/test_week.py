"""The week in figures equals the tallies that it is told from."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from quizzes.analytics import study_days
from quizzes.analytics.study_days import Cell
from quizzes.analytics.week import Firmer, Return, Span, since, week

TODAY = date(2026, 3, 2)
DAY = timedelta(days=1)
numbers = st.integers(0, 40)


@st.composite
def cells(draw):
    """One cell for each of some days, chapters and kinds, and what lies before the calendar."""
    ago = st.one_of(st.none(), st.integers(-1, 30))
    keys = draw(st.sets(st.tuples(ago, st.integers(1, 3), st.sampled_from(["", "event", "term"]))))
    found = []
    for days, chapter, kind in sorted(keys, key=str):
        day, reviews = None if days is None else TODAY - days * DAY, draw(numbers)
        last = day or TODAY - draw(st.integers(130, 900)) * DAY
        found.append(
            Cell(
                day, chapter, kind, reviews, draw(st.integers(0, reviews)),
                draw(st.integers(0, 300_000)) if reviews else 0,
                draw(st.integers(-5, 20)), 0, last if reviews else None,
            )
        )  # fmt: skip
    return found


quiz_days = st.lists(st.integers(0, 30).map(lambda n: TODAY - n * DAY))


def told(done, quizzes=(), chapters=(1, 2)):
    return week(study_days.calendar(done, TODAY, quizzes), done, chapters)


def in_span(day, first):
    return day is not None and first <= day < first + 7 * DAY


@given(cells(), quiz_days)
def test_both_spans_are_the_sums_of_their_days(done, quizzes):
    seen = told(done, quizzes)

    for span, first in ((seen.this, TODAY - 6 * DAY), (seen.before, TODAY - 13 * DAY)):
        mine = [cell for cell in done if in_span(cell.day, first)]
        spent = dict.fromkeys((cell.day for cell in mine), 0)
        for cell in mine:
            spent[cell.day] += cell.duration_ms
        assert span.reviews == sum(cell.reviews for cell in mine)
        assert span.minutes == sum(max(round(ms / 60_000), int(ms > 0)) for ms in spent.values())
        studied = {cell.day for cell in mine if cell.reviews}
        studied |= {day for day in quizzes if in_span(day, first)}
        assert span.days == len(studied)


@given(cells())
def test_what_got_firmer_is_the_most_and_more_than_nothing(done):
    seen = told(done)

    of_week = [cell for cell in done if in_span(cell.day, TODAY - 6 * DAY)]
    gained = [sum(c.known for c in of_week if c.chapter_id == chapter) for chapter in (1, 2)]
    assert (seen.firmer.cards if seen.firmer else 0) == max(0, *gained)


@given(cells())
def test_in_one_chapter_it_is_a_kind(done):
    seen = told(done, chapters=(1,))

    of_week = [c for c in done if in_span(c.day, TODAY - 6 * DAY) and c.chapter_id == 1]
    gained = [sum(c.known for c in of_week if c.kind == kind) for kind in ("event", "term")]
    assert (seen.firmer.cards if seen.firmer else 0) == max(0, *gained)
    assert seen.firmer is None or seen.firmer.chapter_id is None


@given(cells(), quiz_days)
def test_a_return_is_told_only_after_a_pause_of_more_than_a_week(done, quizzes):
    seen = told(done, quizzes)

    every = {cell.day for cell in done if cell.reviews and cell.day} | set(quizzes)
    days = sorted(day for day in every if day <= TODAY)
    before = [day for day in days if day < since(TODAY)]
    before += [cell.last_day for cell in done if cell.day is None and cell.last_day]
    back = [day for day in days if day >= since(TODAY)]
    gap = (back[0] - max(before)).days if back and before else 0
    assert seen.returned == (Return(back[0], gap) if gap > 7 else None)


def test_before_the_first_day_nothing_is_told():
    seen = told([])

    assert seen.this == seen.before == Span(0, 0, 0)
    assert (seen.last_day, seen.firmer, seen.returned) == (None, None, None)


def test_the_first_chapter_of_those_that_gained_alike_is_told():
    done = [Cell(TODAY, chapter, "term", 4, 4, 0, 4, 0, TODAY) for chapter in (2, 1)]

    assert told(done, chapters=(2, 1)).firmer == Firmer(4, chapter_id=2)
