"""The shapes of facts of every kind, and of what joins or tells apart two of them."""

from typing import Annotated, ClassVar, Literal

from pydantic import Field

from quizzes.content.packs.shapes.parts import (
    Agent,
    Alias,
    BookChapter,
    Change,
    Entry,
    Line,
    Locator,
    Locators,
    Mark,
    Name,
    Prose,
    Shape,
    Slug,
    Title,
    When,
)

Whole = Annotated[int, Field(ge=0, le=9_000_000_000_000_000_000)]


class Fact(Entry):
    """What every fact says of itself, whatever its kind."""

    KIND: ClassVar[str] = ""

    slug: Slug
    unit: Slug
    book_chapter: BookChapter | None = None
    core: bool = True
    change: Change | None = None
    locators: Locators

    @property
    def label(self) -> str:
        """What a list of facts calls it."""
        raise NotImplementedError


class Role(Shape):
    """An office or part that a figure had."""

    text: Title
    when: When | None = None
    locators: list[Locator] = []


class Fate(Shape):
    """What became of a figure."""

    text: Prose
    when: When | None = None
    locators: list[Locator] = []


class Figure(Fact):
    """Who: a person, a group, an organization, or somebody the book leaves unnamed."""

    KIND: ClassVar[str] = "figure"

    name: Name
    sort_name: Name
    summary: Prose = ""
    kind: Literal["person", "group", "organization", "anonymous"]
    role: Literal["actor", "historian", "contemporary_writer", "author"] | None = None
    aliases: list[Alias] = []
    roles: list[Role] = []
    fate: Fate | None = None

    @property
    def label(self) -> str:
        return self.name


class Place(Fact):
    """Where."""

    KIND: ClassVar[str] = "place"

    name: Name
    kind: Mark
    aliases: list[Alias] = []
    summary: Prose = ""

    @property
    def label(self) -> str:
        return self.name


class Participant(Shape):
    """Who took part in an event, and as what."""

    agent: Agent
    role: Name | None = None


class Event(Fact):
    """When: something that happened, or is only said to have."""

    KIND: ClassVar[str] = "event"

    title: Line
    summary: Prose = ""
    when: When
    status: Literal["occurred", "alleged", "claimed", "planned"]
    places: list[Slug] = []
    participants: list[Participant] = []
    before: list[Slug] = []

    @property
    def label(self) -> str:
        return self.title


class Term(Fact):
    """A word that the book uses in a sense of its own."""

    KIND: ClassVar[str] = "term"

    term: Name
    definition: Prose
    not_the_same_as: list[Slug] = []
    aliases: list[Alias] = []

    @property
    def label(self) -> str:
        return self.term


class Quantity(Fact):
    """A number with its bound and what it counts."""

    KIND: ClassVar[str] = "quantity"

    statement: Line
    value: Whole | None = None
    bound: Literal[
        "exact", "about", "more_than", "at_least", "less_than", "nearly", "several", "range"
    ]
    lower: Whole | None = None
    upper: Whole | None = None
    counts: Annotated[str, Field(min_length=1, max_length=80)]
    population: Title
    period: When | None = None
    estimated_by: Agent | None = None
    event: Slug | None = None

    @property
    def label(self) -> str:
        return self.statement


class Holder(Shape):
    """Who holds an argument, and how firmly."""

    agent: Agent
    mode: Literal["asserts", "suggests", "agrees", "estimates", "alleges"] = "asserts"
    when: When | None = None


class Evidence(Shape):
    """A ground on which an argument rests."""

    text: Prose
    facts: list[Slug] = []
    locators: list[Locator] = []


class Objection(Shape):
    """What stands against an argument, and who says so."""

    text: Prose
    raised_by: Agent | None = None
    facts: list[Slug] = []
    locators: list[Locator] = []


class Stance(Shape):
    """What the author makes of an argument."""

    value: Literal["asserts", "accepts", "qualifies", "reports", "doubts", "rejects", "open"]
    conceded: Prose | None = None
    locators: list[Locator] = []


class Argument(Fact):
    """Who claims what, on what ground, and whether the author accepts it."""

    KIND: ClassVar[str] = "argument"

    title: Line
    statement: Prose
    scope: Literal["purge", "terror", "mass_operations", "historiography"]
    kind: Literal[
        "official_charge",
        "reported_view",
        "author_claim",
        "established_fact",
        "historiographic_judgment",
        "open_question",
    ]
    holders: list[Holder] = []
    hedge: Literal["probably", "partly", "appears", "unlikely"] | None = None
    evidence: list[Evidence] = []
    objections: list[Objection] = []
    stance: Stance
    variants_of: Slug | None = None
    rivals: list[Slug] = []

    @property
    def label(self) -> str:
        return self.title


class Relation(Entry):
    """How one fact bears on another."""

    from_: Annotated[Slug, Field(alias="from")]
    type: Literal[
        "holds",
        "rejects",
        "builds_on",
        "supports",
        "undermines",
        "causes",
        "catalyst_of",
        "precedes",
        "part_of",
        "member_of",
        "version_of",
    ]
    to: Slug
    asserted_by: Agent | None = None
    locators: Locators


class Confusable(Entry):
    """Two facts that learners mix up, and what tells them apart."""

    pair: Annotated[list[Slug], Field(min_length=2, max_length=2)]
    tell: Prose
    locators: list[Locator] = []
