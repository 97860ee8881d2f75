"""How much processor time the arithmetic takes: ratios tell, milliseconds are this machine's."""

import time
from collections.abc import Callable
from random import Random

from benchmarks.memory.calibration import histories
from benchmarks.memory.report import check, heading
from benchmarks.memory.students import FsrsStudent
from benchmarks.memory.studying import study
from quizzes.cards import fitting, training
from quizzes.cards.predicting import History, evaluable_days
from quizzes.cards.scheduling import Memory, Rating, step
from quizzes.cards.simulating import Course, Habits, simulate
from quizzes.cards.spacing import Pace

ROUNDS = 20
STEPS = 2_000
CARDS, DAYS_AHEAD = 1_000, 90
TODAY = 740_000


def run() -> None:
    """Print what a step, a forecast and the fits take, the best of several rounds."""
    heading(f"Speed (processor time, best of {ROUNDS} rounds)")
    a_step = _best(_steps) / STEPS
    ahead = _best(lambda: simulate(_deck(), TODAY, DAYS_AHEAD, Habits(), paths=CARDS))
    print(f"a step of the kernel: {1e6 * a_step:.2f} us")
    print(
        f"a forecast of {CARDS} cards over {DAYS_AHEAD} days: {1e3 * ahead:.1f} ms, "
        f"{ahead / a_step:,.0f} steps' worth"
    )
    thousand, many = _log(1_000), _log(100_000)
    three = _best(lambda: fitting.fit_three(thousand))
    full = _best(lambda: training.train(many), rounds=3)
    check("a step, us", 1e6 * a_step, at_most=5)
    check(f"a forecast of {CARDS} cards over {DAYS_AHEAD} days, ms", 1e3 * ahead, at_most=100)
    check("a fit of three numbers to 1,000 reviews, s", three, at_most=0.2)
    check("a fit of all numbers to 100,000 reviews, s", full, at_most=2)


def _steps() -> None:
    memory = None
    for number in range(STEPS):
        rating = Rating.AGAIN if number % 10 == 9 else Rating.GOOD
        memory = step(memory, rating, TODAY + number % 400)
        if number % 20 == 19:
            memory = None


def _deck() -> list[Course]:
    """Cards of all ages: stabilities from a day to two months."""
    random = Random("deck")
    cards = []
    for _ in range(CARDS):
        stability = 1 + 60 * random.random()
        age = int(stability * random.random())
        memory = Memory(stability, 1 + 9 * random.random(), TODAY - age)
        cards.append((memory, TODAY - age + int(stability)))
    return [Course(Pace(), cards)]


def _log(reviews: int) -> list[History]:
    """So many evaluable reviews, of as many students as it takes."""
    found: list[History] = []
    seed = 0
    while len(evaluable_days(found)) < reviews:
        random = Random(f"speed {seed}")
        log = study(FsrsStudent(random), random, cards=900, days=400, new_a_day=10, seed=seed)
        missing = reviews - len(evaluable_days(found))
        found += _first(histories(log), missing)
        seed += 1
    return found


def _first(log: list[History], reviews: int) -> list[History]:
    kept: list[History] = []
    for history in log:
        if reviews <= 0:
            break
        kept.append(history)
        reviews -= len(evaluable_days([history]))
    return kept


def _best(work: Callable[[], object], rounds: int = ROUNDS) -> float:
    """Seconds of processor time of the fastest round; neighbors on the machine do not count."""
    best = float("inf")
    for _ in range(rounds):
        start = time.process_time()
        work()
        best = min(best, time.process_time() - start)
    return best
