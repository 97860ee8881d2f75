"""Psychometrics: what the sums of a question's marks say about it, and those of all about a quiz.

Pure. Where Moodle has a figure of the same name, its definition is followed; source: "Quiz
statistics calculations", docs.moodle.org/dev. Variances are those of a sample, as there (n - 1).
Sums are whole numbers, so that every difference below is exact: nothing is lost where two large
sums lie close together. Fractions count in units of 10⁻⁷, marks in such units times a weight.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import reduce
from typing import NamedTuple

from quizzes.items.fractions import FULL_FRACTION

FEWEST = 10
"""Of fewer answers than these nothing is said: any figure of them would be chance."""

Z = 1.959963984540054
"""Two-sided 95 % of the normal distribution."""


class Interval(NamedTuple):
    """Where the true value lies in 95 of 100 samples."""

    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Sums:
    """Of `n` answers: fraction x and rest r, the marks on the attempt's other questions."""

    n: int = 0
    x: int = 0
    xx: int = 0
    r: int = 0
    rr: int = 0
    xr: int = 0

    def __add__(self, other: Sums) -> Sums:
        return Sums(
            self.n + other.n,
            self.x + other.x,
            self.xx + other.xx,
            self.r + other.r,
            self.rr + other.rr,
            self.xr + other.xr,
        )

    @property
    def spread_x(self) -> int:
        """n² times the variance of the fractions."""
        return self.n * self.xx - self.x * self.x

    @property
    def spread_r(self) -> int:
        """n² times the variance of the rests."""
        return self.n * self.rr - self.r * self.r

    @property
    def shared(self) -> int:
        """n² times the covariance of fraction and rest."""
        return self.n * self.xr - self.x * self.r


@dataclass(frozen=True, slots=True)
class Weighted:
    """A question's sums, and what a whole mark on it weighs in the quiz."""

    sums: Sums
    weight: int = 1

    @property
    def spread(self) -> int:
        """n² times the variance of its marks."""
        return self.weight * self.weight * self.sums.spread_x

    @property
    def whole(self) -> int:
        """The marks of all attempts on the whole quiz."""
        return self.weight * self.sums.x + self.sums.r

    @property
    def whole_spread(self) -> int:
        """n² times the variance of the marks on the whole quiz."""
        return self.spread + self.sums.spread_r + 2 * self.weight * self.sums.shared


@dataclass(frozen=True, slots=True)
class Reliability:
    """A quiz that all of `n` people sat alike; mean, deviation and error as shares of its marks.

    `alpha`, and with it `error`, is None where scores do not vary or there is one question only.
    """

    n: int
    mean: float
    deviation: float
    alpha: float | None
    error: float | None
    is_all_or_nothing: bool
    """Whether no question gave partial credit: then alpha is Kuder and Richardson's formula 20."""


def total(sums: Sequence[Sums]) -> Sums:
    """The sums of several samples, as if they were one."""
    return reduce(Sums.__add__, sums, Sums())


def facility(sums: Sums) -> float:
    """Moodle's facility index: the mean fraction, x̄; there is at least one answer."""
    return sums.x / (sums.n * FULL_FRACTION)


def wilson(share: float, n: int) -> Interval:
    """The interval of a share of `n`, or of a mean fraction.

    Source: E. B. Wilson, J. Am. Stat. Assoc. 22 (1927) 209. With partial credit the mean stands in
    for the share. A fraction between 0 and 1 of mean p varies by p(1 - p) at most, so that the
    interval is then too wide rather than too narrow. A mean beyond 0 or 1 is taken as 0 or 1.
    """
    p, square = min(1.0, max(0.0, share)), Z * Z
    middle = (p + square / (2 * n)) / (1 + square / n)
    half = Z / (1 + square / n) * math.sqrt(p * (1 - p) / n + square / (4 * n * n))
    return Interval(max(0.0, middle - half), min(1.0, middle + half))


def discrimination(sums: Sums) -> float | None:
    """Moodle's discrimination index: the correlation of fraction and rest, -1 to 1.

    r = C(x, r) / √(V(x) V(r)). The question's own marks are not in the rest ("corrected"), which
    would correlate with themselves. None where one of the two does not vary.
    """
    spreads = sums.spread_x * sums.spread_r
    if not spreads:
        return None
    return max(-1.0, min(1.0, sums.shared / math.sqrt(spreads)))


def fisher(correlation: float, n: int) -> Interval | None:
    """The interval of a correlation of `n` pairs: tanh(artanh r ± z / √(n - 3)); None up to 3.

    Source: R. A. Fisher, Metron 1 (1921) 3. Of a perfect correlation it is that correlation.
    """
    if n <= 3:
        return None
    if abs(correlation) == 1:
        return Interval(correlation, correlation)
    middle, half = math.atanh(correlation), Z / math.sqrt(n - 3)
    return Interval(math.tanh(middle - half), math.tanh(middle + half))


def pooled(samples: Sequence[Sums]) -> float | None:
    """One discrimination of samples whose rests are of different quizzes, and do not compare.

    The mean of the samples' correlations after Fisher's transformation, each by its n - 3; None
    where none of them tells any. Source: L. V. Hedges and I. Olkin, Statistical Methods for
    Meta-Analysis (1985), ch. 11.
    """
    found = [(one.n - 3, discrimination(one)) for one in samples if one.n > 3]
    told = [(n, r) for n, r in found if r is not None]
    if not told:
        return None
    limit = 1 - 2**-53  # a perfect one of few must not outweigh all others
    sums = math.fsum(n * math.atanh(max(-limit, min(limit, r))) for n, r in told)
    return math.tanh(sums / sum(n for n, _r in told))


def reliability(questions: Sequence[Weighted]) -> Reliability:
    """The mean, spread and error of a quiz of which everybody was asked all these questions.

    Moodle's coefficient of internal consistency, Cronbach's alpha:
    α = k/(k - 1) · (1 - Σ V(xᵢ) / V(T)). Its error ratio is √(1 - α) and its standard error
    √(1 - α) · √V(T). Source: L. J. Cronbach, Psychometrika 16 (1951) 297; where all fractions are
    0 or 1 it is formula 20 of G. F. Kuder and M. W. Richardson, Psychometrika 2 (1937) 151.
    There are at least two people and one question.
    """
    first, k = questions[0], len(questions)
    n, spread = first.sums.n, first.whole_spread
    marks = FULL_FRACTION * sum(one.weight for one in questions)
    deviation = math.sqrt(spread) / marks / math.sqrt(n * (n - 1))
    alpha = None
    if k > 1 and spread:
        own = sum(one.spread for one in questions)
        alpha = k * (spread - own) / ((k - 1) * spread)
    return Reliability(
        n=n,
        mean=first.whole / (n * marks),
        deviation=deviation,
        alpha=alpha,
        error=None if alpha is None else deviation * math.sqrt(1 - alpha),
        is_all_or_nothing=all(
            one.sums.xx == FULL_FRACTION * one.sums.x and one.sums.x >= 0 for one in questions
        ),
    )


def cut(attempts: Mapping[int, int]) -> int | None:
    """The lowest band of scores of the upper half, so that the halves are as even as can be.

    `attempts` tells how many there are by band; of two cuts as good, the higher. None where all
    are in one band, and no half is better than the other.
    """
    bands = sorted(band for band, count in attempts.items() if count)
    whole = sum(attempts.values())
    uneven = {
        band: abs(2 * sum(attempts[one] for one in bands if one >= band) - whole)
        for band in bands[1:]
    }
    return min(uneven, key=lambda band: (uneven[band], -band), default=None)
