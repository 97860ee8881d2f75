"""Whoever asks whatever, in whatever state of a quiz: no answer tells a key before its time."""

from collections import defaultdict
from itertools import product

import pytest

from tests import profiles
from tests.leaks import planting, walking
from tests.leaks.stages import STAGES, Stage
from tests.leaks.walking import Share, Walker

IN_CLASS = {"student", "classmate"}
OTHERS = ("classmate", "stranger", "guest", "anonymous")
OTHER_STAGES = profiles.count(("open",), ("none", "open", "handed in", "released"))
WALKS = [("student", name) for name in STAGES] + list(product(OTHERS, OTHER_STAGES))


def share(number: int, member: str) -> Share:
    """`make test` takes a part of the way in each walk; `make trust` more than it all together."""
    if profiles.IS_TRUST:
        return Share(number, near=1, own=1, odd=40)
    return Share(number, near=1 if member == "student" else 6, own=16, odd=800)


def allowed(stage: Stage, member: str) -> set[str]:
    """Whose keys a member may see: what is told the student, and backs of free flashcards."""
    cards = {planting.name(item) for item in stage.items if item.is_card}
    free = cards if stage.cards_are_free or member not in IN_CLASS else set()
    return free | (set(stage.told) if member == "student" else set())


def walk(stage, site, member, user, part):
    """Every key that is told on the way, by route; and how many answers were seen."""
    walker, tried = Walker(user), 0
    seen: dict[str, set[tuple[str, str]]] = defaultdict(set)
    for step in walking.steps(site | stage.words, part):
        found = planting.told(planting.travels(walker.go(step)))
        assert set(found) <= allowed(stage, member), f"{member}: {step}: {found}"
        seen[step.route] |= {(item, column) for item in found for column in found[item]}
        tried += 1
    return seen, tried


@pytest.mark.parametrize(("member", "name"), WALKS)
def test_no_answer_tells_a_key_before_its_time(name, member, site, company, ground, tell_tried):
    """And where it may be told it is, else the walk would find nothing anywhere."""
    stage = STAGES[name](ground)
    part = share(WALKS.index((member, name)), member)

    seen, tried = walk(stage, site, member, company[member], part)

    if member == "student":
        pages = seen["result"] | seen["attempt"]
        assert {item for item, _column in pages} == set(stage.told)
    if member == "student" and len(stage.told) > 1:
        assert set(product(stage.told, ["rationalehtml"])) <= seen["result"]
        assert set(product(stage.told, ["answerhtml", "rationalehtml"])) <= seen["api:result"]
    tell_tried(tried)
