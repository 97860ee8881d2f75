"""Shuffling: in which order the options of each question are shown, by the seed of the attempt."""

from collections import Counter
from collections.abc import Collection
from uuid import UUID

from quizzes.cards.spacing import draw
from quizzes.items.filling import GAP
from quizzes.items.models import Item, Option, Revision

type Orders = tuple[tuple[int, ...], ...]
"""Each part's own places in the order in which they are shown; empty where nothing is chosen."""


def orders(items: Collection[Item], seed: UUID) -> dict[int, Orders]:
    """How the options of these items are shown, by item; one query, which reads no key.

    What may be shuffled is, and the right sides of a matching question and the lines of an
    ordering always are. Every order is equally likely, the right one too: an order that is shown
    because it is wrong would tell of two lines how they stand.
    """
    counts = _counts(items)
    kinds = {item.pk: item.revision.kind for item in items if item.revision}
    return {item.pk: _orders(item, kinds[item.pk], counts, seed) for item in items}


def _counts(items: Collection[Item]) -> Counter[tuple[int, int]]:
    """How many options each part of each revision has."""
    rows = Option.objects.filter(revision__in=[item.revision_id for item in items])
    return Counter(rows.values_list("revision", "part"))


def _orders(item: Item, kind: str, counts: Counter[tuple[int, int]], seed: UUID) -> Orders:
    return tuple(
        _order(item, kind, part, counts[item.revision_id or 0, part], seed)
        for part in range(_parts(item, kind))
    )


def _parts(item: Item, kind: str) -> int:
    """A matching question has two sides, and each gap is a part of its own."""
    if kind == Revision.Kind.MATCHING:
        return 2
    stem = item.revision.stem if item.revision else ""
    return max(1, stem.count(GAP)) if kind == Revision.Kind.CLOZE else 1


def _order(item: Item, kind: str, part: int, places: int, seed: UUID) -> tuple[int, ...]:
    if not _is_shuffled(item, kind, part):
        return tuple(range(places))
    return _shuffled(places, "option", seed, item.slug, part)


def _is_shuffled(item: Item, kind: str, part: int) -> bool:
    if kind == Revision.Kind.MATCHING:
        return part == 1
    return kind == Revision.Kind.ORDERING or (
        item.revision is not None and item.revision.is_shuffled
    )


def _shuffled(places: int, *seed: object) -> tuple[int, ...]:
    return tuple(sorted(range(places), key=lambda place: draw(*seed, place)))
