"""The shapes of quizzes: what is drawn from where, and how it is sat."""

from typing import Annotated, Literal

from pydantic import Field

from quizzes.content.packs.shapes.items import Difficulty, Kind, Skill
from quizzes.content.packs.shapes.parts import Entry, Prose, Shape, Slug, Tag, Title

FactKind = Literal["figure", "event", "argument", "term", "quantity", "place"]


class Draw(Shape):
    """One question, or a number of them drawn from those that fit; a heading begins a part."""

    heading: Title | None = None
    item: Slug | None = None
    unit: Slug | None = None
    chapter: Annotated[int, Field(ge=0, le=999)] | None = None
    fact_kind: FactKind | None = None
    kind: Kind | None = None
    skill: Skill | None = None
    difficulty: Difficulty | None = None
    tag: Tag | None = None
    count: Annotated[int, Field(ge=1, le=200)] = 1
    weight: Annotated[int, Field(ge=1, le=100)] = 1


class Quiz(Entry):
    """A quiz of a unit or of a chapter of the book."""

    slug: Slug
    title: Title
    description: Prose | None = None
    unit: Slug | None = None
    chapter: Annotated[int, Field(ge=0, le=999)] | None = None
    blueprint: Annotated[list[Draw], Field(min_length=1)]
    time_limit: Annotated[int, Field(ge=1, le=1440, description="Minutes.")] | None = None
    shuffle: bool = True
    pass_mark: Annotated[float, Field(ge=0, le=1, description="Share of the marks.")] | None = None
