"""The figures of questions and quizzes, against an independent computation and by hand."""

import numpy as np
import pytest

from quizzes.analytics import psychometrics
from quizzes.analytics.psychometrics import Sums, Weighted
from quizzes.items.fractions import FULL_FRACTION
from tests.analytics import sampled


def near(value):
    return pytest.approx(value, abs=1e-9)


def sums(units, rests):
    x, r = [int(one) for one in units], [int(one) for one in rests]
    pairs = list(zip(x, r, strict=True))
    return Sums(
        n=len(x),
        x=sum(x),
        xx=sum(one * one for one in x),
        r=sum(r),
        rr=sum(one * one for one in r),
        xr=sum(a * b for a, b in pairs),
    )


def weighted(sample):
    marks = sample.units * sample.weights
    rests = marks.sum(axis=1)[:, None] - marks
    return [
        Weighted(sums(sample.units[:, n], rests[:, n]), int(weight))
        for n, weight in enumerate(sample.weights)
    ]


@pytest.mark.parametrize("seed", range(50))
def test_they_equal_an_independent_computation(seed):
    random = np.random.default_rng(seed)
    sample = sampled.draw(
        random,
        people=int(random.integers(10, 200)),
        questions=int(random.integers(2, 25)),
        omitted=float(random.choice([0, 0.1, 0.5])),
        partial=bool(seed % 3),
    )
    questions = weighted(sample)
    n = len(sample.chosen)

    for place, one in enumerate(questions):
        x, rest = sample.fractions[:, place], sample.rests[:, place]
        assert psychometrics.facility(one.sums) == near(x.mean())
        assert psychometrics.wilson(x.mean(), n) == near(sampled.wilson(x.mean(), n))
        correlation = sampled.correlation(x, rest)
        assert psychometrics.discrimination(one.sums) == near(correlation)
        if correlation is not None:
            assert psychometrics.fisher(correlation, n) == near(sampled.fisher(correlation, n))
    whole = psychometrics.reliability(questions)
    top, alpha = sample.weights.sum(), sampled.alpha(sample.marks)
    assert alpha is not None
    deviation = sample.totals.std(ddof=1) / top
    assert (whole.n, whole.mean) == (n, near(sample.totals.mean() / top))
    assert whole.deviation == near(deviation)
    assert whole.alpha == near(alpha)
    assert whole.error == near(deviation * np.sqrt(1 - alpha))
    assert whole.is_all_or_nothing is (seed % 3 == 0)


def test_alpha_of_right_and_wrong_alone_is_formula_20_by_hand():
    answers = np.array([[1, 1, 1], [1, 1, 0], [1, 0, 0], [0, 0, 0]])
    earns = np.array([[0, FULL_FRACTION]] * 3)
    sample = sampled.Sample(answers, earns, np.ones(3, dtype=np.int64))

    whole = psychometrics.reliability(weighted(sample))

    assert whole.is_all_or_nothing
    assert whole.alpha == near(3 / 2 * (1 - (3 / 16 + 4 / 16 + 3 / 16) / (20 / 16)))


def test_what_does_not_vary_does_not_discriminate():
    alike, mixed = [FULL_FRACTION] * 12, [0, FULL_FRACTION] * 6

    assert psychometrics.discrimination(sums(alike, mixed)) is None
    assert psychometrics.discrimination(sums(mixed, alike)) is None
    assert psychometrics.pooled([sums(alike, mixed)]) is None


def test_scores_that_do_not_vary_and_a_single_question_have_no_alpha():
    right, wrong = [FULL_FRACTION] * 6, [0] * 6
    alike = [Weighted(sums(right, wrong)), Weighted(sums(wrong, right))]
    single = [Weighted(sums([0, FULL_FRACTION] * 5, [0] * 10))]

    for questions in (alike, single):
        whole = psychometrics.reliability(questions)
        assert (whole.alpha, whole.error) == (None, None)


def test_sums_of_fifty_thousand_lose_nothing_though_they_lie_close_together():
    units = [FULL_FRACTION] * 49_999 + [FULL_FRACTION - 1]
    rests = [19 * FULL_FRACTION] * 49_999 + [19 * FULL_FRACTION - 1]

    assert psychometrics.discrimination(sums(units, rests)) == 1
    assert psychometrics.fisher(1, 50_000) == (1, 1)


def test_intervals_of_all_and_none_stay_between_0_and_1():
    assert psychometrics.wilson(1, 10) == near((0.7224672001371107, 1))
    assert psychometrics.wilson(0, 10) == near((0, 0.2775327998628893))
    assert psychometrics.wilson(-0.2, 10) == psychometrics.wilson(0, 10)


def test_three_pairs_have_no_interval():
    assert psychometrics.fisher(0.5, 3) is None
    assert psychometrics.fisher(0.5, 4) is not None


def test_samples_are_pooled_by_their_correlations_and_not_by_their_marks():
    short = sums([0, FULL_FRACTION] * 10, [0, 10] * 10)
    long = sums([0, FULL_FRACTION] * 10, [9 * FULL_FRACTION, 8 * FULL_FRACTION] * 10)

    assert psychometrics.pooled([long]) == near(-1)
    assert psychometrics.pooled([short, long]) == near(0)


@pytest.mark.parametrize(
    ("attempts", "cut"),
    [
        ({4: 10, 8: 10}, 8),
        ({4: 10, 8: 10, 12: 10, 16: 10}, 12),
        ({4: 1, 8: 2, 12: 10}, 12),
        ({0: 5, 10: 2, 20: 5}, 20),
        ({12: 30}, None),
        ({12: 30, 4: 0}, None),
        ({}, None),
    ],
)
def test_halves_are_as_even_as_can_be(attempts, cut):
    assert psychometrics.cut(attempts) == cut
