"""Results: every question of an attempt with its mark, its key, and why, as far as it may be told.

The only shapes that tell what decided a mark; `disclosing.told` says what they hold.
"""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.views.decorators.cache import never_cache
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import api_view
from rest_framework.request import Request
from rest_framework.response import Response

from quizzes.api import asking, errors
from quizzes.api.attempts import AttemptShape, Share, of_sheet, sheet
from quizzes.api.backs import TestedFact, tested
from quizzes.assessment import disclosing, marking, overruling, terms
from quizzes.assessment.disclosing import Shown
from quizzes.assessment.grading import Grade, Remark
from quizzes.assessment.marking import Verdict
from quizzes.assessment.models import Assignment, Mark
from quizzes.assessment.sheets import Question, Sheet
from quizzes.content.models import Fact
from quizzes.items.models import Key

CORRECTNESS = [(word.value, word.value) for word in Verdict]
MOMENTS = [(one.name.lower(), str(one.label)) for one in Assignment.Moment]


@dataclass(frozen=True, slots=True)
class Marked:
    """A question, and of its grade, its key and its facts what may be told."""

    question: Question
    shown: Shown
    grade: Grade
    stored_key: Key | None
    tested: list[Fact]
    mark: Mark | None

    @property
    def answer(self) -> Any:
        return self.question.raw if self.shown.answer else None

    @property
    def correctness(self) -> str | None:
        """Of the answer itself: what tries and hints cost is the fraction's affair."""
        return marking.verdict(self.question, self.grade) if self.shown.correctness else None

    @property
    def fraction(self) -> int | None:
        """Never below 0; no answer earns nothing."""
        if self.correctness in (None, Verdict.UNMARKED) or not self.shown.score:
            return None
        return max(0, self.question.served.fraction or 0)

    @property
    def answer_html(self) -> str | None:
        if not self.shown.key:
            return None
        return self.stored_key.answer_html if self.stored_key else ""

    @property
    def rationale_html(self) -> str | None:
        if not self.shown.explanation:
            return None
        return self.stored_key.rationale_html if self.stored_key else ""

    @property
    def remark(self) -> str | None:
        return self.grade.remark if self.shown.key else None

    @property
    def feedback(self) -> tuple[str, ...] | None:
        return self.grade.feedback if self.shown.explanation else None

    @property
    def facts(self) -> list[Fact] | None:
        return self.tested if self.shown.explanation else None

    @property
    def comment(self) -> str | None:
        return self.mark.comment if self.mark and self.shown.correctness else None


class MarkedQuestion(serializers.Serializer[Marked]):
    """A question with its mark and its explanation; null is what is not told yet."""

    question = serializers.IntegerField(source="question.position")
    stem_html = serializers.CharField(source="question.served.revision.stem_html")
    answer = serializers.JSONField(allow_null=True, help_text="Your answer, as you gave it.")
    correctness = serializers.ChoiceField(CORRECTNESS, allow_null=True)
    fraction = Share(allow_null=True, help_text="Share of the mark, 0 to 1, less any penalty.")
    weight = serializers.IntegerField(source="question.served.weight")
    answer_html = serializers.CharField(allow_null=True)
    rationale_html = serializers.CharField(allow_null=True)
    remark = serializers.ChoiceField(
        [(remark.value, remark.name) for remark in Remark],
        allow_null=True,
        help_text="Why an answer was not quite right, or not there.",
    )
    feedback = serializers.ListField(child=serializers.CharField(), allow_null=True)
    comment = serializers.CharField(allow_null=True, help_text="Of whoever marked an essay.")
    facts = TestedFact(
        many=True, allow_null=True, help_text="What it tests; the first is its subject."
    )


class ToldShape(serializers.Serializer[Any]):
    """From which moment on each thing is told."""

    answer = serializers.ChoiceField(MOMENTS)
    correctness = serializers.ChoiceField(MOMENTS)
    score = serializers.ChoiceField(MOMENTS)
    key = serializers.ChoiceField(MOMENTS)
    explanation = serializers.ChoiceField(MOMENTS)


class ResultShape(serializers.Serializer[Any]):
    """An attempt with all that may be told of it now."""

    attempt = AttemptShape()
    moment = serializers.ChoiceField(MOMENTS, help_text="The moment that it is in now.")
    told_from = ToldShape()
    questions = MarkedQuestion(many=True)


@extend_schema(operation_id="result", responses={200: ResultShape, **errors.answers(400, 401, 404)})
@api_view(asking.READ)
@never_cache
def result(request: Request, attempt: UUID) -> Response:
    """What came of an attempt: what may not be told yet is null, and `told_from` says when."""
    asking.query(request)
    found, at = sheet(request, attempt), asking.arrived(request)
    rules = terms.of(found.attempt)
    names = ("answer", "correctness", "score", "key", "explanation")
    shown = {
        "attempt": of_sheet(found, at),
        "moment": disclosing.moment(found.attempt, at).name.lower(),
        "told_from": {name: getattr(rules, f"{name}_from").name.lower() for name in names},
        "questions": marked(found, found.by_position, at),
    }
    return Response(ResultShape(shown).data)


def marked(found: Sheet, positions: Collection[int], at: datetime) -> list[Marked]:
    """Some questions of an attempt; as many queries for a hundred as for one."""
    told = disclosing.told(found, at).questions
    questions = [found.by_position[position] for position in positions]
    rulings = overruling.over(questions)
    grades = marking.graded([(one, one.answer) for one in questions], rulings)
    told_keys = {one.position: overruling.told_key(rulings, one) for one in questions}
    keys = Key.objects.in_bulk(told_keys.values())
    marks = Mark.objects.filter(served__in=[one.served.pk for one in questions]).order_by("pk")
    newest = {mark.served_id: mark for mark in marks}
    facts: dict[int, list[Fact]] = defaultdict(list)
    for row in tested([one.served.revision.item_id for one in questions]):
        facts[row.item_id].append(row.fact)
    return [
        Marked(
            question=one,
            shown=told[one.position],
            grade=grade,
            stored_key=keys.get(told_keys[one.position]),
            tested=facts[one.served.revision.item_id],
            mark=newest.get(one.served.pk),
        )
        for one, grade in zip(questions, grades, strict=True)
    ]
