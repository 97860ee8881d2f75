"""Picturing: a picture is kept once a book, and its file once a site.

A file bears the hash of its bytes as its name, so that two books can share it; it goes with the
last book that shows it.
"""

from collections.abc import Collection
from pathlib import PurePosixPath
from uuid import UUID

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from quizzes.content.models import Book, Media
from quizzes.content.pictures import Picture
from quizzes.refusal import Refusal

MOST_PICTURES = 2_000
_IS_FULL = _("This book holds as many pictures as a book can.")


class TooManyPictures(Refusal):
    """A book holds at most `MOST_PICTURES`."""


@transaction.atomic
def keep(book: Book, picture: Picture, alt_text: str = "") -> Media:
    """The picture in this book: the one that is there already, or a new one.

    Refuses with `TooManyPictures`.
    """
    known = Media.objects.filter(book=book, sha256=picture.sha256).first()
    if known:
        return known
    if Media.objects.filter(book=book).count() >= MOST_PICTURES:
        raise TooManyPictures(_IS_FULL)
    media, _is_new = Media.objects.get_or_create(
        book=book,
        sha256=picture.sha256,
        defaults={
            "media_type": picture.media_type,
            "size": len(picture.content),
            "alt_text": alt_text[:300],
            "file": _stored(picture),
        },
    )
    return media


@transaction.atomic
def share(book: Book, uids: Collection[UUID]) -> dict[UUID, UUID]:
    """Let a book show pictures of other books too: by their identifier there, the one here.

    Only those of packs and of its own owner: what one may not see one cannot share. As many
    queries for a thousand as for one. Refuses with `TooManyPictures`.
    """
    if not uids:
        return {}
    seen = Q(book__owner=None) | Q(book__owner=book.owner_id)
    found = list(Media.objects.filter(seen, uid__in=uids).exclude(book=book).order_by("pk"))
    if not found:
        return {}
    Book.objects.select_for_update(no_key=True).get(pk=book.pk)  # two at once make one copy
    here = dict(Media.objects.filter(book=book).values_list("sha256", "uid"))
    new = {one.sha256: one for one in found if one.sha256 not in here}
    if len(here) + len(new) > MOST_PICTURES:
        raise TooManyPictures(_IS_FULL)
    made = Media.objects.bulk_create([_copied(one, book) for one in new.values()])
    here |= {one.sha256: one.uid for one in made}
    return {one.uid: here[one.sha256] for one in found}


def _copied(picture: Media, book: Book) -> Media:
    return Media(
        book=book,
        sha256=picture.sha256,
        media_type=picture.media_type,
        size=picture.size,
        alt_text=picture.alt_text,
        file=picture.file.name,
    )


def sweep(book: Book) -> None:
    """When this transaction is over: take away files that were only this book's.

    Called before the book and its rows go.
    """
    names = set(Media.objects.filter(book=book).values_list("file", flat=True))
    transaction.on_commit(lambda: _sweep(names))


def _stored(picture: Picture) -> str:
    """The name of the picture's file, written unless it is there."""
    suffix = picture.format.lower()
    name = str(PurePosixPath("media", picture.sha256[:2], f"{picture.sha256}.{suffix}"))
    if not default_storage.exists(name):
        default_storage.save(name, ContentFile(picture.content))
    return name


def _sweep(names: Collection[str]) -> None:
    in_use = set(Media.objects.filter(file__in=names).values_list("file", flat=True))
    for name in set(names) - in_use:
        default_storage.delete(name)
