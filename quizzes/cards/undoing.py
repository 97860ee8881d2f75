"""Undoing: the learner's newest act is taken back, and everything is as it was before."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from quizzes.cards import weaving
from quizzes.cards.models import Action, Card, Review
from quizzes.cards.setting_aside import put
from quizzes.people.models import User
from quizzes.refusal import Refusal


class NothingToUndo(Refusal):
    """Every act was taken back, or there was none."""


@transaction.atomic
def undo(learner: User, at: datetime) -> Action:
    """Take back the newest act that stands: a rating, a burial, a suspension or a flag.

    The card, its due date and the day's tally are as they were; only the card's version grows.
    Refuses with `NothingToUndo`.
    """
    # Two undos at once take back two acts; reviews, whose rows point to the user, need not wait.
    User.objects.select_for_update(no_key=True).get(pk=learner.pk)
    review, action = _newest_review(learner), _newest_action(learner)
    if action and (review is None or action.done_at >= review.received_at):
        return _take_back_action(action, at)
    if review:
        return _take_back_review(review, at)
    raise NothingToUndo(_("There is nothing to undo."))


def _newest_review(learner: User) -> Review | None:
    mine = Review.objects.standing().filter(learner=learner, source=Review.Source.FLASHCARD)
    return mine.select_related("card__item").order_by("-received_at", "-pk").first()


def _newest_action(learner: User) -> Action | None:
    mine = Action.objects.filter(learner=learner, taken_back_at=None)
    return mine.select_related("card__item").order_by("-done_at", "-pk").first()


def _take_back_review(review: Review, at: datetime) -> Action:
    learner, item_id = review.learner, review.card.item_id
    Card.objects.held(learner, [item_id])
    action = Action.objects.create(
        learner=learner,
        card=review.card,
        kind=Action.Kind.RATE,
        review=review,
        done_at=review.received_at,
        taken_back_at=at,
    )
    weaving.weave(learner, {item_id: []}, leaving=[review])
    return action


def _take_back_action(action: Action, at: datetime) -> Action:
    [card] = Card.objects.held(action.learner, [action.card.item_id])
    for column, value in (action.before or {}).items():
        put(card, column, value)
    card.write(*(action.before or {}))
    action.taken_back_at = at
    action.save(update_fields=["taken_back_at"])
    return action
