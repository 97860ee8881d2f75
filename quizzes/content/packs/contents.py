"""A pack in memory: its entries by kind, and the look-ups that the rules ask for."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from quizzes.content.packs.problems import Fault, Problem
from quizzes.content.packs.reading import Document
from quizzes.content.packs.shapes import (
    Argument,
    Card,
    Chapter,
    Confusable,
    Entry,
    Event,
    Fact,
    Figure,
    Manifest,
    Place,
    Quantity,
    Question,
    Quiz,
    Relation,
    Source,
    Term,
    Unit,
)
from quizzes.content.packs.shapes.parts import AUTHOR


@dataclass
class Contents:
    """Every entry whose form is sound, in the order of the files.

    `claimed` also holds the slugs of entries whose form is not, and `gaps` names the lists that
    could not be read, so that one slip of form is not reported again by all that hangs on it.
    Rules that look for what is missing hold their tongue unless the contents are whole.
    """

    chapters: list[Chapter] = field(default_factory=list)
    units: list[Unit] = field(default_factory=list)
    sources: list[Source] = field(default_factory=list)
    figures: list[Figure] = field(default_factory=list)
    places: list[Place] = field(default_factory=list)
    terms: list[Term] = field(default_factory=list)
    events: list[Event] = field(default_factory=list)
    quantities: list[Quantity] = field(default_factory=list)
    arguments: list[Argument] = field(default_factory=list)
    relations: list[Relation] = field(default_factory=list)
    confusables: list[Confusable] = field(default_factory=list)
    questions: list[Question] = field(default_factory=list)
    cards: list[Card] = field(default_factory=list)
    quizzes: list[Quiz] = field(default_factory=list)
    language: str = ""
    vocabulary: list[str] = field(default_factory=list)
    claimed: Mapping[str, frozenset[str]] = field(default_factory=dict)
    gaps: frozenset[str] = frozenset()
    is_whole: bool = True

    @cached_property
    def facts(self) -> list[Fact]:
        """Every fact, kind by kind: what others name comes first."""
        return [
            *self.figures,
            *self.places,
            *self.terms,
            *self.events,
            *self.quantities,
            *self.arguments,
        ]

    @cached_property
    def fact_of(self) -> dict[str, Fact]:
        return {fact.slug: fact for fact in self.facts}

    @cached_property
    def figure_of(self) -> dict[str, Figure]:
        return {figure.slug: figure for figure in self.figures}

    @cached_property
    def authors(self) -> frozenset[str]:
        """The slugs that mean whoever wrote the book."""
        return frozenset({AUTHOR, *(f.slug for f in self.figures if f.role == "author")})

    def tested(self, item: Question | Card) -> list[Fact]:
        """The facts that an item tests, in its order, leaving out those that are unknown."""
        return [self.fact_of[slug] for slug in item.tests if slug in self.fact_of]

    def entries(self) -> Iterator[Entry]:
        yield from (*self.chapters, *self.units, *self.sources, *self.facts)
        yield from (*self.relations, *self.confusables)
        yield from (*self.questions, *self.cards, *self.quizzes)

    def knows(self, slug: str, lists: Iterable[str]) -> bool:
        """Whether an entry of these lists has this slug, or may have had it before a gap."""
        return any(slug in self.claimed.get(name, ()) or name in self.gaps for name in lists)


@dataclass(frozen=True)
class Pack:
    """A pack without a fault, and its documents, to point into them later."""

    manifest: Manifest
    contents: Contents
    fingerprint: str
    documents: Mapping[str, Document]

    def problem(self, fault: Fault) -> Problem:
        """A fault that shows only when the pack is held against something else."""
        return self.documents[str(fault.path[0])].problem(fault)
