"""Attempts: the questions as they are asked, with what their learner did so far.

Nothing here reads a key: results have a module of their own.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.http import Http404
from django.views.decorators.cache import never_cache
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import api_view
from rest_framework.request import Request
from rest_framework.response import Response

from quizzes.api import asking, errors, pagination
from quizzes.api.pagination import PageQuery
from quizzes.assessment import attempting, disclosing, expiring, settling, sheets, terms, timing
from quizzes.assessment.models import Attempt
from quizzes.assessment.sheets import Parts, Question, Sheet
from quizzes.assessment.terms import Terms
from quizzes.items.fractions import FULL_FRACTION
from quizzes.items.models import Revision
from quizzes.people.models import User

Kind = Revision.Kind


class Share(serializers.FloatField):
    """A fraction or a score, 0 to 1, from the units of 10⁻⁷ that it is kept in."""

    def to_representation(self, value: Any) -> Any:
        return int(value) / FULL_FRACTION


@dataclass(frozen=True, slots=True)
class Sat:
    """An attempt at a moment, with its score if that may be told."""

    attempt: Attempt
    score: int | None
    seconds_left: int | None


class AttemptShape(serializers.Serializer[Sat]):
    """One sitting of a quiz."""

    uid = serializers.UUIDField(source="attempt.uid")
    quiz = serializers.UUIDField(source="attempt.quiz.uid")
    assignment = serializers.UUIDField(
        source="attempt.assignment.uid", default=None, allow_null=True, help_text="Null: practice."
    )
    number = serializers.IntegerField(
        source="attempt.number",
        help_text="Your first, second, … at the assignment, or of the quiz as practice.",
    )
    started_at = serializers.DateTimeField(source="attempt.started_at")
    deadline_at = serializers.DateTimeField(
        source="attempt.deadline_at",
        allow_null=True,
        help_text="When your time runs out, with all that you are allowed; null without a clock.",
    )
    seconds_left = serializers.IntegerField(
        allow_null=True, help_text="By the server's clock, which alone counts; null without one."
    )
    handed_in_at = serializers.DateTimeField(source="attempt.handed_in_at", allow_null=True)
    is_timed_out = serializers.BooleanField(
        source="attempt.is_timed_out", help_text="Handed in because time had run out."
    )
    score = Share(allow_null=True, help_text="0 to 1; null until it may be told.")


class OptionShape(serializers.Serializer[Any]):
    """Something to choose, to match or to put in order."""

    place = serializers.IntegerField(help_text="As shown, from 0: this is what an answer names.")
    text = serializers.CharField()


class GapShape(serializers.Serializer[Any]):
    """A gap of a text, `___` in the stem."""

    kind = serializers.ChoiceField([(one.value, one.value) for one in sheets.GapKind])
    options = OptionShape(many=True, help_text="To choose from; none where it is typed.")


@dataclass(frozen=True, slots=True)
class Asked:
    """A question with its options in the order in which this attempt shows them."""

    question: Question
    parts: list[list[dict[str, Any]]]
    gap_kinds: tuple[str, ...] = ()
    hint_is_there: bool = False
    hint: str = ""

    @property
    def options(self) -> list[dict[str, Any]]:
        return [] if self.question.kind in (Kind.MATCHING, Kind.CLOZE) else self.parts[0]

    @property
    def lefts(self) -> list[dict[str, Any]]:
        return self.parts[0] if self.question.kind == Kind.MATCHING else []

    @property
    def rights(self) -> list[dict[str, Any]]:
        return self.parts[1] if self.question.kind == Kind.MATCHING else []

    @property
    def gaps(self) -> list[dict[str, Any]]:
        gaps = zip(self.gap_kinds, self.parts, strict=False)
        return [{"kind": kind, "options": options} for kind, options in gaps]

    @property
    def tries_left(self) -> int | None:
        return settling.tries_left(self.question)


class AskedQuestion(serializers.Serializer[Asked]):
    """A question as it is asked."""

    question = serializers.IntegerField(source="question.position", help_text="Its place, from 1.")
    heading = serializers.CharField(
        source="question.served.heading", help_text="Of the part that begins here; may be empty."
    )
    kind = serializers.ChoiceField(Kind.choices, source="question.kind")
    stem_html = serializers.CharField(source="question.served.revision.stem_html")
    weight = serializers.IntegerField(source="question.served.weight")
    options = OptionShape(many=True, help_text="To choose from, or to put in order.")
    lefts = OptionShape(many=True, help_text="Each of these goes with one of the rights.")
    rights = OptionShape(many=True, help_text="Some may go with nothing.")
    gaps = GapShape(many=True)
    answer = serializers.JSONField(
        source="question.raw",
        allow_null=True,
        help_text="Your newest answer, as you gave it; null without one.",
    )
    sequence = serializers.IntegerField(
        source="question.sequence", help_text="The number of your newest answer; 0 without one."
    )
    is_sure = serializers.BooleanField(source="question.is_sure", allow_null=True)
    is_flagged = serializers.BooleanField(source="question.served.is_flagged")
    is_settled = serializers.BooleanField(
        source="question.served.is_settled", help_text="Checked, and closed."
    )
    tries_left = serializers.IntegerField(
        allow_null=True, help_text="Answers that can still be checked; null where none are."
    )
    hint_is_there = serializers.BooleanField(help_text="A hint may be asked for.")
    hint = serializers.CharField(help_text="The hint that you asked for; may be empty.")


class TermsShape(serializers.Serializer[Terms]):
    """How an attempt is sat."""

    checks_each = serializers.BooleanField(help_text="Questions are checked as you ask for it.")
    is_forward_only = serializers.BooleanField(help_text="There is no way back to a question.")
    tries = serializers.IntegerField(help_text="Of each question, where they are checked.")
    penalty_percent = serializers.IntegerField(
        help_text="Of a question's mark, for each wrong try before and for a hint."
    )


class AttemptDetail(serializers.Serializer[Any]):
    """A sitting with its questions in order."""

    attempt = AttemptShape()
    terms = TermsShape()
    asks_confidence = serializers.BooleanField(source="attempt.attempt.asks_confidence")
    reached = serializers.IntegerField(
        source="attempt.attempt.reached", help_text="The question that is reached."
    )
    questions = AskedQuestion(many=True)


@extend_schema(
    operation_id="attempts",
    parameters=[PageQuery],
    responses={200: pagination.page_of(AttemptShape), **errors.answers(400, 401, 404)},
)
@api_view(asking.READ)
@never_cache
def attempts(request: Request) -> Response:
    """Your attempts, the newest first."""
    asked, learner = asking.query(request, PageQuery), asking.learner(request)
    at = asking.arrived(request)
    rows = Attempt.objects.visible_to(learner).select_related("quiz", "assignment", "learner")
    newest = rows.order_by("-started_at", "-pk")
    return pagination.page(
        newest, AttemptShape, request, asked, lambda shown: _listed(learner, shown, at)
    )


@extend_schema(
    operation_id="attempt", responses={200: AttemptDetail, **errors.answers(400, 401, 404)}
)
@api_view(asking.READ)
@never_cache
def attempt(request: Request, attempt: UUID) -> Response:
    """One attempt with its questions and your newest answers."""
    asking.query(request)
    found, at = sheet(request, attempt), asking.arrived(request)
    detail = {
        "attempt": of_sheet(found, at),
        "terms": terms.of(found.attempt),
        "questions": _asked(found),
    }
    return Response(AttemptDetail(detail).data)


@extend_schema(
    operation_id="hand_in",
    request=None,
    responses={200: AttemptShape, **errors.answers(400, 401, 403, 404, 409)},
)
@api_view(["POST"])
def hand_in(request: Request, attempt: UUID) -> Response:
    """Hand in an attempt; handed in before, it stays as it is."""
    asking.body(request)
    found, at = sheet(request, attempt), asking.arrived(request)
    closed = Sheet(attempting.hand_in(found, at), found.questions)
    return Response(AttemptShape(of_sheet(closed, at)).data)


def sheet(request: Request, attempt: UUID) -> Sheet:
    """The learner's own attempt, handed in if its time has run out; anyone else's is a 404."""
    found = expiring.find(asking.learner(request), attempt, asking.arrived(request))
    if found is None:
        raise Http404
    return found


def sat(attempt: Attempt, at: datetime) -> Sat:
    """An attempt that was begun: its score is not told."""
    return Sat(attempt, None, timing.seconds_left(attempt, at))


def of_sheet(found: Sheet, at: datetime) -> Sat:
    """An attempt with its score, if that may be told now."""
    is_told = disclosing.told(found, at).attempt.score
    left = timing.seconds_left(found.attempt, at)
    return Sat(found.attempt, found.attempt.score if is_told else None, left)


def _listed(learner: User, shown: Sequence[Attempt], at: datetime) -> list[Sat]:
    told = disclosing.scores(learner, shown, at)
    return [
        Sat(one, one.score if one.pk in told else None, timing.seconds_left(one, at))
        for one in shown
    ]


def _asked(found: Sheet) -> list[Asked]:
    """Each question with its options as shown; at most four queries."""
    texts, gaps = sheets.options(found.questions), sheets.gap_kinds(found.questions)
    open_hints, hints = settling.has_hint(found), settling.hints(found)
    return [
        Asked(
            one,
            _as_shown(one, texts[one.served.revision_id]),
            gaps.get(one.served.revision_id, ()),
            one.position in open_hints,
            hints.get(one.position, ""),
        )
        for one in found.questions
    ]


def _as_shown(question: Question, texts: Parts) -> list[list[dict[str, Any]]]:
    return [
        [{"place": place, "text": part[own]} for place, own in enumerate(order)]
        for order, part in zip(question.served.orders, texts, strict=True)
    ]
