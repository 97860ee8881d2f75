"""What the shapes share: slugs, texts, pages, dates, agents, and entries that know their place."""

from datetime import date
from typing import Annotated, Any, Literal, Self

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    PrivateAttr,
    StringConstraints,
    model_validator,
)

from quizzes.content.dates import FuzzyDate, Part, Precision

Path = tuple[str | int, ...]
"""Where a value stands: the file, then the keys and positions that lead to it."""

Basis = Literal["stated", "inferred", "external"]
Change = Literal["cosmetic", "substantive"]

AUTHOR = "author"
"""The agent that every pack knows: whoever wrote the book."""


def _printable(text: str) -> str:
    if bad := next((c for c in text if ord(c) < 32 and c not in "\n\t"), ""):
        raise ValueError(f"the text holds the control character U+{ord(bad):04X}")
    return text


def _iso_date(value: object) -> object:
    """A date in quotes is a date too."""
    try:
        return date.fromisoformat(value) if isinstance(value, str) else value
    except ValueError:
        return value


def _sane_year(day: date) -> date:
    if not 100 <= day.year <= 9900:
        raise ValueError("the year lies outside 100 to 9900")
    return day


Slug = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(?:-[a-z0-9]+)*$", max_length=80)]
Origin = Annotated[
    str, StringConstraints(pattern=r"^[a-z0-9]+(?:-{1,2}[a-z0-9]+)*$", max_length=160)
]
"""The slug of a question or card; `fact--recipe` is what a recipe makes of a fact."""
Mark = Annotated[str, StringConstraints(min_length=1, max_length=40), AfterValidator(_printable)]
Tag = Annotated[str, StringConstraints(pattern=r"^[^\s#,](?:[^#,]*[^\s#,])?$", max_length=60)]
Name = Annotated[str, StringConstraints(min_length=1, max_length=120), AfterValidator(_printable)]
Title = Annotated[str, StringConstraints(min_length=1, max_length=200), AfterValidator(_printable)]
Line = Annotated[str, StringConstraints(min_length=1, max_length=300), AfterValidator(_printable)]
Prose = Annotated[str, StringConstraints(min_length=1, max_length=4000), AfterValidator(_printable)]
Day = Annotated[date, BeforeValidator(_iso_date), AfterValidator(_sane_year)]
Roman = Annotated[str, StringConstraints(pattern=r"^[ivxlc]+$", max_length=10)]
Page = Annotated[int, Field(ge=1, le=9999)] | Roman


class Shape(BaseModel):
    """A mapping whose keys are known, each with a value of the very type asked for."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True, str_strip_whitespace=True)


class Entry(Shape):
    """A shape that stands in a list of a file, and knows where."""

    _path: Path = PrivateAttr(default=())

    @property
    def path(self) -> Path:
        return self._path

    def standing_at(self, path: Path) -> Self:
        """The same entry, knowing its place."""
        self._path = path
        return self


class Locator(Shape):
    """Where a statement stands in its source, or which other work it comes from."""

    source: Slug | None = None
    pages: Annotated[list[Page], Field(min_length=2, max_length=2)] | None = None
    notes: Annotated[list[Annotated[int, Field(ge=1, le=9999)]], Field(max_length=10)] = []
    basis: Basis
    reference: Line | None = None
    anchors: list[Line] = []


Locators = Annotated[list[Locator], Field(min_length=1)]


class RelativeTo(Shape):
    """The event that a relative date hangs on; an offset reads "-1 week", "+weeks" or is absent."""

    event: Slug
    offset: (
        Annotated[
            str,
            StringConstraints(pattern=r"^[+-](?:\d+ )?(?:day|week|month|year)s?$", max_length=40),
        ]
        | None
    ) = None


class When(Shape):
    """A date as fine as the source gives it, with bounds unless it is an era."""

    label: Name
    precision: Annotated[Precision, Field(strict=False)]
    part: Annotated[Part, Field(strict=False)] | None = None
    not_before: Day | None = None
    not_after: Day | None = None
    relative_to: RelativeTo | None = None
    edtf: Mark | None = None
    basis: Basis = "stated"

    def fuzzy(self) -> FuzzyDate:
        """The same date for arithmetic."""
        return FuzzyDate(self.precision, self.not_before, self.not_after, self.part, self.label)


class BookChapter(Shape):
    """The chapter of the book that a fact belongs to, and how that is known."""

    number: Annotated[int, Field(ge=0, le=999)]
    basis: Literal["stated", "inferred"]


def _named(value: Any) -> Any:
    """A bare slug names a figure."""
    return {"figure": value} if isinstance(value, str) else value


class AgentShape(Shape):
    """Whoever holds, does or estimates something: named by one slug, or unnamed with a label."""

    figure: Slug | None = None
    group: Slug | None = None
    organization: Slug | None = None
    anonymous: Name | None = None
    note: Annotated[int, Field(ge=1, le=9999)] | None = None

    @model_validator(mode="after")
    def _is_one(self) -> Self:
        if sum(x is not None for x in (self.slug, self.anonymous)) != 1 or len(self._slugs()) > 1:
            raise ValueError("name exactly one of figure, group, organization and anonymous")
        return self

    def _slugs(self) -> list[str]:
        return [x for x in (self.figure, self.group, self.organization) if x is not None]

    @property
    def slug(self) -> str | None:
        """The figure named, of whatever kind it is; nothing where the book names nobody."""
        return next(iter(self._slugs()), None)

    @property
    def label(self) -> str:
        return self.anonymous or ""


Agent = Annotated[AgentShape, BeforeValidator(_named, json_schema_input_type=Slug | AgentShape)]


class Alias(Shape):
    """Another way to write a name, and whether it is right when typed as an answer."""

    text: Annotated[
        str, StringConstraints(min_length=1, max_length=160), AfterValidator(_printable)
    ]
    scheme: Literal["source", "english", "russian", "ascii"] = "english"
    accept: bool = True
