"""How predictions are judged: log loss, calibration error, and the bins of the public benchmark."""

import math
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from quizzes.cards.predicting import History, Prediction, mean_loss, predictions
from quizzes.cards.scheduling import Rating, Weights, retrievability, step

QUANTILES = 10


@dataclass(frozen=True, slots=True)
class Scores:
    """How one set of weights foretold a log; `to_truth` where the true chances are known."""

    log_loss: float
    ece: float
    rmse_bins: float
    to_truth: float | None = None


def scores(
    histories: Sequence[History], weights: Weights, since: int, truth: Sequence[float] = ()
) -> Scores:
    """Judged on the evaluable reviews from a day on; `truth` in the order of `predictions`."""
    found = list(predictions(histories, weights, since))
    to_truth = None
    if truth:
        squares = [(one.chance - true) ** 2 for one, true in zip(found, truth, strict=True)]
        to_truth = math.sqrt(sum(squares) / len(squares))
    return Scores(mean_loss(found), ece(found), rmse_bins(histories, weights, since), to_truth)


def ece(found: Sequence[Prediction]) -> float:
    """Expected calibration error over ten bins of equal size."""
    ordered, error = sorted(found, key=lambda one: one.chance), 0.0
    bounds = [len(ordered) * n // QUANTILES for n in range(QUANTILES + 1)]
    for start, end in pairwise(bounds):
        part = ordered[start:end]
        error += abs(sum(one.chance - one.is_recalled for one in part))
    return error / len(ordered) if ordered else 0.0


def rmse_bins(histories: Iterable[History], weights: Weights, since: int) -> float:
    """RMSE over bins of interval, number of reviews and lapses.

    Source: the srs-benchmark of open-spaced-repetition, with its widths of bins.
    """
    bins: dict[tuple[float, float, float], list[float]] = defaultdict(list)
    for history in histories:
        for place, gap in _gaps(history, weights, since):
            bins[place].append(gap)
    total = sum(map(len, bins.values()))
    squares = sum(len(gaps) * (sum(gaps) / len(gaps)) ** 2 for gaps in bins.values())
    return math.sqrt(squares / total) if total else 0.0


def _gaps(
    history: History, weights: Weights, since: int
) -> Iterable[tuple[tuple[float, float, float], float]]:
    """The bin of each evaluable review, and by how much it was foretold too high."""
    memory, count, lapses = None, 1, 0
    for day, rating in history:
        if memory and day > memory.last_day:
            elapsed = day - memory.last_day
            chance = retrievability(elapsed, memory.stability, weights)
            count += 1
            if day >= since:
                place = _rung(elapsed, 3.62), _rung(count, 1.89), _rung(lapses, 1.73)
                yield place, chance - (rating > Rating.AGAIN)
            lapses += rating == Rating.AGAIN
        memory = step(memory, rating, day, weights)


def _rung(number: int, base: float) -> float:
    """The step of a logarithmic ladder that a number stands on."""
    return base ** math.floor(math.log(number, base)) if number else 0.0
