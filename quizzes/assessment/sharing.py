"""Sharing: what those who teach a class work on together, because the class was given it.

What somebody writes is theirs, and nobody else sees it. Once they give a class a quiz of theirs,
whoever teaches that class works on the quiz too, and on the questions that it asks by name or that
the class was asked, whichever person wrote them; to that class they may give it again. That lasts
for as long as they teach the class, it is not archived, and the quiz is not withdrawn. What a pack
brings is nobody's to change.

Of what somebody works on, `withholding` says what is kept from them meanwhile.

No other module says who that is. Publishing, giving, copying, retiring and deleting stay with the
owner: those decide where else a question goes, and for whom it ends.
"""

from datetime import datetime
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from quizzes.assessment import withholding
from quizzes.assessment.models import Assignment, Quiz, Served, Slot
from quizzes.assessment.models.quizzes import QuizQuerySet
from quizzes.items.models import Item
from quizzes.items.models.items import ItemQuerySet
from quizzes.people.models import User


def quizzes(user: User) -> QuizQuerySet:
    """The quizzes that a person works on: their own, and those of their classes.

    Whoever teaches one class may sit in another: what is to be marked there is not among them.
    """
    return Quiz.objects.filter(Q(book__owner=user.pk) | _of_classes(user))


def quizzes_opened(user: User) -> QuerySet[Quiz, Any]:
    """The quizzes that a person works on, and those that wait until they have sat them.

    Which these are, `is_kept` tells.
    """
    mine = Q(book__owner=user.pk)
    found = Quiz.objects.filter(mine | _given(user))
    return found.annotate(is_kept=withholding.column(~mine & _to_sit(user)))


def quizzes_of_classes(user: User) -> QuizQuerySet:
    """Those that somebody else built and that classes were given which a person teaches."""
    return Quiz.objects.filter(_of_classes(user)).exclude(book__owner=user.pk)


def questions(user: User, at: datetime) -> ItemQuerySet:
    """The questions that a person writes on: their own, and those of their classes.

    What they may be asked themselves is only theirs to change where they wrote it.
    """
    told = ~withholding.kept(user, at)
    return Item.objects.filter(Q(book__owner=user.pk) | _asked(user) & told)


def workable(user: User) -> ItemQuerySet:
    """The questions that a person may open: of the banks that are open to them, and of classes."""
    return Item.objects.workable_by(user) | Item.objects.filter(_asked(user))


def bank(user: User, book: int) -> ItemQuerySet:
    """The bank that a person works with on a book: its questions, their own, and of classes."""
    here = Q(book=book) | Q(book__about=book)
    return Item.objects.banked(user, book) | Item.objects.filter(here & _asked(user))


def _of_classes(user: User) -> Q:
    return _given(user) & ~_to_sit(user)


def _given(user: User) -> Q:
    """That somebody built it, and gave it to classes that a person teaches."""
    given = Assignment.objects.taught_by(user).standing().order_by()
    return Q(book__owner__isnull=False, pk__in=given.values("quiz"))


def _to_sit(user: User) -> Q:
    return Q(pk__in=Assignment.objects.visible_to(user).pending().values("quiz"))


def _asked(user: User) -> Q:
    """That somebody wrote it, and one's classes are asked it by name or were served it."""
    given = Assignment.objects.taught_by(user).standing().order_by()
    named = Slot.objects.filter(item=OuterRef("pk"), quiz__in=given.values("quiz"))
    served = Served.objects.filter(
        revision__item=OuterRef("pk"), attempt__assignment__in=given.values("pk")
    )
    return Q(book__owner__isnull=False) & (Q(Exists(named)) | Q(Exists(served)))
