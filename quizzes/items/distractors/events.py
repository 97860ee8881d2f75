"""Events beside events: of one era, and with no day in common."""

import re
from collections.abc import Iterator

from quizzes.content import dates
from quizzes.items.distractors.choosing import FAR, NEAR, Candidate, nearness, reason
from quizzes.items.phrasing import bare, capitalized
from quizzes.items.snapshots import BookFacts, EventFact, When

_YEARS_NEAR, _YEARS_APART = 6, 15
_UNTOLD = frozenset({"relative", "era"})
_LENGTH_ALIKE = 4
_UNIT = re.compile(r"\b(day|week|month|year)(s?)\b")
_UNITS = ("day", "week", "month", "year")


def overlap(one: When, other: When) -> bool:
    """Whether two dates may share a day; a date without bounds may lie anywhere."""
    return dates.overlap(one.fuzzy, other.fuzzy)


def _years_apart(one: When, other: When) -> int:
    if one.not_before and other.not_before:
        return abs(one.not_before.year - other.not_before.year)
    return _YEARS_APART + 1


def _days(when: When) -> int:
    """How many days a date may mean."""
    return (when.not_after - when.not_before).days + 1 if when.not_before and when.not_after else 0


def _elsewhen(facts: BookFacts, event: EventFact) -> Iterator[tuple[EventFact, int]]:
    for other in facts.events:
        apart = _years_apart(event.when, other.when)
        if event.may_be(other):
            continue
        is_told = other.when.label and other.when.precision not in _UNTOLD
        if is_told and apart <= _YEARS_APART and not overlap(event.when, other.when):
            nearest = NEAR if apart <= _YEARS_NEAR else FAR
            yield other, max(nearest, nearness(facts, event, other))


def _is_as_fine(one: When, other: When) -> bool:
    """Whether two dates are of one form, so that none stands out by saying more or less."""
    shorter, longer = sorted((_days(one), _days(other)))
    is_of_a_length = longer <= _LENGTH_ALIKE * shorter
    return (one.precision, one.part != "") == (other.precision, other.part != "") and is_of_a_length


def other_dates(facts: BookFacts, event: EventFact) -> Iterator[Candidate]:
    """Dates of other events, exactly as fine as this one's, that share no day with it.

    A date told by another event (“one week before the trial”) stands beside other distances
    from that event, because other events' distances would mean nothing there.
    """
    if event.when.precision == "relative":
        yield from _other_distances(event)
        return
    for other, tier in _elsewhen(facts, event):
        if _is_as_fine(event.when, other.when):
            date = capitalized(other.when.label)
            yield Candidate(
                text=date,
                why=reason(facts, event, other, f"{date} is another event's date: {other.label}"),
                fact=other.slug,
                tier=tier,
            )


def _other_distances(event: EventFact) -> Iterator[Candidate]:
    told = _UNIT.search(event.when.label)
    for unit in _UNITS:
        if told and unit != told[1]:
            text = _UNIT.sub(f"{unit}{told[2]}", event.when.label, count=1)
            yield Candidate(text=capitalized(text), why=f"The book says “{event.when.label}”.")


def other_events(facts: BookFacts, event: EventFact) -> Iterator[Candidate]:
    """Events that, like this one, happened or are only said to have, and share no day with it."""
    for other, tier in _elsewhen(facts, event):
        if (other.status == "occurred") == (event.status == "occurred"):
            yield Candidate(
                text=capitalized(bare(other.label)),
                why=reason(facts, event, other, f"The book dates this to {other.when.label}"),
                fact=other.slug,
                tier=tier,
            )
