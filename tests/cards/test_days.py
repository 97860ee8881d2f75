"""The learner's day: one day for every instant, through every change of the clocks."""

from datetime import UTC, date, datetime, timedelta
from functools import cache
from itertools import pairwise
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizzes.cards.days import day_starts_at, learner_day

ROLLOVER = 4
# Every way of keeping time there is: half hours, quarter hours, half-hour summer time, summer
# time below zero, at midnight, around Ramadan, given up, taken up, and a day left out.
ZONES = [
    "Africa/Casablanca",
    "Africa/Cairo",
    "Africa/Juba",
    "America/Asuncion",
    "America/Caracas",
    "America/Havana",
    "America/Los_Angeles",
    "America/Mexico_City",
    "America/New_York",
    "America/Nuuk",
    "America/Santiago",
    "America/Sao_Paulo",
    "America/Scoresbysund",
    "America/St_Johns",
    "America/Whitehorse",
    "Antarctica/Casey",
    "Antarctica/Troll",
    "Asia/Almaty",
    "Asia/Amman",
    "Asia/Beirut",
    "Asia/Damascus",
    "Asia/Gaza",
    "Asia/Jerusalem",
    "Asia/Kathmandu",
    "Asia/Kolkata",
    "Asia/Tehran",
    "Asia/Tokyo",
    "Atlantic/Azores",
    "Australia/Lord_Howe",
    "Australia/Sydney",
    "Europe/Dublin",
    "Europe/Berlin",
    "Europe/Lisbon",
    "Europe/London",
    "Europe/Moscow",
    "Europe/Volgograd",
    "Pacific/Apia",
    "Pacific/Auckland",
    "Pacific/Chatham",
    "Pacific/Fiji",
    "Pacific/Norfolk",
    "UTC",
]
FIRST, LAST = datetime(2020, 1, 1, tzinfo=UTC), datetime(2036, 1, 1, tzinfo=UTC)
APIA_LEAVES_OUT = date(2011, 12, 30)
AN_HOUR = timedelta(hours=1)

instants = st.datetimes(datetime(2009, 1, 1), datetime(2035, 12, 31), timezones=st.just(UTC))  # noqa: DTZ001
zones = st.sampled_from(ZONES)
rollovers = st.integers(0, 23)


@cache
def transitions(zone):
    """The hours of 2020 to 2035 in which a zone's clocks change, by looking at each of them."""
    info, changes = ZoneInfo(zone), []
    at, offset = FIRST, FIRST.astimezone(info).utcoffset()
    while at < LAST:
        if (later := (at + timedelta(days=1)).astimezone(info).utcoffset()) != offset:
            changes.append(at)
            offset = later
        at += timedelta(days=1)
    return changes


def quarter_hours_around(change):
    start = change - timedelta(days=2)
    return [start + timedelta(minutes=15 * n) for n in range(4 * 24 * 5)]


@pytest.mark.parametrize("zone", ZONES)
def test_every_change_of_the_clocks_leaves_one_day_for_each_instant_in_order(zone):
    for change in transitions(zone):
        days = [learner_day(at, zone, ROLLOVER) for at in quarter_hours_around(change)]

        assert days == sorted(days)
        assert {(after - before).days for before, after in pairwise(days)} == {0, 1}


@pytest.mark.parametrize("zone", ZONES)
def test_around_every_change_a_day_begins_when_it_is_said_to(zone):
    for change in transitions(zone):
        for day in {learner_day(at, zone, ROLLOVER) for at in quarter_hours_around(change)}:
            start = day_starts_at(day, zone, ROLLOVER)

            assert learner_day(start, zone, ROLLOVER) == day
            assert learner_day(start - timedelta(seconds=1), zone, ROLLOVER) < day


@pytest.mark.parametrize("zone", ZONES)
def test_no_change_of_the_clocks_takes_a_study_day_or_gives_one_twice(zone):
    """Nor where a study day begins in the very hours in which clocks are changed."""
    for change in transitions(zone):
        dates = [change.date() + timedelta(days=n) for n in range(-2, 4)]
        for rollover in (0, 1, 2, 3, ROLLOVER):
            starts = [day_starts_at(day, zone, rollover) for day in dates]
            told = [learner_day(at, zone, rollover) for at in starts]
            lengths = [after - before for before, after in pairwise(starts)]

            assert told == dates
            assert all(20 * AN_HOUR <= length <= 28 * AN_HOUR for length in lengths)


@given(at=instants, zone=zones, rollover=rollovers)
def test_an_instant_lies_between_the_start_of_its_day_and_the_next(at, zone, rollover):
    day = learner_day(at, zone, rollover)

    start, end = (day_starts_at(d, zone, rollover) for d in (day, day + timedelta(days=1)))
    assert start <= at < end


@given(at=instants, zone=st.sampled_from(sorted(available_timezones())), rollover=rollovers)
def test_a_later_instant_never_has_an_earlier_day_anywhere(at, zone, rollover):
    later = [at + n * timedelta(minutes=20) for n in range(100)]

    days = [learner_day(instant, zone, rollover) for instant in later]

    assert days == sorted(days)


@given(at=instants, zone=zones)
def test_the_hours_after_midnight_count_for_the_evening_before(at, zone):
    wall = at.astimezone(ZoneInfo(zone))

    day = learner_day(at, zone, ROLLOVER)

    assert day in {wall.date(), wall.date() - timedelta(days=1)}
    if wall.hour > ROLLOVER:
        assert day == wall.date()


def test_a_card_answered_at_two_in_the_morning_belongs_to_the_day_before():
    two_in_berlin = datetime(2026, 3, 3, 1, tzinfo=UTC)

    assert learner_day(two_in_berlin, "Europe/Berlin", ROLLOVER) == date(2026, 3, 2)


def test_an_evening_that_comes_twice_does_not_bring_back_the_day_before():
    """At Casey, on 5 March 2010, the clocks went from 2:00 back to 23:00 of the 4th."""
    set_back = datetime(2010, 3, 4, 15, tzinfo=UTC)
    before, after = set_back - AN_HOUR, set_back + timedelta(minutes=30)
    assert [at.astimezone(ZoneInfo("Antarctica/Casey")).hour for at in (before, after)] == [1, 23]

    days = [learner_day(at, "Antarctica/Casey", rollover_hour=0) for at in (before, after)]

    assert days == [date(2010, 3, 5), date(2010, 3, 5)]


def test_an_hour_that_is_left_out_starts_the_day_when_it_is_jumped_over():
    """In Havana summer time begins at midnight: 0:00 does not exist on that day."""
    spring = date(2026, 3, 8)

    start = day_starts_at(spring, "America/Havana", rollover_hour=0)

    assert start.astimezone(ZoneInfo("America/Havana")).hour == 1
    assert start - day_starts_at(spring - timedelta(days=1), "America/Havana", 0) == 24 * AN_HOUR


def test_the_day_that_samoa_left_out_is_but_the_rest_of_a_night():
    """Apia went from 29 to 31 December 2011 at midnight; its study day of the 30th has 4 hours."""
    start = day_starts_at(APIA_LEAVES_OUT, "Pacific/Apia", ROLLOVER)
    end = day_starts_at(APIA_LEAVES_OUT + timedelta(days=1), "Pacific/Apia", ROLLOVER)

    assert end - start == 4 * AN_HOUR
    assert learner_day(start - timedelta(seconds=1), "Pacific/Apia", ROLLOVER) == date(2011, 12, 29)
    assert learner_day(end, "Pacific/Apia", ROLLOVER) == date(2011, 12, 31)
