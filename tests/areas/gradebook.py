"""Marks, and reports on questions."""

from typing import Any

from tests.areas.scene import Scene
from tests.asks import (
    CLASSMATES,
    LET_IN,
    NONSENSE,
    STAFF_GO_ON,
    STAFF_OF_CLASS,
    STAFF_TOLD_NO,
    STAFF_TYPED_WRONG,
    Ask,
    get,
    post,
)

CELL = {"uid": "{class}", "place": "{place}", "assignment": "{given}"}
MARK = {"amount": "50", "unit": "percent", "reason": "Ill that day."}

PAGES: dict[str, list[Ask]] = {
    "gradebook": [get(STAFF_OF_CLASS, uid="{class}")],
    "gradebook-csv": [get(STAFF_OF_CLASS, uid="{class}")],
    "gradebook-xlsx": [get(STAFF_OF_CLASS, uid="{class}")],
    "gradebook-cell": [
        get(STAFF_OF_CLASS, **CELL),
        get(STAFF_OF_CLASS, **CELL | {"assignment": "{assignment}"}),
        post(
            STAFF_OF_CLASS | {"assistant": LET_IN, "instructor": LET_IN},
            MARK | {"act": "check"},
            **CELL,
        ),
        post(STAFF_GO_ON, MARK | {"act": "set"}, **CELL),
        post(STAFF_TYPED_WRONG, MARK | {"act": "set", "reason": " "}, **CELL),
        post(STAFF_TOLD_NO, {"act": "back", "back-reason": "A slip."}, **CELL),
        post(
            STAFF_OF_CLASS | {"assistant": NONSENSE, "instructor": NONSENSE},
            {"act": "perhaps"},
            **CELL,
        ),
    ],
    "own-marks": [get(CLASSMATES, uid="{class}")],
}
SHOWS_KEYS: set[str] = set()


def marks(scene: Scene) -> dict[str, Any]:
    return {}
