"""Only what the source lets us order is asked to be ordered."""

from collections.abc import Iterator
from itertools import combinations, pairwise

from quizzes.content import dates, sequences
from quizzes.content.packs.contents import Contents
from quizzes.content.packs.problems import Fault
from quizzes.content.packs.shapes import Event, Question
from quizzes.content.packs.shapes.parts import Path
from quizzes.content.sequences import After

RULE = "order"
type Placed = tuple[Path, int, str]
"""An event in an order: where it is written, its place, its slug."""


def faults(contents: Contents) -> Iterator[Fault]:
    """Orders that contradict the dates, and pairs that neither dates nor a page can order."""
    events = {event.slug: event for event in contents.events}
    after = _after(contents)
    for event in contents.events:
        yield from _contradicted(event, events)
    for question in contents.questions:
        if question.kind == "ordering":
            yield from _misplaced(contents, question, events)
            yield from _order(question, events, after)


def _contradicted(event: Event, events: dict[str, Event]) -> Iterator[Fault]:
    for index, slug in enumerate(event.before):
        later = events.get(slug)
        if later and dates.surely_before(later.when.fuzzy(), event.when.fuzzy()):
            path = (*event.path, "before", index)
            message = f"By its dates `{slug}` comes first"
            yield Fault(path, RULE, message, "Correct the order or the dates")


def _after(contents: Contents) -> After:
    said = {event.slug: set(event.before) for event in contents.events}
    for relation in contents.relations:
        if relation.type == "precedes":
            said.setdefault(relation.from_, set()).add(relation.to)
    return sequences.after({one.slug: one.when.fuzzy() for one in contents.events}, said)


def _placed(question: Question) -> list[Placed]:
    return [
        ((*question.path, "order", place, index), place, slug)
        for place, group in enumerate(question.order)
        for index, slug in enumerate(group)
    ]


def _misplaced(contents: Contents, question: Question, events: dict[str, Event]) -> Iterator[Fault]:
    for path, _place, slug in _placed(question):
        if slug in contents.fact_of and slug not in events:
            yield Fault(path, RULE, f"`{slug}` is no event", "Order events alone")
        if slug not in question.tests:
            yield Fault(path, RULE, f"`{slug}` is ordered and not tested", "Add it to `tests`")


def _order(question: Question, events: dict[str, Event], after: After) -> Iterator[Fault]:
    known = [one for one in _placed(question) if one[2] in events]
    for first, second in combinations(known, 2):
        if fault := _pair(first, second, after):
            yield Fault(second[0], RULE, *fault)
    for place, group in enumerate(question.order):
        path = (*question.path, "order", place)
        if len(group) > 1 and all(
            second in after.get(first, ()) for first, second in pairwise(group)
        ):
            message = "The book orders all that stands at this place"
            yield Fault(path, RULE, message, "Give each a place of its own")
    if len(known) > 2 and not any(two[2] in after[one[2]] for one, two in combinations(known, 2)):
        message = "Nothing in it is in any order"
        yield Fault((*question.path, "order"), RULE, message, "Choose events that can be ordered")


def _pair(first: Placed, second: Placed, after: After) -> tuple[str, str] | None:
    """What is wrong with two events that are told in this order."""
    (_, place, one), (_, later_place, other) = first, second
    if one in after[other]:
        return f"`{other}` comes before `{one}`", "Correct the order"
    if place == later_place or other in after[one]:
        return None
    message = f"Nothing tells whether `{one}` came before `{other}`"
    remedy = "Leave one out, put both at one place, or add a relation `precedes` with its page"
    return message, remedy
