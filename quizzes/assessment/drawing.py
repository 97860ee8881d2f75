"""Drawing: which questions an attempt asks, in which order, and in which order their options.

The seed is the attempt's, and told to nobody: the same seed draws the same from the same bank.
Siblings, which ask for the same fact, are drawn together only where there is nothing else. A
heading begins a part of the quiz, and questions are shuffled within their part.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import reduce
from operator import or_
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from quizzes.assessment import shuffling
from quizzes.assessment.answering import ESSAY, MARKABLE
from quizzes.assessment.models import Quiz, Slot
from quizzes.assessment.shuffling import Orders
from quizzes.cards.kinship import kin
from quizzes.cards.spacing import draw
from quizzes.content.models import Book
from quizzes.items.models import Item, ItemFact, Tag

RULES = {
    "from_section_id": "section_id",
    "from_chapter_id": "chapter_id",
    "kind": "revision.kind",
    "skill": "skill",
    "difficulty": "difficulty",
}
"""What a slot may ask for, and where an item has it; beside these, a tag, and a kind of fact."""


@dataclass(frozen=True, slots=True)
class Drawn:
    """One question of an attempt: its item, its weight, and its options' places as shown.

    The heading is that of the part of the quiz that it begins.
    """

    item: Item
    weight: int
    orders: Orders = ((),)
    heading: str = ""

    @property
    def order_shown(self) -> str:
        """The orders as a row keeps them; `Served.orders` reads them."""
        return ";".join(",".join(map(str, order)) for order in self.orders)


def drawn(
    quiz: Quiz,
    seed: UUID,
    *,
    without: QuerySet[Item, Any] | None = None,
    with_essays: bool = False,
) -> list[Drawn]:
    """The questions of an attempt in their order; at most five queries, whatever the quiz.

    What is among `without` is not asked, and what only a person can mark only `with_essays`.
    """
    slots = list(quiz.slots.order_by("position"))
    items = bank(slots, with_essays=with_essays)
    if without is not None:
        items = items.exclude(pk__in=without)
    chosen = _chosen(slots, list(items), seed)
    questions = [one for part in _parts(slots) for one in _part_drawn(quiz, part, chosen, seed)]
    orders = shuffling.orders([one.item for one in questions], seed)
    return [replace(one, orders=orders[one.item.pk]) for one in questions]


def bank(slots: Iterable[Slot], *, with_essays: bool = False) -> QuerySet[Item, Any]:
    """The questions that any of these slots may ask; those that a machine marks, unless told."""
    known = list(slots)
    kinds = MARKABLE | {ESSAY} if with_essays else MARKABLE
    items = Item.objects.questions().filter(revision__kind__in=kinds)
    items = items.filter(_any(known)).select_related("revision").in_order()
    if any(slot.fact_kind for slot in known):
        items = items.prefetch_related("item_facts__fact")
    return items.prefetch_related("tags") if any(slot.tag for slot in known) else items


def fits(slot: Slot, item: Item) -> bool:
    """Whether an item is one that this slot may ask."""
    if slot.item_id:
        return slot.item_id == item.pk
    if slot.tag and slot.tag not in {tag.text for tag in item.tags.all()}:
        return False
    if slot.fact_kind and slot.fact_kind != _fact_kind(item):
        return False
    return all(_of(item, path) == wanted for path, wanted in _wanted(slot).items())


def _fact_kind(item: Item) -> str:
    """The kind of the fact that an item is about, which is the first that it tests."""
    tested = min(item.item_facts.all(), key=lambda one: one.position, default=None)
    return tested.fact.kind if tested else ""


def _wanted(slot: Slot) -> dict[str, object]:
    """What the slot's rule names, by where an item has it."""
    rules = {path: getattr(slot, name) for name, path in RULES.items()}
    return {path: wanted for path, wanted in rules.items() if wanted}


def _of(item: Item, path: str) -> object:
    return reduce(getattr, path.split("."), item)


def _any(slots: Iterable[Slot]) -> Q:
    """One condition for all slots; each keeps to the book of its quiz, and what that is about."""
    rules = [Q(pk=slot.item_id) if slot.item_id else _rule(slot) for slot in slots]
    return reduce(or_, rules, Q(pk__in=[]))


def _rule(slot: Slot) -> Q:
    wanted = {path.replace(".", "__"): wanted for path, wanted in _wanted(slot).items()}
    book = slot.quiz.book_id
    about = Book.objects.filter(pk=book, about__isnull=False).values("about")
    rule = (Q(book=book) | Q(book__in=about)) & Q(**wanted)
    if slot.fact_kind:
        tested = ItemFact.objects.filter(position=0, fact__kind=slot.fact_kind)
        rule &= Q(pk__in=tested.values("item"))
    return rule & Q(pk__in=Tag.objects.filter(text=slot.tag).values("item")) if slot.tag else rule


def _chosen(slots: Sequence[Slot], items: Sequence[Item], seed: UUID) -> dict[int, list[Drawn]]:
    """What each slot asks, each question once; the fixed slots take theirs first.

    A slot that finds too few asks what there is.
    """
    chosen: dict[int, list[Drawn]] = {}
    used: set[int] = set()
    taken: set[object] = set()
    for slot in sorted(slots, key=lambda slot: slot.item_id is None):
        fitting = [item for item in items if item.pk not in used and fits(slot, item)]
        fitting.sort(key=lambda item: draw("draw", seed, item.slug))
        found = _apart(fitting, taken)[: slot.count]
        chosen[slot.pk] = [Drawn(item, slot.weight) for item in found]
        used |= {item.pk for item in found}
        taken = taken.union(*map(kin, found))
    return chosen


def _parts(slots: Iterable[Slot]) -> list[list[Slot]]:
    """The slots, cut where a heading begins a part of the quiz."""
    parts: list[list[Slot]] = [[]]
    for slot in slots:
        if slot.heading and parts[-1]:
            parts.append([])
        parts[-1].append(slot)
    return parts


def _part_drawn(
    quiz: Quiz, part: Sequence[Slot], chosen: dict[int, list[Drawn]], seed: UUID
) -> list[Drawn]:
    """The questions of one part in their order, the first of them with the part's heading."""
    questions = [one for slot in part for one in chosen[slot.pk]]
    if quiz.is_shuffled:
        questions.sort(key=lambda one: draw("question", seed, one.item.slug))
    return [replace(one, heading=part[0].heading) for one in questions[:1]] + questions[1:]


def _apart(items: Iterable[Item], taken: set[object]) -> list[Item]:
    """The items with those first that are no siblings of one before them, or of what is taken."""
    first, later, seen = list[Item](), list[Item](), set(taken)
    for item in items:
        (later if kin(item) & seen else first).append(item)
        seen |= kin(item)
    return first + later
