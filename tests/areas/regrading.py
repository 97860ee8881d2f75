"""Regrading."""

from typing import Any

from quizzes.assessment import regrading
from quizzes.assessment.models import Regrade
from quizzes.assessment.regrading import Proposal
from tests.areas.scene import Scene
from tests.asks import (
    NONSENSE,
    NOT_THERE,
    STAFF_GO_ON,
    STAFF_OF_CLASS,
    STAFF_TOLD_NO,
    STAFF_TYPED_WRONG,
    Ask,
    all_get,
    get,
    post,
)

_PLACE = {"uid": "{class}", "assignment": "{sat assignment}"}
_CHOICE = {"policy": "everyone", "never_lowers": "on", "reason": "Two answers are right."}

PAGES: dict[str, list[Ask]] = {
    "regrades": [
        get(STAFF_OF_CLASS, **_PLACE),
        get(all_get(NOT_THERE, anonymous="sign in"), uid="{class}", assignment="{class quiz}"),
    ],
    "new-regrade": [
        get(STAFF_OF_CLASS, **_PLACE, revision="{asked revision}"),
        get(all_get(NOT_THERE, anonymous="sign in"), **_PLACE, revision="999999"),
        post(STAFF_GO_ON, _CHOICE, **_PLACE, revision="{asked revision}"),
        post(STAFF_TYPED_WRONG, {"policy": "key"}, **_PLACE, revision="{asked revision}"),
    ],
    "regrade": [
        get(STAFF_OF_CLASS, **_PLACE, regrade="{regrade}"),
        get(STAFF_OF_CLASS, **_PLACE, regrade="{applied regrade}"),
        post(STAFF_GO_ON, {"action": "apply"}, **_PLACE, regrade="{regrade}"),
        post(STAFF_GO_ON, {"action": "undo"}, **_PLACE, regrade="{applied regrade}"),
        post(STAFF_GO_ON, {"action": "discard"}, **_PLACE, regrade="{regrade}"),
        post(STAFF_TOLD_NO, {"action": "undo"}, **_PLACE, regrade="{regrade}"),
        post(
            STAFF_OF_CLASS | {"assistant": NONSENSE, "instructor": NONSENSE},
            {"action": "delete"},
            **_PLACE,
            regrade="{regrade}",
        ),
    ],
}
SHOWS_KEYS: set[str] = {"new-regrade", "regrade"}


def marks(scene: Scene) -> dict[str, Any]:
    """A regrade that was only thought of, and one that is in force, of two questions."""
    asked = {one.revision.kind: one.revision for one in scene.sat.served.all()}
    instructor = scene.company["instructor"]
    assert instructor is not None

    def proposed(kind: str, policy: str) -> Regrade:
        proposal = Proposal(policy, "Two answers are right.")
        return regrading.propose(scene.given, asked[kind], proposal, instructor, scene.noon)

    thought, applied = proposed("single", "everyone"), proposed("essay", "drop")
    regrading.apply(applied, instructor, scene.noon)
    return {
        "{sat assignment}": scene.given,
        "{asked revision}": str(asked["single"].pk),
        "{regrade}": thought,
        "{applied regrade}": applied,
    }
