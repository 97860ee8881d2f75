"""Aiming at an exam: while one lies ahead, a book's cards are those that most serve that day.

New cards and old ones stand in one line, due or not, within the minutes that the plan has for a
day and until enough is to be expected (`preparing`). The day after, all is as before: the reviews
were ordinary ones, and the due days are those that they gave.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from math import ceil
from typing import Any, NamedTuple

from django.db.models import Count, QuerySet

from quizzes.cards import introducing
from quizzes.cards.desk import Desk
from quizzes.cards.kinship import Kin, kin_of
from quizzes.cards.models import Card, StudyPlan, Weights
from quizzes.cards.preparing import Candidate, Choice, Exam, choose
from quizzes.cards.scheduling import DEFAULT_WEIGHTS, Memory
from quizzes.cards.scheduling import Weights as Numbers
from quizzes.items.models import Item

USUAL_MINUTES = 20
"""A study day where the plan names no minutes."""

LAST_WEEK = 7
"""Days before the exam in which siblings no longer wait: better seen side by side than never."""

MOST_SEEN, MOST_UNSEEN = 2_000, 3_000
"""How many cards are looked at, the soonest due first, so that it costs the same before more."""


class Seen(NamedTuple):
    """A card in review that an exam covers, as much of it as choosing needs."""

    item_id: int
    book_id: int
    subject_id: int | None
    siblings: str
    stability: float
    difficulty: float
    last_day: date
    buried_until: date | None
    weights_id: int | None

    @property
    def memory(self) -> Memory:
        return Memory(self.stability, self.difficulty, self.last_day.toordinal())

    @property
    def kin(self) -> Kin:
        return kin_of(self.subject_id, self.book_id, self.siblings)

    def is_buried(self, day: date) -> bool:
        return self.buried_until is not None and self.buried_until > day


@dataclass(frozen=True, slots=True)
class Aim:
    """One plan's way to its exam: what is known of its cards, and what to do of it today."""

    plan: StudyPlan
    exam: Exam
    days_left: int
    seconds_left: float
    memories: list[Memory]
    unseen: int
    choice: Choice
    new: frozenset[int]
    """New items that may be chosen."""

    @property
    def chosen_new(self) -> int:
        return sum(key in self.new for key in self.choice.keys)

    @property
    def chosen_known(self) -> int:
        return len(self.choice.keys) - self.chosen_new


def split(desk: Desk) -> tuple[Desk, Desk]:
    """The desk of the books whose exam lies ahead, and that of the others."""
    others = desk.plans.keys() - desk.examined.keys()
    return desk.narrowed(desk.examined), desk.narrowed(others)


def aims(desk: Desk) -> list[Aim]:
    """The exams ahead and what each asks for today, the nearest first.

    Not more queries for more cards or more exams: four, and none without an exam.
    """
    aimed, _others = split(desk)
    if not aimed.plans:
        return []
    seen, numbers = _seen(aimed), _numbers(aimed)
    new, unseen = _new(aimed), _unseen(aimed)
    found = [
        _aim(aimed, plan, seen[book], new[book], unseen.get(book, 0), numbers)
        for book, plan in aimed.plans.items()
    ]
    return sorted(found, key=lambda aim: (aim.days_left, aim.plan.pk))


def minutes_a_day(plan: StudyPlan) -> int:
    return plan.minutes_a_day or USUAL_MINUTES


def _aim(
    desk: Desk,
    plan: StudyPlan,
    seen: list[Seen],
    new: list[int],
    unseen: int,
    numbers: Mapping[int | None, Numbers],
) -> Aim:
    exam, current = _exam(plan), numbers[desk.weights[0]]
    held = set[object]() if _is_close(desk, plan) else _kin_of_today(desk, seen)
    cards = [Candidate(pk, None, current) for pk in new]
    for card in seen:
        may_be_asked = not (card.kin & held or card.is_buried(desk.today))
        weights = numbers.get(card.weights_id, current)
        cards.append(Candidate(card.item_id, card.memory, weights, may_be_asked))
    later = range(1, 1 + unseen - len(new))
    cards += (Candidate(-number, None, current, may_be_asked=False) for number in later)
    return Aim(
        plan=plan,
        exam=exam,
        days_left=exam.day - desk.today.toordinal(),
        seconds_left=_seconds_left(desk, plan),
        memories=[card.memory for card in seen],
        unseen=unseen,
        choice=choose(cards, desk.today.toordinal(), exam, _seconds_left(desk, plan)),
        new=frozenset(new),
    )


def _exam(plan: StudyPlan) -> Exam:
    return Exam(plan.exam_on.toordinal() if plan.exam_on else 0, plan.exam_target)


def _is_close(desk: Desk, plan: StudyPlan) -> bool:
    return _exam(plan).day - desk.today.toordinal() <= LAST_WEEK


def _seconds_left(desk: Desk, plan: StudyPlan) -> float:
    return max(0.0, 60 * minutes_a_day(plan) - desk.spent.get(plan.book_id, 0.0))


def _kin_of_today(desk: Desk, seen: Iterable[Seen]) -> Kin:
    """What the cards that were asked today share with their siblings."""
    asked = (card.kin for card in seen if card.last_day >= desk.today)
    return set[object]().union(*asked)


def _seen(desk: Desk) -> dict[int, list[Seen]]:
    """The cards in review of each exam, the soonest due first."""
    rows = _cards(desk)[:MOST_SEEN].values_list(
        "item",
        "item__book",
        "item__subject",
        "item__siblings",
        "stability",
        "difficulty",
        "last_day",
        "buried_until",
        "weights",
    )
    by_book = defaultdict[int, list[Seen]](list)
    for row in rows:
        card = Seen._make(row)
        by_book[card.book_id].append(card)
    return by_book


def _cards(desk: Desk) -> QuerySet[Card, Any]:
    chapters = frozenset[int]().union(*desk.examined.values())
    cards = Card.objects.filter(
        learner=desk.learner,
        is_suspended=False,
        due_day__isnull=False,
        item__state=Item.State.READY,
        item__is_card=True,
        item__chapter__in=chapters,
    )
    return cards.exclude(item__in=desk.reserved).order_by("due_day", "pk")


def _new(desk: Desk) -> dict[int, list[int]]:
    """As many new items of each exam as the time that is left may have room for."""
    room = {
        book: ceil(_seconds_left(desk, plan) / _exam(plan).seconds.new)
        for book, plan in desk.plans.items()
    }
    hurried = {book for book, plan in desk.plans.items() if _is_close(desk, plan)}
    by_book = defaultdict[int, list[int]](list)
    for one in introducing.newcomers(replace(desk, left=room), sum(room.values()), hurried=hurried):
        by_book[one.book_id].append(one.pk)
    return by_book


def _unseen(desk: Desk) -> dict[int, int]:
    """How many items of each exam were never seen."""
    items = introducing.any_of(
        introducing.unseen(desk, plan)[:MOST_UNSEEN] for plan in desk.plans.values()
    )
    return dict(items.order_by().values_list("book").annotate(Count("pk")))


def _numbers(desk: Desk) -> dict[int | None, Numbers]:
    """All weights that the learner's memories were made with; none are the defaults."""
    rows = Weights.objects.filter(learner=desk.learner).values_list("pk", "numbers")
    return {None: DEFAULT_WEIGHTS} | {pk: tuple(numbers) for pk, numbers in rows}
