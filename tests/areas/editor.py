"""The editor of questions."""

from typing import Any

from tests.areas.scene import Scene
from tests.asks import Ask

PAGES: dict[str, list[Ask]] = {}
SHOWS_KEYS: set[str] = set()


def marks(scene: Scene) -> dict[str, Any]:
    return {}
