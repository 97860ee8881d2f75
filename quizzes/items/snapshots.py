"""What recipes know of a book: its facts as plain values, without rows or clock.

Pure. `generating` takes these snapshots; `recipes` and `distractors` read nothing else.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from quizzes.content.dates import FuzzyDate, Part, Precision
from quizzes.items.likeness import gist
from quizzes.items.phrasing import Vocabulary

_FEW = 0.05


@dataclass(frozen=True, slots=True, kw_only=True)
class When:
    """A date as exact as the book gives it; the bounds are inclusive and may be unknown."""

    label: str
    precision: str
    part: str = ""
    not_before: date | None = None
    not_after: date | None = None

    @property
    def fuzzy(self) -> FuzzyDate:
        """The same date for arithmetic."""
        part = Part(self.part) if self.part else None
        return FuzzyDate(
            Precision(self.precision), self.not_before, self.not_after, part, self.label
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """What every kind of fact has; only what is core is asked, all may stand beside a key.

    `kin` are slugs of facts that say nearly the same, rest on it or are part of it: what is true
    of one may be true of the other.
    """

    slug: str
    label: str
    summary: str = ""
    section: str = ""
    chapter: str = ""
    is_core: bool = True
    kin: frozenset[str] = frozenset()

    def may_be(self, other: "Fact") -> bool:
        """Whether another fact's answer could be right for this one too."""
        return self.slug == other.slug or other.slug in self.kin or self.slug in other.kin


@dataclass(frozen=True, slots=True, kw_only=True)
class RoleText:
    """One office or part of a figure, and when, where the book says."""

    text: str
    when: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class FigureFact(Fact):
    """Who; `aliases` are those that count as an answer, `groups` the slugs it is a member of."""

    kind: str = "person"
    part: str = ""
    sort_name: str = ""
    aliases: tuple[str, ...] = ()
    roles: tuple[RoleText, ...] = ()
    groups: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Participant:
    """Who took part in an event, by the slug of a figure, and as what, if the book says."""

    figure: str
    role: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class EventFact(Fact):
    """When; `status` says whether it happened or is only said to have.

    `before` are slugs of the events that a page puts after it.
    """

    when: When
    status: str = "occurred"
    before: frozenset[str] = frozenset()
    participants: tuple[Participant, ...] = ()

    def roles_of(self, figure: FigureFact) -> list[str]:
        """As what somebody took part in it, alone or in a group."""
        names = {figure.slug} | figure.groups
        return [one.role for one in self.participants if one.figure in names]


@dataclass(frozen=True, slots=True, kw_only=True)
class TermFact(Fact):
    """A word and what the book means by it."""

    definition: str
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class QuantityFact(Fact):
    """A number, its bound and what it counts."""

    statement: str
    value: int | None = None
    bound: str = "exact"
    lower: int | None = None
    upper: int | None = None
    unit: str = ""
    population: str = ""
    period: str = ""
    estimated_by: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class HolderFact:
    """Who holds an argument; `figure` is the slug of a figure, empty for unnamed holders."""

    name: str
    figure: str = ""
    mode: str = "asserts"
    is_author: bool = False
    is_anonymous: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ArgumentFact(Fact):
    """Who claims what, and what the author makes of it.

    `rivals` are slugs of arguments that compete with it.
    `supporters` are slugs of figures that hold it too, without being asked for as its holders.
    """

    statement: str
    scope: str = "purge"
    kind: str = "reported_view"
    hedge: str = ""
    stance: str = "reports"
    conceded: str = ""
    holders: tuple[HolderFact, ...] = ()
    evidence: tuple[str, ...] = ()
    objections: tuple[str, ...] = ()
    rivals: frozenset[str] = frozenset()
    supporters: frozenset[str] = frozenset()

    @property
    def held_by(self) -> frozenset[str]:
        """Slugs of all figures known to hold it."""
        return self.supporters | {holder.figure for holder in self.holders if holder.figure}


def _by_slug[F: Fact](facts: Iterable[F]) -> tuple[F, ...]:
    return tuple(sorted(facts, key=lambda fact: fact.slug))


@dataclass(frozen=True, kw_only=True)
class BookFacts:
    """All that recipes see of one book, in an order that does not depend on how it was read.

    `tells` gives, for an ordered pair of slugs, what keeps the two apart.
    """

    figures: tuple[FigureFact, ...] = ()
    events: tuple[EventFact, ...] = ()
    terms: tuple[TermFact, ...] = ()
    quantities: tuple[QuantityFact, ...] = ()
    arguments: tuple[ArgumentFact, ...] = ()
    tells: Mapping[tuple[str, str], str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for name in ("figures", "events", "terms", "quantities", "arguments"):
            object.__setattr__(self, name, _by_slug(getattr(self, name)))

    def tell(self, one: str, other: str) -> str:
        """What tells two facts apart; empty where nobody mixes them up."""
        return self.tells.get((one, other)) or self.tells.get((other, one), "")

    @property
    def all(self) -> tuple[Fact, ...]:
        """Every fact, kind by kind."""
        return (*self.figures, *self.events, *self.terms, *self.quantities, *self.arguments)

    @cached_property
    def figure(self) -> dict[str, FigureFact]:
        """Figures by slug."""
        return {figure.slug: figure for figure in self.figures}

    @cached_property
    def argument(self) -> dict[str, ArgumentFact]:
        """Arguments by slug."""
        return {argument.slug: argument for argument in self.arguments}

    @cached_property
    def telling_stems(self) -> frozenset[str]:
        """Stems that only a few arguments use: two that share one speak of the same matter."""
        stems = Counter(stem for one in self.arguments for stem in gist(one.statement))
        few = max(2, _FEW * len(self.arguments))
        return frozenset(stem for stem, times in stems.items() if times <= few and stem.isalpha())

    def spoken(self, holder: HolderFact) -> str:
        """A holder's name as it stands inside a sentence: “the Manchester Guardian”."""
        figure = self.figure.get(holder.figure)
        if figure is None or figure.kind == "anonymous":
            return holder.name
        if figure.kind == "person" and not holder.is_author:
            return holder.name
        return self.vocabulary.spoken(holder.name, is_institution=figure.kind == "organization")

    @cached_property
    def vocabulary(self) -> Vocabulary:
        """The words of the book's facts, to tell names from words that merely begin a sentence."""
        texts = [fact.summary for fact in self.all]
        for argument in self.arguments:
            texts += [argument.statement, *argument.evidence, *argument.objections]
        texts += [term.definition for term in self.terms]
        texts += [quantity.statement for quantity in self.quantities]
        return Vocabulary.of(texts)
