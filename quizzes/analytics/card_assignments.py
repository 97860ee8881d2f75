"""How far cards are met that a class was given: by a student, and by the class."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, IntegerField, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from quizzes.assessment.models import CardAssignment
from quizzes.cards.models import Card
from quizzes.content.models import Chapter
from quizzes.items.models import Item
from quizzes.people.models import Classroom


@dataclass(frozen=True, slots=True)
class ToMeet:
    """Cards that a student is to meet once."""

    chapter: Chapter
    classroom: str
    due_at: datetime | None
    cards: int
    met: int

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


def to_meet(chapters: Iterable[Any]) -> list[ToMeet]:
    """What a student's classes ask them to meet of `chapters.at_hand`, what is due first on top."""
    given = [
        ToMeet(one, one.given_by, one.given_due_at, one.cards, one.met)
        for one in chapters
        if one.given_by is not None
    ]
    return sorted(given, key=lambda one: (one.due_at is None, one.due_at))


def of_class(classroom: Classroom) -> list[Given]:
    """What a class was given, the newest first, and how much of it is met; two queries."""
    students = classroom.enrollments.students()
    theirs = Card.objects.filter(learner__in=students.values("user"))
    standing = classroom.card_assignments.filter(withdrawn_at=None).select_related("chapter")
    number = students.count()
    rows: Any = standing.order_by("-opens_at", "-pk").annotate(
        cards=in_chapter("chapter"), met=met(theirs, "chapter")
    )
    return [Given(one, one.cards, one.met, number) for one in rows]


def each_card(given: CardAssignment) -> QuerySet[Item, Any]:
    """The cards of the chapter, those that fewest have met first, each with `met_by`."""
    students = given.classroom.enrollments.students().values("user")
    rated = Card.objects.filter(item=OuterRef("pk"), reps__gt=0, learner__in=students)
    items = Item.objects.cards().filter(chapter=given.chapter_id).select_related("revision")
    return items.annotate(met_by=number(rated, "item")).order_by("met_by", "position", "pk")


def student_count(classroom: Classroom) -> int:
    """How many students could meet the cards; one query."""
    return classroom.enrollments.students().count()


def met(cards: QuerySet[Card, Any], chapter: str) -> Any:
    """How many of these cards of a chapter are met, in a query that names it so."""
    here = {"item__chapter": OuterRef(chapter), "item__state": Item.State.READY}
    return number(cards.filter(reps__gt=0, item__is_card=True, **here), "item__chapter")


def in_chapter(chapter: str) -> Any:
    """How many cards a chapter has, in a query that names it so."""
    return number(Item.objects.cards().filter(chapter=OuterRef(chapter)), "chapter")


def number(rows: QuerySet[Any, Any], by: str) -> Any:
    """How many rows a subquery finds, 0 where it finds none."""
    counted = rows.order_by().values(by).annotate(n=Count("pk")).values("n")
    return Coalesce(Subquery(counted), 0, output_field=IntegerField())
