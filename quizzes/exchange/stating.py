"""Stating: what a class has done as statements, one for each row that tells of an act.

An attempt was initialized and, once it is handed in, completed; of its questions those that have
an answer were answered, and so was each flashcard that was rated.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from functools import cached_property
from typing import Any
from uuid import UUID

from quizzes.assessment.models import Assignment, Quiz
from quizzes.cards.scheduling import Rating
from quizzes.exchange.formats.xapi import (
    Actor,
    Category,
    Context,
    Result,
    Statement,
    Thing,
    Type,
    Verb,
    statement,
)
from quizzes.exchange.leafing import Leaves
from quizzes.items.fractions import FULL_FRACTION

MILLISECOND = timedelta(milliseconds=1)
ATTEMPT = (
    *("uid", "assignment", "number", "started_at", "handed_in_at"),
    *("is_timed_out", "days_late", "score"),
)
SERVED = (
    *("attempt__uid", "attempt__assignment", "position", "revision__item", "revision__item__uid"),
    *("revision__number", "revision__stem", "fraction", "tries", "is_hinted", "is_dropped"),
    *("newest_is_sure", "newest_sequence", "newest_saved_at", "newest_answer"),
)
REVIEW = (
    *("uid", "card__item__uid", "revision__number", "revision__stem", "rating", "evidence"),
    *("retrievability", "duration_ms", "answered_at"),
)


@dataclass(frozen=True, slots=True)
class Piece:
    """Some statements, and how many rows they tell of."""

    statements: list[Statement]
    rows: int


def statements(leaves: Leaves, home: str, *, has_names: bool) -> Iterator[Piece]:
    """Everything that the class's students did, of a site at an address; not in order of time.

    One query for each piece, and at most three before the first.
    """
    teller = _Teller(leaves, home, has_names)
    for rows in leaves.through(leaves.attempts, ATTEMPT):
        yield Piece([told for row in rows for told in teller.sitting(row)], len(rows))
    for rows in leaves.through(leaves.served.with_answers(), SERVED, "attempt__learner"):
        yield Piece([told for row in rows for told in teller.answer(row)], len(rows))
    for rows in leaves.through(leaves.reviews, REVIEW):
        yield Piece([teller.review(row) for row in rows], len(rows))


def is_answered(fraction: int | None, answer: object) -> bool:
    """Whether a question has an answer; an essay that nobody has marked is worth nothing yet."""
    text = answer.get("text", "") if isinstance(answer, dict) else ""
    return fraction is not None or bool(str(text).strip())


@dataclass(frozen=True)
class _Teller:
    """What is the same in many statements of a class."""

    leaves: Leaves
    home: str
    has_names: bool

    def sitting(self, row: Any) -> Iterator[Statement]:
        """An attempt that was begun, and handed in with its score."""
        given, actor = self.given[row.assignment], self.actors[row.learner]
        quiz, context = self._quiz(given), Context(self._within(given), sitting=row.uid)
        yield statement([row.uid], actor, Verb.INITIALIZED, quiz, context, row.started_at)
        if row.handed_in_at:
            result = _sat(row, given.quiz)
            done = (Verb.COMPLETED, quiz, context, row.handed_in_at, result)
            yield statement([row.uid], actor, *done)

    def answer(self, row: Any) -> Iterator[Statement]:
        """A question of an attempt by its newest answer; nothing where there is none."""
        if not is_answered(row.fraction, row.newest_answer):
            return
        given = self.given[row.attempt__assignment]
        context = Context(
            self._within(given),
            part_of=self._quiz(given),
            sitting=row.attempt__uid,
            revision=row.revision__number,
            category=Category.QUIZ,
        )
        question = self._thing(row.revision__item__uid, Type.QUESTION, row.revision__stem)
        named = [row.attempt__uid, row.position, row.newest_sequence]
        done = (Verb.ANSWERED, question, context, row.newest_saved_at, self._earned(row))
        yield statement(named, self.actors[row.attempt__learner], *done)

    def _earned(self, row: Any) -> Result:
        is_told = row.fraction is not None and row.revision__item not in self.leaves.kept
        return _answered(row, row.fraction if is_told else None)

    def review(self, row: Any) -> Statement:
        """A flashcard that was rated."""
        context = Context([self.course], revision=row.revision__number, category=Category.FLASHCARD)
        question = self._thing(row.card__item__uid, Type.QUESTION, row.revision__stem)
        actor = self.actors[row.learner]
        done = (Verb.ANSWERED, question, context, row.answered_at, _rated(row))
        return statement([actor.account, row.uid], actor, *done)

    @cached_property
    def actors(self) -> dict[int, Actor]:
        places = self.leaves.places.select_related("user") if self.has_names else ()
        names = {place.user_id: place.user.name for place in places}
        return {
            user: Actor(self.home, account, names.get(user, ""))
            for user, account in self.leaves.accounts.items()
        }

    @cached_property
    def course(self) -> Thing:
        room = self.leaves.classroom
        return self._thing(room.uid, Type.COURSE, room.name)

    @cached_property
    def given(self) -> dict[int, Assignment]:
        found = self.leaves.classroom.assignments.select_related("quiz")
        return {one.pk: one for one in found}

    def _within(self, given: Assignment) -> list[Thing]:
        return [self.course, self._thing(given.uid, Type.ASSESSMENT, given.quiz.title)]

    def _quiz(self, given: Assignment) -> Thing:
        return self._thing(given.quiz.uid, Type.ASSESSMENT, given.quiz.title)

    def _thing(self, uid: UUID, kind: Type, title: str) -> Thing:
        return Thing(uid, kind, title, self.leaves.classroom.book.language)


def _sat(row: Any, quiz: Quiz) -> Result:
    passed = None if quiz.pass_fraction is None else row.score >= quiz.pass_fraction
    return Result(
        scaled=row.score / FULL_FRACTION,
        is_success=passed,
        duration_ms=(row.handed_in_at - row.started_at) // MILLISECOND,
        more={"attempt": row.number, "days-late": row.days_late, "timed-out": row.is_timed_out},
    )


def _answered(row: Any, fraction: int | None) -> Result:
    """What an answer earned, as far as it is known and told."""
    more = {"tries": row.tries, "hinted": row.is_hinted, "dropped": row.is_dropped}
    if row.newest_is_sure is not None:
        more["sure"] = row.newest_is_sure
    return Result(
        scaled=None if fraction is None else fraction / FULL_FRACTION,
        is_success=None if fraction is None else fraction == FULL_FRACTION,
        more=more,
    )


def _rated(row: Any) -> Result:
    more = {"rating": row.rating, "evidence": row.evidence}
    if row.retrievability is not None:
        more["foretold"] = round(row.retrievability, 4)
    return Result(is_success=row.rating > Rating.AGAIN, duration_ms=row.duration_ms, more=more)
