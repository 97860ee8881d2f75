"""Repicturing: what comes from another book names its pictures as they are named in this one.

A picture has an identifier in each book that shows it. So words that were written elsewhere are
given the identifiers of the book where they stand now, and that book the pictures.
"""

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import datetime

from django.db import transaction
from django.db.models import Q

from quizzes.content import picturing
from quizzes.content.models import Book
from quizzes.items import grouping, rendering, slips, standing, writing
from quizzes.items.models import Item, Key, Revision
from quizzes.items.rendering import PICTURE, Pictures
from quizzes.items.slips import Kind, Slip
from quizzes.items.wordings import Wording
from quizzes.people.models import User


@transaction.atomic
def share(book: Book, written: Sequence[Slip]) -> Sequence[Slip]:
    """Slips that name the pictures of other books that the owner may see, as this book's own.

    Refuses with `TooManyPictures`.
    """
    uids = picturing.share(book, grouping.named_in_slips(written))
    return [
        replace(
            slip,
            front=grouping.renamed(slip.front, uids),
            back=grouping.renamed(slip.back, uids),
            remark=grouping.renamed(slip.remark, uids),
        )
        for slip in written
    ]


@transaction.atomic
def follow(items: Collection[Item], book: Book, author: User, at: datetime) -> None:
    """Let items that came into this book, retired ones too, show their pictures here.

    As many queries for a thousand as for one. Refuses with `TooManyPictures`.
    """
    pictured = _with_pictures(items)
    if not pictured:
        return
    known = standing.wordings(Item.objects.filter(pk__in=[item.pk for item in pictured]))
    wordings = {pk: wording for pk, (_number, wording) in known.items()}
    named = grouping.named(text for one in wordings.values() for text in _texts(one))
    uids = picturing.share(book, named)
    if not uids:
        return
    renamed = {pk: _renamed(wording, uids) for pk, wording in wordings.items()}
    shown = grouping.shown(book.pk, uids.values())
    changed = [
        (item, _rendered(item, renamed[item.pk], shown))
        for item in pictured
        if renamed[item.pk] != wordings[item.pk]
    ]
    writing.reword(changed, author, at)


def _with_pictures(items: Collection[Item]) -> list[Item]:
    """Those of these items whose wording in force names a picture."""
    revisions = [item.revision_id for item in items if item.revision_id]
    fronts = Revision.objects.filter(pk__in=revisions, stem__contains=PICTURE)
    backs = Key.objects.filter(
        Q(answer__contains=PICTURE) | Q(rationale__contains=PICTURE), revision__in=revisions
    )
    named = {*fronts.values_list("pk", flat=True), *backs.values_list("pk", flat=True)}
    return [item for item in items if item.revision_id in named]


def _texts(wording: Wording) -> tuple[str, str, str]:
    return wording.stem, wording.answer, wording.rationale


def _renamed(wording: Wording, uids: grouping.Renamings) -> Wording:
    stem, answer, rationale = (grouping.renamed(text, uids) for text in _texts(wording))
    return replace(wording, stem=stem, answer=answer, rationale=rationale)


def _rendered(item: Item, wording: Wording, shown: Pictures) -> Wording:
    """The wording with its HTML made anew; that of a gap is made of the whole text."""
    if wording.kind == Revision.Kind.CLOZE:
        slip = Slip(kind=Kind.CLOZE, front=wording.stem, remark=wording.rationale)
        faces = {face.name: face.wording for face in slips.faces(slip, shown)}
        if grouping.name(item) in faces:
            return faces[grouping.name(item)]
    stem, answer, rationale = (rendering.markdown(text, shown) for text in _texts(wording))
    return replace(wording, stem_html=stem, answer_html=answer, rationale_html=rationale)
