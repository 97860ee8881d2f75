"""Dates keep to the house rule for their bounds, and no answer is finer than its fact."""

from collections.abc import Iterator

from quizzes.content import dates
from quizzes.content.dates import FuzzyDate, Precision
from quizzes.content.packs import walking, wording
from quizzes.content.packs.contents import Contents
from quizzes.content.packs.guards.asking import Asked, asked, typings
from quizzes.content.packs.problems import Fault
from quizzes.content.packs.shapes import Locator, Quantity, Question, When
from quizzes.content.packs.shapes.parts import Path

BOUNDS, PRECISION = "date-bounds", "precision"


def bounds_faults(contents: Contents) -> Iterator[Fault]:
    """Bounds that are missing, upside down or not those of the period; parts and anchors astray."""
    for entry in contents.entries():
        for path, when in walking.of_type(entry, When):
            yield from _bounds(path, when)
            yield from _anchor(path, when)


def _bounds(path: Path, when: When) -> Iterator[Fault]:
    if when.precision is Precision.ERA:
        return
    if when.not_before is None or when.not_after is None:
        message = f"A date of precision {when.precision} needs both bounds"
        yield Fault(path, BOUNDS, message, "Add `not_before` and `not_after`")
        return
    if when.not_before > when.not_after:
        yield Fault((*path, "not_after"), BOUNDS, "It ends before it begins", "Swap the bounds")
    elif when.precision in dates.CALENDAR:
        yield from _house_rule(path, when)
    elif when.part:
        message = f"`part` has no meaning for precision {when.precision}"
        yield Fault((*path, "part"), BOUNDS, message, "Remove it; the label and the bounds tell")


def _house_rule(path: Path, when: When) -> Iterator[Fault]:
    if when.part and when.precision is Precision.DAY:
        yield Fault((*path, "part"), BOUNDS, "A day has no thirds", "Remove `part`")
        return
    fuzzy = when.fuzzy()
    assert fuzzy.bounds is not None  # noqa: S101  (the caller has looked)
    first, last = dates.bounds(when.precision, fuzzy.bounds[0], when.part)
    if fuzzy.bounds != (first, last):
        known = FuzzyDate(when.precision, first, last, when.part)
        remedy = f"Write {first} and {last}, which is {dates.say(known)}, or another precision"
        message = f"These are not the bounds of a date of precision {when.precision}"
        yield Fault((*path, "not_before"), BOUNDS, message, remedy)


def _anchor(path: Path, when: When) -> Iterator[Fault]:
    if (when.precision is Precision.RELATIVE) != (when.relative_to is not None):
        message = "`relative_to` and precision relative go together"
        yield Fault(path, BOUNDS, message, "Add the one that is missing or remove the other")


def precision_faults(contents: Contents) -> Iterator[Fault]:
    """Labels finer than their own date, answers finer than the facts they are about."""
    for entry in contents.entries():
        for path, when in walking.of_type(entry, When):
            yield from _label(path, when)
    for item in asked(contents):
        yield from _answers(item)
        yield from _unreadable(item)


def _label(path: Path, when: When) -> Iterator[Fault]:
    for said in dates.mentions(when.label):
        if dates.finer(said, when.fuzzy()) and not _is_edge(said, when):
            message = f"The label says {said.label}, finer than precision {when.precision}"
            yield Fault((*path, "label"), PRECISION, message, "Say no more than the date knows")


def _is_edge(said: FuzzyDate, when: When) -> bool:
    """Whether a date is one end of a range."""
    return when.precision is Precision.RANGE and (
        said.not_before == when.not_before or said.not_after == when.not_after
    )


def _answers(item: Asked) -> Iterator[Fault]:
    whens = [when for fact in item.facts for _, when in walking.of_type(fact, When)]
    stated = " ".join(
        text for fact in item.facts for _, text in walking.texts(fact, (), without=(Locator,))
    )
    for path, text in item.keyed:
        yield from _misdated(item, whens, path, text)
        for said in dates.mentions(text):
            if _too_fine(said, whens) and not wording.says(stated, said.label):
                message = f"The answer says {said.label}, finer than any fact it tests"
                yield Fault(path, PRECISION, message, "Say no more than the fact knows")


def _misdated(item: Asked, whens: list[When], path: Path, text: str) -> Iterator[Fault]:
    """A whole answer that is a date, and the date of something else; "1200" may be a number."""
    answer = None if any(isinstance(f, Quantity) for f in item.facts) else dates.parse(text)
    if whens and answer and not any(dates.overlap(answer, when.fuzzy()) for when in whens):
        message = f"{text} is no date of a fact it tests"
        yield Fault(path, PRECISION, message, "Correct the answer or the facts it tests")


def _too_fine(said: FuzzyDate, whens: list[When]) -> bool:
    known = [when.fuzzy() for when in whens]
    if any(said.bounds == when.bounds or dates.within(when, said) for when in known):
        return False
    return any(dates.finer(said, when) for when in known)


def _unreadable(item: Asked) -> Iterator[Fault]:
    if not isinstance(item.item, Question):
        return
    for place in typings(item.item):
        for path, one in place.accepted if place.kind == "date" else ():
            if dates.parse(one.said) is None:
                message = f"“{one.said}” cannot be read as a date"
                yield Fault(path, PRECISION, message, "Write it like 11 June 1937 or early 1938")
