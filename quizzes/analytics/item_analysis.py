"""Item analysis: what first attempts say about questions; read from tallies, never from attempts.

However many attempts there were, the rows read are as many as there are questions, options and
bands of scores.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from django.db.models import OuterRef, Subquery, Sum

from quizzes.analytics import psychometrics
from quizzes.analytics.psychometrics import FEWEST, Sums
from quizzes.assessment.models import ItemTally
from quizzes.assessment.models.tallies import narrow
from quizzes.items.models import Revision

SUMMED = (
    "attempts",
    "fraction_sum",
    "fraction_squares",
    "fraction_squares_high",
    "rest_sum",
    "rest_squares",
    "rest_squares_high",
    "products",
    "products_high",
)


@dataclass(frozen=True, slots=True)
class Figures:
    """How an item did wherever it was asked; None where too few answered it, or all alike."""

    n: int
    facility: float | None = None
    discrimination: float | None = None


def of_items(pks: Collection[int]) -> Mapping[int, Figures]:
    """The figures of each of these items that was ever asked, by its key; one query.

    All samples count, and all wordings since the last change of substance.
    """
    samples: dict[int, list[Sums]] = defaultdict(list)
    newest = Revision.objects.filter(
        item=OuterRef("revision__item"), change=Revision.Change.SUBSTANTIVE
    )
    since = Subquery(newest.order_by("-number").values("number")[:1])
    rows = ItemTally.objects.filter(revision__item__in=pks, revision__number__gte=since)
    summed = rows.order_by().values_list("revision__item", "sample").annotate(*map(Sum, SUMMED))
    for item, _sample, *sums in summed:
        samples[item].append(sums_of(sums))
    return {item: _figures(found) for item, found in samples.items()}


def sums_of(summed: Sequence[int]) -> Sums:
    """The sums that some tallies' columns come to, in the order of `SUMMED`."""
    n, x, xx, xx_high, r, rr, rr_high, xr, xr_high = summed
    return Sums(n, x, narrow(xx, xx_high), r, narrow(rr, rr_high), narrow(xr, xr_high))


def _figures(samples: list[Sums]) -> Figures:
    whole = psychometrics.total(samples)
    if whole.n < FEWEST:
        return Figures(whole.n)
    return Figures(whole.n, psychometrics.facility(whole), psychometrics.pooled(samples))
