"""Attending: an open attempt gives signs of life, and who watches over a quiz sees who is there.

It is seen when its page is opened, with every answer that is saved, and as often as the page says
that it is still looked at. No mark and no time depends on it.
"""

from datetime import datetime, timedelta

from django.db.models import Q

from quizzes.assessment.models import Attempt

RARELY = timedelta(seconds=20)
"""A sign that comes so soon after the last one is not written down."""
LOST = timedelta(seconds=60)
"""After so long without a sign its learner is taken to be disconnected."""


def see(attempt: Attempt, at: datetime) -> None:
    """Note a sign of life; at most one statement, and none soon after the last or once it is over.

    It never goes back, whatever the order in which signs come.
    """
    if attempt.handed_in_at or not _is_long_ago(attempt, at):
        return
    unseen = Q(seen_at=None) | Q(seen_at__lte=at - RARELY)
    Attempt.objects.open().filter(unseen, pk=attempt.pk).update(seen_at=at)


def is_lost(attempt: Attempt, at: datetime) -> bool:
    """Whether an open attempt has given no sign of life for a while."""
    return (attempt.seen_at or attempt.started_at) + LOST < at


def _is_long_ago(attempt: Attempt, at: datetime) -> bool:
    return attempt.seen_at is None or attempt.seen_at + RARELY <= at
