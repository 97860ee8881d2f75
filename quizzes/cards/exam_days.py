"""Exam days: which books of a desk have an exam ahead, and what time today has for each."""

from dataclasses import replace
from math import ceil

from quizzes.cards.desk import Desk
from quizzes.cards.models import StudyPlan
from quizzes.cards.preparing import Exam

USUAL_MINUTES = 20
"""A study day where the plan names no minutes."""

LAST_WEEK = 7
"""Days before the exam in which siblings no longer wait: better seen side by side than never."""


def split(desk: Desk) -> tuple[Desk, Desk]:
    """The desk of the books whose exam lies ahead, and that of the others."""
    others = desk.plans.keys() - desk.examined.keys()
    return desk.narrowed(desk.examined), desk.narrowed(others)


def exam_of(plan: StudyPlan) -> Exam:
    """The exam of a plan that has one."""
    return Exam(plan.exam_on.toordinal() if plan.exam_on else 0, plan.exam_target)


def days_left(desk: Desk, plan: StudyPlan) -> int:
    return exam_of(plan).day - desk.today.toordinal()


def is_close(desk: Desk, plan: StudyPlan) -> bool:
    return days_left(desk, plan) <= LAST_WEEK


def minutes_a_day(plan: StudyPlan) -> int:
    return plan.minutes_a_day or USUAL_MINUTES


def seconds_left(desk: Desk, plan: StudyPlan) -> float:
    """What is left of the plan's minutes today."""
    return max(0.0, 60 * minutes_a_day(plan) - desk.spent.get(plan.book_id, 0.0))


def with_room(desk: Desk) -> Desk:
    """The desk on which a book with an exam has room for all new cards that its time may hold."""
    aimed, _others = split(desk)
    room = {
        book: ceil(seconds_left(desk, plan) / exam_of(plan).seconds.new)
        for book, plan in aimed.plans.items()
    }
    return replace(desk, left={**desk.left, **room})


def hurried(desk: Desk) -> set[int]:
    """The books whose exam is close."""
    return {
        book for book in desk.examined if book in desk.plans and is_close(desk, desk.plans[book])
    }
