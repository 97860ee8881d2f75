"""Entering: whoever comes into a class studies its book from then on."""

from collections.abc import Collection
from datetime import datetime

from django.db import transaction

from quizzes.cards.models import StudyPlan
from quizzes.people import enlisting, inviting, joining
from quizzes.people.enlisting import Enlisted
from quizzes.people.models import Classroom, Enrollment, Invitation, User
from quizzes.people.rolls import Line


@transaction.atomic
def join(classroom: Classroom, code: str, person: User, at: datetime) -> Enrollment:
    """Come into a class by its code, and study its book; refuses as `joining.join` does."""
    place = joining.join(classroom, code, person, at)
    _begin(place, classroom, at)
    return place


@transaction.atomic
def accept(invitation: Invitation, person: User, at: datetime) -> Enrollment:
    """Come into a class by invitation; as a student, study its book.

    Refuses as `inviting.accept` does.
    """
    place = inviting.accept(invitation, person, at)
    _begin(place, invitation.classroom, at)
    return place


@transaction.atomic
def enlist(classroom: Classroom, actor: User, lines: Collection[Line], at: datetime) -> Enlisted:
    """Let a whole list of students in, with the class's book in the plans of those who are.

    Refuses as `enlisting.enlist` does.
    """
    enlisted = enlisting.enlist(classroom, actor, lines, at)
    study_with(classroom, [place.user_id for place in enlisted.places], at)
    return enlisted


@transaction.atomic
def study_with(classroom: Classroom, learners: Collection[int], at: datetime) -> int:
    """A plan for the class's book, with all its chapters, for each learner who has none.

    Plans that exist stay as they are. A book of somebody's own is its owner's alone to study.
    Tells how many plans were made; a fixed number of queries.
    """
    if classroom.book.owner_id or not learners:
        return 0
    plans = StudyPlan.objects.filter(book=classroom.book_id, learner__in=learners)
    planned = set(plans.values_list("learner", flat=True))
    made = StudyPlan.objects.bulk_create(
        StudyPlan(learner_id=learner, book_id=classroom.book_id, started_at=at)
        for learner in dict.fromkeys(learners)
        if learner not in planned
    )
    chapters = list(classroom.book.chapters.order_by("pk").values_list("pk", flat=True))
    through = StudyPlan.chapters.through
    through.objects.bulk_create(
        through(studyplan_id=plan.pk, chapter_id=chapter) for plan in made for chapter in chapters
    )
    return len(made)


def _begin(place: Enrollment, classroom: Classroom, at: datetime) -> None:
    if place.role == Enrollment.Role.STUDENT:
        study_with(classroom, [place.user_id], at)
