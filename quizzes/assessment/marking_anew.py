"""Marking anew: attempts follow the regrades that came into force, or that went.

Attempts come first, then tallies, then cards: whoever hands in locks them in that order too.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import batched
from typing import NamedTuple

from quizzes.assessment import overruling, remarking, sheets, tallying, witnessing
from quizzes.assessment.models import Attempt, Regrade, Served
from quizzes.assessment.models.attempts import AttemptQuerySet
from quizzes.assessment.overruling import Rulings
from quizzes.assessment.remarking import Standings
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


class _Guard(NamedTuple):
    """By which an attempt is known to be as it was read."""

    saves: int
    handed_in_at: datetime | None
    score: int | None


@dataclass(slots=True)
class Portion:
    """What marking some attempts anew comes to, and how they and their assignment stood then."""

    rulings: Rulings
    is_weighed: bool
    guards: Mapping[int, _Guard]
    marks: list[Served] = field(default_factory=list)
    scored: list[Attempt] = field(default_factory=list)
    shifts: list[Shift] = field(default_factory=list)
    tallied: Tallied = ((), ())
    """What to add to the tallies, and what to take from them."""
    told: list[Told] = field(default_factory=list)


def prepare(regrade: Regrade, rulings: Rulings) -> Iterator[Portion]:
    """Work out what rulings come to for all who were asked a question, some at a time.

    Nothing is written or held, so that nobody has to wait while it is done for many.
    """
    keys = _asked(regrade).order_by("pk").values_list("pk", flat=True)
    for some in batched(list(keys), ATTEMPTS_AT_ONCE):
        yield _work_out(some, regrade, rulings)


def mark(regrade: Regrade, at: datetime, prepared: Iterable[Portion] = ()) -> list[Shift]:
    """Let all attempts that asked a regrade's question follow what is in force; whose score moved.

    What was prepared and still stands is taken as it is, and the rest is worked out now. The
    caller's transaction holds all of it, and the assignment.
    """
    rulings = overruling.in_force([regrade.assignment_id])
    held = _guards(_asked(regrade).select_for_update(of=("self",), no_key=True))
    is_weighed = _is_weighed(regrade)
    portions = [
        one
        for one in prepared
        if (one.rulings, one.is_weighed) == (rulings, is_weighed)
        and one.guards.items() <= held.items()
    ]
    left = held.keys() - {pk for one in portions for pk in one.guards}
    some = batched(sorted(left), ATTEMPTS_AT_ONCE)
    portions += [_work_out(keys, regrade, rulings) for keys in some]
    _write(portions, at)
    return [shift for one in portions for shift in one.shifts]


def _asked(regrade: Regrade) -> AttemptQuerySet:
    asked = Served.objects.filter(
        attempt__assignment=regrade.assignment_id, revision=regrade.revision_id
    )
    return Attempt.objects.filter(pk__in=asked.values("attempt"))


def _guards(attempts: AttemptQuerySet) -> dict[int, _Guard]:
    rows = attempts.order_by("pk").values_list("pk", "saves", "handed_in_at", "score")
    return {pk: _Guard(saves, done, score) for pk, saves, done, score in rows}


def _work_out(keys: Collection[int], regrade: Regrade, rulings: Rulings) -> Portion:
    guards = _guards(Attempt.objects.filter(pk__in=keys))  # first: what changes later is noticed
    portion = Portion(rulings, _is_weighed(regrade), guards)
    rows = Served.objects.filter(attempt__in=keys).order_by("attempt", "position")
    found = sheets.each(rows)
    stands = remarking.standings(found, rulings, [regrade.revision_id])
    taken, kept = list[Tallied](), list[Tallied]()
    for sheet, stand in zip(found, stands, strict=True):
        before = tallying.counted(sheet)
        if _mark(sheet, stand, portion):
            taken += before
            kept += tallying.counted(sheet)
    portion.tallied = tallying.difference(taken, kept)
    return portion


def _mark(sheet: Sheet, stand: Standings, portion: Portion) -> bool:
    """One attempt: what changes is noted, and nothing saved; whether its tallies may change."""
    attempt, marks = sheet.attempt, remarking.put(sheet, stand)
    portion.marks += marks
    if attempt.handed_in_at is None:
        return False
    if portion.is_weighed:
        portion.told.append(witnessing.told_again(sheet, stand))
    if not marks:
        return False
    before, was_tallied = attempt.score or 0, attempt.is_tallied
    attempt.score, attempt.is_tallied = tallying.score(sheet.questions), tallying.is_counted(sheet)
    if (before, was_tallied) != (attempt.score, attempt.is_tallied):
        portion.scored.append(attempt)
    if before != attempt.score:
        portion.shifts.append(Shift(attempt, before, attempt.score))
    return True


def _write(portions: Sequence[Portion], at: datetime) -> None:
    """Attempts first, then tallies, then cards."""
    remarking.save(served for one in portions for served in one.marks)
    scored = [attempt for one in portions for attempt in one.scored]
    Attempt.objects.bulk_update(scored, ["score", "is_tallied"], batch_size=ATTEMPTS_AT_ONCE)
    tallying.replace([], [one.tallied for one in portions])
    reweighing.reweigh((told for one in portions for told in one.told), at)


def _is_weighed(regrade: Regrade) -> bool:
    """Whether what was handed in bears on cards by now."""
    given = regrade.assignment
    return not given.is_graded or given.released_at is not None
