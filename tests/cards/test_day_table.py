"""Study days where clocks do odd things: none is skipped, none comes twice, in log and calendar."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo, available_timezones

import pytest

from quizzes.analytics import progress, study_days
from quizzes.cards import planning
from quizzes.cards.days import day_starts_at, learner_day
from quizzes.people.models import User
from tests.bookshelf import make_study_book
from tests.cards.acting import GOOD, rate
from tests.profiles import count

DAY = timedelta(days=1)

TABLE = {
    "spring, before the hour that is left out": ("Europe/Berlin", 4, [
        ("2026-03-29T00:30", 28), ("2026-03-29T01:59", 28), ("2026-03-29T02:00", 29),
        ("2026-03-30T01:59", 29), ("2026-03-30T02:00", 30),
    ]),
    "autumn, after the hour that comes twice": ("Europe/Berlin", 4, [
        ("2026-10-25T00:30", 24), ("2026-10-25T01:30", 24), ("2026-10-25T02:59", 24),
        ("2026-10-25T03:00", 25), ("2026-10-26T02:59", 25), ("2026-10-26T03:00", 26),
    ]),
    "two o’clock does not exist": ("Europe/Berlin", 2, [
        ("2026-03-29T00:59", 28), ("2026-03-29T01:00", 29), ("2026-03-29T23:59", 29),
        ("2026-03-30T00:00", 30),
    ]),
    "two o’clock comes twice: the first begins the day": ("Europe/Berlin", 2, [
        ("2026-10-24T23:59", 24), ("2026-10-25T00:00", 25), ("2026-10-25T00:59", 25),
        ("2026-10-25T01:00", 25), ("2026-10-25T01:30", 25), ("2026-10-26T01:00", 26),
    ]),
    "four o’clock does not exist: Casey leaps from two to five": ("Antarctica/Casey", 4, [
        ("2009-10-17T17:59", 17), ("2009-10-17T18:00", 18), ("2009-10-18T16:59", 18),
        ("2009-10-18T17:00", 19),
    ]),
    "four o’clock is where Baku leaps": ("Asia/Baku", 4, [
        ("2015-03-28T23:59", 28), ("2015-03-29T00:00", 29), ("2015-03-29T22:59", 29),
        ("2015-03-29T23:00", 30),
    ]),
    "four o’clock comes twice: the first begins the day": ("Asia/Baku", 4, [
        ("2015-10-24T22:59", 24), ("2015-10-24T23:00", 25), ("2015-10-24T23:59", 25),
        ("2015-10-25T00:00", 25), ("2015-10-25T23:59", 25), ("2015-10-26T00:00", 26),
    ]),
    "an evening comes twice: Casey falls from two to eleven": ("Antarctica/Casey", 0, [
        ("2010-03-04T12:59", 4), ("2010-03-04T13:00", 5), ("2010-03-04T14:59", 5),
        ("2010-03-04T15:00", 5), ("2010-03-04T16:00", 5), ("2010-03-05T16:00", 6),
    ]),
    "half an hour is left out": ("Australia/Lord_Howe", 2, [
        ("2026-10-03T15:29", 3), ("2026-10-03T15:30", 4), ("2026-10-04T14:59", 4),
        ("2026-10-04T15:00", 5),
    ]),
    "half an hour comes twice": ("Australia/Lord_Howe", 2, [
        ("2026-04-04T14:59", 4), ("2026-04-04T15:29", 4), ("2026-04-04T15:30", 5),
    ]),
    "Samoa leaves a day out, but for the rest of its night": ("Pacific/Apia", 4, [
        ("2011-12-29T13:59", 28), ("2011-12-29T14:00", 29), ("2011-12-30T09:59", 29),
        ("2011-12-30T10:00", 30), ("2011-12-30T13:59", 30), ("2011-12-30T14:00", 31),
    ]),
    "midnight does not exist": ("America/Havana", 0, [
        ("2026-03-08T04:59", 7), ("2026-03-08T05:00", 8), ("2026-03-09T03:59", 8),
        ("2026-03-09T04:00", 9),
    ]),
    "quarters of an hour": ("Asia/Kathmandu", 4, [
        ("2026-03-01T22:14", 1), ("2026-03-01T22:15", 2), ("2026-03-02T22:15", 3),
    ]),
    "the last hour begins the day": ("America/St_Johns", 23, [
        ("2026-03-08T01:29", 6), ("2026-03-08T02:29", 6), ("2026-03-08T02:30", 7),
        ("2026-03-09T01:29", 7), ("2026-03-09T01:30", 8),
    ]),
}  # fmt: skip
ODD_ZONES = [
    *("Africa/Casablanca", "Africa/Juba", "America/Caracas", "America/Havana", "America/Nuuk"),
    *("America/Sao_Paulo", "America/St_Johns", "Antarctica/Casey", "Antarctica/Troll"),
    *("Asia/Gaza", "Asia/Kathmandu", "Asia/Pyongyang", "Asia/Tehran", "Australia/Lord_Howe"),
    *("Europe/Berlin", "Europe/Dublin", "Pacific/Apia", "Pacific/Chatham", "Pacific/Fakaofo"),
]
SWEPT = count(ODD_ZONES, sorted(available_timezones()))
ROLLOVERS = count((0, 2, 4, 23), tuple(range(24)))


def instant(text):
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.mark.parametrize("case", TABLE)
def test_each_instant_has_its_day(case):
    zone, rollover, expected = TABLE[case]

    told = [(text, learner_day(instant(text), zone, rollover).day) for text, _day in expected]

    assert told == expected


@pytest.mark.django_db
def test_log_tallies_and_calendar_show_these_days_and_no_other():
    book = make_study_book(8)
    items = list(book.items.all())
    for n, (zone, rollover, expected) in enumerate(TABLE.values()):
        instants = [instant(text) for text, _day in expected]
        learner = User.objects.create_user(
            f"learner-{n}", time_zone=zone, day_rollover_hour=rollover
        )
        planning.start(learner, book, instants[0] - DAY)
        for at, item in zip(instants, items, strict=False):
            rate(learner, item, GOOD, at)
        days = [day for _text, day in expected]
        today = learner_day(instants[-1], zone, rollover)

        log = learner.reviews.order_by("pk").values_list("learner_day", flat=True)
        assert [day.day for day in log] == days
        cells = progress.cells(learner, today)
        calendar = study_days.calendar(cells, today, [])
        assert {day.day.day: day.reviews for day in calendar.days} == {
            day: days.count(day) for day in days
        }
        shown = [day.day for week in calendar.weeks for day in week]
        assert shown == [shown[0] + n * DAY for n in range(len(shown))]


@pytest.mark.django_db
def test_a_traveller_keeps_every_day_as_it_was_where_it_was():
    """Eastward over the date line a date is passed by, westward it comes again: its own rows."""
    book = make_study_book(6)
    learner = User.objects.create_user("vera", time_zone="Asia/Tokyo")
    planning.start(learner, book, instant("2026-03-01T00:00"))
    journey = [
        ("Asia/Tokyo", "2026-03-03T01:00", 3),
        ("Pacific/Honolulu", "2026-03-03T02:00", 2),
        ("Pacific/Honolulu", "2026-03-04T02:00", 3),
        ("Pacific/Kiritimati", "2026-03-04T12:00", 4),
        ("Pacific/Kiritimati", "2026-03-05T15:00", 6),
    ]
    for (zone, text, day), item in zip(journey, book.items.all(), strict=False):
        learner.time_zone = zone
        learner.save(update_fields=["time_zone"])
        review = rate(learner, item, GOOD, instant(text))
        assert review.learner_day.day == day

    def shown(day):
        today = date(2026, 3, day)
        calendar = study_days.calendar(progress.cells(learner, today), today, [])
        return {one.day.day: one.reviews for one in calendar.days}

    assert shown(2) == {2: 1}  # what lies ahead on this clock is not shown until it comes
    assert shown(6) == {2: 1, 3: 2, 4: 1, 6: 1}


def changes(zone):
    """The days from 2007 on before which a zone's offset changed."""
    info, at, found = ZoneInfo(zone), datetime(2007, 1, 1, tzinfo=UTC), []
    offset = at.astimezone(info).utcoffset()
    while at.year < 2038:
        at += DAY
        if (later := at.astimezone(info).utcoffset()) != offset:
            found.append(at.date())
            offset = later
    return found


def exists(day, zone):
    """Whether the clocks of a zone ever showed this date."""
    noon = datetime(day.year, day.month, day.day, 12, tzinfo=ZoneInfo(zone))
    return noon.astimezone(UTC).astimezone(ZoneInfo(zone)).date() == day


def test_no_zone_skips_a_study_day_or_has_one_twice(tell_tried):
    """Each date begins once, right after the one before it ended, whatever hour begins a day."""
    tried = 0
    for zone in SWEPT:
        for change in changes(zone):
            days = [change + n * DAY for n in range(-3, 4)]
            days = [day for day in days if exists(day, zone)]
            for rollover in ROLLOVERS:
                starts = [day_starts_at(day, zone, rollover) for day in days]
                assert [learner_day(at, zone, rollover) for at in starts] == days, (zone, rollover)
                assert starts == sorted(set(starts)), (zone, change, rollover)
                for day, start in zip(days, starts, strict=True):
                    before = learner_day(start - timedelta(seconds=1), zone, rollover)
                    assert before < day, (zone, day, rollover)
                    assert day - before == DAY or not exists(day - DAY, zone), (zone, day)
                tried += len(days)
    tell_tried(tried)
