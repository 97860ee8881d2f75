"""Misfits: questions whose marks look wrong, as long as that matters; from tallies alone.

What item analysis says first of a quiz, found for all of a class at once: no attempt is read. A
question that was regraded had its look.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.db.models import Sum

from quizzes.analytics import advising, tallied
from quizzes.analytics.advising import Advice, Choice, Evidence
from quizzes.analytics.psychometrics import FEWEST, Sums
from quizzes.assessment.models import Assignment, OptionTally, Regrade
from quizzes.items.models import OptionKey

if TYPE_CHECKING:
    from uuid import UUID

FRESH = timedelta(days=14)
"""So long after it closed a quiz is looked at, unless its results still wait to be released."""

type Place = tuple[UUID, int]
"""A sample and a revision that was asked in it."""


@dataclass(frozen=True, slots=True)
class Misfits:
    """What was given with a question that looks wrong, and how many such questions it has."""

    assignment: Assignment
    count: int


def first(given: Iterable[Assignment], at: datetime) -> Misfits | None:
    """Of what was given lately, that with the question whose advice is the most urgent.

    At most four queries, whatever was given; one where too few have handed in, two where all that
    enough of them answered was regraded.
    """
    by_sample = {one.uid: one for one in given if _is_fresh(one, at)}
    sums = _sums(by_sample)
    for place in _regraded(by_sample.values()) if sums else ():
        sums.pop(place, None)
    choices = _choices(sums) if sums else {}
    found = {
        place: advice
        for place, known in sums.items()
        if (advice := _urgent(known, choices.get(place, ())))
    }
    if not found:
        return None
    sample, _revision = min(found, key=lambda place: advising.urgency(found[place]))
    return Misfits(by_sample[sample], Counter(one for one, _revision in found)[sample])


def _is_fresh(one: Assignment, at: datetime) -> bool:
    if one.is_graded and one.released_at is None:
        return True
    return one.closes_at is None or at - FRESH < one.closes_at


def _sums(samples: Collection[UUID]) -> dict[Place, Sums]:
    """What each sample came to on each question, where enough answered; one query."""
    found = tallied.by_sample(samples) if samples else {}
    return {
        (sample, revision): sums
        for revision, of_it in found.items()
        for sample, sums in of_it.items()
        if sums.n >= FEWEST
    }


def _regraded(given: Iterable[Assignment]) -> list[Place]:
    """The questions whose marks are not those of their key any more; one query."""
    rows = Regrade.objects.filter(assignment__in=[one.pk for one in given])
    return list(rows.in_force().values_list("assignment__uid", "revision"))


def _choices(places: Collection[Place]) -> Mapping[Place, list[Choice]]:
    """The options of what was asked with who chose them, sample by sample; two queries."""
    samples, revisions = ({*column} for column in zip(*places, strict=True))
    rows = OptionTally.objects.of_options().filter(sample__in=samples, revision__in=revisions)
    key = ("sample", "revision", "part", "position")
    chosen = rows.order_by().values_list(*key).annotate(Sum("chosen"), Sum("rest_sum"))
    counts = {tuple(place): (count, rest) for *place, count, rest in chosen}
    found = defaultdict[Place, list[Choice]](list)
    for revision, part, position, text, fraction in _options({one[1] for one in counts}):
        for sample in samples:
            count, rest = counts.get((sample, revision, part, position), (0, 0))
            choice = Choice(part, position, text, fraction > 0, chosen=count, rest=rest)
            found[sample, revision].append(choice)
    return found


def _options(revisions: Collection[int]) -> Iterable[tuple[int, int, int, str, int]]:
    rows = OptionKey.objects.filter(option__revision__in=revisions)
    columns = [f"option__{name}" for name in ("revision", "part", "position", "text")]
    return rows.order_by(*columns[:3]).values_list(*columns, "fraction")


def _urgent(sums: Sums, choices: Sequence[Choice]) -> Advice | None:
    said = advising.advise(Evidence(sums=sums, choices=choices))
    return next((one for one in said if one.matter in advising.URGENT), None)
