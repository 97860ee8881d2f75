"""What a recipe writes: an item before it has a row.

Pure. A draft reads on both sides of a flashcard (stem, answer) and, where it has options or
accepted answers, as a question too. `generating` turns drafts into items and revisions.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from quizzes.items.normalizing import answer_key


class Kind(StrEnum):
    """The forms that recipes give a question; the names are those of `Revision.Kind`."""

    SINGLE = "single"
    SHORT_TEXT = "short_text"
    DATE = "date"
    NUMBER = "number"


class Direction(StrEnum):
    """Which way a recipe asks; the names are those of `Item.Direction`."""

    FORWARD = "forward"
    REVERSE = "reverse"


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """One option of a question; every wrong one says why it is wrong."""

    text: str
    is_key: bool = False
    why: str = ""
    fact: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Accepted:
    """A typed answer that is right: a text, a number, or a date with its bounds and precision.

    Beside a number or a date, the text is how the book says it.
    """

    text: str = ""
    number: int | None = None
    bound: str = ""
    precision: str = ""
    not_before: date | None = None
    not_after: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """One item as a recipe words it; `subject` and `tests` are slugs of facts, subject first.

    `keyed_text` is the right option where that is shorter than the answer on the card's back.
    """

    recipe: str
    direction: Direction
    subject: str
    stem: str
    answer: str
    rationale: str = ""
    also_tests: tuple[str, ...] = ()
    skill: str = "recall"
    difficulty: int = 1
    kind: Kind = Kind.SHORT_TEXT
    options: tuple[Choice, ...] = ()
    accepted: tuple[Accepted, ...] = ()
    keyed_text: str = ""
    is_card: bool = True

    @property
    def slug(self) -> str:
        """The item's name for good: fact, recipe and, for the way back, its direction."""
        way = "" if self.direction is Direction.FORWARD else f"--{self.direction}"
        return f"{self.subject}--{self.recipe}{way}"

    @property
    def tests(self) -> tuple[str, ...]:
        """The facts that it tests, the subject first, each once."""
        return tuple(dict.fromkeys((self.subject, *self.also_tests)))

    @property
    def is_question(self) -> bool:
        """Whether a quiz may ask it; a draft without options or accepted answers is a card only."""
        return bool(self.options or self.accepted)

    @property
    def key(self) -> str:
        """What must stay the same for memory of it to stay good."""
        return answer_key(self.keyed_text or self.answer)


def typed(draft: Draft, kind: Kind, accepted: Iterable[Accepted]) -> Draft:
    """The draft as a question whose answer is typed, if any typed answer is accepted."""
    answers = tuple(accepted)
    return replace(draft, kind=kind, accepted=answers) if answers else draft


def texts(names: Iterable[str]) -> tuple[Accepted, ...]:
    """Accepted texts, the first of those that count as the same answer."""
    kept: dict[str, str] = {}
    for name in names:
        kept.setdefault(answer_key(name), name)
    return tuple(Accepted(text=name) for key, name in kept.items() if key)
