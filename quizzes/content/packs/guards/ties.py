"""How figures hang on the other facts: who took part, who holds, who estimates."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from quizzes.content.packs import wording
from quizzes.content.packs.contents import Contents
from quizzes.content.packs.shapes import Argument, Event, Fact, Quantity, Relation
from quizzes.content.packs.shapes.parts import AgentShape


@dataclass(frozen=True, order=True, slots=True)
class Tie:
    """What one fact says of a figure: "holder who asserts", "defendant"."""

    fact: str
    how: str


def ties(contents: Contents) -> dict[str, frozenset[Tie]]:
    """By a figure's slug, all that other facts say of it."""
    found: dict[str, set[Tie]] = defaultdict(set)
    for fact in contents.facts:
        for agent, how in _agents(fact):
            if agent is not None and agent.slug:
                found[agent.slug].add(Tie(fact.slug, how))
    for relation in contents.relations:
        for slug, tie in _related(relation):
            found[slug].add(tie)
    return {slug: frozenset(known) for slug, known in found.items()}


def _agents(fact: Fact) -> Iterator[tuple[AgentShape | None, str]]:
    match fact:
        case Event(participants=participants):
            yield from (
                (p.agent, wording.normalized(p.role or "participant")) for p in participants
            )
        case Quantity(estimated_by=agent):
            yield agent, "estimator"
        case Argument(holders=holders, objections=objections):
            yield from ((holder.agent, f"holder who {holder.mode}") for holder in holders)
            yield from ((objection.raised_by, "objector") for objection in objections)


def _related(relation: Relation) -> Iterator[tuple[str, Tie]]:
    yield relation.from_, Tie(relation.to, relation.type)
    yield relation.to, Tie(relation.from_, f"{relation.type} of")
    if relation.asserted_by is not None and relation.asserted_by.slug:
        yield relation.asserted_by.slug, Tie(relation.from_, f"says that it {relation.type}")
