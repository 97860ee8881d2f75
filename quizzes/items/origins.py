"""Origins: a question knows which other one it was adapted from, as a pack names it."""

from collections.abc import Mapping

from django.db import transaction

from quizzes.content.models import Book
from quizzes.items.models import Item


@transaction.atomic
def remember(book: Book, origins: Mapping[str, str | None]) -> tuple[str, ...]:
    """Let a book's items remember what they were adapted from; the slugs of those that changed.

    `origins` names the other question by slug: one of the same book, or of the book that it is
    about. Where nothing is named, or nothing that is there, an item stays as it is. Three queries.
    """
    named = {slug: origin for slug, origin in origins.items() if origin}
    if not named:
        return ()
    known = _known(book, set(named.values()))
    changed = []
    for item in Item.objects.filter(book=book, slug__in=named).order_by("slug"):
        origin = known.get(named[item.slug])
        if origin is not None and origin not in (item.pk, item.adapted_from_id):
            item.adapted_from_id = origin
            changed.append(item)
    Item.objects.bulk_update(changed, ["adapted_from"], batch_size=500)
    return tuple(item.slug for item in changed)


def _known(book: Book, slugs: set[str]) -> dict[str, int]:
    """The keys of the items of these slugs; those of the book itself that is asked about first."""
    books = [book.pk, book.topic.pk]
    rows = Item.objects.filter(book__in=books, slug__in=slugs).values_list("book", "slug", "pk")
    return {slug: pk for _book, slug, pk in sorted(rows, key=lambda row: row[0] == book.topic.pk)}
