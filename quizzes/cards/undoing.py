"""Undoing: an act of the learner is taken back, and everything is as if it had not been."""

from collections import defaultdict
from collections.abc import Collection
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from quizzes.cards import acting, folding, weaving
from quizzes.cards.models import Action, Card, Review
from quizzes.cards.models.log import ActionQuerySet
from quizzes.items.models import Item
from quizzes.people.models import User
from quizzes.refusal import Refusal

_LATELY = 200
"""So many of the reviews that came last are looked through for the newest one."""


class NothingToUndo(Refusal):
    """Every act was taken back, or there was none."""


class NoSuchAct(Refusal):
    """The learner did nothing of that uid that can be undone."""


@transaction.atomic
def undo(learner: User, at: datetime, *, uid: UUID | None = None) -> Action:
    """Take back the newest act that stands, or the one of this uid: a rating or any other.

    The newest is what the learner did last, by the clock of the device where it was done. Where
    more than 200 reviews came in at once, those before them are not looked at for it.
    The card, its due date and the day's tally are as they were; only the card's version grows.
    What was done in one batch is taken back together, and what was taken back before is just
    found. Refuses with `NothingToUndo`, and with `NoSuchAct` where the uid names none.
    """
    # Two undos at once take back two acts; reviews, whose rows point to the user, need not wait.
    User.objects.select_for_update(no_key=True).get(pk=learner.pk)
    return _undo_named(learner, uid, at) if uid else _undo_newest(learner, at)


def _undo_newest(learner: User, at: datetime) -> Action:
    review = _newest_review(learner)
    action = _actions(learner).standing().order_by("-done_at", "-pk").first()
    if action and (review is None or action.done_at >= review.answered_at):
        return _take_back_action(learner, action, at)
    if review:
        return _take_back_review(learner, review, at)
    raise NothingToUndo(_("There is nothing to undo."))


def _newest_review(learner: User) -> Review | None:
    """No index knows who answered when: of the newest to come in, the last to be answered."""
    lately = _reviews(learner).order_by("-received_at", "-pk").values("pk")[:_LATELY]
    return _reviews(learner).filter(pk__in=lately).order_by("-answered_at", "-pk").first()


def _undo_named(learner: User, uid: UUID, at: datetime) -> Action:
    if action := _actions(learner).filter(uid=uid).first():
        return action if action.taken_back_at else _take_back_action(learner, action, at)
    if action := _actions(learner).filter(review__uid=uid).first():
        return action
    if review := _reviews(learner).filter(uid=uid).first():
        return _take_back_review(learner, review, at)
    raise NoSuchAct(_("There is nothing of that kind to undo."))


def _reviews(learner: User) -> QuerySet[Review, Any]:
    mine = Review.objects.standing().filter(learner=learner, source=Review.Source.FLASHCARD)
    return mine.select_related("card__item")


def _actions(learner: User) -> ActionQuerySet:
    return Action.objects.filter(learner=learner).select_related("card__item", "review")


def _take_back_review(learner: User, review: Review, at: datetime) -> Action:
    item_id = review.card.item_id
    Card.objects.held(learner, [item_id])
    action = Action.objects.create(
        learner=learner,
        card=review.card,
        kind=Action.Kind.RATE,
        review=review,
        done_at=review.answered_at,
        taken_back_at=at,
    )
    weaving.weave(learner, {item_id: []}, leaving=[review])
    return action


def _take_back_action(learner: User, action: Action, at: datetime) -> Action:
    """Take an act back with all of its batch; the cards follow from what still stands."""
    together = [action]
    if action.batch:
        batch = Action.objects.standing().filter(learner=learner, batch=action.batch)
        together = list(batch.select_related("card"))
    cards = Card.objects.held(learner, {one.card.item_id for one in together})
    Action.objects.filter(pk__in=[one.pk for one in together]).update(taken_back_at=at)
    action.taken_back_at = at
    acting.refold(cards, folding.KINDS.intersection(one.kind for one in together))
    if any(one.kind == Action.Kind.EDIT for one in together):
        _reword(learner, cards)
    return action


def _reword(learner: User, cards: Collection[Card]) -> None:
    """Give the learner's own items what the newest edit that stands left, or the first one found.

    An item that was worded anew since, by something else than an edit, is left alone.
    """
    edits: dict[int, list[Action]] = defaultdict(list)
    of_kind = Action.objects.filter(card__in=cards, kind=Action.Kind.EDIT)
    for edit in of_kind.in_order().select_related("card"):
        edits[edit.card.item_id].append(edit)
    mine = list(Item.objects.filter(pk__in=edits, book__owner=learner))
    for item in mine:
        if item.revision_id in {edit.left["revision"] for edit in edits[item.pk]}:
            left = _left(edits[item.pk])
            item.revision_id = left["revision"]
            item.state = left.get("state", item.state)
    Item.objects.bulk_update(mine, ["revision", "state"])


def _left(edits: list[Action]) -> dict[str, Any]:
    standing = [edit for edit in edits if edit.taken_back_at is None]
    return standing[-1].left if standing else edits[0].was
