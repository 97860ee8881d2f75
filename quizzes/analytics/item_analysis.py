"""Item analysis: what first attempts say about questions; read from tallies, never from attempts.

However many attempts there were, the rows read are as many as there are questions, options and
bands of scores. No name is among them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from statistics import median
from typing import TYPE_CHECKING, Any

from django.db.models import Count, OuterRef, Subquery
from django.db.models.functions import Coalesce

from quizzes.analytics import advising, answers_tallied, psychometrics, tallied
from quizzes.analytics.advising import Advice, Choice, Evidence
from quizzes.analytics.answers_tallied import Given
from quizzes.analytics.psychometrics import FEWEST, Interval, Reliability, Sums, Weighted
from quizzes.analytics.tallied import Counted, Wording
from quizzes.assessment.models import Assignment, Attempt, Regrade
from quizzes.assessment.models.tallies import BANDS

if TYPE_CHECKING:
    from uuid import UUID

    from quizzes.assessment.models.assignments import AssignmentQuerySet

_PERCENT_A_BAND = 100 // BANDS


@dataclass(frozen=True, slots=True)
class Figures:
    """How an item did wherever it was asked; None where too few answered it, or all alike."""

    n: int
    facility: float | None = None
    discrimination: float | None = None


@dataclass(frozen=True, slots=True)
class Asked:
    """One wording as it was asked, its figures, and what to do about it, most urgent first."""

    wording: Wording
    evidence: Evidence
    advice: Sequence[Advice]
    upper: int
    """How many of the upper half were asked it, and then how many of these left it out."""
    upper_omitted: int
    is_one_of_several: bool
    """Another wording of the same item was asked too: each is told apart."""
    by_sample: Mapping[UUID, Sums] = field(hash=False)
    left_out: Mapping[int, Choice] = field(hash=False)
    """Who left a place out of an answer, by part, where answers are put in places."""
    is_kept: bool = False
    """Kept from its reader, who is told how many were asked it and nothing else."""

    @property
    def n(self) -> int:
        return self.evidence.sums.n

    @property
    def is_silent(self) -> bool:
        return self.is_kept or self.n < FEWEST

    @property
    def lower(self) -> int:
        return self.n - self.upper

    @property
    def facility(self) -> float:
        return psychometrics.facility(self.evidence.sums)

    @property
    def facility_interval(self) -> Interval:
        return psychometrics.wilson(self.facility, self.n)

    @property
    def discrimination(self) -> float | None:
        return psychometrics.discrimination(self.evidence.sums)

    @property
    def discrimination_interval(self) -> Interval | None:
        found = self.discrimination
        return None if found is None else psychometrics.fisher(found, self.n)


@dataclass(frozen=True, slots=True)
class Analysis:
    """A quiz's questions, those that need attention first, and the quiz as a whole.

    `whole` is None where totals do not compare, since not everybody was asked the same, and where
    too few sat it.
    """

    questions: Sequence[Asked]
    n: int
    is_alike: bool
    """Whether everybody was asked the same questions."""
    whole: Reliability | None
    cut_percent: int | None
    """The score from which on one is in the upper half; none where all scores lie together."""
    upper: int

    @property
    def lower(self) -> int:
        return self.n - self.upper

    @property
    def attention(self) -> int:
        """How many questions deserve a second look."""
        return sum(bool(one.advice) for one in self.questions)


def with_waiting(given: AssignmentQuerySet) -> AssignmentQuerySet:
    """Each with `waiting`: the first attempts that count once their essays are marked.

    Found by the index that holds these alone, so that all the others are not read.
    """
    waits = Attempt.objects.filter(
        assignment=OuterRef("pk"), number=1, is_tallied=False, handed_in_at__isnull=False
    )
    counted = waits.order_by().values("assignment").annotate(count=Count("pk")).values("count")
    return given.annotate(waiting=Coalesce(Subquery(counted), 0))


def of_items(pks: Collection[int]) -> Mapping[int, Figures]:
    """The figures of each of these items that was ever asked, by its key; one query.

    All samples count, and all wordings since the last change of substance.
    """
    return {item: _figures(samples) for item, samples in tallied.by_item(pks).items()}


def of_assignment(given: Assignment, kept: Collection[int] = ()) -> Analysis:
    """What an assignment's first attempts say about its questions.

    Three queries, and one more where it asks what is not chosen from options alone. Of the items
    that are `kept` from the reader, nothing.
    """
    return _analysis([given], {}, kept)


def across(given: Sequence[Assignment], kept: Collection[int] = ()) -> Analysis:
    """The same of several assignments of one quiz together, and question by question of each.

    A query more than of one; there is at least one assignment.
    """
    return _analysis(given, tallied.by_sample([one.uid for one in given]), kept)


def _figures(samples: Sequence[Sums]) -> Figures:
    whole = psychometrics.total(samples)
    if whole.n < FEWEST:
        return Figures(whole.n)
    return Figures(whole.n, psychometrics.facility(whole), psychometrics.pooled(samples))


def _analysis(
    given: Sequence[Assignment],
    by_sample: Mapping[int, Mapping[UUID, Sums]],
    kept: Collection[int],
) -> Analysis:
    samples = [one.uid for one in given]
    counted = tallied.counted(samples)
    cut = psychometrics.cut(tallied.bands(counted.values()))
    upper = BANDS + 1 if cut is None else cut  # beyond every band: nobody is in the upper half
    wordings = tallied.wordings(given, counted)
    told = [one for one in wordings if one.item not in kept]
    chosen = tallied.choices(samples, told, upper)
    asked_of = partial(_asked_of, samples, by_sample, counted)
    answers = answers_tallied.given(told, asked_of, chosen, upper)
    times_asked = Counter(one.item for one in wordings)
    usual, nothing = _usual(counted), Given()
    questions = [
        _asked(
            one,
            counted[one.pk],
            answers.get(one.pk, nothing),
            usual,
            cut=upper,
            is_one_of_several=times_asked[one.item] > 1,
            by_sample=by_sample.get(one.pk, {}),
            is_kept=one.item in kept,
        )
        for one in wordings
    ]
    return _summed_up(questions, wordings, counted, cut)


def _asked_of(
    samples: Sequence[UUID],
    by_sample: Mapping[int, Mapping[UUID, Sums]],
    counted: Mapping[int, Counted],
    wording: int,
) -> Mapping[UUID, int]:
    """How many were asked a wording, by sample; where there is only one, nothing is `by_sample`.

    Nobody was, where it was handed in first between the two reads.
    """
    if by_sample:
        return {uid: one.n for uid, one in by_sample.get(wording, {}).items()}
    return {samples[0]: counted[wording].sums.n}


def _usual(counted: Mapping[int, Counted]) -> float | None:
    """What a question of the quiz usually takes, in seconds."""
    known = [one.mean_seconds for one in counted.values() if one.mean_seconds is not None]
    return median(known) if known else None


def _asked(
    wording: Wording,
    counted: Counted,
    given: Given,
    usual: float | None,
    *,
    cut: int,
    is_kept: bool,
    **told: Any,
) -> Asked:
    evidence = _evidence(wording, counted, given.choices, usual)
    return Asked(
        wording=wording,
        evidence=evidence,
        advice=() if is_kept else tuple(advising.advise(evidence)),
        is_kept=is_kept,
        upper=counted.upper(cut),
        upper_omitted=counted.omitted(cut),
        left_out=given.left_out,
        **told,
    )


def _evidence(
    wording: Wording, counted: Counted, choices: Sequence[Choice], usual: float | None
) -> Evidence:
    return Evidence(
        sums=counted.sums,
        omitted=counted.omitted(),
        seconds=counted.mean_seconds,
        usual_seconds=usual,
        choices=tuple(choices),
        is_regraded=bool(wording.policy),
        is_keyed=wording.policy not in (Regrade.Policy.EVERYONE, Regrade.Policy.DROP),
    )


def _summed_up(
    questions: Sequence[Asked],
    wordings: Sequence[Wording],
    counted: Mapping[int, Counted],
    cut: int | None,
) -> Analysis:
    asked = wordings[0].asked if wordings else None
    is_alike = _is_alike(questions, counted, asked)
    each = len(questions) if is_alike else asked or len(questions)
    n = sum(one.n for one in questions) // each if each else 0
    return Analysis(
        questions=tuple(sorted(questions, key=_attention)),
        n=n,
        is_alike=is_alike,
        whole=_whole(questions, counted) if is_alike and n >= FEWEST else None,
        cut_percent=None if cut is None else cut * _PERCENT_A_BAND,
        upper=sum(one.upper for one in questions) // each if each else 0,
    )


def _attention(one: Asked) -> tuple[bool, tuple[float, float]]:
    """Sorts questions, those of which nothing is said last; else they stay as the quiz goes."""
    nothing = (float("inf"), 0.0)
    return one.is_silent, advising.urgency(one.advice[0]) if one.advice else nothing


def _weighted(questions: Sequence[Asked], counted: Mapping[int, Counted]) -> list[Weighted]:
    """The questions that bear on the score, by their weights."""
    counting = [one for one in questions if one.wording.policy != Regrade.Policy.DROP]
    by_weight = [counted[one.wording.pk].by_weight for one in counting]
    return [Weighted(sums, weight) for found in by_weight for weight, sums in found.items()]


def _is_alike(
    questions: Sequence[Asked], counted: Mapping[int, Counted], asked: int | None
) -> bool:
    """Whether everybody was asked the same: then each question's totals are those of everybody.

    Two draws that differ make more questions than an attempt asks.
    """
    weighted = _weighted(questions, counted)
    totals = {(one.sums.n, one.whole, one.whole_spread) for one in weighted}
    return len(totals) == 1 and (asked is None or len(questions) <= asked)


def _whole(questions: Sequence[Asked], counted: Mapping[int, Counted]) -> Reliability:
    return psychometrics.reliability(_weighted(questions, counted))
