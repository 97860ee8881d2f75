"""Discarding: a book of one's own, a person, or a draft goes for good with all that was done there.

A card that is deleted is only retired, because the log speaks of it. A whole personal book is
another matter: nobody but its owner ever saw it, and whoever made it may be rid of it. So its
cards, reviews, quizzes, pictures and day tallies are deleted; nothing of any other book is touched.
A question of a book that stays goes only while it is a draft; what anybody answered, studies,
reported or was given is retired.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from quizzes.assessment import tallying
from quizzes.assessment.models import Assignment, Attempt, Quiz, Regrade, Served, Slot
from quizzes.cards.models import Card, Review
from quizzes.content import picturing
from quizzes.content.loading import forgetting
from quizzes.content.models import Book, Media
from quizzes.items.models import ErrorReport, Item
from quizzes.people.models import Classroom, User
from quizzes.refusal import Refusal


class IsReadByAClass(Refusal):
    """A class studies the book, was given a quiz of it, or is asked or marked by what is in it."""


class NotToBeDiscarded(Refusal):
    """The question is no draft, or somebody was asked it, or a quiz asks it or is marked by it."""


@dataclass(frozen=True, slots=True)
class Contents:
    """What goes with a book."""

    cards: int
    reviews: int
    pictures: int
    quizzes: int


def contents(book: Book) -> Contents:
    """What would go with a book, counted."""
    return Contents(
        cards=Item.objects.ready().filter(book=book).count(),
        reviews=Review.objects.standing().filter(card__item__book=book).count(),
        pictures=Media.objects.filter(book=book).count(),
        quizzes=Quiz.objects.filter(book=book).count(),
    )


def asked_elsewhere(books: Collection[Book]) -> set[int]:
    """Which of these books, by primary key, another book's quiz asks from, or was served from.

    Those who teach a class together put questions of their own into each other's quizzes.
    """
    slots = Slot.objects.filter(item__book__in=books).exclude(quiz__book=F("item__book"))
    served = Served.objects.filter(revision__item__book__in=books)
    served = served.exclude(attempt__quiz__book=F("revision__item__book"))
    asking = slots.order_by().values_list("item__book", flat=True).distinct()
    asked = served.order_by().values_list("revision__item__book", flat=True).distinct()
    return {*asking, *asked}


@transaction.atomic
def discard(book: Book) -> None:
    """Delete a personal book and all that is in it, for good; refuses with `IsReadByAClass`."""
    if Classroom.objects.filter(book=book).exists():
        raise IsReadByAClass(_("A class studies this book, so it must stay."))
    if Assignment.objects.filter(quiz__book=book).exists():
        raise IsReadByAClass(_("A quiz of this book was given to a class, so it must stay."))
    if Regrade.objects.filter(key_revision__item__book=book).exists():
        raise IsReadByAClass(_("A class is marked by a key of this book, so it must stay."))
    if asked_elsewhere([book]):
        raise IsReadByAClass(_("A quiz elsewhere asks a question of this book, so it must stay."))
    picturing.sweep(book)
    Attempt.objects.filter(quiz__book=book).delete()
    Quiz.objects.filter(book=book).delete()
    Review.objects.filter(card__item__book=book).delete()
    Card.objects.filter(item__book=book).delete()
    items = Item.objects.filter(book=book)
    items.update(revision=None)
    items.delete()
    forgetting.forget(book)
    book.delete()


def can_be_discarded(item: Item) -> bool:
    """Whether a question is a draft that nothing hangs on; at most five queries."""
    if item.state != Item.State.DRAFT:
        return False
    hangs_on_it = (
        Slot.objects.filter(item=item),
        Card.objects.filter(item=item),
        ErrorReport.objects.filter(item=item),
        Served.objects.filter(revision__item=item),
        Regrade.objects.filter(key_revision__item=item),
    )
    return not any(rows.exists() for rows in hangs_on_it)


@transaction.atomic
def discard_draft(item: Item) -> None:
    """Delete a draft with its versions, for good; refuses with `NotToBeDiscarded`.

    Done twice, it is gone. What was adapted from it stays, and no longer knows from what.
    """
    held = Item.objects.select_for_update(of=("self",)).filter(pk=item.pk).first()
    if held is None:
        return
    if not can_be_discarded(held):
        raise NotToBeDiscarded(
            _("Only a draft that nobody was ever asked is thrown away. Retire this one instead.")
        )
    Item.objects.filter(pk=held.pk).update(revision=None)
    held.delete()


def counts(people: Iterable[User]) -> dict[str, int]:
    """How many people would go, and how much with them, by what each is called."""
    going = list(people)
    owned, reviews = Book.objects.filter(owner__in=going), Review.objects.filter(learner__in=going)
    return {
        str(User._meta.verbose_name_plural): len(going),
        str(Book._meta.verbose_name_plural): owned.count(),
        str(Review._meta.verbose_name_plural): reviews.count(),
    }


@transaction.atomic
def discard_people(people: Iterable[User]) -> None:
    """Delete people with their own books, files of pictures too, and all that they did.

    What tells of the answers of many is told again without theirs. Refuses with `IsReadByAClass`.
    """
    going = list(people)
    attempts = Attempt.objects.filter(learner__in=going, is_tallied=True)
    told = list(attempts.order_by().values_list("quiz", flat=True).distinct())
    for person in going:
        for book in Book.objects.owned_by(person).order_by("pk"):
            discard(book)
        person.delete()
    for quiz in Quiz.objects.filter(pk__in=told).order_by("pk"):
        tallying.rebuild(quiz)
