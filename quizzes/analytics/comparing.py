"""Comparing: a learner's attempts at the same quiz beside each other."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Q

from quizzes.assessment import disclosing
from quizzes.assessment.models import Attempt, Served
from quizzes.items.fractions import FULL_FRACTION, percent

MOST_SHOWN = 10


@dataclass(frozen=True, slots=True)
class Share:
    """How many questions on one kind of fact were right."""

    right: int
    asked: int


@dataclass(frozen=True, slots=True)
class Past:
    """One attempt; its score only where it may be told, and so its kinds."""

    attempt: Attempt
    percent: float | None
    kinds: Sequence[Share | None]
    """In the order of the comparison's kinds; none where the kind was not asked."""


@dataclass(frozen=True, slots=True)
class Comparison:
    """A learner's latest attempts at one quiz, the oldest first, by the kinds of fact asked."""

    kinds: Sequence[str]
    attempts: Sequence[Past]


def attempts(attempt: Attempt, at: datetime) -> Comparison:
    """The latest attempts handed in at the same quiz or assignment; at most seven queries."""
    same = {"quiz": attempt.quiz_id, "assignment": attempt.assignment_id}
    rows = Attempt.objects.handed_in().filter(learner=attempt.learner_id, **same)
    newest = rows.select_related("assignment", "quiz").order_by("-number")[:MOST_SHOWN]
    found = list(reversed(newest))
    told = disclosing.scores(attempt.learner, found, at)
    shares = _shares(disclosing.scored(attempt.learner, found, at))
    kinds = list(dict.fromkeys(kind for by_kind in shares.values() for kind in by_kind))
    return Comparison(
        kinds,
        [
            Past(
                attempt=one,
                percent=percent(one.score or 0) if one.pk in told else None,
                kinds=[shares[one.pk].get(kind) for kind in kinds],
            )
            for one in found
        ],
    )


def _shares(attempts: set[int]) -> dict[int, dict[str, Share]]:
    """What was right by attempt and by kind of fact; one query."""
    right = Count("pk", filter=Q(fraction=FULL_FRACTION))
    kind = "revision__item__subject__kind"
    rows = Served.objects.filter(attempt__in=attempts).order_by(kind)
    found: dict[int, dict[str, Share]] = defaultdict(dict)
    counted = rows.values_list("attempt", kind).annotate(asked=Count("pk"), right=right)
    for attempt, of_kind, asked, rights in counted:
        found[attempt][of_kind or ""] = Share(rights, asked)
    return found
