"""The shapes of authored questions and cards."""

from typing import Annotated, Literal

from pydantic import Field

from quizzes.content.packs.shapes.parts import (
    Agent,
    BookChapter,
    Change,
    Entry,
    Line,
    Prose,
    Shape,
    Slug,
)

Kind = Literal[
    "single",
    "several",
    "true_false",
    "short_text",
    "number",
    "date",
    "matching",
    "ordering",
    "cloze",
    "classify",
    "essay",
]
Skill = Literal["recall", "distinguish", "attribute", "order", "explain", "evaluate"]
Difficulty = Annotated[int, Field(ge=1, le=3)]
Tests = Annotated[list[Slug], Field(min_length=1)]
State = Literal["draft", "ready", "retired"]


class Framing(Shape):
    """Whose view the question asks for."""

    according_to: Agent


class Choice(Shape):
    """Something to choose; `why` tells those who chose it wrongly what they mixed up."""

    text: Prose
    fact: Slug | None = None
    correct: bool
    why: Prose | None = None


class Pair(Shape):
    """Two things that belong together in a matching question."""

    left: Line
    right: Line
    fact: Slug | None = None


class Question(Entry):
    """A question that its author wrote out."""

    slug: Slug
    kind: Kind
    is_card: bool = False
    is_question: bool = True
    core: bool = True
    unit: Slug
    book_chapter: BookChapter | None = None
    difficulty: Difficulty = 1
    skill: Skill
    tests: Tests
    stem: Prose
    framing: Framing | None = None
    options: list[Choice] = []
    pairs: list[Pair] = []
    order: list[Slug] = []
    accepted: list[Line | int] = []
    explanation: Prose
    state: State = "ready"
    siblings: Slug | None = None
    revision: Annotated[int, Field(ge=1, le=9999)] = 1
    change: Change | None = None


class Card(Entry):
    """A flashcard that its author wrote out."""

    slug: Slug
    unit: Slug
    book_chapter: BookChapter | None = None
    core: bool = True
    tests: Tests
    front: Prose
    back: Prose
    direction: Literal["forward", "reverse", "cloze"] = "forward"
    siblings: Slug | None = None
    difficulty: Difficulty = 1
    skill: Skill = "recall"
    state: State = "ready"
    revision: Annotated[int, Field(ge=1, le=9999)] = 1
    change: Change | None = None
