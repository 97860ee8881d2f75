"""How much better a fitted model knows a student than the published one, and never much worse."""

import math
from collections import defaultdict
from collections.abc import Mapping, Sequence
from multiprocessing import get_context
from random import Random
from statistics import fmean
from typing import NamedTuple

from benchmarks.memory.metrics import Scores, scores
from benchmarks.memory.report import check, heading
from benchmarks.memory.students import WORLDS, FsrsStudent
from benchmarks.memory.studying import Seen, study
from quizzes.cards import fitting, proving, training
from quizzes.cards.predicting import History
from quizzes.cards.scheduling import DEFAULT_WEIGHTS, Rating, Weights

SIZES = (64, 128, 256, 512, 1_000, 2_000)
LEGEND = """truth: the student's true chances. default: the published weights. three: three numbers
fitted. fitted: what the product would use, the published weights where the gate lets nothing
through. full: all 21 numbers fitted. own: the student's very weights, which know nothing of how
cards differ: no fit can be expected to do better."""
FEW, MUCH, MOST = 512, 1_000, 2_000
TESTED = 2_000
"""So many reviews after those that were learned from are foretold."""


class Case(NamedTuple):
    """One student after so many reviews: the scores of each set, and of who knows the truth."""

    world: str
    size: int
    scores: dict[str, Scores]
    truth: float

    def gain(self, name: str) -> float:
        """By how much a set foretells better than the published one."""
        return self.scores["default"].log_loss - self.scores[name].log_loss


def run(students: int) -> None:
    """Print the tables of both worlds, and the verdicts."""
    jobs = [(world, seed) for world in WORLDS for seed in range(students)]
    with get_context("spawn").Pool(2) as pool:
        found = [case for cases in pool.starmap(cases_of, jobs, chunksize=2) for case in cases]
    by_place = defaultdict(list)
    for case in found:
        by_place[case.world, case.size].append(case)
    print(f"\n{LEGEND}")
    for world in WORLDS:
        heading(f"Calibration, {students} students of the world “{world}”")
        print("reviews  set        log loss     ECE  RMSE(bins)  to truth  better than default")
        for size in SIZES:
            _print(size, by_place[world, size])
    _judge(by_place)


def cases_of(world: str, seed: int) -> list[Case]:
    """One student, after each number of reviews."""
    random = Random(f"{world} {seed}")
    student = WORLDS[world](random)
    log = study(student, random, cards=900, days=400, new_a_day=10, seed=seed)
    days = _evaluable_days(log)
    own = {"own": student.weights} if isinstance(student, FsrsStudent) else {}
    return [
        _case(world, size, log, days[size] + 1, days[size + TESTED], own)
        for size in SIZES
        if size + TESTED < len(days)
    ]


def _case(
    world: str,
    size: int,
    log: Sequence[Seen],
    since: int,
    until: int,
    own: Mapping[str, Weights],
) -> Case:
    early = histories([seen for seen in log if seen[1] < since])
    whole = histories([seen for seen in log if seen[1] <= until])
    is_better = proving.prove(early, DEFAULT_WEIGHTS, training.train).is_better
    sets = {
        "default": DEFAULT_WEIGHTS,
        "three": fitting.with_three(fitting.fit_three(early)),
        "fitted": fitting.fitted(early, training.train)[0] if is_better else DEFAULT_WEIGHTS,
        "full": training.train(early),
        **own,
    }
    truth = _truth(log, since, until)
    chances = [chance for chance, _ in truth]
    return Case(
        world,
        size,
        {name: scores(whole, weights, since, chances) for name, weights in sets.items()},
        fmean(-math.log(chance if is_recalled else 1 - chance) for chance, is_recalled in truth),
    )


def histories(log: Sequence[Seen]) -> list[History]:
    """The log by card, the cards in the order of their numbers."""
    by_card: dict[int, list[tuple[int, Rating]]] = defaultdict(list)
    for card, day, rating, _ in log:
        by_card[card].append((day, rating))
    return [by_card[card] for card in sorted(by_card)]


def _truth(log: Sequence[Seen], since: int, until: int) -> list[tuple[float, bool]]:
    """The true chances, card by card like the predictions, and what happened."""
    found = [
        (card, day, min(max(chance, 1e-6), 1 - 1e-6), rating > Rating.AGAIN)
        for card, day, rating, chance in log
        if chance is not None and since <= day <= until
    ]
    return [(chance, is_recalled) for _, _, chance, is_recalled in sorted(found)]


def _evaluable_days(log: Sequence[Seen]) -> list[int]:
    return [day for _, day, _, chance in log if chance is not None]


def _print(size: int, cases: Sequence[Case]) -> None:
    print(f"{size:7}  truth      {fmean(case.truth for case in cases):8.4f}")
    for name in cases[0].scores:
        found = [case.scores[name] for case in cases]
        figures = " ".join(
            (
                f"{fmean(one.log_loss for one in found):8.4f}",
                f"{fmean(one.ece for one in found):7.4f}",
                f"{fmean(one.rmse_bins for one in found):11.4f}",
                f"{fmean(one.to_truth or 0 for one in found):9.4f}",
            )
        )
        print(f"         {name:8} {figures} {_better(cases, name):19.0%}")


def _better(cases: Sequence[Case], name: str) -> float:
    return fmean(case.gain(name) > 0 for case in cases)


def _judge(by_place: dict[tuple[str, int], list[Case]]) -> None:
    heading("Calibration: targets (fitted = what the gate lets through)")
    most = by_place["fsrs", MOST]
    fitted = [case.scores["fitted"] for case in most]
    at = f"fsrs, {MOST} reviews"
    excess = fmean(case.scores["fitted"].log_loss - case.truth for case in most)
    check(f"{at}: log loss above the truth", excess, at_most=0.006)
    check(f"{at}: RMSE to the truth", fmean(one.to_truth or 0 for one in fitted), at_most=0.030)
    check(f"{at}: ECE", fmean(one.ece for one in fitted), at_most=0.030)
    check(f"{at}: share better than default", _better(most, "fitted"), at_least=0.75)
    for size in (MUCH, MOST):
        much = by_place["actr", size]
        gain = fmean(case.gain("fitted") for case in much)
        check(f"actr, {size} reviews: gain over default", gain, at_least=0.002)
        check(f"actr, {size} reviews: share better", _better(much, "fitted"), at_least=0.80)
    for world in WORLDS:
        few = [case for size in SIZES if size <= FEW for case in by_place[world, size]]
        harms = sorted(-case.gain("fitted") for case in few)
        at = f"{world}, {SIZES[0]}-{FEW} reviews"
        check(f"{at}: mean harm", fmean(harms), at_most=0.001)
        check(f"{at}: harm, 95th percentile", harms[int(0.95 * (len(harms) - 1))], at_most=0.015)
        check(f"{at}: harm, worst", harms[-1], at_most=0.025)
