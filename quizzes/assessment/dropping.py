"""Dropping: a draft that nobody was ever asked is thrown away.

What anybody answered, studies, reported or was given stays for good: such a question is retired.
"""

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from quizzes.assessment.models import Regrade, Served, Slot
from quizzes.cards.models import Card
from quizzes.items.models import ErrorReport, Item
from quizzes.refusal import Refusal


class NotToBeDropped(Refusal):
    """The question is no draft, or somebody was asked it, or a quiz asks it or is marked by it."""


def can_be_dropped(item: Item) -> bool:
    """Whether a question is a draft that nothing hangs on; at most five queries."""
    if item.state != Item.State.DRAFT:
        return False
    hangs_on_it = (
        Slot.objects.filter(item=item),
        Card.objects.filter(item=item),
        ErrorReport.objects.filter(item=item),
        Served.objects.filter(revision__item=item),
        Regrade.objects.filter(key_revision__item=item),
    )
    return not any(rows.exists() for rows in hangs_on_it)


@transaction.atomic
def drop(item: Item) -> None:
    """Delete a draft with its versions, for good; refuses with `NotToBeDropped`.

    Done twice, it is gone. What was adapted from it stays, and no longer knows from what.
    """
    held = Item.objects.select_for_update(of=("self",)).filter(pk=item.pk).first()
    if held is None:
        return
    if not can_be_dropped(held):
        raise NotToBeDropped(
            _("Only a draft that nobody was ever asked is thrown away. Retire this one instead.")
        )
    Item.objects.filter(pk=held.pk).update(revision=None)
    held.delete()
