"""Tallied: what samples of first attempts came to, question by question and option by option.

The sums are SQL's, so that the rows read do not grow with the attempts.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple

from django.db.models import Aggregate, Exists, F, JSONField, OuterRef, Q, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce, JSONArray

from quizzes.analytics import psychometrics
from quizzes.analytics.advising import Choice
from quizzes.analytics.psychometrics import FEWEST, Sums
from quizzes.assessment.models import (
    Assignment,
    ItemTally,
    OptionTally,
    Regrade,
    RegradeCredit,
    Slot,
)
from quizzes.assessment.models.tallies import narrow
from quizzes.items.models import OptionKey, Revision
from quizzes.prepared import prepared

if TYPE_CHECKING:
    from uuid import UUID

_SUMMED = (
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
_CHOSEN_FROM = ("single", "several", "true_false", "classify", "cloze")
"""The kinds of question whose options are chosen, so that each has a tally."""


class Wording(NamedTuple):
    """A revision that was asked, and how."""

    pk: int
    item: int
    item_uid: UUID
    number: int
    kind: str
    stem_html: str
    place: int | None
    """Its slot in the quiz, from 0; none if it was drawn."""
    asked: int | None
    """How many questions an attempt at the quiz is asked."""
    key: int
    """The revision whose key is in force."""
    regrade: int | None
    """The newest one that is in force."""
    policy: str
    """How it marks; empty without one."""


@dataclass(slots=True)
class Counted:
    """One wording: its sums by the weight that it had, and its attempts by their band of scores."""

    by_weight: dict[int, Sums] = field(default_factory=dict)
    attempts: Counter[int] = field(default_factory=Counter)
    answered: Counter[int] = field(default_factory=Counter)
    timed: int = 0
    seconds: int = 0

    @property
    def sums(self) -> Sums:
        return psychometrics.total(list(self.by_weight.values()))

    @property
    def mean_seconds(self) -> float | None:
        return self.seconds / self.timed if self.timed >= FEWEST else None

    def upper(self, cut: int) -> int:
        """How many of those who scored in this band or above were asked it."""
        return sum(count for band, count in self.attempts.items() if band >= cut)

    def omitted(self, cut: int = 0) -> int:
        """How many of those left it out."""
        answered = sum(count for band, count in self.answered.items() if band >= cut)
        return self.upper(cut) - answered


def by_item(pks: Collection[int]) -> dict[int, list[Sums]]:
    """The sums of each sample that asked an item, by the item's key; one query.

    Wordings older than the last change of substance are left out.
    """
    newest = Revision.objects.filter(
        item=OuterRef("revision__item"), change=Revision.Change.SUBSTANTIVE
    )
    since = Subquery(newest.order_by("-number").values("number")[:1])
    rows = ItemTally.objects.filter(revision__item__in=pks, revision__number__gte=since)
    found: dict[int, list[Sums]] = defaultdict(list)
    for item, _sample, *summed in _summed(rows, "revision__item", "sample"):
        found[item].append(_sums(summed))
    return found


def by_sample(samples: Collection[UUID]) -> dict[int, dict[UUID, Sums]]:
    """The sums of each wording in each sample; one query."""
    rows = ItemTally.objects.filter(sample__in=samples)
    found: dict[int, dict[UUID, Sums]] = defaultdict(dict)
    for revision, sample, *summed in _summed(rows, "revision", "sample"):
        found[revision][sample] = _sums(summed)
    return found


def counted(samples: Collection[UUID]) -> dict[int, Counted]:
    """What each wording came to in all of these samples; one query."""
    found: dict[int, Counted] = defaultdict(Counted)
    for revision, weight, *summed, timed, seconds, by_band in _item_tallies(samples):
        one = found[revision]
        one.by_weight[weight] = _sums(summed)
        one.timed += timed
        one.seconds += seconds
        for band, attempts, answered in by_band:
            one.attempts[band] += attempts
            one.answered[band] += answered
    return found


def bands(found: Iterable[Counted]) -> Mapping[int, int]:
    """The attempts at all of these by the band of their scores."""
    whole = Counter[int]()
    for one in found:
        whole.update(one.attempts)
    return whole


class _Each(Aggregate):
    """The values of all rows of a group, as one list in no order."""

    function = "JSON_GROUP_ARRAY"
    output_field = JSONField()

    def as_postgresql(self, compiler: Any, connection: Any, **context: Any) -> Any:
        return super().as_sql(compiler, connection, function="JSONB_AGG", **context)


@prepared
def _item_tallies(samples: Collection[UUID]) -> QuerySet[ItemTally, Any]:
    rows = _summed(ItemTally.objects.filter(sample__in=samples), "revision", "weight")
    by_band = _Each(JSONArray("band", "attempts", "answered"))
    return rows.annotate(Sum("timed"), Sum("seconds"), by_band=by_band)


def wordings(given: Sequence[Assignment], revisions: Collection[int]) -> list[Wording]:
    """These revisions, as the quiz goes; one query."""
    rows = _worded(given[0].quiz_id, [one.pk for one in given], revisions)
    return [_wording(*row) for row in rows]


@prepared
def _worded(
    quiz: int, given: Collection[int], revisions: Collection[int]
) -> QuerySet[Revision, Any]:
    """The columns of `Wording` but the last three, and these of the regrade in force, if any."""
    slots = Slot.objects.filter(quiz=quiz).order_by()
    fixed = slots.filter(item=OuterRef("item")).values("position")[:1]
    asked = slots.values("quiz").annotate(asked=Sum("count")).values("asked")
    regrades = Regrade.objects.filter(assignment__in=given, revision=OuterRef("pk"))
    told = regrades.in_force()[:1].values_list(JSONArray("key_revision", "pk", "policy"))
    found = Revision.objects.filter(pk__in=revisions).annotate(
        place=Subquery(fixed), asked=Subquery(asked), regraded=Subquery(told)
    )
    rows = found.order_by(F("place").asc(nulls_last=True), "item__position", "number", "pk")
    columns = ("pk", "item", "item__uid", "number", "kind", "stem_html", "place", "asked")
    return rows.values_list(*columns, "regraded")


def _wording(pk: int, *columns: Any) -> Wording:
    """Without a regrade a wording is marked by its own key."""
    *told, regraded = columns
    key, regrade, policy = regraded or (None, None, "")
    return Wording(*(pk, *told, key or pk, regrade, policy))


def choices(
    samples: Collection[UUID], wordings: Sequence[Wording], cut: int
) -> dict[int, list[Choice]]:
    """The options of each wording with who chose them, by part and place; one query.

    The upper half begins at the band `cut`. Which are right the key in force says, and the answers
    that a regrade credits.
    """
    keys = {one.pk: one.key for one in wordings}
    policy = Regrade.Policy.CREDIT
    newest = [one.regrade for one in wordings if one.regrade and one.policy == policy]
    read = _chosen(samples, {*keys, *keys.values()}, newest, cut)
    rights = {tuple(place) for *place, _text, fraction, _also, _counts in read if fraction > 0}
    found: dict[int, list[Choice]] = defaultdict(list)
    for revision, part, position, text, _fraction, is_credited, counts in read:
        if revision in keys:
            is_key = (keys[revision], part, position) in rights
            chosen, upper, rest = counts or (0, 0, 0)
            choice = Choice(part, position, text, is_key, chosen, upper, rest, is_credited)
            found[revision].append(choice)
    return found


@prepared
def _chosen(
    samples: Collection[UUID], revisions: Collection[int], regrades: Collection[int], cut: int
) -> QuerySet[OptionKey, Any]:
    """The options of these wordings by part and place: text, fraction, credited, and who chose."""
    rows = OptionKey.objects.filter(
        option__revision__in=revisions, option__revision__kind__in=_CHOSEN_FROM
    )
    told = rows.annotate(counts=_counts(samples, cut), is_credited=_credited(regrades))
    places = [f"option__{name}" for name in ("revision", "part", "position")]
    columns = ("option__text", "fraction", "is_credited", "counts")
    return told.order_by(*places).values_list(*places, *columns)


def _credited(regrades: Collection[int]) -> Exists:
    """Whether the option that an outer row is about is credited by one of these."""
    rows = RegradeCredit.objects.filter(
        regrade__in=regrades,
        regrade__revision=OuterRef("option__revision"),
        part=OuterRef("option__part"),
        position=OuterRef("option__position"),
    )
    return Exists(rows)


def _counts(samples: Collection[UUID], cut: int) -> Subquery:
    """Who chose the option that an outer row is about, as `Choice` has it; none if nobody did."""
    rows = OptionTally.objects.filter(
        sample__in=samples,
        revision=OuterRef("option__revision"),
        part=OuterRef("option__part"),
        position=OuterRef("option__position"),
    )
    upper = Coalesce(Sum("chosen", filter=Q(band__gte=cut)), 0)
    counts = JSONArray(Sum("chosen"), upper, Sum("rest_sum"))
    return Subquery(rows.order_by().values("revision").values_list(counts))


def _summed(rows: QuerySet[ItemTally], *key: str) -> QuerySet[ItemTally, Any]:
    """The sums of what has the same key, after it."""
    return rows.order_by().values_list(*key).annotate(*map(Sum, _SUMMED))


def _sums(summed: Sequence[int]) -> Sums:
    n, x, xx, xx_high, r, rr, rr_high, xr, xr_high = summed
    return Sums(n, x, narrow(xx, xx_high), r, narrow(rr, rr_high), narrow(xr, xr_high))
