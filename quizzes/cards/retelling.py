"""Retelling: the memories of a deck follow the weights in force, a few cards at a time.

Each card names the weights that its memory was made with, and is judged by these until it is told
again. So a deck of which a part was told is sound, and whatever broke off is gone on with. Call it
from a job or a command: arithmetic is done before anything is locked, but it takes its time.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import batched
from uuid import UUID

from django.db import transaction
from django.db.models import Count, Q

from quizzes.cards import moving, optimizing, respacing, tallying
from quizzes.cards.models import Card, Review, Weights
from quizzes.cards.respacing import Retold
from quizzes.identifiers import uuid7
from quizzes.items.models import Item
from quizzes.people.models import User
from quizzes.upserting import upsert

CARDS_AT_ONCE = 100
"""So many are written in one transaction, with all their reviews, or moved."""

_ROWS_A_STATEMENT = 500


@dataclass(frozen=True, slots=True)
class Progress:
    """How many of a learner's rated cards have a memory by the weights in force."""

    told: int
    cards: int

    @property
    def is_done(self) -> bool:
        return self.told == self.cards


def progress(learner: User, current: Weights | None) -> Progress:
    """How far the cards have followed the set in force; none are the published. One query."""
    counts = respacing.rated(learner).aggregate(
        cards=Count("pk"), behind=Count("pk", filter=_is_behind(current))
    )
    return Progress(told=counts["cards"] - counts["behind"], cards=counts["cards"])


def tell_again(learner: User, at: datetime, *, moves: bool = False) -> int:
    """Tell every memory again that was made with other weights than those in force; says how many.

    `CARDS_AT_ONCE` in a transaction, and each card only as it was read: one that is answered
    meanwhile has its turn again. Called again, it goes on where it broke off. Due days stay; with
    `moves` they go where the new memories put them, overdue cards over several days, as one act
    that undo takes back.
    """
    told = 0
    while keys := _next(learner):
        told += _tell(learner, keys, at)
    if moves:
        _move(learner, at)
    return told


def _is_behind(current: Weights | None) -> Q:
    return ~Q(weights=current) if current else Q(weights__isnull=False)


def _next(learner: User) -> list[int]:
    behind = respacing.rated(learner).filter(_is_behind(optimizing.in_force(learner)))
    return list(behind.order_by("item").values_list("pk", flat=True)[:CARDS_AT_ONCE])


def _tell(learner: User, keys: Sequence[int], at: datetime) -> int:
    """Some cards, unless another set came into force before they could be written."""
    weights = optimizing.in_force(learner)
    deck = respacing.retell(learner, weights, at, keys)
    with transaction.atomic():
        User.objects.select_for_update(no_key=True).get(pk=learner.pk)
        if optimizing.in_force(learner) != weights:
            return 0
        return _write(learner, _in_place(deck.cards), weights)


def _in_place(cards: Sequence[Retold]) -> list[Retold]:
    """Those whose item is in the chapter where it was read: the others have their turn again."""
    items = Item.objects.filter(pk__in=[one.card.item_id for one in cards])
    chapters = dict(items.order_by().values_list("pk", "chapter"))
    return [one for one in cards if chapters[one.card.item_id] == one.card.item.chapter_id]


def _write(learner: User, cards: Sequence[Retold], weights: Weights | None) -> int:
    """Cards and what their reviews derive, each card only as it was read; tells how many."""
    for one in cards:
        one.card.weights = weights
        one.card.version += 1
    found = upsert(
        [one.card for one in cards],
        ("learner", "item"),
        put=[*Card.STATE, "weights", "version"],
        grows="version",
        returning=("id",),
    )
    keys = {key for (key,) in found}
    written = [one for one in cards if one.card.pk in keys]
    log = [review for one in written for review in one.log]
    for reviews in batched(log, _ROWS_A_STATEMENT):
        upsert(reviews, ("learner", "uid"), put=Review.DERIVED)
    tallying.keep(learner, _change(written))
    return len(written)


def _change(cards: Iterable[Retold]) -> tallying.Tally:
    """By how much what was foretold of these cards comes out otherwise."""
    change: tallying.Tally = Counter()
    for one in cards:
        change.update(tallying.counted(one.log, one.card.item))
        change.subtract(one.tallied)
    return change


def _move(learner: User, at: datetime) -> None:
    deck = respacing.retell(learner, optimizing.in_force(learner), at)
    versions = {one.card.pk: one.card.version for one in deck.cards}
    batch = uuid7()
    for some in batched(deck.new_days().items(), CARDS_AT_ONCE):
        _move_some(learner, dict(some), versions, at, batch)


@transaction.atomic
def _move_some(
    learner: User,
    days: Mapping[int, date],
    versions: Mapping[int, int],
    at: datetime,
    batch: UUID,
) -> None:
    """A card that was answered meanwhile stays where that put it."""
    cards = Card.objects.select_for_update(no_key=True).filter(learner=learner, pk__in=days)
    held = cards.order_by("item").values_list("pk", "version")
    same = {key: days[key] for key, version in held if version == versions[key]}
    moving.move(learner, same, at, batch=batch)
