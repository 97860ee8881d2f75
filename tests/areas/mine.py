"""Everything that is one's own, taken away."""

from typing import Any

from quizzes.exchange import handing_over
from quizzes.exchange.handing_over import Chunk, Content, File
from quizzes.exchange.models import Export
from tests.areas.scene import Scene
from tests.asks import LEARNERS, MINE, NOT_THERE, ON, SIGN_IN, Ask, all_get, get, post

PAGES: dict[str, list[Ask]] = {
    "my-data": [get(LEARNERS), post(all_get(ON, anonymous=SIGN_IN))],
    "my-export": [get(MINE, uid="{export}"), get(MINE, uid="{half}")],
    "my-export-file": [
        get(MINE, uid="{export}"),
        get(MINE | {"student": NOT_THERE}, uid="{half}"),
    ],
}
SHOWS_KEYS: set[str] = set()


def marks(scene: Scene) -> dict[str, Any]:
    """What the student asked for: one that is done, and one that is being made."""
    student = scene.company["student"]
    assert student
    done = handing_over.ask(student, Export.Kind.PERSON, scene.noon).export
    handing_over.write(done, Content(1, iter([File("a.txt", [Chunk(b"a", 1)])])), scene.noon)
    half = handing_over.ask(student, Export.Kind.PERSON, scene.noon).export
    return {"{export}": done, "{half}": half}
