"""What a page shows of questions that are being asked: never a word of a key before its time."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate

from quizzes.assessment import sheets, terms
from quizzes.assessment.models import Served
from quizzes.assessment.responding import Given
from quizzes.assessment.sheets import Question, Sheet
from quizzes.assessment.terms import Terms
from quizzes.items.models import Revision
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
    tries_left: int
    fault: str = ""
    has_two: bool = False
    """Whether it was answered elsewhere meanwhile, so that there are two answers to keep one of."""

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
class Cell:
    """A question in the navigator."""

    position: int
    is_answered: bool
    is_flagged: bool
    is_current: bool
    is_open: bool
    """Whether it can be gone to."""


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


def page(
    sheet: Sheet,
    positions: Sequence[int],
    typed: Mapping[int, Given] | None = None,
    faults: Mapping[int, str] | None = None,
    conflicts: Mapping[int, str] | None = None,
) -> Page:
    """These questions of an attempt; `typed` stands in place of what is saved. Two queries."""
    shown = [sheet.by_position[position] for position in positions]
    rules = terms.of(sheet.attempt)
    is_all = len(positions) == len(sheet.questions) > 1
    first, last = positions[0], positions[-1]
    cells = _cells(sheet, rules, None if is_all else first)
    return Page(
        questions=_asked(sheet, shown, rules, typed or {}, faults or {}, conflicts or {}),
        cells=cells,
        parts=_parts(sheet, cells),
        previous=None if is_all or first == 1 or rules.is_forward_only else first - 1,
        next=None if is_all or last == len(sheet.questions) else last + 1,
        is_all=is_all,
        terms=rules,
    )


def _asked(
    sheet: Sheet,
    shown: Sequence[Question],
    rules: Terms,
    typed: Mapping[int, Given],
    faults: Mapping[int, str],
    conflicts: Mapping[int, str],
) -> list[Asked]:
    texts, gaps = sheets.options(shown), sheets.gap_kinds(shown)
    headings = accumulate(
        (one.served.heading for one in sheet.questions), lambda before, own: own or before
    )
    parts = dict(zip(sheet.by_position, headings, strict=True))
    asked = []
    for one in shown:
        given = typed.get(one.position)
        raw = (given.raw if given else one.raw) or {}
        revision = one.served.revision_id
        asked.append(
            Asked(
                question=one,
                filling=filling(one, raw, texts.get(revision, ()), gaps.get(revision, ())),
                part=parts[one.position],
                sequence=one.sequence,
                is_sure=given.is_sure if given else one.is_sure,
                tries_left=max(0, rules.tries - one.served.tries),
                fault=faults.get(one.position, "") or conflicts.get(one.position, ""),
                has_two=one.position in conflicts,
            )
        )
    return asked


def _cells(sheet: Sheet, rules: Terms, current: int | None) -> list[Cell]:
    reached = sheet.attempt.reached if rules.is_forward_only else None
    return [
        Cell(
            position=one.position,
            is_answered=one.is_answered,
            is_flagged=one.served.is_flagged,
            is_current=one.position == current,
            is_open=reached is None or one.position == reached,
        )
        for one in sheet.questions
    ]


def _parts(sheet: Sheet, cells: Sequence[Cell]) -> list[Part]:
    parts: list[Part] = []
    for one, cell in zip(sheet.questions, cells, strict=True):
        if not parts or one.served.heading:
            parts.append(Part(one.served.heading, []))
        parts[-1].cells.append(cell)
    return parts
