"""Keeping: the books that people make for themselves, with chapters and one section in each.

A personal book states no facts. Its pages are its owner's alone.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Max
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from quizzes.content.models import Book, Chapter, Section
from quizzes.identifiers import uuid7
from quizzes.refusal import Refusal

if TYPE_CHECKING:
    from quizzes.people.models import User

MOST_BOOKS, MOST_CHAPTERS = 200, 200


class ShelfIsFull(Refusal):
    """Nobody keeps more than `MOST_BOOKS`, and no book has more than `MOST_CHAPTERS`."""


@transaction.atomic
def begin(owner: User, title: str, description: str = "", language: str = "en") -> Book:
    """A new book of one's own, with a first chapter; refuses with `ShelfIsFull`."""
    _check_shelf(owner)
    uid = uuid7()
    book = Book.objects.create(
        uid=uid,
        slug=f"own-{uid.hex}",
        title=title,
        description=description,
        language=language,
        owner=owner,
    )
    add_chapter(book, _("Cards"))
    return book


def begin_from_pack(owner: User, slug: str, title: str) -> Book:
    """A new book of one's own that a pack is about to fill; refuses with `ShelfIsFull`.

    Its slug is never the pack's own, which only a book of the site may have.
    """
    _check_shelf(owner)
    uid = uuid7()
    return Book.objects.create(
        uid=uid, slug=f"{slug[:60]}-{uid.hex[-12:]}", title=title, owner=owner
    )


def _check_shelf(owner: User) -> None:
    if Book.objects.owned_by(owner).count() >= MOST_BOOKS:
        raise ShelfIsFull(gettext_lazy("You keep as many books as one can. Delete one first."))


def rename(book: Book, title: str, description: str, language: str) -> None:
    """Give a book another title, description and language; its address stays."""
    book.title, book.description, book.language = title, description, language
    book.save(update_fields=["title", "description", "language"])


@transaction.atomic
def add_chapter(book: Book, title: str) -> Chapter:
    """A further chapter at the end of the book; refuses with `ShelfIsFull`."""
    Book.objects.select_for_update(no_key=True).get(pk=book.pk)  # two at once get two numbers
    slugs = set(book.chapters.values_list("slug", flat=True))
    if len(slugs) >= MOST_CHAPTERS:
        raise ShelfIsFull(gettext_lazy("This book has as many chapters as a book can."))
    last = book.chapters.aggregate(last=Max("number"))["last"]
    number = 1 if last is None else last + 1
    slug = _free_slug(title, slugs)
    chapter = Chapter.objects.create(book=book, number=number, slug=slug, title=title)
    Section.objects.create(book=book, chapter=chapter, slug=slug, title=title, position=number)
    return chapter


@transaction.atomic
def rename_chapter(chapter: Chapter, title: str) -> None:
    """Give a chapter, and the section that it is, another title; its address stays."""
    chapter.title = title
    chapter.save(update_fields=["title"])
    chapter.sections.update(title=title)


def _free_slug(title: str, taken: set[str]) -> str:
    slug = slugify(title)[:60] or "chapter"
    return f"{slug}-{uuid7().hex[-8:]}" if slug in taken else slug
