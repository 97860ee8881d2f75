"""Item analysis: of what a class was given, and of a quiz across classes."""

from typing import Any

from tests.areas.scene import Scene
from tests.asks import STAFF_OF_CLASS, Ask, get

GIVEN = {"uid": "{class}", "assignment": "{given}"}

PAGES: dict[str, list[Ask]] = {
    "item-analysis": [get(STAFF_OF_CLASS, **GIVEN)],
    "item-analysis-table": [get(STAFF_OF_CLASS, **GIVEN)],
    "quiz-analysis": [get(STAFF_OF_CLASS, uid="{analyzed quiz}")],
    "quiz-analysis-table": [get(STAFF_OF_CLASS, uid="{analyzed quiz}")],
}
SHOWS_KEYS: set[str] = set(PAGES)


def marks(scene: Scene) -> dict[str, Any]:
    return {"{analyzed quiz}": scene.given.quiz}
