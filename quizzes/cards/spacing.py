"""When a card comes back: what each of the four ratings offers, in minutes or in days.

Memory alone gives an unrounded interval (`scheduling.interval`). Here it becomes a *window* of
lawful days and, inside it, one day: spread by a seeded draw so that cards learned together do
not stay together, and moved to a day that suits better: no day off, none on which a sibling is
asked, one with less to do. All of it is pure: the same card, draw and days ahead give the same
offers, so what a button shows is what is stored.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from hashlib import blake2b
from math import floor, inf

from quizzes.cards.scheduling import (
    DEFAULT_WEIGHTS,
    Memory,
    Rating,
    Weights,
    interval,
    preview,
    retrievability,
)

# How far an interval may stray: 1 day, and this share of each part of it.
# Source: the fuzz ranges of Anki's scheduler.
_FUZZ_RANGES = ((2.5, 7.0, 0.15), (7.0, 20.0, 0.1), (20.0, inf, 0.05))
_DRAW_BITS = 64


class Phase(StrEnum):
    """Where a card stands: a step of minutes while (re)learning, days in review."""

    NEW = "new"
    LEARNING = "learning"
    REVIEW = "review"
    RELEARNING = "relearning"


@dataclass(frozen=True, slots=True)
class Pace:
    """How one learner studies: the recall aimed at, the steps, the longest interval, weights.

    A card that an exam covers has the day of it, and the chance of recall that is enough then.
    """

    desired_retention: float = 0.9
    learning_minutes: int = 10
    relearning_minutes: int = 10
    maximum_interval: int = 365
    weights: Weights = DEFAULT_WEIGHTS
    exam_day: int | None = None
    exam_target: float = 0.9

    def longest(self, memory: Memory) -> int:
        """The longest interval for a memory: it ends before an exam that is not yet safe."""
        ahead = self.exam_day - memory.last_day if self.exam_day else 0
        if ahead < 2 or retrievability(ahead, memory.stability, self.weights) >= self.exam_target:
            return self.maximum_interval
        return min(ahead - 1, self.maximum_interval)


LIGHTER, OFF = "l", "o"
NORMAL_WEEK = "nnnnnnn"


@dataclass(frozen=True, slots=True)
class Ahead:
    """What is known of the days to come, by their ordinals.

    `loads` counts the cards that are due, `kin` are the days on which a sibling is; `week` tells
    from Monday to Sunday which days are normal, lighter or off.
    """

    loads: Mapping[int, int] = field(default_factory=dict)
    days_off: Collection[int] = ()
    kin: Collection[int] = ()
    week: str = NORMAL_WEEK

    def is_off(self, day: int) -> bool:
        return day in self.days_off or self._kind(day) == OFF

    def load(self, day: int) -> int:
        """What a day would have to carry with one card more; a lighter day feels it double."""
        return (self.loads.get(day, 0) + 1) * (2 if self._kind(day) == LIGHTER else 1)

    def _kind(self, day: int) -> str:
        return self.week[(day - 1) % 7]  # day 1 was a Monday


UNKNOWN = Ahead()


@dataclass(frozen=True, slots=True)
class Window:
    """Days from `earliest` to `latest`, both included, counted from the day of the answer."""

    earliest: int
    latest: int

    def __contains__(self, days: int) -> bool:
        return self.earliest <= days <= self.latest

    @property
    def days_to_choose(self) -> range:
        """Its days, where there is more than one."""
        is_choice = self.latest > self.earliest
        return range(self.earliest, self.latest + 1) if is_choice else range(0)


@dataclass(frozen=True, slots=True)
class Offer:
    """What one rating would do: a step of `minutes`, or `days` chosen from the lawful window.

    Exactly one of the two is above 0; a step's window holds the 0 alone.
    """

    memory: Memory
    minutes: int
    days: int
    window: Window


def offers(
    memory: Memory | None,
    phase: Phase,
    previous: int,
    day: int,
    pace: Pace,
    *,
    draw: int,
    ahead: Ahead = UNKNOWN,
) -> dict[Rating, Offer]:
    """The offer of each rating on one learner day.

    `previous` is the interval that is running (days, 0 in a step), `draw` comes from `draw()`.
    The promises: a step for Again always and for Hard while learning; else Hard ≤ Good < Easy; a
    growing interval is longer than the one before; nothing beyond the longest one, at which
    alone Good and Easy may meet; a day off only where no other day is lawful.
    """
    memories = preview(memory, day, pace.weights)
    made = {Rating.AGAIN: _step(memories[Rating.AGAIN], _again_minutes(phase, pace))}
    if phase in (Phase.NEW, Phase.LEARNING):
        made[Rating.HARD] = _step(memories[Rating.HARD], pace.learning_minutes * 3 // 2)
    shortest = 1
    for rating, window in _windows(memories, phase, previous, pace).items():
        lawful = Window(min(max(shortest, window.earliest), window.latest), window.latest)
        days = _best_day(lawful, draw, day, ahead)
        made[rating] = Offer(memories[rating], minutes=0, days=days, window=window)
        shortest = days + (rating == Rating.GOOD)
    return made


def draw(*seed: object) -> int:
    """A number of 64 bits that looks random and is always the same for the same seed."""
    text = "\x1f".join(map(str, seed))
    return int.from_bytes(blake2b(text.encode(), digest_size=_DRAW_BITS // 8).digest())


def fuzzed(window: Window, draw: int) -> int:
    """The day of the window that a draw points at; every day is equally likely."""
    return window.earliest + (draw * (window.latest - window.earliest + 1) >> _DRAW_BITS)


def fuzz_window(days: float, shortest: int, longest: int) -> Window:
    """The days that an unrounded interval may be moved to, within `shortest` and `longest`."""
    shortest = min(shortest, longest)
    days = min(max(days, shortest), longest)
    stray = _stray(days)
    return Window(
        earliest=min(max(_nearest(days - stray), shortest), longest),
        latest=min(max(_nearest(days + stray), shortest), longest),
    )


def _again_minutes(phase: Phase, pace: Pace) -> int:
    learning = phase in (Phase.NEW, Phase.LEARNING)
    return pace.learning_minutes if learning else pace.relearning_minutes


def _step(memory: Memory, minutes: int) -> Offer:
    return Offer(memory, minutes=minutes, days=0, window=Window(0, 0))


def _windows(
    memories: dict[Rating, Memory], phase: Phase, previous: int, pace: Pace
) -> dict[Rating, Window]:
    """The window of each rating that gives days, in the order of the ratings.

    A window never depends on the day picked from another, so the server can check an interval
    that comes back without knowing what else was on the page.
    """
    windows: dict[Rating, Window] = {}
    below = Window(1, 1)
    for rating in _passing(phase):
        apart = int(rating == Rating.EASY)
        days = _days(memories[rating], phase, pace)
        growing = previous + 1 if _nearest(days) > previous else 1
        longest = pace.longest(memories[rating])
        own = fuzz_window(days, max(growing, below.earliest + apart), longest)
        latest = min(max(own.latest, below.latest + apart), longest)
        below = windows[rating] = Window(own.earliest, latest)
    return windows


def _passing(phase: Phase) -> tuple[Rating, ...]:
    """The ratings that send a card to a later day; while learning, Hard repeats the step."""
    if phase in (Phase.NEW, Phase.LEARNING):
        return (Rating.GOOD, Rating.EASY)
    return (Rating.HARD, Rating.GOOD, Rating.EASY)


def _days(memory: Memory, phase: Phase, pace: Pace) -> float:
    """What a pass earns; after a miss the card is seen once more on the next study day."""
    if phase is Phase.RELEARNING:
        return 1.0
    return interval(memory.stability, pace.desired_retention, pace.weights)


def _stray(days: float) -> float:
    if days < _FUZZ_RANGES[0][0]:
        return 0.0
    return 1.0 + sum(share * max(0.0, min(days, end) - start) for start, end, share in _FUZZ_RANGES)


def _best_day(window: Window, draw: int, day: int, ahead: Ahead) -> int:
    """No day off, then none with a sibling, then the least load; of equals the draw's nearest.

    A load weighs with the cube of the interval where that is longer than the draw's: later days
    are always emptier, and without it intervals would grow by a tenth of what memory asks for.
    """
    drawn = fuzzed(window, draw)

    def cost(days: int) -> tuple[bool, bool, int, int, int]:
        due = day + days
        load = ahead.load(due) * max(days, drawn) ** 3
        return ahead.is_off(due), due in ahead.kin, load, abs(days - drawn), days

    return min(range(window.earliest, window.latest + 1), key=cost)


def _nearest(days: float) -> int:
    """Halves go up, as in the scheduler that the ranges come from."""
    return floor(days + 0.5)
