"""Surveying: which facts a learner studies, and what the cards on them say of each.

A fact is studied if its chapter is in one of the learner's plans and a card asks for it. It is
recalled with the mean chance of the learner's rated cards on it; a fact without one was never
seen. Everything is summed up by the database, so that a page reads as many rows for a hundred
thousand cards as for a hundred.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from django.db.models import (
    BigIntegerField,
    Count,
    Exists,
    ExpressionWrapper,
    F,
    FilteredRelation,
    OuterRef,
    Q,
    QuerySet,
    Sum,
)

from quizzes.cards import recalling
from quizzes.cards.models import Card, StudyPlan
from quizzes.cards.recalling import Speeds
from quizzes.content.models import Chapter, Fact
from quizzes.content.models.facts import FactQuerySet
from quizzes.items.models import Item

if TYPE_CHECKING:
    from quizzes.people.models import User

USUAL_DAYS = 30
"""How far ahead one looks without an exam."""


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the books: slugs, and a kind of fact; what is empty is not narrowed."""

    book: str = ""
    chapter: str = ""
    section: str = ""
    kind: str = ""


@dataclass(frozen=True, slots=True)
class Survey:
    """Whose memory is asked, of which chapters and part of them, and on which two days.

    `exam_on` is the next exam of the plans concerned, if one lies ahead.
    """

    learner: User
    part: Part
    chapters: Sequence[Chapter]
    today: date
    day: date
    exam_on: date | None
    speeds: Speeds


def survey(learner: User, today: date, part: Part, day: date | None = None) -> Survey:
    """The chapters of the plans that belong to a part, in the books' order; two queries.

    Without a day it is that of the next exam, else `USUAL_DAYS` from now.
    """
    rows = StudyPlan.chapters.through.objects.filter(studyplan__learner=learner)
    rows = rows.select_related("chapter__book", "studyplan")
    found = [
        row
        for row in rows.order_by("chapter__book__title", "chapter__book", "chapter__number")
        if part.book in ("", row.chapter.book.slug) and part.chapter in ("", row.chapter.slug)
    ]
    exams = [row.studyplan.exam_on for row in found if row.studyplan.exam_on]
    exam_on = min((one for one in exams if one > today), default=None)
    return Survey(
        learner=learner,
        part=part,
        chapters=[row.chapter for row in found],
        today=today,
        day=day or exam_on or today + timedelta(days=USUAL_DAYS),
        exam_on=exam_on,
        speeds=recalling.speeds(learner),
    )


def facts(asked: Survey) -> FactQuerySet:
    """The facts of the part that some card asks for, in the books' order."""
    cards = _own_cards(OuterRef("book")).filter(subject=OuterRef("pk"))
    found = Fact.objects.filter(Exists(cards), **_narrowed(asked))
    return found.order_by("book__title", "book", "section__position", "position", "pk")


def is_met(learner: User) -> Exists:
    """That a learner has rated a card on a fact."""
    rated = Card.objects.filter(learner=learner, item=OuterRef("pk"), stability__isnull=False)
    cards = _own_cards(OuterRef("book")).filter(subject=OuterRef("pk"))
    return Exists(cards.filter(Exists(rated)))


def by_fact(asked: Survey, **columns: F) -> Any:
    """A row a fact: `cards` that ask for it, `rated` ones of the learner, and their chances.

    `now` and `later` are the sums of the rated cards' chances of recall today and on the day;
    NULL where none was rated. `columns` names what else is told of each.
    """
    items = _own_cards(F("subject__book")).filter(**_narrowed(asked, "subject__"))
    mine = FilteredRelation("cards", condition=Q(cards__learner=asked.learner))
    rows: Any = items.annotate(mine=mine).order_by().values(fact=F("subject"), **columns)
    return rows.annotate(
        cards=Count("pk"),
        rated=Count("mine__stability"),
        now=Sum(recalling.chance(asked.today, asked.speeds, "mine__")),
        later=Sum(recalling.chance(asked.day, asked.speeds, "mine__")),
    )


def _own_cards(book: Any) -> QuerySet[Item]:
    """Cards of the fact's own book: a teacher's questions on it are in another.

    Told by a difference, or SQLite would go through the whole book for every fact.
    """
    apart = ExpressionWrapper(F("book") - book, output_field=BigIntegerField())
    return Item.objects.cards().alias(apart=apart).filter(apart=0)


def _narrowed(asked: Survey, fact: str = "") -> dict[str, Any]:
    """The part as conditions on a fact."""
    wanted: dict[str, Any] = {f"{fact}chapter__in": [one.pk for one in asked.chapters]}
    if asked.part.section:
        wanted[f"{fact}section__slug"] = asked.part.section
    if asked.part.kind:
        wanted[f"{fact}kind"] = asked.part.kind
    return wanted
