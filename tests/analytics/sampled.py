"""Samples of first attempts laid down as rows, and what an independent computation makes of them.

The computation is numpy's, from the answers themselves; it shares no line with the product.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import uuid4

import numpy as np
from numpy.typing import NDArray

from quizzes.assessment import tallying
from quizzes.assessment.models import Assignment, Attempt, Quiz, Response, Served
from quizzes.items.fractions import FULL_FRACTION
from quizzes.people.models import User

OMITTED = -1
Z = 1.959963984540054

type Floats = NDArray[np.float64]
type Places = NDArray[np.int64]


@dataclass(frozen=True)
class Sample:
    """What n people chose of k questions with m options each, and what each option earns."""

    chosen: Places
    """n × k places, or `OMITTED`."""
    earns: Places
    """k × m fractions in units of 10⁻⁷, negative ones too."""
    weights: Places

    @property
    def units(self) -> Places:
        """n × k fractions in units; what was omitted earns nothing."""
        padded = np.hstack([self.earns, np.zeros((len(self.earns), 1), dtype=np.int64)])
        return padded[np.arange(len(self.earns)), self.chosen]

    @property
    def fractions(self) -> Floats:
        return self.units / FULL_FRACTION

    @property
    def marks(self) -> Floats:
        return self.fractions * self.weights

    @property
    def totals(self) -> Floats:
        return self.marks.sum(axis=1)

    @property
    def rests(self) -> Floats:
        return self.totals[:, None] - self.marks

    @property
    def scores(self) -> Places:
        """As an attempt keeps it: in units, rounded down, never below 0."""
        earned = (self.units * self.weights).sum(axis=1)
        return np.maximum(0, earned // self.weights.sum())


def draw(
    random: np.random.Generator,
    *,
    people: int,
    questions: int,
    options: int = 4,
    omitted: float = 0.1,
    partial: bool = True,
) -> Sample:
    """A sample by chance: abler people choose the best option more often."""
    ability = random.normal(size=people)[:, None]
    knows = random.random((people, questions)) < 1 / (1 + np.exp(-2 * ability))
    guesses = random.integers(0, options, (people, questions))
    best = random.integers(0, options, questions)
    chosen = np.where(knows, best[None, :], guesses)
    chosen[random.random((people, questions)) < omitted] = OMITTED
    low = -FULL_FRACTION // 2 if partial else 0
    earns = random.integers(low, FULL_FRACTION, (questions, options)) if partial else None
    if earns is None:
        earns = np.zeros((questions, options), dtype=np.int64)
    earns[np.arange(questions), best] = FULL_FRACTION
    weights = random.integers(1, 4, questions) if partial else np.ones(questions, dtype=np.int64)
    return Sample(chosen, earns, weights)


def lay_down(
    sample: Sample, quiz: Quiz, at: datetime, assignment: Assignment | None = None
) -> list[Attempt]:
    """The sample as first attempts at a quiz whose questions have as many options; tallied."""
    people, questions = sample.chosen.shape
    revisions = quiz.slots.order_by("position").values_list("item__revision", flat=True)
    wordings = [pk for pk in revisions if pk]
    users = User.objects.bulk_create(User(username=uuid4().hex) for _ in range(people))
    scores = sample.scores
    attempts = Attempt.objects.bulk_create(
        Attempt(
            start_uid=uuid4(),
            learner=user,
            quiz=quiz,
            assignment=assignment,
            number=1,
            started_at=at,
            handed_in_at=at + timedelta(hours=1),
            learner_day=at.date(),
            score=int(score),
            is_tallied=True,
        )
        for user, score in zip(users, scores, strict=True)
    )
    shown = ",".join(map(str, range(sample.earns.shape[1])))
    served = Served.objects.bulk_create(
        Served(
            attempt=attempt,
            position=n + 1,
            revision_id=wordings[n],
            weight=int(sample.weights[n]),
            order_shown=shown,
            fraction=None if sample.chosen[row, n] == OMITTED else int(sample.units[row, n]),
        )
        for row, attempt in enumerate(attempts)
        for n in range(questions)
    )
    Response.objects.bulk_create(
        Response(
            served=one,
            sequence=1,
            answer={"chosen": [int(place)]},
            saved_at=at + timedelta(seconds=7 * one.position),
        )
        for one, place in zip(served, sample.chosen.flat, strict=True)
        if place != OMITTED
    )
    tallying.rebuild(quiz)
    return attempts


def wilson(share: float, n: int) -> tuple[float, float]:
    """Both roots of (p - share)² = z² p(1 - p) / n, which is how Wilson's interval is defined."""
    share = min(1.0, max(0.0, share))
    roots = np.roots([1 + Z**2 / n, -(2 * share + Z**2 / n), share**2])
    low, high = sorted(np.real(roots))
    return float(low), float(high)


def correlation(x: Floats, y: Floats) -> float | None:
    if np.ptp(x) < 1e-9 or np.ptp(y) < 1e-9:
        return None
    return float(np.corrcoef(x, y)[0, 1])


def fisher(r: float, n: int) -> tuple[float, float]:
    middle, half = np.arctanh(r), Z / np.sqrt(n - 3)
    return float(np.tanh(middle - half)), float(np.tanh(middle + half))


def alpha(marks: Floats) -> float | None:
    """From the matrix of covariances: k/(k - 1) · (1 - trace / sum of all)."""
    k = marks.shape[1]
    covariances = np.atleast_2d(np.cov(marks, rowvar=False))
    if k == 1 or abs(covariances.sum()) < 1e-12:
        return None
    return float(k / (k - 1) * (1 - np.trace(covariances) / covariances.sum()))
