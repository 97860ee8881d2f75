"""Sheets: an attempt with its questions and their newest answers, read in one query."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any
from uuid import UUID

from quizzes.assessment import answering
from quizzes.assessment.answering import Answer
from quizzes.assessment.models import Attempt, Served
from quizzes.assessment.models.attempts import ServedQuerySet
from quizzes.items.models import Option
from quizzes.people.models import User

type Raw = Mapping[str, Any]
"""An answer as it was sent."""


@dataclass(frozen=True, slots=True)
class Question:
    """A question of an attempt as it stands: its newest answer, and that answer's number."""

    served: Served
    raw: Raw | None
    sequence: int
    is_sure: bool | None = None

    @property
    def position(self) -> int:
        return self.served.position

    @property
    def kind(self) -> str:
        return self.served.revision.kind

    @property
    def answer(self) -> Answer | None:
        """The newest answer, options by their own places; none if it was taken back."""
        answer = None if self.raw is None else answering.stored(self.served.order, self.raw)
        return None if answer is None or answering.is_blank(answer) else answer

    @property
    def is_answered(self) -> bool:
        return self.answer is not None

    def read(self, raw: object) -> Answer:
        """What was sent, checked for its shape; raises `UnreadableError`."""
        return answering.read(self.kind, self.served.order, raw)


@dataclass(frozen=True)
class Sheet:
    """An attempt with its questions in order; there is at least one."""

    attempt: Attempt
    questions: list[Question]

    @cached_property
    def by_position(self) -> dict[int, Question]:
        return {question.position: question for question in self.questions}

    @property
    def unanswered(self) -> list[Question]:
        return [question for question in self.questions if not question.is_answered]

    @property
    def points(self) -> int:
        """The highest mark that could be reached."""
        return sum(question.served.weight for question in self.questions)


def find(learner: User, uid: UUID) -> Sheet | None:
    """A learner's own attempt; none if there is no such attempt or it is somebody else's."""
    mine = Attempt.objects.visible_to(learner).filter(uid=uid)
    found = questions(Served.objects.filter(attempt__in=mine).order_by("position"))
    return Sheet(found[0].served.attempt, found) if found else None


def of(attempt: Attempt) -> Sheet:
    """An attempt that one holds already, read anew."""
    found = questions(Served.objects.filter(attempt=attempt).order_by("position"))
    return Sheet(found[0].served.attempt, found)


def questions(rows: ServedQuerySet) -> list[Question]:
    """Served questions with their newest answers, in one query."""
    parts = (
        "attempt__quiz__book",
        "attempt__learner",
        "attempt__assignment__classroom",
        "revision",
    )
    found: Any = rows.with_answers().select_related(*parts)
    return [
        Question(row, row.newest_answer, row.newest_sequence or 0, row.newest_is_sure)
        for row in found
    ]


def option_texts(questions: Collection[Question]) -> Mapping[int, list[str]]:
    """The options of each question by its revision, in their own order; one query."""
    texts: dict[int, list[str]] = defaultdict(list)
    revisions = [one.served.revision_id for one in questions if one.served.order]
    rows = Option.objects.filter(revision__in=revisions, part=0).order_by("position")
    for revision, text in rows.values_list("revision", "text"):
        texts[revision].append(text)
    return texts
