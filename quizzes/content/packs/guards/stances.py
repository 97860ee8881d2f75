"""Whose view it is: a claim that the author does not share is never told as a fact."""

import re
from collections.abc import Iterator

from quizzes.content.packs import wording
from quizzes.content.packs.contents import Contents
from quizzes.content.packs.guards.asking import Asked, asked
from quizzes.content.packs.problems import Fault
from quizzes.content.packs.shapes import Argument, Card, Event, Fact, Quantity, Question
from quizzes.content.packs.shapes.parts import AgentShape

UNFRAMED = "stance-unframed"
SHARED = {"asserts", "accepts"}
DENIED = {"rejects", "doubts", "open"}

MARKERS = re.compile(
    r"\b(alleg\w*|suppos\w*|purport\w*|according to|so-called|claim\w*|accus\w*|charge[ds]?"
    r"|author)\b",
    re.IGNORECASE,
)
ASKS_WHOSE = re.compile(r"\b(who|whose|which|whom)\b", re.IGNORECASE)
_REMEDY = "Name the holder, set `framing`, or say alleged, supposed or according to"


def kind_faults(contents: Contents) -> Iterator[Fault]:
    """Arguments whose kind, holders and stance contradict one another."""
    for argument in contents.arguments:
        yield from _kind(contents, argument)


def _kind(contents: Contents, argument: Argument) -> Iterator[Fault]:
    stance, slugs = argument.stance.value, {holder.agent.slug for holder in argument.holders}
    path, rule = argument.path, "stance-contradicted"
    if argument.kind == "official_charge" and stance in SHARED:
        message = f"An official charge that the author {stance}"
        yield Fault((*path, "stance", "value"), rule, message, "Correct the kind or the stance")
    if argument.kind == "established_fact" and stance not in SHARED:
        message = f"An established fact that the author {stance}"
        yield Fault((*path, "stance", "value"), rule, message, "Correct the kind or the stance")
    is_known = all(slug in contents.figure_of for slug in slugs if slug)
    if argument.kind == "author_claim" and is_known and not slugs & contents.authors:
        message = "The author's claim, and the author does not hold it"
        yield Fault((*path, "holders"), rule, message, "Add the holder `author`")
    if argument.kind in {"official_charge", "reported_view"} and not argument.holders:
        message = "Nobody holds this view"
        remedy = "Add a holder, `anonymous` where the book names none"
        yield Fault((*path, "holders"), rule, message, remedy)


def framing_faults(contents: Contents) -> Iterator[Fault]:
    """Items that tell another's claim as a fact, or give it to somebody who does not hold it."""
    for item in asked(contents):
        yield from _unframed(contents, item)
        yield from _misframed(contents, item)
        yield from _unmasked(contents, item)


def _unframed(contents: Contents, item: Asked) -> Iterator[Fault]:
    if item.framing is not None or _is_about_views(item):
        return
    said = item.shown[1]
    if isinstance(item.item, Card):
        said += f" {item.item.back}"
    for fact in item.facts:
        if not _is_shared(fact) and not _is_marked(contents, said, fact):
            message = f"`{fact.slug}` is told as a fact, which the author does not make it"
            yield Fault(item.shown[0], UNFRAMED, message, _REMEDY)
        elif _is_true_of_denied(item, fact):
            message = f"The key is True, and the author denies `{fact.slug}` or leaves it open"
            yield Fault(item.shown[0], UNFRAMED, message, "Set `framing` to whoever holds it")


def _is_about_views(item: Asked) -> bool:
    """Whether it asks whose view something is, or what kind of claim."""
    if not isinstance(item.item, Question):
        return False
    asks_whose = item.item.skill == "attribute" and ASKS_WHOSE.search(item.item.stem)
    return item.item.kind == "classify" or bool(asks_whose)


def _is_shared(fact: Fact) -> bool:
    if isinstance(fact, Argument):
        return fact.stance.value in SHARED and fact.kind != "official_charge"
    return not isinstance(fact, Event) or fact.status not in {"alleged", "claimed"}


def _is_marked(contents: Contents, said: str, fact: Fact) -> bool:
    return bool(MARKERS.search(said)) or any(
        wording.says(said, name) for agent in _agents(fact) for name in _names(contents, agent)
    )


def _is_true_of_denied(item: Asked, fact: Fact) -> bool:
    return (
        isinstance(item.item, Question)
        and item.item.kind == "true_false"
        and any(wording.normalized(text) == "true" for _, text in item.keyed)
        and isinstance(fact, Argument)
        and fact.stance.value in DENIED
    )


def _agents(fact: Fact) -> list[AgentShape]:
    """Those whose view a fact reports, for or against."""
    match fact:
        case Argument():
            against = [o.raised_by for o in fact.objections if o.raised_by is not None]
            return [*(holder.agent for holder in fact.holders), *against]
        case Event():
            return [participant.agent for participant in fact.participants]
        case Quantity(estimated_by=AgentShape() as agent):
            return [agent]
    return []


def _names(contents: Contents, agent: AgentShape) -> list[str]:
    """The ways in which a text may name an agent: name, aliases, surname; of a label, its noun."""
    if agent.slug is None:
        return [agent.label, agent.label.split()[-1]]
    figure = contents.figure_of.get(agent.slug)
    if figure is None:
        return []
    surname = figure.sort_name.partition(",")[0]
    return [figure.name, surname, *(alias.text for alias in figure.aliases)]


def _misframed(contents: Contents, item: Asked) -> Iterator[Fault]:
    framing, known = item.framing, [agent for fact in item.facts for agent in _agents(fact)]
    if framing is None or not known or framing.slug in contents.authors:
        return
    slugs, labels = {a.slug for a in known}, {wording.normalized(a.label) for a in known}
    held = framing.slug in slugs if framing.slug else wording.normalized(framing.label) in labels
    if not held:
        message = f"No tested fact is the view of {framing.slug or framing.label}"
        path = (*item.path, "framing", "according_to")
        yield Fault(path, "holder", message, "Frame it by a holder of the facts it tests")


def _unmasked(contents: Contents, item: Asked) -> Iterator[Fault]:
    """Answers that put a name to a view that the book leaves without one."""
    arguments = [fact for fact in item.facts if isinstance(fact, Argument)]
    agents = [agent for argument in arguments for agent in _agents(argument)]
    if item.item.skill != "attribute" or not agents or any(agent.slug for agent in agents):
        return
    if len(arguments) < len(item.facts):
        return
    for path, text in item.keyed:
        for figure in contents.figures:
            if figure.kind == "person" and wording.says(text, figure.name):
                message = f"The book names nobody for this view, the answer names {figure.name}"
                yield Fault(path, "anonymous", message, "Say who as the book does")
