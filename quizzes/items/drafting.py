"""Drafting: what an author has typed and not yet saved is kept, found again, and let go.

A manuscript is the form as it was typed, by field. Of an item there is one an author; of
questions that are not there yet, as many as were begun.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from quizzes.content.models import Book
from quizzes.identifiers import uuid7
from quizzes.items.models import Item, Manuscript
from quizzes.people.models import User
from quizzes.refusal import Refusal

type Typed = Mapping[str, Sequence[str]]
"""The form's fields as they were typed, each with all of its values."""

MOST_MANUSCRIPTS, LONGEST_MANUSCRIPT = 100, 200_000


class TooMuchUnfinished(Refusal):
    """An author has more begun than is kept, or more in one form."""


@transaction.atomic
def keep(
    author: User, book: Book, uid: UUID, typed: Typed, at: datetime, item: Item | None = None
) -> Manuscript | None:
    """Keep what was typed, in place of what was kept of the same question before.

    `uid` is the client's name for a question that is not there yet; what arrives after that
    question was saved is not kept. Refuses with `TooMuchUnfinished`.
    """
    if _is_too_long(typed):
        raise TooMuchUnfinished(_("This is too long to be kept."))
    kept = {name: list(values) for name, values in typed.items()}
    if item is not None:
        manuscript, _is_new = Manuscript.objects.update_or_create(
            author=author, item=item, defaults={"book": book, "typed": kept, "saved_at": at}
        )
        return manuscript
    if Item.objects.owned_by(author).filter(uid=uid).exists():
        return None
    return _keep_new(author, book, uid, kept, at)


def _keep_new(author: User, book: Book, uid: UUID, kept: Typed, at: datetime) -> Manuscript:
    """Keep a question that is not there yet; a name that is taken gives way to another one."""
    known = Manuscript.objects.filter(uid=uid).first()
    if known is not None and known.author_id == author.pk and known.item_id is None:
        known.book, known.typed, known.saved_at = book, kept, at
        known.save(update_fields=["book", "typed", "saved_at"])
        return known
    if _has_too_many(author):
        raise TooMuchUnfinished(_("You have too much unfinished: finish or discard something."))
    return Manuscript.objects.create(
        uid=uuid7() if known else uid, author=author, book=book, typed=kept, saved_at=at
    )


def has_room(author: User, uid: UUID, typed: Typed, item: Item | None = None) -> bool:
    """Whether `keep` would not refuse."""
    mine = Manuscript.objects.filter(author=author)
    is_known = item is not None or mine.filter(uid=uid, item=None).exists()
    return not _is_too_long(typed) and (is_known or not _has_too_many(author))


def _is_too_long(typed: Typed) -> bool:
    return sum(len(value) for values in typed.values() for value in values) > LONGEST_MANUSCRIPT


def _has_too_many(author: User) -> bool:
    return Manuscript.objects.filter(author=author).count() >= MOST_MANUSCRIPTS


def unfinished(author: User, book: Book, item: Item | None = None) -> QuerySet[Manuscript]:
    """What an author left unfinished of an item, or of new questions on a book; newest first."""
    mine = Manuscript.objects.filter(author=author, item=item)
    mine = mine if item else mine.filter(book=book)
    return mine.order_by("-saved_at", "pk")


def discard(author: User, uid: UUID) -> bool:
    """Let a manuscript go; tells whether there was one."""
    gone, _rows = Manuscript.objects.filter(author=author, uid=uid).delete()
    return bool(gone)


def done(author: User, uid: UUID | None, item: Item | None) -> None:
    """Let go what was kept of a question that is saved now."""
    mine = Manuscript.objects.filter(author=author)
    if item is not None:
        mine.filter(item=item).delete()
    if uid is not None:
        mine.filter(uid=uid, item=None).delete()
