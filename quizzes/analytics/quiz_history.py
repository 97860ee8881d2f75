"""How a learner's quizzes went over time, what changed between two attempts, and how sure it was.

Told is only what `disclosing` lets be told of an attempt; where what was right may not be, not even
a question is read. The newest `ATTEMPTS_READ` attempts are looked at.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from operator import attrgetter
from typing import TYPE_CHECKING, Any

from django.db.models import OuterRef, Q, Subquery

from quizzes.analytics.comparing import Share
from quizzes.assessment import disclosing
from quizzes.assessment.models import Attempt, Response, Served
from quizzes.items.fractions import FULL_FRACTION, percent
from quizzes.items.models import Revision

if TYPE_CHECKING:
    from datetime import datetime

    from quizzes.people.models import User

ATTEMPTS_READ = 60


@dataclass(frozen=True, slots=True)
class Asked:
    """One question of an attempt; `is_sure` is None where nobody asked, or nothing was answered."""

    item_id: int
    revision_id: int
    kind: str
    section: str
    is_right: bool
    is_sure: bool | None


@dataclass(frozen=True, slots=True)
class Sitting:
    """One attempt; its score only where it may be told, its questions where `is_explained`."""

    attempt: Attempt
    percent: float | None
    is_explained: bool
    asked: Sequence[Asked]


@dataclass(frozen=True, slots=True)
class Shift:
    """A kind or section that went otherwise than before."""

    name: str
    before: Share
    after: Share

    @property
    def is_better(self) -> bool:
        return self.after.right * self.before.asked > self.before.right * self.after.asked


@dataclass(frozen=True, slots=True)
class Change:
    """The newest attempt at a quiz beside the one before it.

    `gained` and `lost` are the revisions, as asked last, of what was asked both times and came
    out otherwise.
    """

    before: Sitting
    after: Sitting
    kinds: Sequence[Shift]
    sections: Sequence[Shift]
    gained: Sequence[int]
    lost: Sequence[int]


@dataclass(frozen=True, slots=True)
class History:
    """A learner's newest attempts, the oldest first."""

    sittings: Sequence[Sitting]

    @property
    def told(self) -> list[Sitting]:
        return [one for one in self.sittings if one.percent is not None]

    def changes(self) -> list[Change]:
        """What was sat and explained twice or more, by quiz and assignment, the newest first."""
        by_quiz = defaultdict[tuple[int, int | None], list[Sitting]](list)
        for one in filter(attrgetter("is_explained"), self.sittings):
            by_quiz[one.attempt.quiz_id, one.attempt.assignment_id].append(one)
        pairs = [sat[-2:] for sat in by_quiz.values() if len(sat) > 1]
        pairs.sort(key=lambda pair: _moment(pair[1]), reverse=True)
        return [_change(before, after) for before, after in pairs]

    def by_sureness(self) -> dict[bool, Share]:
        """How many answers were right of which the learner was sure, and of the others."""
        every = [one for sitting in self.sittings for one in sitting.asked]
        asked = [one for one in every if one.is_sure is not None]
        return {
            sure: _share([one for one in asked if one.is_sure is sure])
            for sure in (True, False)
            if asked
        }


def of_learner(learner: User, at: datetime) -> History:
    """The newest attempts that were handed in; at most eight queries, whatever their number."""
    rows = Attempt.objects.handed_in().filter(learner=learner)
    newest = rows.select_related("assignment", "quiz").order_by("-handed_in_at", "-pk")
    found = list(reversed(newest[:ATTEMPTS_READ]))
    scores = disclosing.scores(learner, found, at)
    told = disclosing.scored(learner, found, at)
    asked = _asked(told)
    return History(
        [
            Sitting(
                attempt=one,
                percent=percent(one.score or 0) if one.pk in scores else None,
                is_explained=one.pk in told,
                asked=asked.get(one.pk, ()),
            )
            for one in found
        ]
    )


def _asked(attempts: Collection[int]) -> Mapping[int, list[Asked]]:
    """What was asked, by attempt; not what a regrade dropped, nor an essay without its mark."""
    newest = Response.objects.filter(served=OuterRef("pk")).order_by("-sequence")
    unmarked = Q(fraction=None, revision__kind=Revision.Kind.ESSAY)
    rows: Any = Served.objects.filter(attempt__in=attempts, is_dropped=False).exclude(unmarked)
    found = defaultdict[int, list[Asked]](list)
    for attempt, item, revision, kind, section, fraction, sure in (
        rows.order_by("attempt", "position")
        .annotate(sure=Subquery(newest.values("is_sure")[:1]))
        .values_list(
            *("attempt", "revision__item", "revision", "revision__item__subject__kind"),
            *("revision__item__section__title", "fraction", "sure"),
        )
    ):
        is_sure = None if fraction is None else sure
        is_right = fraction == FULL_FRACTION
        found[attempt].append(Asked(item, revision, kind or "", section, is_right, is_sure))
    return found


def _change(before: Sitting, after: Sitting) -> Change:
    was = {one.item_id: one.is_right for one in before.asked}
    both = [one for one in after.asked if one.item_id in was]
    return Change(
        before=before,
        after=after,
        kinds=_shifts(before.asked, after.asked, lambda one: one.kind),
        sections=_shifts(before.asked, after.asked, lambda one: one.section),
        gained=[one.revision_id for one in both if one.is_right and not was[one.item_id]],
        lost=[one.revision_id for one in both if was[one.item_id] and not one.is_right],
    )


def _shifts(
    before: Sequence[Asked], after: Sequence[Asked], name: Callable[[Asked], str]
) -> list[Shift]:
    """What was asked both times and went otherwise, in the order of the newer attempt."""
    old, new = _shares(before, name), _shares(after, name)
    return [
        Shift(one, old[one], share)
        for one, share in new.items()
        if one in old and share.right * old[one].asked != old[one].right * share.asked
    ]


def _shares(asked: Iterable[Asked], name: Callable[[Asked], str]) -> dict[str, Share]:
    asked = list(asked)
    right = Counter(name(one) for one in asked if one.is_right)
    return {one: Share(right[one], count) for one, count in Counter(map(name, asked)).items()}


def _share(asked: Sequence[Asked]) -> Share:
    return Share(sum(one.is_right for one in asked), len(asked))


def _moment(sitting: Sitting) -> tuple[datetime | None, int]:
    return sitting.attempt.handed_in_at, sitting.attempt.pk
