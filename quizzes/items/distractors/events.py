"""Events beside events: of one era, and with no day in common."""

from collections.abc import Iterator

from quizzes.content import dates
from quizzes.items.distractors.choosing import FAR, NEAR, Candidate, nearness, reason
from quizzes.items.phrasing import bare, capitalized
from quizzes.items.snapshots import BookFacts, EventFact, When

_YEARS_NEAR, _YEARS_FAR = 6, 25


def overlap(one: When, other: When) -> bool:
    """Whether two dates may share a day; a date without bounds may lie anywhere."""
    return dates.overlap(one.fuzzy, other.fuzzy)


def _years_apart(one: When, other: When) -> int:
    if one.not_before and other.not_before:
        return abs(one.not_before.year - other.not_before.year)
    return _YEARS_FAR + 1


def _elsewhen(facts: BookFacts, event: EventFact) -> Iterator[tuple[EventFact, int]]:
    for other in facts.events:
        apart = _years_apart(event.when, other.when)
        if other.when.label and apart <= _YEARS_FAR and not overlap(event.when, other.when):
            nearest = NEAR if apart <= _YEARS_NEAR else FAR
            yield other, min(nearness(facts, event, other), nearest)


def other_dates(facts: BookFacts, event: EventFact) -> Iterator[Candidate]:
    """Dates of other events, exactly as fine as this one's, that share no day with it."""
    form = (event.when.precision, bool(event.when.part))
    for other, tier in _elsewhen(facts, event):
        if (other.when.precision, bool(other.when.part)) == form:
            date = capitalized(other.when.label)
            yield Candidate(
                text=date,
                why=reason(facts, event, other, f"{date} is another event's date: {other.label}"),
                fact=other.slug,
                tier=tier,
            )


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
