"""Introducing: which items a learner meets next for the first time.

*New* is an item that may be studied, in a chapter of the plan, without a rating that stands. They
come in the book's order, or shuffled, so many a day; of the items on one fact only one a day,
because the first gives the next one away.
"""

from collections.abc import Collection, Iterable
from functools import reduce
from operator import or_
from typing import Any, NamedTuple

from django.db.models import FilteredRelation, Q, QuerySet

from quizzes.cards.desk import Desk
from quizzes.cards.kinship import Kin, kin, kin_of, rated_today, unkin_items
from quizzes.cards.models import Card, StudyPlan
from quizzes.cards.spacing import draw
from quizzes.cards.standing import Standing
from quizzes.content.models import Book
from quizzes.items.models import Item

type Items = QuerySet[Item, Any]

MOST_SIBLINGS = 8
"""How many items of one fact are expected to follow each other in the book's order."""


SHUFFLED_AMONG = 500
"""How many of the next items of the book are shuffled: a long book is not read for one card."""


class Candidate(NamedTuple):
    """An item that could be introduced, and what it shares with its siblings."""

    pk: int
    book_id: int
    subject_id: int | None
    siblings: str

    @property
    def kin(self) -> Kin:
        return kin_of(self.subject_id, self.book_id, self.siblings)


def new_today(desk: Desk, limit: int, beside: Iterable[Item] = ()) -> list[int]:
    """The items to introduce next, at most `limit`: no siblings of each other or of `beside`.

    One query, whatever the number of plans.
    """
    items = within_reach(desk, limit).values_list(*Candidate._fields)
    candidates = [Candidate(*row) for row in items]
    return [found.pk for found in pick(desk, candidates, limit, beside)]


def within_reach(desk: Desk, limit: int | None = None, hurried: Collection[int] = ()) -> Items:
    """New items from which to `pick` up to `limit`; in `hurried` books no sibling waits."""
    rated = rated_today(desk)
    parts = []
    for book, plan in desk.plans.items():
        items = unseen(desk, plan)
        items = items if book in hurried else unkin_items(items, rated)
        count = desk.left[book] if limit is None else min(limit, desk.left[book])
        parts.append(items[: _reach(plan, count)])
    return any_of(parts)


def pick(
    desk: Desk,
    candidates: Iterable[Candidate],
    limit: int,
    beside: Iterable[Item] = (),
    hurried: Collection[int] = (),
) -> list[Candidate]:
    """Of what is within reach, in the books' order, what this desk introduces next."""
    taken: Kin = set[object]().union(*(kin(item) for item in beside))
    mine = [one for one in candidates if one.book_id in desk.plans]
    return _chosen(_in_order(desk, mine), limit, taken, dict(desk.left), hurried)


def places(desk: Desk, chosen: list[int]) -> list[Standing]:
    """The learner before each of these items, in their order."""
    rows = _with_card(desk, _shown(chosen))
    items = rows.select_related("mine__weights").in_bulk()  # type: ignore[misc]  # `_with_card`
    return [desk.place(items[pk], getattr(items[pk], "mine", None)) for pk in chosen]


def first(book: Book, limit: int) -> list[Item]:
    """The first items of a book for a learner who has seen none."""
    items = Item.objects.cards().filter(book=book).in_order()
    rows = items[: limit * MOST_SIBLINGS].values_list(*Candidate._fields)
    chosen = _chosen([Candidate(*row) for row in rows], limit, set(), {book.pk: limit})
    found = _shown([one.pk for one in chosen]).in_bulk()
    return [found[one.pk] for one in chosen]


def unseen(desk: Desk, plan: StudyPlan) -> Items:
    """Items of a plan, or of its exam, without a rating that stands, in the book's order."""
    fresh = Q(mine__phase=Card.Phase.NEW, mine__is_suspended=False)
    back = Q(mine__buried_until=None) | Q(mine__buried_until__lte=desk.today)
    studied = StudyPlan.chapters.through.objects.filter(studyplan=plan).values("chapter")
    chapters: Any = desk.examined.get(plan.book_id, studied)
    items = Item.objects.cards().filter(book=plan.book_id, chapter__in=chapters).in_order()
    return _with_card(desk, items).filter(Q(mine=None) | fresh & back).exclude(pk__in=desk.reserved)


def any_of(parts: Iterable[Items]) -> Items:
    """The items of several limited queries in one, in the order of their books."""
    wanted = (Q(pk__in=part.values("pk")) for part in parts)
    found = Item.objects.filter(reduce(or_, wanted, Q(pk__in=[])))
    return found.order_by("book", "position", "pk")


def _reach(plan: StudyPlan, count: int) -> int:
    """How far into a book one must read to find so many new items that are not kin."""
    shuffled = SHUFFLED_AMONG if count and plan.order == StudyPlan.Order.SHUFFLED else 0
    return max(count * MOST_SIBLINGS, shuffled)


def _in_order(desk: Desk, candidates: Iterable[Candidate]) -> list[Candidate]:
    """Book after book, each in its plan's order; a shuffle is the same for a learner every time."""

    def place(candidate: Candidate) -> tuple[int, int]:
        is_shuffled = desk.plans[candidate.book_id].order == StudyPlan.Order.SHUFFLED
        return candidate.book_id, draw(desk.learner.pk, candidate.pk) if is_shuffled else 0

    return sorted(candidates, key=place)


def _chosen(
    candidates: Iterable[Candidate],
    limit: int,
    taken: Kin,
    left: dict[int, int],
    hurried: Collection[int] = (),
) -> list[Candidate]:
    chosen: list[Candidate] = []
    for candidate in candidates:
        is_apart = candidate.book_id in hurried or not candidate.kin & taken
        if len(chosen) < limit and left[candidate.book_id] and is_apart:
            chosen.append(candidate)
            taken |= candidate.kin
            left[candidate.book_id] -= 1
    return chosen


def _shown(chosen: list[int]) -> Items:
    """The items with all that a page shows of them."""
    items = Item.objects.filter(pk__in=chosen)
    return items.select_related("revision", "subject", "section", "chapter")


def _with_card(desk: Desk, items: Items) -> Items:
    return items.annotate(mine=FilteredRelation("cards", condition=Q(cards__learner=desk.learner)))
