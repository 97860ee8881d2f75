"""When things happened: from the event to its date, and back where the date leads to one event."""

import re
from collections.abc import Iterator

from quizzes.items.distractors.events import other_dates, other_events, overlap
from quizzes.items.drafts import Accepted, Direction, Kind, typed
from quizzes.items.phrasing import bare, capitalized, sentence
from quizzes.items.recipes.proposal import Proposal, about
from quizzes.items.snapshots import BookFacts, EventFact, When

RECIPE = "event-date"

_COARSER = ("day", "month", "season", "year", "decade")
_TYPED = frozenset({"day", "month", "season", "year", "decade", "range"})
_ASKED_BACK = frozenset({"day", "month", "season", "year"})
_YEAR = re.compile(r"\b[12]\d{3}")
_WHEN = {
    "occurred": "When does the book place this: {}?",
    "planned": "For when was this planned: {}?",
    "claimed": "When is this claimed to have happened: {}?",
    "alleged": "When is this alleged to have happened: {}?",
}


def _accepted(when: When) -> list[Accepted]:
    """The date as it may be typed: none where only a passage of text could name it."""
    if when.precision not in _TYPED or not when.not_before:
        return []
    return [
        Accepted(
            text=when.label,
            precision=when.precision,
            not_before=when.not_before,
            not_after=when.not_after,
        )
    ]


def _gives_away(event: EventFact) -> bool:
    """Whether the title tells a year of the date."""
    return bool(set(_YEAR.findall(event.label)) & set(_YEAR.findall(event.when.label)))


def when_it_was(facts: BookFacts) -> Iterator[Proposal]:
    """Event → date, as exact as the book gives it and no more."""
    for event in facts.events:
        if event.when.label and event.when.precision != "era" and not _gives_away(event):
            draft = about(
                event,
                RECIPE,
                Direction.FORWARD,
                stem=_WHEN[event.status].format(bare(event.label)),
                answer=capitalized(event.when.label),
                rationale=sentence(event.summary),
            )
            yield typed(draft, Kind.DATE, _accepted(event.when)), other_dates(facts, event)


def _coarseness(when: When) -> float:
    """How little a date says; “early 1938” says more than “1938”."""
    return _COARSER.index(when.precision) - (0.5 if when.part else 0)


def _could_mean(when: When, other: When) -> bool:
    """Whether a date, as the book words it, could lead to an event of the other date.

    Not so where the other date says less and lies around this one, nor where it is told by
    another event; but a range that begins or ends within the date could well be meant.
    """
    if other.precision == "era" or not overlap(when, other):
        return False
    first, last = when.not_before, when.not_after
    begins, ends = other.not_before, other.not_after
    if not (first and last and begins and ends):
        return True
    is_around = begins <= first and last <= ends
    if other.precision == "relative":
        return not is_around or (begins, ends) == (first, last)
    if other.precision == "range":
        return not (begins < first and last < ends)
    return not is_around or _coarseness(other) <= _coarseness(when)


def leads_to_one_event(facts: BookFacts, event: EventFact) -> bool:
    """Whether the date, as the book words it, can only mean this event."""
    when = event.when
    if when.precision not in _ASKED_BACK or not (when.not_before and when.not_after):
        return False
    others = [other.when for other in facts.events if other.slug != event.slug]
    return not any(_could_mean(when, other) for other in others)


def what_was_then(facts: BookFacts) -> Iterator[Proposal]:
    """Date → event, for what did happen and where no other event could be meant."""
    for event in facts.events:
        if (
            event.status == "occurred"
            and leads_to_one_event(facts, event)
            and not _gives_away(event)
        ):
            draft = about(
                event,
                RECIPE,
                Direction.REVERSE,
                stem=f"Which event does the book date to {event.when.label}?",
                answer=capitalized(bare(event.label)),
                rationale=sentence(event.summary),
            )
            yield draft, other_events(facts, event)
