"""Undoing: a pack that was loaded is taken back, and the book stands as it stood before.

What came in is retired, never deleted: reviews and attempts keep what they are about. What its
author edited in the browser since is left as it stands.
"""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from quizzes.assessment.models import Quiz
from quizzes.content.models import Book, Fact, PackCopy
from quizzes.content.packs import Pack
from quizzes.exchange import packing, storing
from quizzes.exchange.noting import NOTE, put_back
from quizzes.items.models import Item
from quizzes.refusal import Refusal

UNDONE_FOR_DAYS = 30
"""For how long a load can be taken back."""


class NotToBeUndone(Refusal):
    """It was loaded too long ago, was taken back already, or something was loaded over it."""


def can_be_undone(copy: PackCopy, at: datetime) -> bool:
    """Whether a load is the newest of its book and not older than 30 days."""
    return (
        copy.loaded_at is not None
        and copy.taken_back_at is None
        and copy.by_id is not None
        and copy.book is not None
        and copy.loaded_at > at - timedelta(days=UNDONE_FOR_DAYS)
        and storing.newest(copy.book) == copy
    )


def undo(copy: PackCopy, at: datetime) -> list[str]:
    """Take a load back, but for what was edited since: the slugs of those questions.

    The pack of before is read before the transaction, so that nobody waits for that. Refuses with
    `NotToBeUndone` and `noting.GivenSince`.
    """
    return _undo(copy, _before(copy), at)


@transaction.atomic
def _undo(copy: PackCopy, before: Pack | None, at: datetime) -> list[str]:
    there = PackCopy.objects.select_for_update(of=("self",)).select_related("book").get(pk=copy.pk)
    book = there.book
    if book is None or not can_be_undone(there, at):
        raise NotToBeUndone(
            _("Only the newest load can be undone, for 30 days. Undo a later one first.")
        )
    if book.about_id is None:
        _put_pack_back(book, before, at)
    noted = there.files.filter(name=NOTE).first()
    kept = put_back(book, noted.text, there, at) if noted else []
    PackCopy.objects.filter(pk=there.pk).update(taken_back_at=at)
    return kept


def _before(copy: PackCopy) -> Pack | None:
    """The pack that stood before a load; while that is the newest, it is the same."""
    there = PackCopy.objects.select_related("book").get(pk=copy.pk)
    book = there.book
    if book is None or book.about_id is not None:
        return None
    before = storing.newest(book, there.loaded_at)
    pack, _problems = storing.read(storing.files(before)) if before else (None, [])
    return pack


def _put_pack_back(book: Book, pack: Pack | None, at: datetime) -> None:
    """Load the pack of before, or retire all that this first one brought."""
    if pack is not None:
        into = book if book.owner_id else None
        packing.bring_in(pack, at, is_draft=True, into=into)
        return
    theirs = packing.own_quizzes(book) if book.owner_id else frozenset()
    packed = (Item.Origin.PACK, Item.Origin.GENERATED)
    Item.objects.filter(book=book, origin__in=packed).update(state=Item.State.RETIRED)
    quizzes = Quiz.objects.filter(book=book, retired_at=None).exclude(slug__in=theirs)
    quizzes.update(retired_at=at)
    Fact.objects.filter(book=book, retired_at=None).update(retired_at=at)
    Book.objects.filter(pk=book.pk).update(pack_hash="")
