"""The learner's day: which study day an instant belongs to, and when that day began.

A study day begins at the *rollover hour* (usually 4 in the morning, so that midnight cards count
for the evening before), in the learner's own time zone. A day is written into the log when a
card is answered and never worked out again, so moving to another zone changes no history.
"""

from bisect import bisect_left
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

_ONE_DAY = timedelta(days=1)


def learner_day(at: datetime, time_zone: str, rollover_hour: int) -> date:
    """The study day of an instant: a later instant never has an earlier day."""
    wall = at.astimezone(ZoneInfo(time_zone)).replace(tzinfo=None)
    day = (wall - timedelta(hours=rollover_hour)).date()
    # A clock that is set back may read "before the rollover" a second time: the new day stays.
    tomorrow = day + _ONE_DAY
    return tomorrow if day_starts_at(tomorrow, time_zone, rollover_hour) <= at else day


def day_starts_at(day: date, time_zone: str, rollover_hour: int) -> datetime:
    """The first instant (in UTC) when the learner's clock reads the rollover hour or later.

    If the hour comes twice, the first counts; if it is left out, the moment it is jumped over.
    """
    rollover = datetime.combine(day, time(rollover_hour))
    zone = ZoneInfo(time_zone)
    start = rollover.replace(tzinfo=zone, fold=0).astimezone(UTC)
    if start.astimezone(zone).replace(tzinfo=None) == rollover:
        return start
    before = rollover.replace(tzinfo=zone, fold=1).astimezone(UTC)
    return _jump(before, start, rollover, zone)


def _jump(before: datetime, after: datetime, rollover: datetime, zone: ZoneInfo) -> datetime:
    """The second between two instants at which the clock leaps over `rollover`."""
    seconds = range(int((after - before).total_seconds()))
    leaped = bisect_left(
        seconds,
        True,
        key=lambda s: (
            (before + timedelta(seconds=s)).astimezone(zone).replace(tzinfo=None) >= rollover
        ),
    )
    return before + timedelta(seconds=leaped)
