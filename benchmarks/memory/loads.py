"""How even the days are, and how often two cards of one fact meet on one day.

A year of fifteen new cards on each weekday, recalled as often as the model expects. Facts have
two cards, the second a study day after the first.
"""

from collections import Counter, defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from random import Random
from statistics import fmean, pstdev, quantiles

from benchmarks.memory.report import check, heading
from quizzes.cards.scheduling import Memory, Rating, retrievability, step
from quizzes.cards.spacing import UNKNOWN, Ahead, Offer, Pace, Phase, draw, fuzzed, offers

NEW_A_DAY, DAYS, SETTLED = 15, 365, 120
RUNS = 4
FIRST_RECALLS = 0.65
FIRST_DAY = 739_677  # a Monday


@dataclass
class Year:
    """A deck on its way through the year; cards 2n and 2n + 1 ask the same fact."""

    random: Random
    choose: Callable[["Year", int, dict[Rating, Offer], int], int]
    memories: dict[int, Memory] = field(default_factory=dict)
    intervals: dict[int, int] = field(default_factory=dict)
    due_on: dict[int, int] = field(default_factory=dict)
    agenda: dict[int, list[int]] = field(default_factory=lambda: defaultdict(list))
    loads: Counter[int] = field(default_factory=Counter)
    reps: Counter[int] = field(default_factory=Counter)
    asked: dict[int, list[int]] = field(default_factory=lambda: defaultdict(list))
    lengths: list[float] = field(default_factory=list)

    def rate(self, card: int, day: int) -> None:
        """Recalled or missed, and on to the day that the rule chooses."""
        memory, phase = self.memories.get(card), Phase.REVIEW
        if memory is None:
            phase, chance = Phase.NEW, FIRST_RECALLS
        else:
            chance = retrievability(day - memory.last_day, memory.stability)
            self.asked[day].append(card)
        if self.random.random() >= chance:
            memory = step(memory, Rating.AGAIN, day)
            phase = Phase.RELEARNING if phase is Phase.REVIEW else Phase.LEARNING
        self.reps[card] += 1
        self._place(card, day, memory, phase)

    def _place(self, card: int, day: int, memory: Memory | None, phase: Phase) -> None:
        previous = self.intervals.get(card, 0) if phase is Phase.REVIEW else 0
        seed = draw("year", card, self.reps[card])
        ahead = Ahead(self.loads, kin={self.due_on.get(card ^ 1, 0)})
        if self.choose is not best:
            ahead = UNKNOWN
        made = offers(memory, phase, previous, day, Pace(), draw=seed, ahead=ahead)
        days = self.choose(self, card, made, seed)
        self.memories[card], self.intervals[card] = made[Rating.GOOD].memory, days
        self.lengths.append(days)
        self.due_on[card] = day + days
        self.agenda[day + days].append(card)
        self.loads[day + days] += 1


def exact(year: Year, card: int, made: dict[Rating, Offer], seed: int) -> int:
    """The middle of the window: what memory alone asks for."""
    window = made[Rating.GOOD].window
    return (window.earliest + window.latest) // 2


def strewn(year: Year, card: int, made: dict[Rating, Offer], seed: int) -> int:
    """The day of the window that the draw points at."""
    return fuzzed(made[Rating.GOOD].window, seed)


def best(year: Year, card: int, made: dict[Rating, Offer], seed: int) -> int:
    """What the product offers."""
    return made[Rating.GOOD].days


RULES = {"none": exact, "fuzz": strewn, "spacing": best, "product": best}
"""The last keeps the sibling of what was asked today until tomorrow, as the queue does."""


@dataclass(frozen=True, slots=True)
class Evenness:
    """The days of a settled year: their variation, the full ones, the clashes of siblings."""

    variation: float
    p95_to_mean: float
    clashes: float
    mean_interval: float


def run() -> None:
    """Print a line for each rule, and the verdicts."""
    heading(f"Loads: {NEW_A_DAY} new cards on weekdays, {DAYS} days, mean of {RUNS} runs")
    print("rule       CV  p95/mean  siblings on one day  mean interval")
    found = {name: [_evenness(name, seed) for seed in range(RUNS)] for name in RULES}
    for name, runs in found.items():
        variation, full = fmean(r.variation for r in runs), fmean(r.p95_to_mean for r in runs)
        clashes, length = fmean(r.clashes for r in runs), fmean(r.mean_interval for r in runs)
        print(f"{name:8} {variation:.3f} {full:9.3f} {clashes:20.1%} {length:14.1f}")
    ours, fuzz = (fmean(r.variation for r in found[name]) for name in ("product", "fuzz"))
    check("CV of the product over that of fuzz", ours / fuzz, at_most=0.9)
    clashes = fmean(r.clashes for r in found["product"])
    check("siblings on one day", clashes, at_most=0.07)


def _evenness(name: str, seed: int) -> Evenness:
    year, card, waiting = Year(Random(f"year {seed}"), RULES[name]), 0, list[int]()
    for day in range(FIRST_DAY, FIRST_DAY + DAYS):
        for due in year.agenda.pop(day, []):
            if name == "product" and due ^ 1 in year.asked[day]:
                year.agenda[day + 1].append(due)
            else:
                year.rate(due, day)
        if (day - FIRST_DAY) % 7 < 5:
            seconds, waiting = waiting[:NEW_A_DAY], waiting[NEW_A_DAY:]
            firsts = range(card, card + 2 * (NEW_A_DAY - len(seconds)), 2)
            card += 2 * len(firsts)
            waiting += [first + 1 for first in firsts]
            for new in [*seconds, *firsts]:
                year.rate(new, day)
    return _measured(year)


def _measured(year: Year) -> Evenness:
    days = range(FIRST_DAY + SETTLED, FIRST_DAY + DAYS)
    counts = [len(year.asked[day]) for day in days]
    clashes = sum(
        sum(card ^ 1 in cards for card in cards) for cards in (set(year.asked[d]) for d in days)
    )
    return Evenness(
        pstdev(counts) / fmean(counts),
        quantiles(counts, n=20)[-1] / fmean(counts),
        clashes / sum(counts),
        fmean(year.lengths),
    )
