"""Planning: what a learner studies of a book, how much a day, and for which exam."""

from collections.abc import Collection
from datetime import date, datetime
from typing import TypedDict, Unpack

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from quizzes.cards.models import StudyPlan
from quizzes.content.models import Book, Chapter
from quizzes.people.models import User
from quizzes.refusal import Refusal


class ForeignChapter(Refusal):
    """A plan studies chapters of its own book."""


class ExamIsOver(Refusal):
    """A plan is aimed at a day that lies ahead."""


class Changes(TypedDict, total=False):
    """What a learner may change in a plan."""

    desired_retention: float
    new_a_day: int
    order: str
    learning_minutes: int
    relearning_minutes: int
    maximum_interval: int
    has_four_ratings: bool
    is_typing: bool
    has_options: bool


@transaction.atomic
def start(
    learner: User, book: Book, at: datetime, chapters: Collection[Chapter] | None = None
) -> StudyPlan:
    """The learner's plan for a book: made with all chapters unless told; begun again, it stays.

    Chapters that are named are added to a plan that exists. Refuses with `ForeignChapter`.
    """
    plan, is_new = StudyPlan.objects.get_or_create(
        learner=learner, book=book, defaults={"started_at": at}
    )
    if chapters is None and is_new:
        chapters = book.chapters.all()
    plan.chapters.add(*_own(plan, chapters or []))
    return plan


@transaction.atomic
def change(
    plan: StudyPlan, chapters: Collection[Chapter] | None = None, **changes: Unpack[Changes]
) -> StudyPlan:
    """Change a plan; cards keep their due dates and follow it from their next rating.

    Refuses with `ForeignChapter`; `ValidationError` where a value is out of its bounds.
    """
    for name, value in changes.items():
        setattr(plan, name, value)
    plan.full_clean(exclude=["learner", "book"])
    plan.save(update_fields=list(changes))
    if chapters is not None:
        plan.chapters.set(_own(plan, chapters))
        plan.exam_chapters.remove(*plan.exam_chapters.exclude(pk__in=[c.pk for c in chapters]))
    return plan


@transaction.atomic
def aim(
    plan: StudyPlan,
    today: date,
    *,
    exam_on: date | None,
    chapters: Collection[Chapter] = (),
    minutes_a_day: int | None = None,
    target: float = 0.9,
) -> StudyPlan:
    """Aim a plan at an exam on some of its chapters (none named are all), or at none any more.

    Until that day the book's cards are those that most serve it; due dates stay as they are.
    Refuses with `ExamIsOver` unless the day lies ahead, with `ForeignChapter` for one that the
    plan does not study; `ValidationError` where a value is out of its bounds.
    """
    if exam_on and exam_on <= today:
        raise ExamIsOver(_("Choose a day for the exam that lies ahead."))
    if {chapter.pk for chapter in chapters} - set(plan.chapters.values_list("pk", flat=True)):
        raise ForeignChapter(_("The exam covers chapters that the plan studies."))
    plan.exam_on, plan.exam_target, plan.minutes_a_day = exam_on, target, minutes_a_day
    plan.full_clean(exclude=["learner", "book"])
    plan.save(update_fields=["exam_on", "exam_target", "minutes_a_day"])
    plan.exam_chapters.set(chapters)
    return plan


def _own(plan: StudyPlan, chapters: Collection[Chapter]) -> Collection[Chapter]:
    if any(chapter.book_id != plan.book_id for chapter in chapters):
        raise ForeignChapter(_("That chapter belongs to another book."))
    return chapters
