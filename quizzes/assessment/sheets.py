"""Sheets: an attempt with its questions and their newest answers, read in one query."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from functools import cached_property
from itertools import groupby
from typing import Any
from uuid import UUID

from django.db.models import BooleanField, ExpressionWrapper, Q

from quizzes.assessment import answering
from quizzes.assessment.answering import CLOZE, Answer
from quizzes.assessment.models import Attempt, Served
from quizzes.assessment.models.attempts import ServedQuerySet
from quizzes.items.models import AcceptedAnswer, Option
from quizzes.people.models import User

type Raw = Mapping[str, Any]
"""An answer as it was sent."""
type Parts = tuple[tuple[str, ...], ...]
"""The texts of a question's options: each part's in their own order."""


class GapKind(StrEnum):
    """How a gap is filled."""

    TEXT = "text"
    NUMBER = "number"
    DATE = "date"
    CHOICE = "choice"


@dataclass(frozen=True, slots=True)
class Question:
    """A question of an attempt as it stands: its newest answer, and that answer's number."""

    served: Served
    raw: Raw | None
    sequence: int
    is_sure: bool | None = None
    saved_at: datetime | None = None

    @property
    def position(self) -> int:
        return self.served.position

    @property
    def kind(self) -> str:
        return self.served.revision.kind

    @property
    def answer(self) -> Answer | None:
        """The newest answer, options by their own places; none if it was taken back."""
        answer = (
            None if self.raw is None else answering.stored(self.kind, self.served.orders, self.raw)
        )
        return None if answer is None or answering.is_blank(answer) else answer

    @property
    def is_answered(self) -> bool:
        return self.answer is not None

    def read(self, raw: object) -> Answer:
        """What was sent, checked for its shape; raises `UnreadableError`."""
        return answering.read(self.kind, self.served.orders, raw)


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
        """The highest mark that could be reached, without what was taken out of the score."""
        counted = (one.served for one in self.questions if not one.served.is_dropped)
        return sum(served.weight for served in counted)


def find(learner: User, uid: UUID) -> Sheet | None:
    """A learner's own attempt; none if there is no such attempt or it is somebody else's."""
    mine = Attempt.objects.visible_to(learner).filter(uid=uid)
    found = questions(Served.objects.filter(attempt__in=mine).order_by("position"))
    return _sheet(found) if found else None


def of(attempt: Attempt) -> Sheet:
    """An attempt that one holds already, read anew."""
    return _sheet(questions(Served.objects.filter(attempt=attempt).order_by("position")))


def each(rows: ServedQuerySet) -> list[Sheet]:
    """The attempts of these served questions, which come attempt by attempt; one query."""
    by_attempt = groupby(questions(rows), key=lambda one: one.served.attempt_id)
    return [_sheet(list(of_one)) for _attempt, of_one in by_attempt]


def _sheet(found: list[Question]) -> Sheet:
    """Its questions know one attempt, so that what becomes of it they all know."""
    attempt = found[0].served.attempt
    for one in found:
        one.served.attempt = attempt
    return Sheet(attempt, found)


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
        Question(
            row,
            row.newest_answer,
            row.newest_sequence or 0,
            row.newest_is_sure,
            row.newest_saved_at,
        )
        for row in found
    ]


def options(questions: Collection[Question]) -> Mapping[int, Parts]:
    """The options of each question by its revision, each part's in their own order; one query."""
    found = {one.served.revision_id: [list[str]() for _ in one.served.orders] for one in questions}
    asked = [one.served.revision_id for one in questions if any(one.served.orders)]
    rows = Option.objects.filter(revision__in=asked).order_by("part", "position")
    for revision, part, text in rows.values_list("revision", "part", "text"):
        if part < len(found[revision]):
            found[revision][part].append(text)
    return {revision: tuple(map(tuple, parts)) for revision, parts in found.items()}


def gap_kinds(questions: Collection[Question]) -> Mapping[int, tuple[str, ...]]:
    """What each gap of a question takes, by the question's revision: one of `GapKind`; one query.

    Questions without gaps are left out. The kind of a gap tells how it is filled, and no key.
    """
    gapped = {one.served.revision_id: one for one in questions if one.kind == CLOZE}
    is_number = ExpressionWrapper(Q(number__isnull=False), BooleanField())
    rows = AcceptedAnswer.objects.filter(revision__in=gapped).annotate(is_number=is_number)
    asked = rows.order_by("-position").values_list("revision", "part", "is_number", "precision")
    kinds = {
        (revision, part): _gap_kind(is_number=is_number, precision=precision)
        for revision, part, is_number, precision in asked
    }
    return {
        revision: tuple(
            GapKind.CHOICE if order else kinds.get((revision, part), GapKind.TEXT)
            for part, order in enumerate(one.served.orders)
        )
        for revision, one in gapped.items()
    }


def _gap_kind(*, is_number: bool, precision: str) -> GapKind:
    if is_number:
        return GapKind.NUMBER
    return GapKind.DATE if precision else GapKind.TEXT
