"""How quizzes went: what a learner may take, and what came of what was taken."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from django.db.models import Count, FilteredRelation, Max, OuterRef, Q, Subquery, Sum

from quizzes.assessment import disclosing
from quizzes.assessment.models import Attempt, Quiz, Slot
from quizzes.assessment.models.quizzes import QuizQuerySet
from quizzes.cards.models import StudyPlan
from quizzes.content.models import Chapter, Fact
from quizzes.items.fractions import percent

if TYPE_CHECKING:
    from quizzes.people.models import User

_ANYTHING = Q()


@dataclass(frozen=True, slots=True)
class Offer:
    """A quiz to practice, how often it was taken, its best score, and the attempt left open.

    A score that is not told just now is not the best.
    """

    quiz: Quiz
    question_count: int
    attempt_count: int
    best: int | None
    open_attempt: Attempt | None

    @property
    def percent(self) -> float | None:
        return None if self.best is None else percent(self.best)

    @property
    def is_new(self) -> bool:
        return not self.attempt_count and self.open_attempt is None


@dataclass(frozen=True, slots=True)
class Result:
    """One attempt that was handed in."""

    attempt: Attempt
    is_secret: bool
    """Whether it asked what something else may ask now."""

    @property
    def score(self) -> int | None:
        """Of practice; what an assignment tells of its score, and when, its own result knows."""
        is_told = self.attempt.assignment_id is None and not self.is_secret
        return self.attempt.score if is_told else None

    @property
    def percent(self) -> float | None:
        return None if self.score is None else percent(self.score)

    @property
    def day(self) -> date | None:
        return self.attempt.learner_day


def offered(learner: User | None, at: datetime) -> list[Offer]:
    """The quizzes of every book that a learner or a visitor may read; at most two queries."""
    return _offers(_shelf(learner), learner, at)


def at_hand(
    learner: User, at: datetime, since: date, limit: int
) -> tuple[list[Result], list[Offer]]:
    """What was handed in since a day, the newest first; and what to take next.

    That is, of the books under study, what is open, then what was never taken. One query, whatever
    the number of quizzes.
    """
    mine = Attempt.objects.filter(learner=learner)
    practice = mine.filter(assignment=None)
    told = mine.filter(_told("", since))
    offered = _shelf(learner, Q(book__in=StudyPlan.objects.filter(learner=learner).values("book")))
    fresh = offered.exclude(pk__in=practice.values("quiz")).in_order()[:limit]
    quizzes = Quiz.objects.filter(Q(pk__in=fresh.values("pk")) | Q(pk__in=told.values("quiz")))
    is_told = Q(attempts__learner=learner) & _told("attempts__", since)
    rows: Any = _counted(quizzes, learner, at).annotate(
        told=FilteredRelation("attempts", condition=is_told),
        is_offered=Q(pk__in=offered.values("pk")),
        is_secret=disclosing.secret(learner, at, "told__pk"),
    )
    every = list(rows.select_related("book", "told"))
    taken = [Result(row.told, row.is_secret) for row in every if hasattr(row, "told")]
    left_open = {
        one.attempt.quiz_id: one.attempt for one in taken if one.attempt.handed_in_at is None
    }
    offers = {row.pk: _offer(row, left_open) for row in every if row.is_offered}
    return _newest_first(taken), _to_take(offers.values())[:limit]


def _told(attempts: str, since: date) -> Q:
    """Attempts that were handed in since a day, and open ones at practice."""
    left_open = Q((f"{attempts}assignment", None), (f"{attempts}handed_in_at", None))
    return Q((f"{attempts}learner_day__gte", since)) | left_open


def _newest_first(taken: Iterable[Result]) -> list[Result]:
    """Those that were handed in."""
    done = {(at, one.attempt.pk): one for one in taken if (at := one.attempt.handed_in_at)}
    return [done[key] for key in sorted(done, reverse=True)]


def _to_take(offers: Iterable[Offer]) -> list[Offer]:
    every = list(offers)
    return [one for one in every if one.open_attempt] + [one for one in every if one.is_new]


def on_chapter(chapter: Chapter, learner: User | None, at: datetime) -> list[Offer]:
    """The quizzes of a chapter and of its sections; at most two queries."""
    about = Q(chapter=chapter) | Q(section__chapter=chapter)
    return _offers(_shelf(learner, about), learner, at)


def on_fact(fact: Fact, learner: User | None, at: datetime) -> list[Offer]:
    """The quizzes that may ask for a fact: those of its section and of its chapter."""
    about = Q(section=fact.section_id) | Q(chapter=fact.chapter_id)
    return _offers(_shelf(learner, about), learner, at)


def of_quiz(quiz: Quiz, learner: User | None, at: datetime) -> tuple[Offer, list[Result]]:
    """One quiz with a learner's attempts, the newest first; at most three queries."""
    [offer] = _offers(Quiz.objects.filter(pk=quiz.pk), learner, at)
    return offer, list(recent(learner, at, quiz=quiz)) if learner else []


def recent(
    learner: User, at: datetime, since: date | None = None, quiz: Quiz | None = None
) -> list[Result]:
    """What was handed in, the newest first; one query."""
    rows = Attempt.objects.handed_in().filter(learner=learner)
    if since:
        rows = rows.filter(learner_day__gte=since)
    if quiz:
        rows = rows.filter(quiz=quiz, assignment=None)
    told: Any = rows.annotate(is_secret=disclosing.secret(learner, at)).select_related("quiz")
    return [Result(row, row.is_secret) for row in told.order_by("-handed_in_at", "-pk")]


def _shelf(learner: User | None, about: Q = _ANYTHING) -> QuizQuerySet:
    """The quizzes about something that may be taken, or were retired while one was left open."""
    visible = Quiz.objects.visible_to(learner).order_by().values("pk")
    wanted = Q(pk__in=visible)
    if learner:
        left_open = Attempt.objects.open().filter(learner=learner, assignment=None).values("quiz")
        wanted |= Q(pk__in=left_open, retired_at__isnull=False)
    return Quiz.objects.filter(about, wanted)


def _offers(quizzes: QuizQuerySet, learner: User | None, at: datetime) -> list[Offer]:
    left_open = _left_open(learner) if learner else {}
    shelf = _counted(quizzes, learner, at).select_related("book", "section", "chapter")
    return [_offer(quiz, left_open) for quiz in shelf]


def _counted(quizzes: QuizQuerySet, learner: User | None, at: datetime) -> Any:
    """In the books' order, with their questions, and how often and how well they were taken."""
    questions = Slot.objects.filter(quiz=OuterRef("pk")).practiced().order_by().values("quiz")
    practice = Q(attempts__learner=learner, attempts__assignment=None)
    is_told = ~disclosing.secret(learner, at, "mine__pk") if learner else None
    return quizzes.in_order().annotate(
        mine=FilteredRelation("attempts", condition=practice),
        questions=Subquery(questions.annotate(number=Sum("count")).values("number")),
        taken=Count("mine__score"),
        best=Max("mine__score", filter=is_told),
    )


def _offer(quiz: Any, left_open: Mapping[int, Attempt]) -> Offer:
    """What an offer tells of a quiz that was counted."""
    return Offer(quiz, quiz.questions or 0, quiz.taken, quiz.best, left_open.get(quiz.pk))


def _left_open(learner: User) -> dict[int, Attempt]:
    practice = Attempt.objects.open().filter(learner=learner, assignment=None)
    return {row.quiz_id: row for row in practice}
