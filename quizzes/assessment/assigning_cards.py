"""Assigning cards: a class is given the cards of a chapter, to have met by a day.

From its opening on the chapter is in each student's plan: of those who are there, and of those who
join later. Nobody is there to do that at the moment of opening, so it is done when a student sits
down to study.
"""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import F, QuerySet
from django.utils.translation import gettext as _

from quizzes.assessment import opening
from quizzes.assessment.models import CardAssignment
from quizzes.cards import planning
from quizzes.cards.models import StudyPlan
from quizzes.content.models import Chapter
from quizzes.people import auditing
from quizzes.people.models import Classroom, Enrollment, User
from quizzes.refusal import Refusal


class AlreadyGiven(Refusal):
    """The class has that chapter's cards to meet."""


class NotOfItsBook(Refusal):
    """A class is given chapters of its own book."""


class DueBeforeItOpens(Refusal):
    """Cards are due after they are there."""


@transaction.atomic
def assign(
    classroom: Classroom,
    chapter: Chapter,
    at: datetime,
    *,
    opens_at: datetime,
    due_at: datetime | None = None,
    by: User | None = None,
) -> CardAssignment:
    """Give a class the cards of a chapter; it is written down who did it, if somebody did.

    Refuses with `NotOfItsBook`, `DueBeforeItOpens`, and `AlreadyGiven` while it has them.
    """
    Classroom.objects.select_for_update(no_key=True).get(pk=classroom.pk)
    if chapter.book_id != classroom.book_id:
        raise NotOfItsBook(_("That chapter belongs to another book."))
    if due_at and due_at <= opens_at:
        raise DueBeforeItOpens(_("Let it be due after it opens."))
    standing = CardAssignment.objects.filter(classroom=classroom, chapter=chapter)
    if standing.filter(withdrawn_at=None).exists():
        raise AlreadyGiven(_("The class has the cards of this chapter."))
    made = CardAssignment.objects.create(
        classroom=classroom, chapter=chapter, created_at=at, opens_at=opens_at, due_at=due_at
    )
    if by is not None:
        values = {"chapter": chapter.title, "dates": opening.dates(made, at)}
        text = _("Cards of “%(chapter)s” given: %(dates)s.") % values
        auditing.note(by, "give-cards", made.uid, text, at, classroom)
    return made


@transaction.atomic
def withdraw(given: CardAssignment, at: datetime, by: User) -> CardAssignment:
    """Ask for it no more; what students know and plan stays theirs. Done twice, it is done once."""
    held = CardAssignment.objects.select_for_update(of=("self",), no_key=True).get(pk=given.pk)
    if held.withdrawn_at is None:
        held.withdrawn_at = at
        held.save(update_fields=["withdrawn_at"])
        text = _("Cards of “%(chapter)s” withdrawn.") % {"chapter": held.chapter.title}
        auditing.note(by, "withdraw-cards", held.uid, text, at, held.classroom)
    return held


def of_learner(learner: User, at: datetime) -> QuerySet[CardAssignment, Any]:
    """What a student's classes ask them to meet by now, what is due first at the top."""
    places = Enrollment.objects.filter(user=learner, role=Enrollment.Role.STUDENT)
    there = CardAssignment.objects.filter(
        classroom__in=places.values("classroom"),
        classroom__archived_at=None,
        opens_at__lte=at,
        withdrawn_at=None,
    )
    due_first = (F("due_at").asc(nulls_last=True), "opens_at", "pk")
    return there.select_related("classroom", "chapter__book").order_by(*due_first)


def take_up(learner: User, at: datetime) -> int:
    """Put into a student's plans what was given and is not in them; how many chapters that were.

    One query where nothing is new.
    """
    planned = StudyPlan.chapters.through.objects.filter(studyplan__learner=learner)
    fresh = [
        one.chapter
        for one in of_learner(learner, at).exclude(chapter__in=planned.values("chapter"))
    ]
    for chapter in fresh:
        planning.start(learner, chapter.book, at, [chapter])
    return len(fresh)
