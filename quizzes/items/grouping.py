"""Grouping: which items are ways of asking one slip, and the slip read back from them."""

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from uuid import UUID

from quizzes.content.models import Book, Media
from quizzes.identifiers import uuid7
from quizzes.items import slips, standing
from quizzes.items.models import Item
from quizzes.items.models.items import ItemQuerySet
from quizzes.items.pasting import front_key
from quizzes.items.rendering import PICTURE, Pictures
from quizzes.items.slips import Kind, Slip
from quizzes.items.wordings import Wording

type Renamings = Mapping[UUID, UUID]
"""Pictures by their identifier in another book: their identifier in this one."""

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
    """All items of the slips that these items belong to, retired ones too."""
    alone = Item.objects.filter(pk__in=[one.pk for one in items])
    groups = {one.siblings for one in items if one.siblings}
    books = {one.book_id for one in items}
    together = Item.objects.filter(book__in=books, siblings__in=groups)
    return alone | together


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


def named(texts: Iterable[str]) -> set[UUID]:
    """The identifiers of all pictures that texts name."""
    return {UUID(found) for text in texts for found in _NAMED.findall(text)}


def named_in_slips(written: Iterable[Slip]) -> set[UUID]:
    """The identifiers of all pictures that slips name."""
    return named(text for slip in written for text in (slip.front, slip.back, slip.remark))


def renamed(text: str, uids: Renamings) -> str:
    """A text that names pictures by other identifiers, where they have one."""

    def name_anew(found: re.Match[str]) -> str:
        uid = UUID(found[1])
        return f"{PICTURE}{uids[uid]}" if uid in uids else found[0]

    return _NAMED.sub(name_anew, text)


def pictures(book_id: int, written: Iterable[Slip]) -> Pictures:
    """The pictures of a book that slips name, by identifier."""
    return shown(book_id, named_in_slips(written))


def shown(book_id: int, uids: Collection[UUID]) -> Pictures:
    """Those of these pictures that a book has, by identifier."""
    if not uids:
        return {}
    found = Media.objects.filter(book=book_id, uid__in=uids).values_list("uid", "alt_text")
    return {str(uid): words for uid, words in found}
