"""Prospects of an exam: what is to be expected on that day, and whether the minutes are enough."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from quizzes.cards.aiming import Aim
from quizzes.cards.desk import Desk
from quizzes.cards.exam_days import minutes_a_day
from quizzes.cards.foreseeing import Outlook, minutes_needed, outlook
from quizzes.cards.models import StudyPlan
from quizzes.cards.scheduling import DEFAULT_WEIGHTS
from quizzes.cards.spacing import Ahead
from quizzes.cards.surveying import Survey


@dataclass(frozen=True, slots=True)
class Prospect:
    """What a page tells of an exam ahead; recall is the mean over all cards that it covers."""

    plan: StudyPlan
    exam_on: date
    days_left: int
    study_days: int
    """Days left that are not off, today with them."""

    cards: int
    unseen: int
    recall_now: float
    """On exam day, if nothing more were done."""

    outlook: Outlook
    """On exam day, after the plan's minutes on each study day."""

    minutes_a_day: int
    minutes_left: int
    minutes_needed: int | None
    """A day, to see all cards; none where the plan's are enough, or no day has so many."""

    is_enough: bool
    """Whether the target is reached for today."""

    cards_today: int

    @property
    def percent_now(self) -> int:
        return round(100 * self.recall_now)

    @property
    def percent_then(self) -> int:
        return round(100 * self.outlook.recall)

    @property
    def percent_wanted(self) -> int:
        return round(100 * self.plan.exam_target)


def prospects(desk: Desk, found: Survey, aims: Iterable[Aim]) -> list[Prospect]:
    """The prospect of each aim of a desk, by what a survey of it has found."""
    days_off = frozenset(day.toordinal() for day in found.days_off)
    ahead = Ahead(days_off=days_off, week=desk.learner.week)
    return [_prospect(desk, aim, ahead) for aim in aims]


def _prospect(desk: Desk, aim: Aim, ahead: Ahead) -> Prospect:
    today = desk.today.toordinal()
    days = [day for day in range(today, aim.exam.day) if not ahead.is_off(day)]
    memories = [*aim.memories, *[None] * aim.unseen]
    minutes, weights = minutes_a_day(aim.plan), tuple(desk.weights[1] or DEFAULT_WEIGHTS)
    expected = outlook(memories, days, aim.exam, minutes, weights)
    enough = minutes_needed(memories, days, aim.exam, weights) if expected.unseen else None
    return Prospect(
        plan=aim.plan,
        exam_on=desk.today + timedelta(days=aim.days_left),
        days_left=aim.days_left,
        study_days=len(days),
        cards=len(memories),
        unseen=aim.unseen,
        recall_now=aim.choice.recall_without,
        outlook=expected,
        minutes_a_day=minutes,
        minutes_left=round(aim.seconds_left / 60),
        minutes_needed=enough,
        is_enough=aim.choice.is_enough,
        cards_today=len(aim.choice.keys),
    )
