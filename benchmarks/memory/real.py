"""The same judgement on a real log: a CSV of one learner, as the FSRS optimizers read it."""

import csv
from collections import defaultdict
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

from benchmarks.memory.metrics import scores
from benchmarks.memory.report import heading
from quizzes.cards import fitting, proving, training
from quizzes.cards.predicting import History, evaluable_days
from quizzes.cards.scheduling import DEFAULT_WEIGHTS, Rating, Weights

SIZES = (64, 128, 256, 512, 1_000, 2_000, 4_000, 8_000)
ROLLOVER = timedelta(hours=4)


def run(path: Path) -> None:
    """Learn from the first so many reviews, foretell all that follow."""
    log = read(path)
    heading(f"A real log: {len(evaluable_days(log))} reviews on later days, {len(log)} cards")
    print("reviews  set        log loss     ECE  RMSE(bins)")
    for size in SIZES:
        if 2 * size > len(evaluable_days(log)):
            break
        since = _day_after(log, size)
        early: list[History] = [part for one in log if (part := [r for r in one if r[0] < since])]
        for name, weights in _sets(early).items():
            found = scores(log, weights, since)
            print(
                f"{size:7}  {name:8} {found.log_loss:9.4f} {found.ece:7.4f} {found.rmse_bins:11.4f}"
            )


def read(path: Path) -> list[History]:
    """Histories by card; days begin at four in UTC, for the file knows no time zone."""
    rows: dict[str, list[tuple[datetime, Rating]]] = defaultdict(list)
    with path.open(newline="") as file:
        for row in csv.DictReader(file):
            rows[row["card_id"]].append(
                (_time(row["review_time"]), Rating(int(row["review_rating"])))
            )
    return [
        [((at - ROLLOVER).date().toordinal(), rating) for at, rating in sorted(reviews)]
        for reviews in rows.values()
    ]


def _time(text: str) -> datetime:
    """ISO 8601, or milliseconds since 1970."""
    if text.isdigit():
        return datetime.fromtimestamp(int(text) / 1000, UTC)
    return datetime.fromisoformat(text).astimezone(UTC)


def _sets(early: Sequence[History]) -> dict[str, Weights]:
    is_better = proving.prove(early, DEFAULT_WEIGHTS, training.train).is_better
    return {
        "default": DEFAULT_WEIGHTS,
        "three": fitting.with_three(fitting.fit_three(early)),
        "fitted": fitting.fitted(early, training.train)[0] if is_better else DEFAULT_WEIGHTS,
        "full": training.train(early),
    }


def _day_after(log: list[History], size: int) -> int:
    return evaluable_days(log)[size] + 1
