"""Papers of students, as those who teach their class read them."""

from typing import Any

from tests.areas.scene import Scene
from tests.asks import NOT_THERE, SIGN_IN, STAFF_OF_CLASS, Ask, all_get, get

NOWHERE = all_get(NOT_THERE, anonymous=SIGN_IN)
PLACE = {"uid": "{class}", "assignment": "{given}"}

PAGES: dict[str, list[Ask]] = {
    "paper": [
        get(STAFF_OF_CLASS, **PLACE, attempt="{sat}"),
        get(NOWHERE, **PLACE, attempt="{done}"),
        get(NOWHERE, **PLACE | {"assignment": "{assignment}"}, attempt="{sat}"),
    ],
}
SHOWS_KEYS: set[str] = {"paper"}


def marks(scene: Scene) -> dict[str, Any]:
    return {}
