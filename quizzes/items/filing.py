"""Filing: where an item of one's own stands, and the words that it is filed under."""

from collections.abc import Collection, Iterable, Sequence
from itertools import count

from django.db import transaction
from django.db.models import Count, Max
from django.utils.translation import gettext_lazy as _

from quizzes.content.models import Chapter
from quizzes.items.models import Item, Tag
from quizzes.items.models.items import ItemQuerySet
from quizzes.refusal import Refusal

LONGEST_TAG, MOST_TAGS, MOST_CARDS = 60, 30, 20_000


class BookIsFull(Refusal):
    """A book of one's own holds at most `MOST_CARDS`, and those deleted, which may come back."""


def tags(text: str) -> list[str]:
    """The tags in a line that parts them by commas, each once whatever its capitals."""
    kept: dict[str, str] = {}
    for part in text.split(","):
        words = " ".join(part.split()).lstrip("#")
        if words:
            kept.setdefault(words.casefold(), words)
    return list(kept.values())


def tag(items: Iterable[Item], wanted: Iterable[str]) -> None:
    """File items under further words; those that they bear already stay as they are."""
    words = list(wanted)
    Tag.objects.bulk_create(
        [Tag(item=item, text=word) for item in items for word in words], ignore_conflicts=True
    )


@transaction.atomic
def retag(items: ItemQuerySet, wanted: Collection[str]) -> None:
    """File items under these words and no others."""
    Tag.objects.filter(item__in=items).exclude(text__in=wanted).delete()
    tag(items, wanted)


def room(book_id: int, needed: int) -> "count[int]":
    """The positions behind everything that is in a book, where so many items shall go.

    Refuses with `BookIsFull`.
    """
    there = Item.objects.filter(book=book_id).aggregate(last=Max("position"), cards=Count("pk"))
    if needed and there["cards"] + needed > MOST_CARDS:
        raise BookIsFull(
            _("A book holds at most %(most)s cards, deleted ones too. Begin another book.")
            % {"most": f"{MOST_CARDS:,}"}
        )
    return count(0 if there["last"] is None else there["last"] + 1)


@transaction.atomic
def move(items: Sequence[Item], chapter: Chapter) -> None:
    """Put items into another chapter; those that come from another book go to this one's end.

    Refuses with `BookIsFull`.
    """
    section = chapter.sections.order_by("position", "pk").first()
    coming = [item for item in items if item.book_id != chapter.book_id]
    places = room(chapter.book_id, len(coming))
    taken = set(
        Item.objects.filter(
            book=chapter.book_id, slug__in=[item.slug for item in coming]
        ).values_list("slug", flat=True)
    )
    for item in coming:
        item.position, item.book = next(places), chapter.book
        item.slug = f"{item.slug}-{item.uid.hex}"[:160] if item.slug in taken else item.slug
    for item in items:
        item.chapter = chapter
        item.section = section or item.section
    Item.objects.bulk_update(
        items, ["book", "chapter", "section", "position", "slug"], batch_size=500
    )
