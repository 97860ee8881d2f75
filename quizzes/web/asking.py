"""What a page shows of a question that is being asked: never a word of its key."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from quizzes.assessment import sheets
from quizzes.assessment.responding import Given
from quizzes.assessment.sheets import Question, Sheet
from quizzes.items.models import Revision


@dataclass(frozen=True, slots=True)
class Choice:
    """One option, known by the place in which it is shown."""

    place: int
    text: str
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class Asked:
    """A question with what its learner answered last, or has just typed in vain."""

    position: int
    kind: str
    stem_html: str
    choices: list[Choice]
    text: str
    sequence: int
    is_answered: bool
    fault: str = ""

    @property
    def is_several(self) -> bool:
        return self.kind == Revision.Kind.SEVERAL


@dataclass(frozen=True, slots=True)
class Cell:
    """A question in the navigator."""

    position: int
    is_answered: bool
    is_current: bool


@dataclass(frozen=True, slots=True)
class Page:
    """One page of an attempt: some of its questions, and the way to the others."""

    questions: list[Asked]
    cells: list[Cell]
    previous: int | None
    next: int | None
    is_all: bool

    @property
    def answered(self) -> int:
        return sum(cell.is_answered for cell in self.cells)

    @property
    def left(self) -> int:
        return len(self.cells) - self.answered


def page(
    sheet: Sheet,
    positions: Sequence[int],
    typed: Mapping[int, Given] | None = None,
    faults: Mapping[int, str] | None = None,
) -> Page:
    """These questions of an attempt; `typed` stands in place of what is saved. One query."""
    shown = [sheet.by_position[position] for position in positions]
    texts = sheets.options(shown)
    is_all = len(positions) == len(sheet.questions) > 1
    first, last = positions[0], positions[-1]
    return Page(
        questions=[
            _asked(one, texts[one.served.revision_id][0], typed or {}, faults or {})
            for one in shown
        ],
        cells=[
            Cell(one.position, one.is_answered, not is_all and one.position == first)
            for one in sheet.questions
        ],
        previous=None if is_all or first == 1 else first - 1,
        next=None if is_all or last == len(sheet.questions) else last + 1,
        is_all=is_all,
    )


def _asked(
    question: Question,
    texts: Sequence[str],
    typed: Mapping[int, Given],
    faults: Mapping[int, str],
) -> Asked:
    position = question.position
    given = typed.get(position)
    raw = given.raw if given else question.raw or {}
    chosen = raw.get("chosen", [])
    return Asked(
        position=position,
        kind=question.kind,
        stem_html=question.served.revision.stem_html,
        choices=[
            Choice(place, texts[own], place in chosen)
            for place, own in enumerate(question.served.order)
        ],
        text=raw.get("text", ""),
        sequence=question.sequence,
        is_answered=question.is_answered,
        fault=faults.get(position, ""),
    )
