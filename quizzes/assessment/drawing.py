"""Drawing: which questions an attempt asks, and in which order.

The seed is the attempt's identifier: the same seed draws the same from the same bank. Siblings,
which ask for the same fact, are drawn together only where there is nothing else.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import reduce
from operator import or_
from uuid import UUID

from django.db.models import Q, QuerySet

from quizzes.assessment.answering import MARKABLE
from quizzes.assessment.models import Quiz, Slot
from quizzes.cards.kinship import kin
from quizzes.cards.spacing import draw
from quizzes.items.models import Item, Option

RULES = {
    "from_section_id": "section_id",
    "from_chapter_id": "chapter_id",
    "kind": "revision.kind",
    "skill": "skill",
    "difficulty": "difficulty",
}
"""What a slot may ask for, and where an item has it."""


@dataclass(frozen=True, slots=True)
class Drawn:
    """One question of an attempt: its item, its weight, and its options' places as shown."""

    item: Item
    weight: int
    order: tuple[int, ...]


def drawn(quiz: Quiz, seed: UUID) -> list[Drawn]:
    """The questions of an attempt in their order; three queries, whatever the quiz."""
    slots = list(quiz.slots.order_by("position"))
    chosen = _chosen(slots, list(bank(slots)), seed)
    if quiz.is_shuffled:
        chosen.sort(key=lambda one: draw("question", seed, one[0].slug))
    counts = _option_counts(item for item, _weight in chosen)
    return [Drawn(item, weight, _order(item, counts, seed)) for item, weight in chosen]


def bank(slots: Iterable[Slot]) -> QuerySet[Item]:
    """The questions that any of these slots may ask and a machine can mark."""
    items = Item.objects.questions().filter(revision__kind__in=MARKABLE)
    return items.filter(_any(slots)).select_related("revision").in_order()


def fits(slot: Slot, item: Item) -> bool:
    """Whether an item is one that this slot may ask."""
    if slot.item_id:
        return slot.item_id == item.pk
    return all(_part(item, path) == wanted for path, wanted in _wanted(slot).items())


def _wanted(slot: Slot) -> dict[str, object]:
    """What the slot's rule names, by where an item has it."""
    rules = {path: getattr(slot, name) for name, path in RULES.items()}
    return {path: wanted for path, wanted in rules.items() if wanted}


def _part(item: Item, path: str) -> object:
    return reduce(getattr, path.split("."), item)


def _any(slots: Iterable[Slot]) -> Q:
    """One condition for all slots; each keeps to the book of its quiz."""
    rules = [
        Q(pk=slot.item_id)
        if slot.item_id
        else Q(
            book=slot.quiz.book_id,
            **{path.replace(".", "__"): wanted for path, wanted in _wanted(slot).items()},
        )
        for slot in slots
    ]
    return reduce(or_, rules, Q(pk__in=[]))


def _chosen(slots: Sequence[Slot], items: Sequence[Item], seed: UUID) -> list[tuple[Item, int]]:
    """Each question once, in the order of the slots; the fixed ones take theirs first.

    A slot that finds too few asks what there is.
    """
    chosen: dict[int, tuple[Item, int]] = {}
    by_slot: dict[int, list[tuple[Item, int]]] = {}
    taken: set[object] = set()
    for slot in sorted(slots, key=lambda slot: slot.item_id is None):
        fitting = [item for item in items if item.pk not in chosen and fits(slot, item)]
        fitting.sort(key=lambda item: draw("draw", seed, item.slug))
        for item in _apart(fitting, taken)[: slot.count]:
            chosen[item.pk] = item, slot.weight
            by_slot.setdefault(slot.pk, []).append(chosen[item.pk])
            taken |= kin(item)
    return [one for slot in slots for one in by_slot.get(slot.pk, [])]


def _apart(items: Iterable[Item], taken: set[object]) -> list[Item]:
    """The items with those first that are no siblings of one before them, or of what is taken."""
    first, later, seen = list[Item](), list[Item](), set(taken)
    for item in items:
        (later if kin(item) & seen else first).append(item)
        seen |= kin(item)
    return first + later


def _option_counts(items: Iterable[Item]) -> Counter[int]:
    revisions = [item.revision_id for item in items]
    rows = Option.objects.filter(revision__in=revisions, part=0)
    return Counter(rows.values_list("revision", flat=True))


def _order(item: Item, counts: Counter[int], seed: UUID) -> tuple[int, ...]:
    places = range(counts[item.revision_id or 0])
    if not (item.revision and item.revision.is_shuffled):
        return tuple(places)
    return tuple(sorted(places, key=lambda place: draw("option", seed, item.slug, place)))
