"""The shapes of authored questions and cards."""

from datetime import date
from decimal import Decimal
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field

from quizzes.content.packs.shapes.parts import (
    Agent,
    BookChapter,
    Change,
    Entry,
    Line,
    Origin,
    Prose,
    Shape,
    Slug,
    Tag,
)

MOST = 10**13
"""No number that is typed as an answer is larger."""

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
Bound = Literal["exact", "about", "more_than", "at_least", "less_than", "nearly"]
Figures = Annotated[float, Field(ge=-MOST, le=MOST, allow_inf_nan=False)]


class Framing(Shape):
    """Whose view the question asks for."""

    according_to: Agent


class Choice(Shape):
    """Something to choose; `why` tells those who chose it wrongly what they mixed up."""

    text: Prose
    fact: Slug | None = None
    correct: bool
    why: Prose | None = None


def _alone(value: Any) -> Any:
    """A slug alone has its place in the order to itself."""
    return [value] if isinstance(value, str) else value


Place = Annotated[
    list[Slug],
    Field(min_length=1),
    BeforeValidator(_alone, json_schema_input_type=Slug | list[Slug]),
]
"""What stands at one place of an order; several, where the book does not order them throughout."""


class Pair(Shape):
    """Two things that belong together; `why` tells those who joined the left one wrongly."""

    left: Line
    right: Line
    fact: Slug | None = None
    why: Prose | None = None


class Distractor(Shape):
    """A right side of a matching question that belongs to nothing on the left."""

    text: Line
    why: Prose | None = None


class AcceptedShape(Shape):
    """A typed answer that earns the mark or a share of it; none of it, where it is a known slip.

    A number may be missed by `tolerance`; `bound` is the word that belongs to it.
    """

    text: Line | None = None
    number: Figures | None = None
    tolerance: Annotated[float, Field(ge=0, le=MOST, allow_inf_nan=False)] = 0
    bound: Bound | None = None
    share: Annotated[float, Field(ge=0, le=1)] = 1
    feedback: Prose | None = None

    @property
    def said(self) -> str:
        """The answer as its author wrote it."""
        return self.text or f"{Decimal(str(self.number or 0)).normalize():f}"


def _bare(value: Any) -> Any:
    """A text, a number or a date alone is an answer that earns the whole mark."""
    if isinstance(value, str | date):
        return {"text": str(value)}
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    return {"number": value} if is_number else value


Accepted = Annotated[
    AcceptedShape, BeforeValidator(_bare, json_schema_input_type=Line | Figures | AcceptedShape)
]


class Gap(Shape):
    """What fills one gap of a cloze: something typed, or one of some options."""

    kind: Literal["text", "number", "date", "choice"] = "text"
    accepted: list[Accepted] = []
    options: list[Choice] = []


class Criterion(Shape):
    """One line of an essay's rubric, and its share of the mark beside the others."""

    text: Line
    weight: Annotated[int, Field(ge=1, le=100)] = 1


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
    distractors: list[Distractor] = []
    order: list[Place] = []
    accepted: list[Accepted] = []
    gaps: list[Gap] = []
    is_case_exact: bool = False
    is_accent_exact: bool = False
    is_shuffled: bool | None = None
    rubric: list[Criterion] = []
    model_answer: Prose | None = None
    hint: Prose | None = None
    explanation: Prose
    tags: list[Tag] = []
    state: State = "ready"
    siblings: Slug | None = None
    adapted_from: Origin | None = None
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
