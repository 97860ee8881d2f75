"""Banks: what of the question bank a person may open. Everything in it is reached through here.

Whose it is, and who works on it with them, `assessment.sharing` says.
"""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.utils.timezone import now

from quizzes.assessment import sharing, withholding
from quizzes.content.models import Book
from quizzes.items.models import Item
from quizzes.items.models.items import ItemQuerySet
from quizzes.people.models import User
from quizzes.web.owners import owner


def book(request: HttpRequest, slug: str) -> Book:
    """A book whose bank this person may open, else 404."""
    return get_object_or_404(Book.objects.banked_for(owner(request)), slug=slug)


def readable_book(request: HttpRequest, slug: str) -> Book:
    """A book that this person may read and so write quizzes and packs on, else 404."""
    readable = Book.objects.visible_to(owner(request)).without_companions()
    return get_object_or_404(readable, slug=slug)


def is_open(request: HttpRequest, book: Book) -> bool:
    """Whether this person may open the bank of a book that they read."""
    return Book.objects.banked_for(owner(request)).filter(pk=book.pk).exists()


def item(request: HttpRequest, uid: UUID, at: datetime) -> Item:
    """A question of such a bank, else 404; refuses with `MayBeAsked` while it is kept from them."""
    books = ("book__about", "book__owner")
    parts = ("revision", "section", "chapter", "adapted_from__revision", *books)
    known = sharing.workable(owner(request)).select_related(*parts).prefetch_related("tags")
    found: Item = _one(known, owner(request), uid, at)
    withholding.ensure_told(found)
    return found


def adaptable(request: HttpRequest, uid: UUID, at: datetime) -> Item:
    """A question that this person may copy: a book's or their own, else 404.

    What one works on because one's class was given it goes nowhere else. Refuses with `MayBeAsked`.
    """
    parts = ("revision", "section", "chapter", "book__about", "book__owner")
    known = Item.objects.workable_by(owner(request)).select_related(*parts)
    found: Item = _one(known.prefetch_related("tags"), owner(request), uid, at)
    withholding.ensure_told(found)
    return found


def items(user: User, book: Book, at: datetime) -> ItemQuerySet:
    """The questions of a book's bank."""
    return told(sharing.bank(user, book.pk), user, at)


def editable(request: HttpRequest, uid: UUID) -> Item:
    """A question that this person writes on, alone or with those who teach with them, else 404.

    Refuses with `MayBeAsked` while it is kept from them.
    """
    person = owner(request)
    written = sharing.workable(person).filter(is_question=True, book__owner__isnull=False)
    parts = ("book__about", "chapter", "section", "revision", "adapted_from__book", "owner")
    found: Item = _one(written.select_related(*parts), person, uid, now())
    withholding.ensure_told(found)
    return found


def told(items: ItemQuerySet, user: User, at: datetime) -> ItemQuerySet:
    """Those whose keys this person may be told: who teaches one class may sit in another."""
    return items.exclude(withholding.kept(user, at))


def kept(user: User, book: Book, at: datetime) -> int:
    """How many questions of a book's bank are kept from somebody; one query."""
    return sharing.bank(user, book.pk).filter(withholding.kept(user, at)).count()


def _one(items: ItemQuerySet, user: User, uid: UUID, at: datetime) -> Any:
    return get_object_or_404(withholding.marked(items, user, at), uid=uid)


def shelf(item: Item) -> Book:
    """The book in whose bank a question is found."""
    return item.book.topic
