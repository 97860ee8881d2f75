"""Sampling: a quiz as it could be served, of which nothing is stored: to look at, or to print."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from uuid import UUID

from quizzes.assessment import drawing, shuffling
from quizzes.assessment.drawing import Drawn
from quizzes.assessment.models import Assignment, Attempt, Quiz, Served
from quizzes.assessment.sheets import Question, Sheet
from quizzes.cards.spacing import draw
from quizzes.items.models import Item
from quizzes.people.models import User


def sample(assignment: Assignment, reader: User, seed: UUID) -> Sheet | None:
    """The sheet of one draw, no attempt of anybody; none where there is nothing to ask."""
    return _sheet(assignment, reader, drawing.drawn(assignment.quiz, seed, with_essays=True))


def version(assignment: Assignment, reader: User, seed: UUID, order: UUID) -> Sheet | None:
    """The same questions for the same `seed`, in an order of questions and options of its own.

    So neighbors in a room sit the same quiz and cannot read each other's letters. Questions stay
    in their part of the quiz, and in their order if the quiz has a fixed one.
    """
    drawn = drawing.drawn(assignment.quiz, seed, with_essays=True)
    if assignment.quiz.is_shuffled:
        drawn = [one for part in _parts(drawn) for one in _shuffled(part, order)]
    orders = shuffling.orders([one.item for one in drawn], order)
    anew = [replace(one, orders=orders[one.item.pk]) for one in drawn]
    return _sheet(assignment, reader, anew)


def alone(items: Mapping[int, Item], reader: User, seed: UUID) -> Sheet:
    """Questions of the bank by the place at which each is shown, as a quiz would ask them.

    Each has its wording; the same `seed` shows the same.
    """
    orders = shuffling.orders(items.values(), seed)
    attempt = Attempt(learner=reader, quiz=Quiz(), number=1)
    questions = [
        Question(_served(attempt, place, Drawn(item, 1, orders[item.pk])), None, 0)
        for place, item in items.items()
    ]
    return Sheet(attempt, questions)


def _parts(drawn: Sequence[Drawn]) -> list[list[Drawn]]:
    """The questions, cut where a heading begins a part."""
    starts = [number for number, one in enumerate(drawn) if one.heading or number == 0]
    ends = [*starts[1:], len(drawn)]
    return [list(drawn[first:last]) for first, last in zip(starts, ends, strict=True)]


def _shuffled(part: Sequence[Drawn], order: UUID) -> list[Drawn]:
    """One part in another order; its heading stays at its top."""
    mixed = sorted(part, key=lambda one: draw("version", order, one.item.slug))
    heading = part[0].heading
    return [replace(one, heading=heading if one is mixed[0] else "") for one in mixed]


def _sheet(assignment: Assignment, reader: User, drawn: Iterable[Drawn]) -> Sheet | None:
    attempt = Attempt(learner=reader, quiz=assignment.quiz, assignment=assignment, number=1)
    questions = [
        Question(_served(attempt, position, one), None, 0)
        for position, one in enumerate(drawn, start=1)
    ]
    return Sheet(attempt, questions) if questions else None


def _served(attempt: Attempt, position: int, one: Drawn) -> Served:
    return Served(
        attempt=attempt,
        position=position,
        revision=one.item.revision,
        weight=one.weight,
        heading=one.heading,
        order_shown=one.order_shown,
    )
