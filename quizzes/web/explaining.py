"""What a page shows of a question that was marked: the answer, why, and where the book says it."""

from collections import Counter
from dataclasses import dataclass

from quizzes.assessment import marking, sheets, telling
from quizzes.assessment.grading import Grade
from quizzes.assessment.sheets import Parts, Question, Sheet
from quizzes.items.fractions import FULL_FRACTION
from quizzes.items.models import Item, Key
from quizzes.web import sourcing, wording
from quizzes.web.sourcing import Ground


@dataclass(frozen=True, slots=True)
class Explained:
    """A question with its answer, its key, and what each is about."""

    position: int
    stem_html: str
    given: str
    is_right: bool
    is_partly_right: bool
    points: str
    weight: int
    remarks: list[str]
    key: Key | None
    ground: Ground
    kind: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """A whole attempt, explained."""

    questions: list[Explained]
    score: str
    diagnosis: str
    has_passed: bool | None
    """Whether the pass mark was reached; none where the quiz has none."""

    @property
    def is_blank(self) -> bool:
        """Whether nothing was answered, so that nothing is known of what was not."""
        return not any(question.given for question in self.questions)

    @property
    def missed(self) -> int:
        return sum(not question.is_right for question in self.questions)


def outcome(sheet: Sheet) -> Outcome:
    """Every question of a handed-in attempt with its explanation; a fixed number of queries."""
    questions = sheet.questions
    grades = marking.graded([(one, one.answer) for one in questions])
    texts = sheets.options(questions)
    keys = Key.objects.in_bulk([one.served.revision_id for one in questions])
    items = [one.served.revision.item_id for one in questions]
    grounds = sourcing.grounds(items)
    kinds = dict(Item.objects.filter(pk__in=items).values_list("pk", "subject__kind"))
    explained = [
        _explained(
            one,
            grade,
            texts[one.served.revision_id],
            keys.get(one.served.revision_id),
            grounds[one.served.revision.item_id],
            kinds[one.served.revision.item_id] or "",
        )
        for one, grade in zip(questions, grades, strict=True)
    ]
    return Outcome(explained, _score(sheet), _diagnosis(explained), _has_passed(sheet))


def _score(sheet: Sheet) -> str:
    earned = sum(one.served.weight * (one.served.fraction or 0) for one in sheet.questions)
    return wording.score(max(0, earned), sheet.points)


def _has_passed(sheet: Sheet) -> bool | None:
    wanted = sheet.attempt.quiz.pass_fraction
    return None if wanted is None else (sheet.attempt.score or 0) >= wanted


def _explained(
    question: Question, grade: Grade, texts: Parts, key: Key | None, ground: Ground, kind: str
) -> Explained:
    fraction = question.served.fraction or 0
    remarks = [*grade.feedback]
    if grade.remark and question.is_answered:
        remarks.append(wording.remark(grade.remark, key.answer if key else ""))
    return Explained(
        position=question.position,
        stem_html=question.served.revision.stem_html,
        given=telling.words(question.answer, texts),
        is_right=fraction == FULL_FRACTION,
        is_partly_right=0 < fraction < FULL_FRACTION,
        points=wording.marks(max(0, fraction) * question.served.weight),
        weight=question.served.weight,
        remarks=remarks,
        key=key,
        ground=ground,
        kind=kind,
    )


def _diagnosis(questions: list[Explained]) -> str:
    """Which kinds of fact are firm, and where the misses are."""
    asked = Counter(one.kind for one in questions)
    missed = Counter(one.kind for one in questions if not one.is_right)
    firm = [kind for kind in asked if not missed[kind]]
    return wording.diagnosis(firm, missed)
