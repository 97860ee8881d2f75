"""Moving: another due day in place of the one that a card's last rating gave it.

Memory is never touched: the next rating is judged by the days that really went by, and ends the
move. Undo gives the log's due day back.
"""

from collections.abc import Mapping
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from quizzes.cards import acting, folding
from quizzes.cards.models import Action, Card
from quizzes.identifiers import uuid7
from quizzes.people.models import User


@transaction.atomic
def move(
    learner: User, days: Mapping[int, date], at: datetime, *, batch: UUID | None = None
) -> int:
    """Put due days in place of the log's, by card; tells how many cards that moved.

    Cards that are not in review, or due on that day already, stay as they are. All are one act to
    undo, together with whatever else is of the `batch`; where that is given it is the act's uid as
    well. Four queries, whatever the number.
    """
    mine = Card.objects.select_for_update(no_key=True).filter(learner=learner, pk__in=days)
    in_review = mine.filter(phase=Card.Phase.REVIEW).order_by("pk")
    moving = [card for card in in_review if card.due_day != days[card.pk]]
    uid, batch = batch, batch or uuid7()
    Action.objects.bulk_create(
        Action(
            uid=uid if number == 0 else None,
            batch=batch,
            learner=learner,
            card=card,
            kind=Action.Kind.MOVE,
            before=folding.base(card.state),
            after={"moved_to": days[card.pk].isoformat()},
            done_at=at,
        )
        for number, card in enumerate(moving)
    )
    acting.refold(moving, [Action.Kind.MOVE])
    return len(moving)
