"""Marking anew: attempts follow the regrades that came into force, or that went.

Attempts come first, then tallies, then cards: whoever hands in locks them in that order too.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from itertools import batched
from typing import NamedTuple

from quizzes.assessment import overruling, remarking, sheets, tallying, witnessing
from quizzes.assessment.models import Attempt, Regrade, Served
from quizzes.assessment.overruling import Rulings
from quizzes.assessment.sheets import Sheet
from quizzes.assessment.tallying import Tallied
from quizzes.cards import reweighing
from quizzes.cards.reweighing import Told

ATTEMPTS_AT_ONCE = 200


class Shift(NamedTuple):
    """An attempt and its score before and after, in units of 10⁻⁷."""

    attempt: Attempt
    before: int
    after: int


@dataclass(slots=True)
class _Work:
    """What marking anew came to so far."""

    shifts: list[Shift] = field(default_factory=list)
    taken: list[Tallied] = field(default_factory=list)
    kept: list[Tallied] = field(default_factory=list)
    told: list[Told] = field(default_factory=list)


def mark(regrade: Regrade, at: datetime) -> list[Shift]:
    """Let all attempts that asked a regrade's question follow what is in force; whose score moved.

    The caller's transaction holds all of it. A fixed number of statements for so many attempts.
    """
    rulings = overruling.in_force([regrade.assignment_id])
    asked = Served.objects.filter(
        attempt__assignment=regrade.assignment_id, revision=regrade.revision_id
    )
    held = Attempt.objects.select_for_update(of=("self",), no_key=True)
    found = held.filter(pk__in=asked.values("attempt")).order_by("pk").values_list("pk", flat=True)
    work = _Work()
    for keys in batched(found, ATTEMPTS_AT_ONCE):
        _mark_some(keys, regrade, rulings, work)
    tallying.replace(work.taken, work.kept)
    reweighing.reweigh(work.told, at)
    return work.shifts


def _mark_some(keys: Collection[int], regrade: Regrade, rulings: Rulings, work: _Work) -> None:
    rows = Served.objects.filter(attempt__in=keys).order_by("attempt", "position")
    found = sheets.each(rows)
    stands = remarking.standings(found, rulings, [regrade.revision_id])
    changed: list[Served] = []
    scored: list[Attempt] = []
    for sheet, stand in zip(found, stands, strict=True):
        taken = [tallying.tallied(sheet)] if sheet.attempt.is_tallied else []
        marks = remarking.put(sheet, stand)
        changed += marks
        if sheet.attempt.handed_in_at is None:
            continue
        if marks:
            work.taken += taken
            scored += _score(sheet, work)
        if _is_weighed(sheet):
            work.told.append(witnessing.told_again(sheet, stand))
    remarking.save(changed)
    Attempt.objects.bulk_update(scored, ["score", "is_tallied"], batch_size=ATTEMPTS_AT_ONCE)


def _score(sheet: Sheet, work: _Work) -> Iterator[Attempt]:
    """The attempt if its row changes, with its score after its marks; noted, not saved."""
    attempt = sheet.attempt
    before = attempt.score or 0, attempt.is_tallied
    attempt.score, attempt.is_tallied = tallying.score(sheet.questions), tallying.is_counted(sheet)
    if attempt.is_tallied:
        work.kept.append(tallying.tallied(sheet))
    if before[0] != attempt.score:
        work.shifts.append(Shift(attempt, before[0], attempt.score))
    if before != (attempt.score, attempt.is_tallied):
        yield attempt


def _is_weighed(sheet: Sheet) -> bool:
    given = sheet.attempt.assignment
    return given is not None and (not given.is_graded or given.released_at is not None)
