"""Verifying: whether the database still says what the logs say, and setting right what differs.

One learner or one quiz at a time, so that a site of any size can be looked through while it is
used. What seems to differ is looked at again at one moment, with nobody writing in between: what
is found, and what is repaired, is no half of a change.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import chain
from typing import Any, NamedTuple

from django.db import connection, transaction
from django.db.models import Exists, OuterRef, QuerySet

from quizzes.assessment import recounting, rectifying
from quizzes.assessment.models import Quiz
from quizzes.cards import replaying
from quizzes.cards.models import Card, DayTally
from quizzes.exchange import proofreading
from quizzes.people.models import User

NEVER_TOLD = (ArithmeticError, AttributeError, LookupError, TypeError, ValueError)
"""What telling a log again comes to where its raw columns make no sense."""


class Finding(NamedTuple):
    """One thing that is not as it must be, in words, and whether it was set right."""

    said: str
    is_repaired: bool = False


def flaws() -> Iterator[Finding]:
    """What no log tells, and so a person must decide on; see `proofreading`."""
    return map(Finding, proofreading.flaws())


def learners() -> QuerySet[User, Any]:
    """Everybody of whom there is anything to tell."""
    cards = Card.objects.filter(learner=OuterRef("pk"))
    tallies = DayTally.objects.filter(learner=OuterRef("pk"))
    return User.objects.filter(Exists(cards) | Exists(tallies)).order_by("pk")


def learner(learner: User, *, repair: bool = False) -> list[Finding]:
    """A learner's cards, reviews and day tallies beside the log, and on demand as it says."""

    def found() -> list[str]:
        return [f"{learner.username}: {one}" for one in replaying.differences(learner)]

    return _verified(learner.username, found, lambda: replaying.rebuild(learner), repair=repair)


def quiz(quiz: Quiz, *, repair: bool = False) -> list[Finding]:
    """A quiz's marks, scores and tallies beside its raw answers, and on demand as they say."""

    def found() -> list[str]:
        differing = chain(rectifying.recount_all(quiz), recounting.differing(quiz))
        return [f"{quiz.slug}: {one}" for one in differing]

    def set_right() -> None:
        rectifying.set_right(quiz)
        recounting.set_right(quiz)  # after the scores, which it counts

    return _verified(quiz.slug, found, set_right, repair=repair)


def _verified(
    name: str, found: Callable[[], list[str]], set_right: Callable[[], object], *, repair: bool
) -> list[Finding]:
    try:
        if not found():
            return []
        with _one_moment():
            before = found()
            if not repair or not before:
                return [Finding(one) for one in before]
            set_right()
            left = found()
    except NEVER_TOLD as error:
        return [Finding(f"{name}: cannot be told again: {type(error).__name__}: {error}")]
    return [Finding(one, is_repaired=one not in left) for one in dict.fromkeys([*before, *left])]


@contextmanager
def _one_moment() -> Iterator[None]:
    """All that is read is of one moment, and nothing that is written meets another's change."""
    is_outermost = not connection.in_atomic_block
    with transaction.atomic():
        if is_outermost and connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        yield
