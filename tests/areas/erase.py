"""Going for good."""

from typing import Any

from tests.areas.scene import Scene
from tests.asks import LEARNERS, ON, SIGN_IN, TYPED_WRONG, Ask, all_get, get, post

PAGES: dict[str, list[Ask]] = {
    "erase-me": [
        get(LEARNERS),
        # Whoever has a password is asked for it first; a guest has none.
        post(all_get(ON, anonymous=SIGN_IN, guest=TYPED_WRONG), {"is_meant": ""}),
    ],
}
SHOWS_KEYS: set[str] = set()


def marks(scene: Scene) -> dict[str, Any]:
    return {}
