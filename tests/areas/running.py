"""What is for those who run the site, and what is opened by a key in place of signing in."""

from typing import Any

from django_tasks_db.models import DBTaskResult

from quizzes import jobs
from quizzes.people import subscribing, unsubscribing
from quizzes.people.models import Reminder
from tests.areas.scene import Scene
from tests.asks import (
    EVERYONE,
    LET_IN,
    NONE_THERE,
    NONSENSE,
    NOT_THERE,
    ON,
    Ask,
    all_get,
    get,
    post,
)

STAFF = all_get(NOT_THERE, staff=LET_IN)
NO_KEY = "019cb000-0000-7000-8000-00000000000a"

PAGES: dict[str, list[Ask]] = {
    "status": [get(STAFF)],
    "failed-job": [
        post(NONE_THERE, {"act": "retry"}, number=NO_KEY),
        post(STAFF | {"staff": NONSENSE}, {"act": "burn"}, number="{failed job}"),
        post(STAFF | {"staff": ON}, {"act": "retry"}, number="{failed job}"),
    ],
    "calendar": [get(EVERYONE, key="{calendar key}"), get(NONE_THERE, key=NO_KEY)],
    "stop-letters": [
        get(EVERYONE, token="{letter}"),
        post(EVERYONE, token="{letter}"),
        get(NONE_THERE, token="1:cards:nonsense"),
        post(NONE_THERE, token="1:cards:nonsense"),
    ],
}
SHOWS_KEYS: set[str] = set()


def marks(scene: Scene) -> dict[str, Any]:
    """A failed job, the student's calendar, and a letter to the student."""
    job = jobs.purge_packs.enqueue(scene.noon.isoformat())
    DBTaskResult.objects.update(status="FAILED", finished_at=scene.noon)
    student = scene.company["student"]
    assert student
    return {
        "{failed job}": job.id,
        "{calendar key}": str(subscribing.renew(student).calendar_key),
        "{letter}": unsubscribing.token(student, Reminder.Kind.CARDS),
    }
