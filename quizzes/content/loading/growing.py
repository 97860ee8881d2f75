"""The twigs that a pack wants on each of its facts."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from quizzes.content.loading.stating import Keys, dated
from quizzes.content.loading.twigs import Twig
from quizzes.content.models import (
    Alias,
    Citation,
    Confusable,
    Event,
    Evidence,
    Holder,
    Objection,
    Participant,
    Relation,
    Role,
)
from quizzes.content.packs import Contents, shapes
from quizzes.content.packs.guards.pages import roman
from quizzes.content.packs.shapes.parts import AgentShape


@dataclass(frozen=True)
class Gardener:
    """Knows the keys of facts and sources by slug."""

    facts: Keys
    sources: Mapping[str, int]

    def grow(self, contents: Contents) -> Mapping[int, list[Twig]]:
        """The twigs of every fact that a pack states, by the fact's key."""
        grown: dict[int, list[Twig]] = defaultdict(list)
        for fact in contents.facts:
            grown[self.facts[fact.slug]] += self._of(fact)
        for slug, relations in _relations(contents).items():
            grown[self.facts[slug]] += self._relations(self.facts[slug], relations)
        for confusable in contents.confusables:
            first, second = (self.facts[slug] for slug in confusable.pair)
            row = Confusable(first_id=first, second_id=second, tell=confusable.tell)
            cited = self._citations(first, confusable.locators, "confusable")
            grown[first].append(Twig(row, "first", cited))
        return grown

    def _of(self, fact: shapes.Fact) -> Iterator[Twig]:
        key = self.facts[fact.slug]
        yield from self._citations(key, fact.locators, "fact")
        for position, alias in enumerate(getattr(fact, "aliases", ())):
            row = Alias(
                fact_id=key,
                position=position,
                text=alias.text,
                scheme=alias.scheme,
                is_accepted=alias.accept,
            )
            yield Twig(row, "fact")
        match fact:
            case shapes.Figure():
                yield from self._figure(key, fact)
            case shapes.Event():
                yield from self._event(key, fact)
            case shapes.Argument():
                yield from self._argument(key, fact)

    def _figure(self, key: int, figure: shapes.Figure) -> Iterator[Twig]:
        for position, role in enumerate(figure.roles):
            row = Role(
                figure_id=key, position=position, text=role.text, **dated(role.when, self.facts)
            )
            yield Twig(row, "figure", self._citations(key, role.locators, "role"))
        if figure.fate:
            yield from self._citations(key, figure.fate.locators, "fact", aspect="fate")

    def _event(self, key: int, event: shapes.Event) -> Iterator[Twig]:
        for position, participant in enumerate(event.participants):
            agent = participant.agent
            row = Participant(
                event_id=key,
                position=position,
                agent_id=self._figure_key(agent),
                label=agent.label,
                role=participant.role or "",
            )
            yield Twig(row, "event")
        for slug in event.places:
            at = Event.places.through(event_id=key, place_id=self.facts[slug])
            yield Twig(at, "event")

    def _argument(self, key: int, argument: shapes.Argument) -> Iterator[Twig]:
        yield from self._citations(key, argument.stance.locators, "fact", aspect="stance")
        for position, holder in enumerate(argument.holders):
            row = Holder(
                argument_id=key,
                position=position,
                figure_id=self._figure_key(holder.agent),
                label=holder.agent.label,
                note=holder.agent.note,
                mode=holder.mode,
                **dated(holder.when, self.facts),
            )
            yield Twig(row, "argument")
        for position, evidence in enumerate(argument.evidence):
            ground = Evidence(argument_id=key, position=position, text=evidence.text)
            twigs = self._citations(key, evidence.locators, "evidence")
            twigs += self._named(Evidence.facts.through, evidence.facts, "evidence")
            yield Twig(ground, "argument", twigs)
        for position, objection in enumerate(argument.objections):
            by = objection.raised_by
            against = Objection(
                argument_id=key,
                position=position,
                text=objection.text,
                raised_by_id=self._figure_key(by),
                raised_by_label=by.label if by else "",
            )
            twigs = self._citations(key, objection.locators, "objection")
            twigs += self._named(Objection.facts.through, objection.facts, "objection")
            yield Twig(against, "argument", twigs)

    def _relations(self, key: int, relations: Iterable["Joined"]) -> Iterator[Twig]:
        for position, joined in enumerate(relations):
            by = joined.asserted_by
            row = Relation(
                from_fact_id=key,
                type=joined.type,
                to_fact_id=self.facts[joined.to],
                asserted_by_id=self._figure_key(by),
                asserted_by_label=by.label if by else "",
                position=position,
            )
            yield Twig(row, "from_fact", self._citations(key, joined.locators, "relation"))

    def _figure_key(self, agent: AgentShape | None) -> int | None:
        return self.facts[agent.slug] if agent and agent.slug else None

    def _named(self, through: Any, slugs: Iterable[str], by: str) -> list[Twig]:
        return [Twig(through(fact_id=self.facts[slug]), by) for slug in slugs]

    def _citations(
        self, key: int, locators: Iterable[shapes.Locator], by: str, *, aspect: str = ""
    ) -> list[Twig]:
        return [
            Twig(self._citation(key, locator, position, aspect), by)
            for position, locator in enumerate(locators)
        ]

    def _citation(self, key: int, locator: shapes.Locator, position: int, aspect: str) -> Citation:
        pages: list[int | str | None] = [*(locator.pages or (None, None))]
        is_roman = isinstance(pages[0], str)
        first, last = (roman(page) if isinstance(page, str) else page for page in pages)
        return Citation(
            fact_id=key,
            aspect=aspect,
            position=position,
            source_id=self.sources[locator.source] if locator.source else None,
            numbering="roman" if is_roman else "arabic",
            first_page=first,
            last_page=last,
            basis=locator.basis,
            reference=locator.reference or "",
            notes=", ".join(map(str, locator.notes)),
            anchors="\n".join(locator.anchors),
        )


@dataclass(frozen=True)
class Joined:
    """One fact's relation to another, whether the pack writes it out or as a list of slugs."""

    type: str
    to: str
    asserted_by: AgentShape | None = None
    locators: tuple[shapes.Locator, ...] = ()


def _relations(contents: Contents) -> Mapping[str, list[Joined]]:
    """Relations by the fact they lead from; one that is written out wins over a bare slug."""
    found: dict[str, dict[tuple[str, str], Joined]] = defaultdict(dict)
    for relation in contents.relations:
        found[relation.from_][relation.type, relation.to] = Joined(
            relation.type, relation.to, relation.asserted_by, tuple(relation.locators)
        )
    for slug, kind, others in _bare(contents):
        for other in others:
            found[slug].setdefault((kind, other), Joined(kind, other))
    return {slug: list(joined.values()) for slug, joined in found.items()}


def _bare(contents: Contents) -> Iterator[tuple[str, str, list[str]]]:
    yield from (
        (event.slug, Relation.Type.PRECEDES.value, event.before) for event in contents.events
    )
    for argument in contents.arguments:
        yield argument.slug, Relation.Type.RIVAL_OF.value, argument.rivals
    for term in contents.terms:
        yield term.slug, Relation.Type.DIFFERS_FROM.value, term.not_the_same_as
