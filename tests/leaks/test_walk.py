"""Whoever asks whatever, in whatever state of a quiz: no answer tells a key before its time."""

from collections import defaultdict

import pytest

from tests import profiles
from tests.leaks import planting, walking
from tests.leaks.stages import STAGES, Stage
from tests.leaks.walking import Walker

STUDENTS = ("student", "classmate", "stranger", "guest", "anonymous")
IN_CLASS = {"student", "classmate"}
SHARES = profiles.count(8, 1)
"""`make test` asks one in so many of the odd ways to ask, each stage and member others."""


def allowed(stage: Stage, member: str) -> set[str]:
    """Whose keys a member may see: what is told the student, and backs of free flashcards."""
    cards = {planting.name(item) for item in stage.items if item.is_card}
    free = cards if stage.cards_are_free or member not in IN_CLASS else set()
    return free | (set(stage.told) if member == "student" else set())


def walk(stage, site, member, user, part):
    """Every key that is told on the way, by route; and how many answers were seen."""
    walker, tried = Walker(user), 0
    seen: dict[str, set[tuple[str, str]]] = defaultdict(set)
    for step in walking.steps(site | stage.words, part, SHARES):
        found = planting.told(planting.travels(walker.go(step)))
        assert set(found) <= allowed(stage, member), f"{member}: {step}: {found}"
        seen[step.route] |= {(item, column) for item in found for column in found[item]}
        tried += 1
    return seen, tried


@pytest.mark.parametrize("name", STAGES)
@pytest.mark.parametrize("member", STUDENTS)
def test_no_answer_tells_a_key_before_its_time(name, member, site, company, ground, tell_tried):
    stage = STAGES[name](ground)

    part = (list(STAGES).index(name) + STUDENTS.index(member)) % SHARES

    seen, tried = walk(stage, site, member, company[member], part)

    if member == "student":
        told = set.union(*(seen[route] for route in ("result", "attempt")))
        assert {item for item, _column in told} == set(stage.told)
    tell_tried(tried)
