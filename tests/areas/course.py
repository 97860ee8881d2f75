"""A class at work: its progress, an assignment while it is sat, and what is taken away of it."""

from typing import Any

from tests.areas.scene import Scene
from tests.asks import NOT_THERE, SIGN_IN, STAFF_OF_CLASS, Ask, all_get, get

ROOM = {"uid": "{class}"}
NOWHERE = all_get(NOT_THERE, anonymous=SIGN_IN)

PAGES: dict[str, list[Ask]] = {
    "class-chapters": [get(STAFF_OF_CLASS, **ROOM)],
    "class-weeks": [get(STAFF_OF_CLASS, **ROOM)],
    "class-student": [
        get(STAFF_OF_CLASS, **ROOM, number="{place}"),
        get(NOWHERE, **ROOM, number="{foreign member}"),
        get(NOWHERE, **ROOM, number="{assistant place}"),
    ],
}
SHOWS_KEYS: set[str] = set()


def marks(scene: Scene) -> dict[str, Any]:
    return {}
