"""Grouping: which items are ways of asking one slip, and the slip read back from them."""

import re
from collections.abc import Collection, Iterable
from dataclasses import replace
from uuid import UUID

from django.db.models import Q

from quizzes.content.models import Book, Media
from quizzes.identifiers import uuid7
from quizzes.items import slips, standing
from quizzes.items.models import Item, Key, Revision
from quizzes.items.models.items import ItemQuerySet
from quizzes.items.pasting import front_key
from quizzes.items.rendering import PICTURE, Pictures
from quizzes.items.slips import Kind, Slip
from quizzes.items.wordings import Wording

_NAMED = re.compile(re.escape(PICTURE) + r"([0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12})")
_REVERSE = Item.Direction.REVERSE.value


def read(item: Item) -> Slip:
    """The slip that an item is a way of asking, read back from its group's revisions in force."""
    group = list(group_of(item).ready().in_order()) or [item]
    known = standing.wordings(Item.objects.filter(pk__in=[one.pk for one in group]))
    named = {name(one): known[one.pk][1] for one in group if one.pk in known}
    first = next(iter(named.values()), Wording(kind="short_text", stem="", answer=""))
    if first.kind == "cloze":
        return Slip(kind=Kind.CLOZE, front=first.stem, remark=first.rationale)
    forward = named.get(Item.Direction.FORWARD, first)
    accepted = [one.text for one in forward.accepted]
    kind = Kind.REVERSED if _REVERSE in named else Kind.TYPED if accepted else Kind.BASIC
    typed = Slip(kind=kind, front=forward.stem, back=forward.answer, remark=forward.rationale)
    own = slips.typed_answers(typed)
    return replace(typed, accepted=tuple(text for text in accepted if text not in own))


def group_of(item: Item) -> ItemQuerySet:
    """The items of one slip, retired ones too; an item without a group is one alone."""
    if not item.siblings:
        return Item.objects.filter(pk=item.pk)
    return Item.objects.filter(book=item.book_id, siblings=item.siblings)


def groups_of(items: Collection[Item]) -> ItemQuerySet:
    """All ready items of the slips that these items belong to."""
    alone = Item.objects.filter(pk__in=[one.pk for one in items])
    groups = {one.siblings for one in items if one.siblings}
    books = {one.book_id for one in items}
    together = Item.objects.filter(book__in=books, siblings__in=groups)
    return (alone | together).ready()


def fronts(book: Book) -> set[str]:
    """The fronts of all cards of a book, as `pasting.front_key` gives them; one query."""
    there = Item.objects.ready().filter(book=book, direction=Item.Direction.FORWARD)
    return {front_key(stem) for stem in there.values_list("revision__stem", flat=True) if stem}


def new_group() -> str:
    """The name of a new group: those of its items begin with it."""
    return f"s-{uuid7().hex}"


def name(item: Item) -> str:
    """Which way of asking its slip an item is: “forward”, “reverse”, “gap-2”."""
    _group, mark, told = item.slug.rpartition("--")
    return told if mark else str(item.direction)


def with_pictures(items: Collection[Item]) -> list[Item]:
    """Those of these items whose wording in force names a picture."""
    revisions = [item.revision_id for item in items if item.revision_id]
    fronts = Revision.objects.filter(pk__in=revisions, stem__contains=PICTURE)
    backs = Key.objects.filter(
        Q(answer__contains=PICTURE) | Q(rationale__contains=PICTURE), revision__in=revisions
    )
    named = {*fronts.values_list("pk", flat=True), *backs.values_list("pk", flat=True)}
    return [item for item in items if item.revision_id in named]


def named_pictures(written: Iterable[Slip]) -> set[UUID]:
    """The identifiers of all pictures that slips name."""
    return {
        UUID(found)
        for slip in written
        for text in (slip.front, slip.back, slip.remark)
        for found in _NAMED.findall(text)
    }


def pictures(book_id: int, written: Iterable[Slip]) -> Pictures:
    """The pictures of a book that slips name, by identifier."""
    named = named_pictures(written)
    if not named:
        return {}
    found = Media.objects.filter(book=book_id, uid__in=named).values_list("uid", "alt_text")
    return {str(uid): words for uid, words in found}
