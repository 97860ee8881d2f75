"""Fuzzy dates: as fine as the source gives them, and no finer.

Pure: no Django, no clock, no database. A date is a precision, a part ("early"), two bounds and the
words it is said in. The bounds carry all arithmetic: ordering, overlap, what counts as finer.

House rules:
- early, mid and late are thirds: of months where the period's months divide by three (a year,
  a season, a decade), else of days (early May is 1-10, mid-May 11-20, late May the rest);
- seasons are whole months, spring from March; a winter is named after the year it begins in;
- two dates are orderable only when their bounds are filled and do not overlap.

Years run from 100 to 9900, so that no period falls off the calendar's ends.
"""

import calendar
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum


class Precision(StrEnum):
    """How exactly a date is known."""

    DAY = "day"
    MONTH = "month"
    SEASON = "season"
    YEAR = "year"
    DECADE = "decade"
    RANGE = "range"
    RELATIVE = "relative"
    ERA = "era"


class Part(StrEnum):
    """Which third of its period a date lies in."""

    EARLY = "early"
    MID = "mid"
    LATE = "late"


CALENDAR = frozenset(
    {Precision.DAY, Precision.MONTH, Precision.SEASON, Precision.YEAR, Precision.DECADE}
)
"""The precisions whose bounds follow from the calendar; the others' are told, not computed."""

MONTHS = tuple(calendar.month_name)[1:]
SEASONS = {"winter": 12, "spring": 3, "summer": 6, "autumn": 9}
SPANS = {Precision.MONTH: 1, Precision.SEASON: 3, Precision.YEAR: 12, Precision.DECADE: 120}


@dataclass(frozen=True, slots=True)
class FuzzyDate:
    """A date as the source gives it; both bounds are inclusive, and empty only for an era."""

    precision: Precision
    not_before: date | None = None
    not_after: date | None = None
    part: Part | None = None
    label: str = ""

    @property
    def bounds(self) -> tuple[date, date] | None:
        """Both bounds, or nothing when either is missing."""
        if self.not_before is None or self.not_after is None:
            return None
        return self.not_before, self.not_after


def _months_on(first: date, months: int) -> date:
    """The first of the month that lies `months` after the month of `first`."""
    count = first.year * 12 + first.month - 1 + months
    return date(count // 12, count % 12 + 1, 1)


def _last_before(first_of_next: date) -> date:
    return first_of_next - timedelta(days=1)


def period(precision: Precision, day: date) -> tuple[date, date]:
    """First and last day of the calendar period of this precision that holds `day`."""
    if precision is Precision.DAY:
        return day, day
    first = _start(precision, day)
    return first, _last_before(_months_on(first, SPANS[precision]))


def _start(precision: Precision, day: date) -> date:
    match precision:
        case Precision.MONTH:
            return day.replace(day=1)
        case Precision.SEASON:
            return _season_start(day)
        case Precision.YEAR:
            return date(day.year, 1, 1)
        case _:
            return date(day.year // 10 * 10, 1, 1)


def _season_start(day: date) -> date:
    if day.month == 12:
        return date(day.year, 12, 1)
    if day.month < 3:
        return date(day.year - 1, 12, 1)
    return date(day.year, day.month // 3 * 3, 1)


def third(first: date, last: date, part: Part) -> tuple[date, date]:
    """First and last day of a third of a period of whole months, by the house rule."""
    position = tuple(Part).index(part)
    months = (last.year - first.year) * 12 + last.month - first.month + 1
    if months % 3 == 0:
        step = months // 3
        start = _months_on(first, step * position)
        return start, _last_before(_months_on(start, step))
    start = first + timedelta(days=10 * position)
    return start, last if part is Part.LATE else start + timedelta(days=9)


def bounds(precision: Precision, day: date, part: Part | None = None) -> tuple[date, date]:
    """First and last day of the calendar period that holds `day`, or of one third of it."""
    first, last = period(precision, day)
    return third(first, last, part) if part else (first, last)


def overlap(one: FuzzyDate, other: FuzzyDate) -> bool:
    """Whether both may name the same day; dates without bounds overlap with everything."""
    a, b = one.bounds, other.bounds
    return a is None or b is None or (a[0] <= b[1] and b[0] <= a[1])


def orderable(one: FuzzyDate, other: FuzzyDate) -> bool:
    """Whether the bounds alone tell which of the two came first."""
    return not overlap(one, other)


def surely_before(one: FuzzyDate, other: FuzzyDate) -> bool:
    """Whether every day that `one` may name lies before every day that `other` may name."""
    a, b = one.bounds, other.bounds
    return a is not None and b is not None and a[1] < b[0]


def within(inner: FuzzyDate, outer: FuzzyDate) -> bool:
    """Whether every day that `inner` may name is one that `outer` may name too."""
    a, b = inner.bounds, outer.bounds
    return a is not None and b is not None and b[0] <= a[0] and a[1] <= b[1]


def finer(answer: FuzzyDate, fact: FuzzyDate) -> bool:
    """Whether an answer says more than the fact knows: it lies inside it and is narrower."""
    return within(answer, fact) and answer.bounds != fact.bounds


def say(when: FuzzyDate) -> str:
    """The date in words, from its bounds where the calendar gives them, else its label."""
    if when.bounds is None or when.precision in {Precision.RELATIVE, Precision.ERA}:
        return when.label
    first, last = when.bounds
    if when.precision is Precision.RANGE:
        return f"{_edge(first, first, last)} to {_edge(last, first, last)}"
    name = _name(when.precision, first)
    if when.part is None:
        return f"the {name}" if when.precision is Precision.DECADE else name
    return f"mid-{name}" if when.part is Part.MID else f"{when.part} {name}"


def _name(precision: Precision, day: date) -> str:
    match precision:
        case Precision.DAY:
            return f"{day.day} {MONTHS[day.month - 1]} {day.year}"
        case Precision.MONTH:
            return f"{MONTHS[day.month - 1]} {day.year}"
        case Precision.SEASON:
            start = _season_start(day)
            season = next(name for name, month in SEASONS.items() if month == start.month)
            return f"{season} {start.year}"
        case Precision.YEAR:
            return f"{day.year}"
        case _:
            return f"{day.year // 10 * 10}s"


def _edge(day: date, first: date, last: date) -> str:
    """One end of a range, as coarse as both ends allow: whole years, whole months or days."""
    if (first.month, first.day, last.month, last.day) == (1, 1, 12, 31):
        return _name(Precision.YEAR, day)
    if first.day == 1 and (last + timedelta(days=1)).day == 1:
        return _name(Precision.MONTH, day)
    return _name(Precision.DAY, day)


_MONTH = "(?P<month>" + "|".join(MONTHS) + ")"
_PART = r"(?:the )?(?:(?P<part>early|mid|late)(?:[ -]in)?[ -](?:the )?)?"
_YEAR = r"(?P<year>[12]\d{3})"
_FORMS: tuple[tuple[Precision, re.Pattern[str]], ...] = tuple(
    (precision, re.compile(rf"(?<![\w-]){form}(?!\w|-\d)", re.IGNORECASE))
    for precision, form in (
        (Precision.DAY, rf"(?P<day>\d{{1,2}}) {_MONTH},? {_YEAR}"),
        (Precision.DAY, rf"{_MONTH} (?P<day>\d{{1,2}}),? {_YEAR}"),
        (Precision.DAY, rf"{_YEAR}-(?P<number>\d\d)-(?P<day>\d\d)"),
        (Precision.MONTH, rf"{_PART}{_MONTH},? {_YEAR}"),
        (Precision.SEASON, rf"{_PART}(?P<season>{'|'.join(SEASONS)})(?: of)? {_YEAR}"),
        (Precision.DECADE, rf"{_PART}{_YEAR}s"),
        (Precision.YEAR, rf"{_PART}{_YEAR}"),
    )
)


def mentions(text: str) -> Iterator[FuzzyDate]:
    """Every date said in a text, the finest reading first; each date's label is its own words."""
    taken: set[int] = set()
    for precision, form in _FORMS:
        for match in form.finditer(text):
            span = set(range(*match.span()))
            found = None if span & taken else _read(precision, match)
            if found:
                taken |= span
                yield found


def parse(text: str) -> FuzzyDate | None:
    """The date that the whole text says ("early 1938", "1937-06-11"), or nothing.

    A year has four digits: "winter 999" is no date.
    """
    words = " ".join(text.split())
    for precision, form in _FORMS:
        if (match := form.fullmatch(words)) and (when := _read(precision, match)):
            return when
    return None


def _read(precision: Precision, match: re.Match[str]) -> FuzzyDate | None:
    said = match.groupdict()
    part = Part(said["part"].lower()) if said.get("part") else None
    try:
        day = date(int(said["year"]), _month(said), int(said.get("day") or 1))
    except ValueError:
        return None
    return FuzzyDate(precision, *bounds(precision, day, part), part, match.group())


def _month(said: dict[str, str | None]) -> int:
    if name := said.get("month"):
        return MONTHS.index(name.capitalize()) + 1
    if name := said.get("season"):
        return SEASONS[name.lower()]
    return int(said.get("number") or 1)
