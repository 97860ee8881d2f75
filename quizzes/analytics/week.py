"""The week of a learner: the last seven study days beside the seven before; pure arithmetic.

It is told from what the calendar shows, so that it cannot say otherwise.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from quizzes.analytics.study_days import Calendar, Cell, Day

DAYS = 7
AWAY = timedelta(days=7)
"""More than so long without a study day is a pause."""


@dataclass(frozen=True, slots=True)
class Span:
    """Seven days together: on how many of them there was study, and how much."""

    days: int
    reviews: int
    minutes: int


@dataclass(frozen=True, slots=True)
class Firmer:
    """Where most cards became known: a chapter, or, where one alone is studied, a kind of fact."""

    cards: int
    chapter_id: int | None = None
    kind: str = ""


@dataclass(frozen=True, slots=True)
class Return:
    """The first study day after a pause, and how many days had gone by since the one before."""

    day: date
    away: int


@dataclass(frozen=True, slots=True)
class Week:
    """What the last seven days held; nothing is measured against anybody else."""

    this: Span
    before: Span
    last_day: date | None
    """The last study day of all; none before the first."""
    firmer: Firmer | None
    returned: Return | None


def since(today: date) -> date:
    """The first of the seven days that end today."""
    return today - timedelta(days=DAYS - 1)


def week(calendar: Calendar, done: Collection[Cell], chapters: Sequence[int]) -> Week:
    """The week that ends with the calendar; `chapters` are those under study, in their order."""
    days = [day for one in calendar.weeks for day in one]
    today = calendar.today.day
    first = since(today)
    return Week(
        this=_span(days[-DAYS:]),
        before=_span(days[-2 * DAYS : -DAYS]),
        last_day=calendar.last_day,
        firmer=_firmer([one for one in done if one.day and first <= one.day <= today], chapters),
        returned=_return(calendar, first),
    )


def _span(days: Iterable[Day]) -> Span:
    studied = [day for day in days if day.is_studied]
    return Span(
        days=len(studied),
        reviews=sum(day.reviews for day in studied),
        minutes=sum(day.minutes for day in studied),
    )


def _firmer(done: Iterable[Cell], chapters: Sequence[int]) -> Firmer | None:
    """The first of those with most cards newly known; none where nowhere more are known."""
    by_chapter, by_kind = Counter[int](), Counter[str]()
    for cell in done:
        if cell.chapter_id in chapters:
            by_chapter[cell.chapter_id] += cell.known
            by_kind[cell.kind] += cell.known if cell.kind else 0
    if len(chapters) > 1:
        found = max(chapters, key=lambda chapter: by_chapter[chapter])
        firmer = Firmer(by_chapter[found], chapter_id=found)
    else:
        kind = max(sorted(by_kind), key=lambda kind: by_kind[kind], default="")
        firmer = Firmer(by_kind[kind], kind=kind)
    return firmer if firmer.cards > 0 else None


def _return(calendar: Calendar, first: date) -> Return | None:
    """The first study day since then, where a pause lay before it."""
    studied = [day.day for day in calendar.days]
    back = next((day for day in studied if day >= first), None)
    last = max((day for day in studied if day < first), default=calendar.before)
    if back is None or last is None or back - last <= AWAY:
        return None
    return Return(back, (back - last).days)
