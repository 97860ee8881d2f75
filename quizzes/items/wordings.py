"""An item as it should stand in the bank: where it belongs, and how it is worded.

Plain values that recipes' drafts and authored questions both become; `banking` compares them
with the rows and writes what differs.
"""

from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal

from quizzes.items.fractions import FULL_FRACTION
from quizzes.items.normalizing import answer_key

type Precedes = tuple[int, int]
"""The own places of two options of which the first comes before the second."""

_CHOICES = frozenset({"single", "several", "true_false", "classify"})


@dataclass(frozen=True, slots=True, kw_only=True)
class OptionWording:
    """Something to choose, match or order, with what it earns; `fact` is a primary key."""

    text: str
    part: int = 0
    fraction: int = 0
    rank: int | None = None
    match: int | None = None
    feedback: str = ""
    fact: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerWording:
    """A typed answer that is right, or is in part."""

    text: str = ""
    part: int = 0
    number: Decimal | None = None
    tolerance: Decimal = Decimal(0)
    bound: str = ""
    precision: str = ""
    not_before: date | None = None
    not_after: date | None = None
    fraction: int = FULL_FRACTION
    feedback: str = ""

    def at(self, part: int) -> "AnswerWording":
        """The same answer in another gap."""
        return replace(self, part=part)


@dataclass(frozen=True, slots=True, kw_only=True)
class CriterionWording:
    """One line of an essay's rubric."""

    text: str
    weight: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Wording:
    """Everything that a revision freezes; equal wordings need no new revision.

    HTML that is given is frozen as it is, and what is left out is made of the text beside it.
    """

    kind: str
    stem: str
    answer: str
    rationale: str = ""
    hint: str = ""
    is_shuffled: bool = True
    is_case_exact: bool = False
    is_accent_exact: bool = False
    options: tuple[OptionWording, ...] = ()
    accepted: tuple[AnswerWording, ...] = ()
    precedes: frozenset[Precedes] = frozenset()
    criteria: tuple[CriterionWording, ...] = ()
    is_markdown: bool = field(default=False, compare=False)
    stem_html: str = field(default="", compare=False)
    answer_html: str = field(default="", compare=False)
    rationale_html: str = field(default="", compare=False)

    @property
    def meaning(self) -> tuple[str, ...]:
        """What is right, however it is spelled: where it changes, memory of it is void."""
        if self.kind in _CHOICES and self.options:
            return tuple(sorted(answer_key(one.text) for one in self.options if one.fraction > 0))
        if self.kind == "ordering":
            return self._order
        if self.kind == "matching":
            rights = [one.text for one in self.options if one.part == 1]
            pairs = [(one.text, rights[one.match]) for one in self.options if one.match is not None]
            return tuple(sorted(answer_key(f"{left} = {right}") for left, right in pairs))
        if self.criteria:
            return tuple(sorted(answer_key(one.text) for one in self.criteria))
        return (answer_key(self.answer),)

    @property
    def _order(self) -> tuple[str, ...]:
        """What comes at which place, and what of it comes before what where that is written out."""
        texts = [answer_key(one.text) for one in self.options]
        places = [f"{one.rank} {text}" for one, text in zip(self.options, texts, strict=True)]
        pairs = [f"{texts[first]} < {texts[second]}" for first, second in self.precedes]
        return (*sorted(places), *sorted(pairs))


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One item of the bank with its wording; facts, section and chapter are primary keys."""

    slug: str
    wording: Wording
    section: int
    chapter: int
    position: int
    facts: tuple[int, ...]
    recipe: str = ""
    direction: str = "forward"
    subject: int | None = None
    state: str = "ready"
    is_card: bool = True
    is_question: bool = True
    skill: str = "recall"
    difficulty: int = 1
    siblings: str = ""
    tags: tuple[str, ...] = ()
    is_substantive: bool = False
    """Whether its author declares the change of wording to be one of substance."""
