"""Only what the source lets us order is asked to be ordered."""

from collections.abc import Iterator
from itertools import combinations

from quizzes.content import dates
from quizzes.content.packs.contents import Contents
from quizzes.content.packs.problems import Fault
from quizzes.content.packs.shapes import Event, Question

RULE = "order"
After = dict[str, set[str]]


def faults(contents: Contents) -> Iterator[Fault]:
    """Orders that contradict the dates, and pairs that neither dates nor a page can order."""
    events = {event.slug: event for event in contents.events}
    after = _after(contents)
    for event in contents.events:
        yield from _contradicted(event, events)
    for question in contents.questions:
        if question.kind == "ordering":
            yield from _order(contents, question, events, after)


def _contradicted(event: Event, events: dict[str, Event]) -> Iterator[Fault]:
    for index, slug in enumerate(event.before):
        later = events.get(slug)
        if later and dates.surely_before(later.when.fuzzy(), event.when.fuzzy()):
            path = (*event.path, "before", index)
            message = f"By its dates `{slug}` comes first"
            yield Fault(path, RULE, message, "Correct the order or the dates")


def _after(contents: Contents) -> After:
    """For each event all that come after it on the word of a page, at any remove."""
    direct: After = {event.slug: set(event.before) for event in contents.events}
    for relation in contents.relations:
        if relation.type == "precedes":
            direct.setdefault(relation.from_, set()).add(relation.to)
    return {slug: _reach(direct, slug) for slug in direct}


def _reach(direct: After, slug: str) -> set[str]:
    reached: set[str] = set()
    waiting = set(direct[slug])
    while waiting:
        following = waiting.pop()
        if following not in reached:
            reached.add(following)
            waiting |= direct.get(following, set())
    return reached


def _order(
    contents: Contents, question: Question, events: dict[str, Event], after: After
) -> Iterator[Fault]:
    path = (*question.path, "order")
    for index, slug in enumerate(question.order):
        if slug in contents.fact_of and slug not in events:
            yield Fault((*path, index), RULE, f"`{slug}` is no event", "Order events alone")
        if slug not in question.tests:
            remedy = "Add it to `tests`"
            yield Fault((*path, index), RULE, f"`{slug}` is ordered and not tested", remedy)
    known = [(i, events[slug]) for i, slug in enumerate(question.order) if slug in events]
    for (_, first), (index, second) in combinations(known, 2):
        fault = _pair(first, second, after)
        if fault:
            yield Fault((*path, index), RULE, *fault)


def _pair(first: Event, second: Event, after: After) -> tuple[str, str] | None:
    one, other = first.when.fuzzy(), second.when.fuzzy()
    is_later = dates.surely_before(other, one) or first.slug in after[second.slug]
    if is_later:
        return f"`{second.slug}` comes before `{first.slug}`", "Correct the order"
    if dates.surely_before(one, other) or second.slug in after[first.slug]:
        return None
    message = f"Nothing tells whether `{first.slug}` came before `{second.slug}`"
    return message, "Leave one out, or add a relation `precedes` with its page"
