"""One's own books: their questions with the answers, and their pictures."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from quizzes.content.models import Book, Media
from quizzes.exchange.decisions import Guard
from quizzes.exchange.picturing import name_of
from quizzes.exchange.readable.pages import Page, page
from quizzes.exchange.tabulating import Reader
from quizzes.items.models import Item, Key, Option

ITEMS = 200
"""So many questions are on one page."""


@dataclass(frozen=True, slots=True)
class Written:
    """A question of one's own; its answer, unless a quiz asks it just now."""

    item: Item
    options: Sequence[str]
    answer: str
    why: str


def pages(reader: Reader) -> Iterator[Page]:
    """Each book, its questions in its order; the first page of a book has its pictures."""
    number = 1
    for book in Book.objects.owned_by(reader.person):
        start, rows = 0, Item.objects.filter(book=book).select_related("revision", "chapter")
        while (some := list(rows.in_order()[start : start + ITEMS])) or not start:
            context = {
                "book": book,
                "items": _written(some, reader),
                "pictures": [] if start else _pictures(book),
            }
            title = book.title if not start else _("%(book)s, on") % {"book": book.title}
            yield page(f"books-{number:04}.html", title, context, rows=len(some))
            number, start = number + 1, start + ITEMS


def _pictures(book: Book) -> list[tuple[str, str]]:
    rows = Media.objects.filter(book=book).order_by("pk")
    return [(f"pictures/{name_of(one)}", one.alt_text) for one in rows]


def _written(items: Sequence[Item], reader: Reader) -> list[Written]:
    asked = {one.pk for one in items if not reader.may_tell(Guard.QUESTION, one.pk)}
    told = [one.revision_id for one in items if one.pk not in asked]
    keys = Key.objects.in_bulk([pk for pk in told if pk])
    options = _options([one.revision_id for one in items if one.revision_id])
    return [
        Written(
            item=one,
            options=options.get(one.revision_id or 0, ()),
            answer=key.answer if (key := keys.get(one.revision_id or 0)) else "",
            why=key.rationale if key else "",
        )
        for one in items
    ]


def _options(revisions: Sequence[int]) -> Mapping[int, list[str]]:
    found: dict[int, list[str]] = {}
    rows = Option.objects.filter(revision__in=revisions).order_by("part", "position")
    for revision, text in rows.values_list("revision", "text"):
        found.setdefault(revision, []).append(text)
    return found
