"""Questions that somebody keeps on a book of a pack."""

from collections.abc import Sequence
from typing import Any

from quizzes.content import companions
from quizzes.content.models import Book, Fact
from quizzes.items.models import Item
from quizzes.people.models import User
from tests.examining import make_item


def keep(
    owner: User | None,
    book: Book,
    slug: str,
    kind: str = "single",
    *,
    facts: Sequence[Fact] = (),
    **columns: Any,
) -> Item:
    """A question of the owner's own on a book; on a fact of its own unless facts are named."""
    assert owner is not None
    item = make_item(book, slug, kind, facts=facts, **columns)
    item.book, item.owner, item.subject = companions.companion(owner, book), owner, None
    item.origin = Item.Origin.AUTHORED
    item.save()
    return item
