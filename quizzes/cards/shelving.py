"""Shelving: a learner's own books, each with the plan by which its cards are studied."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from quizzes.cards import editing, planning
from quizzes.content import keeping
from quizzes.content.models import Book, Chapter
from quizzes.items.models import Item
from quizzes.people.models import User
from quizzes.refusal import Refusal


class OnlyChapter(Refusal):
    """The cards of a chapter that goes need another one to go to."""


@transaction.atomic
def begin(
    owner: User, title: str, at: datetime, description: str = "", language: str = "en"
) -> Book:
    """A new book of one's own with a first chapter, studied from now on.

    Refuses with `ShelfIsFull`.
    """
    book = keeping.begin(owner, title, description, language)
    planning.start(owner, book, at)
    return book


@transaction.atomic
def add_chapter(owner: User, book: Book, title: str, at: datetime) -> Chapter:
    """A further chapter, which joins the owner's plan; refuses with `ShelfIsFull`."""
    chapter = keeping.add_chapter(book, title)
    planning.start(owner, book, at, [chapter])
    return chapter


@transaction.atomic
def remove_chapter(owner: User, chapter: Chapter, into: Chapter, at: datetime) -> int:
    """Take a chapter away; all its cards go to another one with what is remembered of them.

    Tells how many that were, retired ones not counted. Refuses with `OnlyChapter`.
    """
    if into.pk == chapter.pk or into.book_id != chapter.book_id:
        raise OnlyChapter(_("Choose another chapter of this book for its cards."))
    cards = list(Item.objects.filter(chapter=chapter).order_by("position", "pk"))
    editing.move(owner, cards, into, at)
    chapter.sections.all().delete()
    chapter.delete()
    return sum(item.state == Item.State.READY for item in cards)
