"""Withholding: what is kept from those who teach a question, as long as they may be asked it.

Whoever teaches one class may sit in another. While something of theirs that is open asks them a
question, and from the moment a graded assignment can ask it them until its results are released,
nothing that they open as teachers tells what is right of it, why, what somebody answered, or
whether that was right: no page, list, paper, print, report, regrade or file. Each says `WHY` in
place of it.

The mark of a whole attempt is told: no class could be taught without it, and without the answers
it tells no key. What somebody wrote themselves is not kept from them.

`WHY` tells something itself: which of the questions that they teach an exam may ask them, though it
has not opened yet. It stays so, because the key would tell more; students' own pages go by
`reserving`, and so mark nothing before it opens.
"""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from django.db.models import BooleanField, Exists, ExpressionWrapper, F, Q, QuerySet, Value
from django.db.models.expressions import Combinable
from django.utils.translation import gettext_lazy as _

from quizzes.assessment import reserving
from quizzes.assessment.models import Assignment, Attempt, Regrade
from quizzes.items import reporting
from quizzes.items.models import Item
from quizzes.people.models import AuditLine, User
from quizzes.refusal import Refusal

WHY = _(
    "You may be asked this yourself. What is right, and why, is told here once you have handed "
    "it in and, where it is graded, its results are released."
)

REGRADES = ("regrade", "undo-regrade")
"""The acts of audit by which a question is marked anew, and back."""


class MayBeAsked(Refusal):
    """Who asks for the key of a question is to answer it themselves."""


def kept(viewer: User, at: datetime, item: str = "pk") -> Q:
    """That an item is kept from somebody; a condition for rows that name it so.

    What they wrote themselves is not: they know its key.
    """
    asked = reserving.asked(viewer, at).exclude(revision__item__book__owner=viewer)
    to_come = reserving.to_come(viewer).exclude(item__book__owner=viewer)
    return Q(**{f"{item}__in": asked}) | Q(**{f"{item}__in": to_come})


def marked(rows: QuerySet[Any, Any], viewer: User, at: datetime, item: str = "pk") -> Any:
    """The same rows, each with `is_kept`: whether the item that it names is."""
    return rows.annotate(is_kept=column(kept(viewer, at, item)))


def ensure_told(row: Any) -> None:
    """Refuse with `MayBeAsked` where a row of `marked` is about what is kept."""
    if row.is_kept:
        raise MayBeAsked(WHY)


def ensure_all_told(rows: QuerySet[Any, Any], viewer: User, at: datetime, item: str = "pk") -> None:
    """Refuse with `MayBeAsked` where any of these rows is about what is kept; one query."""
    if rows.filter(kept(viewer, at, item)).exists():
        raise MayBeAsked(WHY)


def marked_lines(
    lines: QuerySet[AuditLine], viewer: User, at: datetime
) -> QuerySet[AuditLine, Any]:
    """Lines of audit, each with `is_kept`: whether its words may tell of what is kept.

    Why something was marked anew, and what a report was answered, is said in them.
    """
    regrades = Regrade.objects.filter(kept(viewer, at, "revision__item"))
    items = Item.objects.filter(kept(viewer, at)).order_by().values("uid")
    of_a_regrade = Q(act__in=REGRADES) & Q(about__in=regrades.values("assignment__uid"))
    of_a_report = Q(act=reporting.ACT) & Q(about__in=items)
    return lines.annotate(is_kept=column(of_a_regrade | of_a_report))


def among(viewer: User, items: Collection[int], at: datetime) -> set[int]:
    """Which of these items are kept from somebody; one query, and none for no item."""
    if not items:
        return set()
    found = Item.objects.filter(kept(viewer, at), pk__in=items)
    return set(found.values_list("pk", flat=True))


def everything(viewer: User, at: datetime) -> set[int]:
    """All items that are kept from somebody; one query."""
    return set(Item.objects.filter(kept(viewer, at)).values_list("pk", flat=True))


def to_sit(viewer: User, at: datetime) -> QuerySet[Any, Any]:
    """All for whose sake something may be kept from somebody: `title`, and the `room` of an exam.

    They read of each as a student. Which of them asks a question is not told.
    """
    exams = Assignment.objects.visible_to(viewer).pending()
    others = reserving.sitting(viewer, at).exclude(assignment__in=exams)
    named = exams.values(title=F("quiz__title"), room=F("classroom__name"))
    return named.union(others.values(title=F("quiz__title"), room=Value(""))).order_by(
        "title", "room"
    )


def concerns(viewer: User | int) -> Combinable:
    """Whether anything may be kept from somebody: a column for a query that is made anyway."""
    sits = Exists(Attempt.objects.open().filter(learner=viewer))
    will = Exists(Assignment.objects.visible_to(viewer).pending())
    return column(Q(sits) | Q(will))


def column(condition: Q) -> Combinable:
    """A condition as a column of rows."""
    return ExpressionWrapper(condition, output_field=BooleanField())
