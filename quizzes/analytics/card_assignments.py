"""How far cards are met that a class was given: by a student, and by the class."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, Exists, IntegerField, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from quizzes.assessment import assigning_cards
from quizzes.assessment.models import CardAssignment
from quizzes.cards.models import Card, StudyPlan
from quizzes.items.models import Item
from quizzes.people.models import Classroom, Enrollment, User


@dataclass(frozen=True, slots=True)
class ToMeet:
    """Cards that a student is to meet once."""

    given: CardAssignment
    cards: int
    met: int
    is_planned: bool
    """Whether the chapter is in the student's plan by now."""

    @property
    def is_done(self) -> bool:
        return self.met >= self.cards


@dataclass(frozen=True, slots=True)
class Given:
    """A chapter's cards as a class has them: `met` counts each card of each student."""

    given: CardAssignment
    cards: int
    met: int
    students: int

    @property
    def percent(self) -> int | None:
        """Of all cards of all students; None where there are none."""
        asked = self.cards * self.students
        return self.met * 100 // asked if asked else None


def of_learner(learner: User, at: datetime) -> list[ToMeet]:
    """What a student is to meet, and how much of it they have met; one query."""
    mine = Card.objects.filter(learner=learner)
    planned = StudyPlan.chapters.through.objects.filter(
        studyplan__learner=learner, chapter=OuterRef("chapter")
    )
    given = assigning_cards.of_learner(learner, at).annotate(is_planned=Exists(planned))
    return [ToMeet(one, one.cards, one.met, one.is_planned) for one in _counted(given, mine)]


def of_class(classroom: Classroom) -> list[Given]:
    """What a class was given, the newest first, and how much of it is met; two queries."""
    students = _students(classroom)
    theirs = Card.objects.filter(learner__in=students.values("user"))
    standing = classroom.card_assignments.filter(withdrawn_at=None).select_related("chapter")
    number = students.count()
    rows = _counted(standing.order_by("-opens_at", "-pk"), theirs)
    return [Given(one, one.cards, one.met, number) for one in rows]


def each_card(given: CardAssignment) -> QuerySet[Item, Any]:
    """The cards of the chapter, those that fewest have met first, each with `met_by`."""
    students = _students(given.classroom).values("user")
    met = Card.objects.filter(item=OuterRef("pk"), reps__gt=0, learner__in=students)
    items = Item.objects.cards().filter(chapter=given.chapter_id).select_related("revision")
    return items.annotate(met_by=_number(met, "item")).order_by("met_by", "position", "pk")


def student_count(classroom: Classroom) -> int:
    """How many students could meet the cards; one query."""
    return _students(classroom).count()


def _students(classroom: Classroom) -> QuerySet[Enrollment]:
    return Enrollment.objects.filter(classroom=classroom, role=Enrollment.Role.STUDENT)


def _counted(given: QuerySet[CardAssignment, Any], cards: QuerySet[Card, Any]) -> Any:
    """Each with the number of its chapter's cards, and of those that are met."""
    here = {"item__chapter": OuterRef("chapter"), "item__state": Item.State.READY}
    met = cards.filter(reps__gt=0, item__is_card=True, **here)
    items = Item.objects.cards().filter(chapter=OuterRef("chapter"))
    return given.annotate(cards=_number(items, "chapter"), met=_number(met, "item__chapter"))


def _number(rows: QuerySet[Any, Any], by: str) -> Any:
    """How many rows a subquery finds, 0 where it finds none."""
    counted = rows.order_by().values(by).annotate(n=Count("pk")).values("n")
    return Coalesce(Subquery(counted), 0, output_field=IntegerField())
