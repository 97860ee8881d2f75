"""What the class knows."""

from typing import Any

from tests.areas.scene import Scene
from tests.asks import STAFF_GO_ON, STAFF_OF_CLASS, STAFF_TYPED_WRONG, Ask, get, post

PAGES: dict[str, list[Ask]] = {
    "class-progress": [get(STAFF_OF_CLASS, uid="{class}")],
    "class-forecast": [
        get(STAFF_OF_CLASS, uid="{class}"),
        post(STAFF_GO_ON, {"exam_on": "2026-05-04"}, uid="{class}"),
        post(STAFF_TYPED_WRONG, {"exam_on": "soon"}, uid="{class}"),
    ],
}
SHOWS_KEYS: set[str] = set()


def marks(scene: Scene) -> dict[str, Any]:
    return {}
