"""A class at work: its progress, an assignment while it is sat, and what is taken away of it."""

from typing import Any

from quizzes.people.models import Classroom
from tests.areas.scene import Scene
from tests.asks import (
    MINE,
    NOT_THERE,
    SIGN_IN,
    STAFF_GO_ON,
    STAFF_OF_CLASS,
    Ask,
    all_get,
    get,
    post,
)
from tests.examining import make_assignment, make_quiz

ROOM = {"uid": "{class}"}
NOWHERE = all_get(NOT_THERE, anonymous=SIGN_IN)
SIGN_OF_LIFE = MINE | {"student": 204}

PAGES: dict[str, list[Ask]] = {
    "class-chapters": [get(STAFF_OF_CLASS, **ROOM)],
    "class-weeks": [get(STAFF_OF_CLASS, **ROOM)],
    "class-student": [
        get(STAFF_OF_CLASS, **ROOM, number="{place}"),
        get(NOWHERE, **ROOM, number="{foreign member}"),
        get(NOWHERE, **ROOM, number="{assistant place}"),
    ],
    "class-data": [
        get(STAFF_OF_CLASS, **ROOM),
        post(STAFF_GO_ON, {}, **ROOM),
        post(STAFF_GO_ON, {"names": "yes"}, **ROOM),
    ],
    "assignment-live": [
        get(STAFF_OF_CLASS, **ROOM, assignment="{given}"),
        get(NOWHERE, **ROOM, assignment="{foreign given}"),
    ],
    "attempt-seen": [
        post(SIGN_OF_LIFE, uid="{attempt}"),
        post(SIGN_OF_LIFE, uid="{done}"),
    ],
}
SHOWS_KEYS: set[str] = set()


def marks(scene: Scene) -> dict[str, Any]:
    other = Classroom.objects.get(name="Theirs")
    quiz = make_quiz(scene.book, scene.book.items.in_order()[2], slug="foreign")
    return {"{foreign given}": make_assignment(other, quiz, scene.noon)}
