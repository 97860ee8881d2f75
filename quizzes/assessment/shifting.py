"""Shifting: whose scores and marks move with a regrade; nothing is written.

It is told alike before a regrade is applied and after. Scores are in units of 10⁻⁷, and a mark is
the gradebook's: less what being late costs, by the attempts that count, and as it was set by hand
where it was.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from django.db.models import Q

from quizzes.assessment import overriding
from quizzes.assessment.models import Assignment, Attempt, Override, Regrade, RegradeChange
from quizzes.people.models import User
from quizzes.people.models.classrooms import listed

type Sittings = Mapping[int, Sequence[Attempt]]
"""All that were handed in, by learner, the first one first."""


class Shift(NamedTuple):
    """An attempt by its number, and its score before and after."""

    number: int
    before: int
    after: int


@dataclass(frozen=True, slots=True)
class Change:
    """A student, the attempts whose scores move, and the mark that counts before and after."""

    learner: User
    scores: Sequence[Shift]
    before: int
    after: int
    is_by_hand: bool = False
    """The mark was set by hand, and no regrade touches it."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """How many scores go up, down or stay the same, and whose change."""

    up: int
    down: int
    same: int
    changes: Sequence[Change]

    @property
    def scores(self) -> int:
        return self.up + self.down + self.same

    @property
    def changed(self) -> int:
        return self.up + self.down


class _Sat(NamedTuple):
    """An attempt, as a mark is counted from it."""

    score: int | None
    days_late: int


def sittings(attempts: Iterable[Attempt]) -> Sittings:
    """Attempts by their learners; they come in the order of their numbers."""
    found: dict[int, list[Attempt]] = defaultdict(list)
    for one in attempts:
        found[one.learner_id].append(one)
    return found


def outcome(
    assignment: Assignment,
    sat: Sittings,
    after: Mapping[int, int],
    overrides: Mapping[tuple[int, int], Override],
    *,
    asked: int,
    before: Mapping[int, int] | None = None,
) -> Outcome:
    """What becomes of an assignment whose attempts get the scores `after`; no query.

    `before` has the scores that were others than they are now; `asked` is how many attempts the
    question was asked in.
    """
    before = before or {}
    found = []
    for those in sat.values():
        was = [before.get(one.pk, one.score or 0) for one in those]
        now = [after.get(one.pk, score) for one, score in zip(those, was, strict=True)]
        if was != now:
            by_hand = overrides.get((assignment.pk, those[0].learner_id))
            found.append(_change(assignment, those, was, now, by_hand))
    shifts = [one.after - one.before for change in found for one in change.scores]
    up, down = (sum(sign * shift > 0 for shift in shifts) for sign in (1, -1))
    found.sort(key=lambda one: (*listed(one.learner.name), one.learner.pk))
    return Outcome(up, down, asked - up - down, found)


def applied(regrade: Regrade) -> Outcome:
    """What a regrade did when it was applied, as it was written down then; four queries.

    Marks are counted from the attempts and the overrides that were there, under the terms of now.
    """
    changes = RegradeChange.objects.filter(regrade=regrade)
    done = Attempt.objects.handed_in().filter(
        Q(handed_in_at__lte=regrade.applied_at) | Q(pk__in=changes.values("attempt")),
        assignment=regrade.assignment_id,
    )
    learners = done.filter(pk__in=changes.values("attempt")).values("learner")
    attempts = done.filter(learner__in=learners).select_related("learner")
    before, after = _then(regrade)
    return outcome(
        regrade.assignment,
        sittings(attempts.order_by("learner", "number")),
        after,
        overriding.standing(Q(assignment=regrade.assignment, made_at__lte=regrade.applied_at)),
        asked=done.filter(served__revision=regrade.revision_id).distinct().count(),
        before=before,
    )


def _then(regrade: Regrade) -> tuple[dict[int, int], dict[int, int]]:
    """Scores just before a regrade and just after, where it or a later one moved them since."""
    since = Q(regrade__applied_at__gt=regrade.applied_at)
    since |= Q(regrade__applied_at=regrade.applied_at, regrade__gte=regrade.pk)
    rows = RegradeChange.objects.filter(since, regrade__assignment=regrade.assignment_id)
    newest_first = rows.order_by("-regrade__applied_at", "-regrade")
    columns = ("regrade", "attempt", "score_before", "score_after")
    before, after = dict[int, int](), dict[int, int]()
    for which, attempt, was, now in newest_first.values_list(*columns):
        before[attempt] = was
        after[attempt] = now if which == regrade.pk else was
    return before, after


def _change(
    assignment: Assignment,
    those: Sequence[Attempt],
    was: Sequence[int],
    now: Sequence[int],
    by_hand: Override | None,
) -> Change:
    moved = [
        Shift(one.number, before, after)
        for one, before, after in zip(those, was, now, strict=True)
        if before != after
    ]
    before, after = (_mark(assignment, those, scores, by_hand) for scores in (was, now))
    return Change(those[0].learner, moved, before, after, by_hand is not None)


def _mark(
    assignment: Assignment,
    those: Sequence[Attempt],
    scores: Sequence[int],
    by_hand: Override | None,
) -> int:
    """What counts of a learner's attempts if these are their scores."""
    sat = [_Sat(score, one.days_late) for one, score in zip(those, scores, strict=True)]
    return overriding.mark(sat, assignment, by_hand) or 0
