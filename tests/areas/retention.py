"""Progress: memory, quizzes, and what is ahead."""

from typing import Any

from tests.areas.scene import Scene
from tests.asks import LEARNERS, Ask, get

PAGES: dict[str, list[Ask]] = {
    "progress-memory": [get(LEARNERS)],
    "progress-quizzes": [get(LEARNERS)],
    "progress-ahead": [get(LEARNERS)],
}
SHOWS_KEYS: set[str] = set()


def marks(scene: Scene) -> dict[str, Any]:
    return {}
