"""Aiming at an exam: while one lies ahead, a book's cards are those that most serve that day.

New cards and old ones stand in one line, due or not, within the minutes that the plan has for a
day and until enough is to be expected (`preparing`). The day after, all is as before: the reviews
were ordinary ones, and the due days are those that they gave.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from quizzes.cards import exam_days, introducing, surveying
from quizzes.cards.desk import Desk
from quizzes.cards.kinship import Kin
from quizzes.cards.models import StudyPlan
from quizzes.cards.preparing import Candidate, Choice, Exam, choose
from quizzes.cards.scheduling import DEFAULT_WEIGHTS, Memory
from quizzes.cards.scheduling import Weights as Numbers
from quizzes.cards.surveying import Seen, Survey


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


def aims(desk: Desk, found: Survey | None = None) -> list[Aim]:
    """The exams ahead and what each asks for today, the nearest first.

    From what a survey of the desk has `found`, or one query of its own; none without an exam.
    """
    aimed, _others = exam_days.split(desk)
    if not aimed.plans:
        return []
    found = found or surveying.survey(aimed)
    new = _new(aimed, found)
    every = [_aim(aimed, plan, found, new[plan.book_id]) for plan in aimed.plans.values()]
    return sorted(every, key=lambda aim: (aim.days_left, aim.plan.pk))


def _aim(desk: Desk, plan: StudyPlan, found: Survey, new: list[int]) -> Aim:
    exam, seconds_left = exam_days.exam_of(plan), exam_days.seconds_left(desk, plan)
    seen = [card for card in found.seen if card.book_id == plan.book_id]
    unseen = found.unseen.get(plan.book_id, 0)
    current = tuple(desk.weights[1] or DEFAULT_WEIGHTS)
    later = range(1, 1 + unseen - len(new))
    cards = [
        *(Candidate(pk, None, current) for pk in new),
        *_known(desk, plan, seen, {**found.numbers, desk.weights[0]: current}),
        *(Candidate(-number, None, current, may_be_asked=False) for number in later),
    ]
    return Aim(
        plan=plan,
        exam=exam,
        days_left=exam_days.days_left(desk, plan),
        seconds_left=seconds_left,
        memories=[card.memory for card in seen],
        unseen=unseen,
        choice=choose(cards, desk.today.toordinal(), exam, seconds_left),
        new=frozenset(new),
    )


def _known(
    desk: Desk, plan: StudyPlan, seen: Iterable[Seen], numbers: Mapping[int | None, Numbers]
) -> Iterator[Candidate]:
    """The cards in review; not asked today is what is buried, or beside what was asked."""
    held = set[object]() if exam_days.is_close(desk, plan) else _kin_of_today(desk, seen)
    for card in seen:
        may_be_asked = not (card.kin & held or card.is_buried(desk.today))
        yield Candidate(card.item_id, card.memory, numbers[card.weights_id], may_be_asked)


def _kin_of_today(desk: Desk, seen: Iterable[Seen]) -> Kin:
    """What the cards that were asked today share with their siblings."""
    today = desk.today.toordinal()
    return set[object]().union(*(card.kin for card in seen if card.memory.last_day >= today))


def _new(desk: Desk, found: Survey) -> dict[int, list[int]]:
    """As many new items of each exam's book as the time that is left may have room for."""
    roomy, hurried = exam_days.with_room(desk), exam_days.hurried(desk)
    by_book = defaultdict[int, list[int]](list)
    for one in introducing.pick(roomy, found.fresh, sum(roomy.left.values()), hurried=hurried):
        by_book[one.book_id].append(one.pk)
    return by_book
