"""Results: every question of a handed-in attempt with its key, and why.

The only shapes that tell what decided a mark; an attempt that is still open has none of this.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.http import Http404
from django.views.decorators.cache import never_cache
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import api_view
from rest_framework.request import Request
from rest_framework.response import Response

from quizzes.api import asking, errors
from quizzes.api.attempts import AttemptShape, Share, sheet
from quizzes.api.backs import TestedFact, tested
from quizzes.assessment import marking
from quizzes.assessment.grading import Grade, Remark
from quizzes.assessment.sheets import Question
from quizzes.content.models import Fact
from quizzes.items.models import Key


@dataclass(frozen=True, slots=True)
class Marked:
    """A question with its grade, its key and its facts."""

    question: Question
    grade: Grade
    key: Key | None
    facts: list[Fact]

    @property
    def fraction(self) -> int:
        """Never below 0; no answer earns nothing."""
        return max(0, self.question.served.fraction or 0)


class MarkedQuestion(serializers.Serializer[Marked]):
    """A question with its mark and its explanation."""

    question = serializers.IntegerField(source="question.position")
    stem_html = serializers.CharField(source="question.served.revision.stem_html")
    answer = serializers.JSONField(
        source="question.raw", allow_null=True, help_text="Your answer, as you gave it."
    )
    fraction = Share(help_text="Share of the mark, 0 to 1.")
    weight = serializers.IntegerField(source="question.served.weight")
    answer_html = serializers.CharField(source="key.answer_html", default="")
    rationale_html = serializers.CharField(source="key.rationale_html", default="")
    remark = serializers.ChoiceField(
        [(remark.value, remark.name) for remark in Remark],
        source="grade.remark",
        allow_null=True,
        help_text="Why an answer was not quite right, or not there.",
    )
    feedback = serializers.ListField(child=serializers.CharField(), source="grade.feedback")
    facts = TestedFact(many=True, help_text="What it tests; the first is its subject.")


class ResultShape(serializers.Serializer[Any]):
    """An attempt that was handed in, with every question explained."""

    attempt = AttemptShape()
    questions = MarkedQuestion(many=True)


@extend_schema(operation_id="result", responses={200: ResultShape, **errors.answers(400, 401, 404)})
@api_view(asking.READ)
@never_cache
def result(request: Request, attempt: UUID) -> Response:
    """What came of an attempt; there is nothing (404) until it is handed in."""
    asking.query(request)
    found = sheet(request, attempt)
    if found.attempt.handed_in_at is None:
        raise Http404
    shown = {"attempt": found.attempt, "questions": _marked(found.questions)}
    return Response(ResultShape(shown).data)


def _marked(questions: Sequence[Question]) -> list[Marked]:
    """As many queries for a hundred questions as for one."""
    grades = marking.graded([(one, one.answer) for one in questions])
    keys = Key.objects.in_bulk([one.served.revision_id for one in questions])
    facts: dict[int, list[Fact]] = defaultdict(list)
    for row in tested([one.served.revision.item_id for one in questions]):
        facts[row.item_id].append(row.fact)
    return [
        Marked(one, grade, keys.get(one.served.revision_id), facts[one.served.revision.item_id])
        for one, grade in zip(questions, grades, strict=True)
    ]
