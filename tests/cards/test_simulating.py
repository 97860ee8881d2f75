"""What a simulation foretells: what falls due, at the learner's pace, and no work on days off."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quizzes.cards.scheduling import Memory, retrievability
from quizzes.cards.simulating import Course, Habits, simulate
from quizzes.cards.spacing import Pace

MONDAY = 739_677
DAYS = 60
SEEN = [(Memory(1.0 + n % 40, 5.0, MONDAY - n % 20), MONDAY + n % 25) for n in range(300)]
DECK = Course(Pace(), SEEN, unseen=500, new_a_day=10)


def foretell(*courses, habits=None, days=DAYS, **rest):
    return simulate(courses, MONDAY, days, habits or Habits(), **rest)


def recall(outlook):
    return outlook.recall or 0


def test_the_same_seed_foretells_the_same():
    assert foretell(DECK, seed=7) == foretell(DECK, seed=7)
    assert foretell(DECK, seed=7) != foretell(DECK, seed=8)


def test_without_cards_there_is_nothing_to_do():
    outlook = foretell()

    assert len(outlook.days) == DAYS
    assert outlook.minutes_a_day == 0
    assert outlook.recall is None


def test_the_first_day_has_what_is_due_and_overdue():
    late = [(Memory(10.0, 5.0, MONDAY - 30), MONDAY - days) for days in (0, 1, 20)]
    later = [(Memory(10.0, 5.0, MONDAY - 3), MONDAY + 7)] * 5

    today, tomorrow, *_ = foretell(Course(Pace(), late + later), paths=8).days

    assert today.reviews == 3
    assert tomorrow.reviews < 3


def test_new_cards_come_so_many_a_day_until_none_is_left():
    days = foretell(Course(Pace(), unseen=25, new_a_day=10), paths=25).days

    assert [day.new for day in days[:4]] == [10, 10, 5, 0]


def test_the_work_is_the_same_however_many_paths_stand_for_it():
    """A sample, or a deck played over and over, has the same mean."""
    few, usual, many = (foretell(DECK, paths=paths, seed="even") for paths in (400, 1_000, 8_000))

    assert few.minutes_a_day == pytest.approx(many.minutes_a_day, rel=0.1)
    assert usual.minutes_a_day == pytest.approx(many.minutes_a_day, rel=0.05)
    assert recall(usual) == pytest.approx(recall(many), abs=0.01)
    assert usual.met == pytest.approx(many.met, rel=0.01) == 800


def test_more_retention_costs_more_and_keeps_more():
    eighty, ninety, most = (
        foretell(replace(DECK, pace=Pace(desired_retention=retention)))
        for retention in (0.8, 0.9, 0.95)
    )

    assert eighty.minutes_a_day < ninety.minutes_a_day < most.minutes_a_day
    assert recall(eighty) < recall(ninety) < recall(most)


def test_a_slower_learner_takes_longer_over_the_same_reviews():
    usual, slow = foretell(DECK), foretell(DECK, habits=Habits(30.0, 70.0))

    assert [day.reviews for day in slow.days] == [day.reviews for day in usual.days]
    assert slow.minutes_a_day == pytest.approx(2 * usual.minutes_a_day)


def test_a_day_off_brings_nothing_and_its_cards_wait():
    off = frozenset({MONDAY, MONDAY + 1})

    outlook = foretell(DECK, habits=Habits(week="nnnnnno", days_off=off))

    idle = {day.day for day in outlook.days if not day.minutes}
    assert idle == off | set(range(MONDAY + 6, MONDAY + DAYS, 7))
    assert outlook.days[2].reviews >= foretell(DECK).days[2].reviews


def test_a_lighter_day_has_fewer_reviews_than_its_neighbors():
    days = foretell(DECK, habits=Habits(week="nnnlnnn")).days

    light = [day.reviews for day in days if (day.day - MONDAY) % 7 == 3]
    others = [day.reviews for day in days if (day.day - MONDAY) % 7 != 3]
    assert sum(light) / len(light) < 0.9 * sum(others) / len(others)


def test_nobody_reviews_when_every_day_is_off():
    outlook = foretell(DECK, habits=Habits(week="ooooooo"))

    assert outlook.minutes_a_day == 0
    idle = [retrievability(MONDAY + DAYS - m.last_day, m.stability) for m, _ in SEEN]
    assert outlook.recall == pytest.approx(sum(idle) / len(idle), abs=0.01)


@settings(max_examples=20)
@given(
    seen=st.integers(0, 200),
    unseen=st.integers(0, 200),
    new_a_day=st.integers(0, 30),
    retention=st.floats(0.8, 0.95),
    longest=st.integers(1, 365),
    week=st.text("nlo", min_size=7, max_size=7),
)
def test_an_outlook_keeps_within_what_there_is(seen, unseen, new_a_day, retention, longest, week):
    course = Course(
        Pace(desired_retention=retention, maximum_interval=longest), SEEN[:seen], unseen, new_a_day
    )

    outlook = foretell(course, habits=Habits(week=week), days=30, paths=200)

    assert sum(day.new for day in outlook.days) <= unseen + 1
    assert outlook.met <= seen + unseen + 1
    assert outlook.recall is None or 0 < outlook.recall <= 1
    assert all(day.reviews >= 0 and day.minutes >= 0 for day in outlook.days)
