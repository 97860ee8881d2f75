"""What a page shows of questions that are being asked: never a word of a key before its time."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property

from quizzes.assessment import settling, sheets, terms
from quizzes.assessment.models import Served
from quizzes.assessment.responding import Given
from quizzes.assessment.sheets import Question, Sheet
from quizzes.assessment.terms import Terms
from quizzes.items.models import Revision
from quizzes.web import explaining
from quizzes.web.explaining import Explained
from quizzes.web.filling import Filling, filling

Kind = Revision.Kind
WIDGETS = {
    Kind.SINGLE: "choices",
    Kind.SEVERAL: "choices",
    Kind.TRUE_FALSE: "choices",
    Kind.CLASSIFY: "choices",
    Kind.MATCHING: "pairs",
    Kind.ORDERING: "steps",
    Kind.CLOZE: "gaps",
    Kind.ESSAY: "essay",
}
"""With what each kind is answered; all others with a line to type in."""


@dataclass(frozen=True)
class Asked:
    """A question with what its learner answered last, or has just typed in vain."""

    question: Question
    filling: Filling
    part: str
    sequence: int
    is_sure: bool | None
    fault: str = ""
    has_two: bool = False
    """Whether it was answered elsewhere meanwhile, so that there are two answers to keep one of."""
    tries_left: int | None = None
    has_hint: bool = False
    hint: str = ""
    explained: Explained | None = None
    """What is told of it once it is settled."""

    @property
    def position(self) -> int:
        return self.question.position

    @property
    def kind(self) -> str:
        return self.question.kind

    @property
    def served(self) -> Served:
        return self.question.served

    @property
    def revision(self) -> Revision:
        return self.question.served.revision

    @property
    def widget(self) -> str:
        return WIDGETS.get(Kind(self.kind), "line")

    @property
    def template(self) -> str:
        return f"quizzes/questions/{self.widget}.html"

    @property
    def has_places(self) -> bool:
        """Whether it is answered in places of its own: options, rows or gaps, not on one line."""
        return Kind(self.kind) in WIDGETS and self.kind != Kind.ESSAY

    @property
    def gap_count(self) -> int:
        return sum(piece.gap is not None for piece in self.filling.pieces)

    @property
    def has_typed_gaps(self) -> bool:
        return any(piece.gap and not piece.gap.choices for piece in self.filling.pieces)

    @property
    def is_put(self) -> bool:
        """Whether its rows were put in an order."""
        return all(step.rank for step in self.filling.steps)


@dataclass(frozen=True, slots=True)
class Slips:
    """What was posted and cannot be saved: as it was typed, and why, by the question's position."""

    typed: Mapping[int, Given] = field(default_factory=dict)
    faults: Mapping[int, str] = field(default_factory=dict)
    conflicts: Mapping[int, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Cell:
    """A question in the navigator."""

    question: Question
    is_answered: bool
    is_flagged: bool
    is_current: bool
    is_seen: bool
    """Whether it was reached, where there is no way back."""
    is_open: bool
    """Whether it can be gone to."""

    @property
    def position(self) -> int:
        return self.question.position


@dataclass(frozen=True, slots=True)
class Part:
    """Some questions of the navigator, under the heading of their part of the quiz."""

    heading: str
    cells: list[Cell]


@dataclass(frozen=True)
class Page:
    """One page of an attempt: some of its questions, and the way to the others."""

    questions: list[Asked]
    cells: list[Cell]
    parts: list[Part]
    previous: int | None
    next: int | None
    is_all: bool
    terms: Terms

    @cached_property
    def answered(self) -> int:
        return sum(cell.is_answered for cell in self.cells)

    @property
    def left(self) -> int:
        return len(self.cells) - self.answered

    @property
    def flagged(self) -> int:
        return sum(cell.is_flagged for cell in self.cells)


def page(sheet: Sheet, positions: Sequence[int], at: datetime, slips: Slips | None = None) -> Page:
    """These questions of an attempt; what `slips` were typed stand in place of what is saved.

    A fixed number of queries; more only where questions are checked during the attempt.
    """
    rules = terms.of(sheet.attempt)
    is_all = len(positions) == len(sheet.questions) > 1
    first, last = positions[0], positions[-1]
    navigator = cells(sheet, None if is_all else first)
    return Page(
        questions=_asked(sheet, positions, at, slips or Slips()),
        cells=navigator,
        parts=_parts(navigator),
        previous=None if is_all or first == 1 or rules.is_forward_only else first - 1,
        next=None if is_all or last == len(sheet.questions) else last + 1,
        is_all=is_all,
        terms=rules,
    )


def cells(sheet: Sheet, current: int | None = None) -> list[Cell]:
    """Every question of an attempt: whether it is answered, flagged, and can be gone to."""
    is_forward_only = terms.of(sheet.attempt).is_forward_only
    return [
        Cell(
            question=one,
            is_answered=one.is_answered,
            is_flagged=one.served.is_flagged,
            is_current=one.position == current,
            is_seen=not is_forward_only or one.position <= sheet.attempt.reached,
            is_open=not is_forward_only or one.position == sheet.attempt.reached,
        )
        for one in sheet.questions
    ]


def _asked(sheet: Sheet, positions: Sequence[int], at: datetime, slips: Slips) -> list[Asked]:
    shown = [sheet.by_position[position] for position in positions]
    texts, gaps = sheets.options(shown), sheets.gap_kinds(shown)
    parts = _part_of(sheet)
    hinting, hints = settling.has_hint(sheet), settling.hints(sheet)
    explained = _explained(sheet, shown, at)
    asked = []
    for one in shown:
        typed, revision = slips.typed.get(one.position), one.served.revision_id
        raw = (typed.raw if typed else one.raw) or {}
        asked.append(
            Asked(
                question=one,
                filling=filling(one, raw, texts[revision], gaps.get(revision, ())),
                part=parts[one.position],
                sequence=one.sequence,
                is_sure=typed.is_sure if typed else one.is_sure,
                fault=slips.faults.get(one.position) or slips.conflicts.get(one.position, ""),
                has_two=one.position in slips.conflicts,
                tries_left=settling.tries_left(one),
                has_hint=one.position in hinting,
                hint=hints.get(one.position, ""),
                explained=explained.get(one.position),
            )
        )
    return asked


def _explained(sheet: Sheet, shown: Sequence[Question], at: datetime) -> dict[int, Explained]:
    """What may be told of those that are settled, by position."""
    settled = [one for one in shown if one.served.is_settled]
    if not settled:
        return {}
    outcome = explaining.outcome(Sheet(sheet.attempt, settled), at)
    return {one.position: one for one in outcome.questions}


def _part_of(sheet: Sheet) -> dict[int, str]:
    """The heading under which each question stands."""
    parts, heading = {}, ""
    for one in sheet.questions:
        heading = one.served.heading or heading
        parts[one.position] = heading
    return parts


def _parts(navigator: Sequence[Cell]) -> list[Part]:
    parts: list[Part] = []
    for cell in navigator:
        heading = cell.question.served.heading
        if not parts or heading:
            parts.append(Part(heading, []))
        parts[-1].cells.append(cell)
    return parts
