"""Acting: what a learner does to cards besides rating them is written down, and the cards follow.

Acts are a log like reviews: each may come late from a device, more than once, and in any order.
`folding` says what they leave.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from quizzes.cards import folding
from quizzes.cards.folding import Jsonable
from quizzes.cards.models import Action, Card
from quizzes.items.models import Item
from quizzes.people.models import User


@dataclass(frozen=True, slots=True)
class Act:
    """One act, with what it leaves in its column, as a page or a device gives it.

    A device makes the `uid` and tells when it was done; what is done here is done now.
    """

    item: Item
    kind: Action.Kind
    value: Jsonable
    uid: UUID | None = None
    done_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Done:
    """What became of an act: its row (none where there was nothing to do), and the card after."""

    card: Card
    action: Action | None
    is_new: bool


@transaction.atomic
def act(learner: User, acts: Sequence[Act], at: datetime, batch: UUID | None = None) -> list[Done]:
    """Write acts down in their order; as many queries for a thousand as for one.

    The same uid again is the same row. An act without one that would change nothing is none; one
    with a uid is kept all the same, or what another device did before it would win over it.
    """
    cards = {card.item_id: card for card in Card.objects.held(learner, {a.item.pk for a in acts})}
    known = _known(learner, acts)
    done = [_done(learner, one, cards[one.item.pk], known, at, batch) for one in acts]
    new = [one.action for one in done if one.is_new and one.action]
    Action.objects.bulk_create(new)
    refold({one.card.pk: one.card for one in done if one.is_new}.values(), {a.kind for a in new})
    return done


def refold(cards: Collection[Card], kinds: Collection[str]) -> None:
    """Give cards what their acts of these kinds left, and save those that changed.

    The caller holds the cards (`Card.objects.held`).
    """
    acts = folding.acts_on(cards, kinds) if cards and kinds else {}
    changed = [card for card in cards if folding.fold(card, acts.get(card.pk, ()), kinds)]
    for card in changed:
        card.version += 1
    columns = {Action.COLUMNS[Action.Kind(kind)] for kind in kinds}
    if Action.Kind.MOVE in kinds:
        columns.add("due_day")
    Card.objects.bulk_update(changed, sorted(columns | {"version"}))


def _known(learner: User, acts: Iterable[Act]) -> dict[UUID, Action]:
    uids = {one.uid for one in acts if one.uid}
    if not uids:
        return {}
    known = Action.objects.filter(learner=learner, uid__in=uids).select_related("card")
    return {action.uid: action for action in known if action.uid}


def _done(
    learner: User,
    one: Act,
    card: Card,
    known: dict[UUID, Action],
    at: datetime,
    batch: UUID | None,
) -> Done:
    """What becomes of an act; a new row joins the known ones, so that it is new only once."""
    if one.uid and one.uid in known:
        return Done(known[one.uid].card, known[one.uid], is_new=False)
    column = Action.COLUMNS[one.kind]
    held = folding.as_json(card, column)
    if one.uid is None and held == one.value:
        return Done(card, None, is_new=False)
    action = Action(
        uid=one.uid,
        batch=batch,
        learner=learner,
        card=card,
        kind=one.kind,
        before={column: held},
        after={column: one.value},
        done_at=min(one.done_at or at, at),
    )
    if one.uid:
        known[one.uid] = action
    return Done(card, action, is_new=True)
