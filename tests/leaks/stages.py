"""How far a quiz with planted keys can be, and whose keys are told then.

Each stage is a site of its own: what the words of the policies stand for in it, and the items
whose keys the student may be told. The class's assignment is graded unless a stage says else.
"""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

from quizzes.assessment import attempting, reserving, settling, sheets
from quizzes.assessment.models import Assignment, Attempt, Quiz
from quizzes.assessment.sheets import Sheet
from quizzes.content.models import Book
from quizzes.items.models import Item
from quizzes.people.models import Classroom, User
from tests.examining import ALL_KINDS, answer, make_item, make_quiz, take
from tests.leaks import planting

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
CARDS = ("single", "date")
"""The kinds of question that are flashcards as well."""
DURING = Assignment.Moment.DURING
AT_ONCE: dict[str, Any] = {
    f"{fact}_from": DURING for fact in ("correctness", "score", "key", "explanation")
}


@dataclass(frozen=True)
class Stage:
    """What the words stand for, and the names of the items whose keys are told the student."""

    words: dict[str, str]
    items: Sequence[Item]
    told: Collection[str] = ()
    cards_are_free: bool = False
    """Whether nothing keeps the class from its flashcards."""


@dataclass
class Ground:
    """A quiz on items of every kind, whose keys are planted, before anybody has begun it."""

    book: Book
    classroom: Classroom
    student: User
    classmate: User
    now: datetime
    items: list[Item] = field(default_factory=list)

    def __post_init__(self) -> None:
        for kind in ALL_KINDS:
            name = f"leak-{kind.replace('_', '-')}"
            self.items.append(make_item(self.book, name, kind, position=0, is_card=kind in CARDS))
        for item in self.items:
            planting.plant(item)
        self.quiz = make_quiz(self.book, *self.items, slug="leaky", is_shuffled=False)

    @property
    def names(self) -> set[str]:
        return {planting.name(item) for item in self.items}

    @property
    def marked(self) -> set[str]:
        """The names of what practice asks: no essays, which nobody would mark."""
        return self.names - {"leakessay"}

    @property
    def cards(self) -> list[Item]:
        return [item for item in self.items if item.is_card]

    def assign(self, quiz: Quiz | None = None, **columns: Any) -> Assignment:
        """The quiz, or another, given to the class: since two hours, for a day to come."""
        dates = {"opens_at": self.now - 2 * HOUR, "closes_at": self.now + DAY}
        assignment = Assignment.objects.create(
            classroom=self.classroom,
            quiz=quiz or self.quiz,
            created_at=self.now - DAY,
            **{**dates, **columns},
        )
        reserving.keep(assignment)
        return assignment

    def practiced(self) -> Attempt:
        """An attempt at the same questions that was over before anybody reserved them."""
        return take(self.student, self.quiz, self.now - 2 * DAY)

    def begun(self, learner: User, assignment: Assignment | None, *, checks: bool = False) -> Sheet:
        """An open attempt with every question answered rightly."""
        at, uid = self.now - HOUR, uuid4()
        if assignment:
            attempt = attempting.sit(learner, assignment, at, uid)
        else:
            attempt = attempting.start(learner, self.quiz, at, uid, checks_each=checks)
        return answer(sheets.of(attempt), at)

    def over(self, assignment: Assignment) -> Attempt:
        """An attempt that was handed in, every question answered rightly."""
        return attempting.hand_in(self.begun(self.student, assignment), self.now - HOUR)

    def stage(self, attempt: Attempt, done: Attempt, **columns: Any) -> Stage:
        words = {
            "{quiz}": str(self.quiz.uid),
            "{attempt}": str(attempt.uid),
            "{done}": str(done.uid),
            "{lights}": str(self.cards[0].uid),
        }
        return Stage(words, self.items, **columns)


def none(ground: Ground) -> Stage:
    """The quiz is open; the student has not begun it, somebody else has."""
    practiced, assignment = ground.practiced(), ground.assign()
    other = ground.begun(ground.classmate, assignment)
    return ground.stage(other.attempt, practiced)


def opened(ground: Ground) -> Stage:
    practiced, assignment = ground.practiced(), ground.assign()
    return ground.stage(ground.begun(ground.student, assignment).attempt, practiced)


def checked(ground: Ground) -> Stage:
    """Checks are allowed; the first question is settled."""
    practiced, assignment = ground.practiced(), ground.assign(tries=2, **AT_ONCE)
    sheet = ground.begun(ground.student, assignment)
    return ground.stage(sheet.attempt, practiced, told={_settled(sheet)})


def expired(ground: Ground) -> Stage:
    practiced, assignment = ground.practiced(), ground.assign(time_limit_minutes=30)
    sheet = ground.begun(ground.student, assignment)
    return ground.stage(sheet.attempt, practiced)


def handed_in(ground: Ground) -> Stage:
    practiced = ground.practiced()
    return ground.stage(ground.over(ground.assign()), practiced)


def handed_in_for_nothing(ground: Ground) -> Stage:
    """Not graded, and not closed: results come with the closing, and cards are nobody's secret."""
    attempt = ground.over(ground.assign(is_graded=False))
    return ground.stage(attempt, attempt, cards_are_free=True)


def closed(ground: Ground) -> Stage:
    """Closed, and not released."""
    attempt = ground.over(ground.assign(closes_at=ground.now - HOUR / 2))
    return ground.stage(attempt, attempt)


def released(ground: Ground) -> Stage:
    assignment = ground.assign(closes_at=ground.now - HOUR / 2)
    attempt = ground.over(assignment)
    Assignment.objects.filter(pk=assignment.pk).update(released_at=ground.now - HOUR / 4)
    return ground.stage(attempt, attempt, told=ground.names, cards_are_free=True)


def released_before(ground: Ground) -> Stage:
    """Released; since then some of its questions are reserved for another graded quiz."""
    assignment, kept = ground.assign(closes_at=ground.now - HOUR / 2), ground.items[::2]
    attempt = ground.over(assignment)
    Assignment.objects.filter(pk=assignment.pk).update(released_at=ground.now - HOUR / 4)
    ground.assign(make_quiz(ground.book, *kept, slug="other"))
    return ground.stage(attempt, attempt, told=ground.names - set(map(planting.name, kept)))


def practicing(ground: Ground) -> Stage:
    practiced = ground.practiced()
    return ground.stage(ground.begun(ground.student, None).attempt, practiced)


def practicing_checked(ground: Ground) -> Stage:
    practiced, sheet = ground.practiced(), ground.begun(ground.student, None, checks=True)
    return ground.stage(sheet.attempt, practiced, told={_settled(sheet)})


def practiced_before(ground: Ground) -> Stage:
    """Practice is over; since then some of its questions are reserved for the class."""
    practiced, kept = ground.practiced(), ground.items[::2]
    ground.assign(make_quiz(ground.book, *kept, slug="other"))
    return ground.stage(practiced, practiced, told=ground.marked - set(map(planting.name, kept)))


def practiced_freely(ground: Ground) -> Stage:
    """Practice is over, and nothing else asks its questions."""
    practiced = ground.practiced()
    return ground.stage(practiced, practiced, told=ground.marked, cards_are_free=True)


def _settled(sheet: Sheet) -> str:
    """The first question, now that it is checked."""
    question = settling.check(sheet, 1, sheet.attempt.started_at)
    return planting.name(question.served.revision.item)


STAGES: dict[str, Callable[[Ground], Stage]] = {
    "none": none,
    "open": opened,
    "checked": checked,
    "expired": expired,
    "handed in": handed_in,
    "handed in for nothing": handed_in_for_nothing,
    "closed": closed,
    "released": released,
    "released before": released_before,
    "practicing": practicing,
    "practicing, checked": practicing_checked,
    "practiced before": practiced_before,
    "practiced freely": practiced_freely,
}
