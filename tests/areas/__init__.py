"""Policies of the instructor's side, an area a module: its routes, and what they speak of.

Each has `PAGES`, as `tests.policies` has; `SHOWS_KEYS`, the routes on which those who teach the
class see keys; and `marks`: rows of the scene (or texts) by the words in braces that stand for
them.
"""

from collections.abc import Mapping
from typing import Any

from tests.areas import (
    account,
    analysis,
    bank,
    builder,
    classes,
    course,
    editor,
    erase,
    gradebook,
    knowledge,
    mine,
    overview,
    packs,
    papers,
    regrading,
    retention,
    running,
)
from tests.areas.scene import Scene
from tests.asks import Ask

_ALL: tuple[Any, ...] = (
    classes,
    bank,
    editor,
    packs,
    papers,
    builder,
    gradebook,
    regrading,
    analysis,
    overview,
    knowledge,
    course,
    retention,
    mine,
    account,
    running,
    erase,
)
AREAS: dict[str, list[Ask]] = {name: ways for area in _ALL for name, ways in area.PAGES.items()}

SHOWS_KEYS: set[str] = {name for area in _ALL for name in area.SHOWS_KEYS}


def marks(scene: Scene) -> Mapping[str, Any]:
    """Everything that the areas speak of: a row with a uid, or a text that stands as it is."""
    return {word: row for area in _ALL for word, row in area.marks(scene).items()}
