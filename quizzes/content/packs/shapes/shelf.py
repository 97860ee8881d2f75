"""The manifest of a pack, the book's chapters and units, and the sources it cites."""

from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from quizzes.content.packs.shapes.parts import (
    Entry,
    Line,
    Name,
    Page,
    Prose,
    Roman,
    Shape,
    Slug,
    Title,
)

Span = Annotated[list[Page], Field(min_length=1, max_length=2)]
"""First and last page; one page alone is both."""


class Book(Shape):
    """What the pack's book is called."""

    slug: Slug
    title: Title
    description: Prose = ""


class Manifest(Shape):
    """What `pack.yaml` says of the pack itself, beside its chapters and units."""

    id: Slug
    version: Annotated[int, Field(ge=1, le=2_000_000_000)]
    schema_version: Literal[1]
    language: Annotated[
        str, StringConstraints(pattern=r"^[a-z]{2,3}(?:-[A-Za-z0-9]+)*$", max_length=12)
    ]
    licence: Annotated[str, StringConstraints(min_length=1, max_length=80)]
    book: Book
    vocabulary: list[Name] = []


class Chapter(Entry):
    """A chapter of the book; 0 is the introduction."""

    number: Annotated[int, Field(ge=0, le=999)]
    slug: Slug
    title: Title
    pages: Span | None = None
    outline: Prose = ""


class Unit(Entry):
    """A passage short enough for one sitting; its place in the list is its place in the book."""

    slug: Slug
    title: Title
    chapter: Annotated[int, Field(ge=0, le=999)]
    pages: Span | None = None


class Source(Entry):
    """A text that is cited, with the pages that may be cited from it.

    `begins` gives the first words of the first of these pages: where the text itself is at hand,
    the pages are counted from there.
    """

    slug: Slug
    title: Line
    edition: Line = ""
    pages: Annotated[list[Annotated[int, Field(ge=1, le=9999)]], Field(min_length=2, max_length=2)]
    front_pages: list[Roman] = []
    begins: Line | None = None
