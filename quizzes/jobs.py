"""Slow work, one task each, calling one verb; delivery enqueues it and says when it is."""

from datetime import datetime

from django.tasks import task

from quizzes.people import guesting


@task
def purge_guests(at: str) -> int:
    """Forget the guests who were idle at a moment (ISO 8601); tells how many."""
    return guesting.purge(datetime.fromisoformat(at))
