"""The knowledge map: one's own, also a guest's; facts of a book of one's own are nobody else's."""

from typing import Any

from tests.areas.scene import Scene
from tests.asks import LEARNERS, MINE, NOT_THERE, SIGN_IN, Ask, all_get, get

PAGES: dict[str, list[Ask]] = {
    "knowledge-map": [get(LEARNERS)],
    "knowledge-facts": [get(LEARNERS)],
    "fact-history": [
        get(LEARNERS, book="lights", slug="term-0"),
        get(MINE, book="own", slug="own-fact"),
        get(all_get(NOT_THERE, anonymous=SIGN_IN), book="lights", slug="own-fact"),
    ],
}
SHOWS_KEYS: set[str] = set()


def marks(scene: Scene) -> dict[str, Any]:
    return {}
