"""What the coming days bring a learner: reviews, minutes, and how much is remembered at the end.

A seeded simulation of the scheduler itself: each card falls due, is recalled with the chance that
the model gives it, and moves on. Exact expectations would double at every review of a card, one
branch for a recall and one for a miss; a draw at each review has the same mean. So that a small
deck is no game of chance, and a large one costs no more, always about as many *paths* are
followed: a deck of 50 cards is played twenty times over, of 5,000 every fifth card is played.

Each path has its own luck, whatever becomes of the others: so two plans that are compared differ
by what they ask, hardly by chance.

Pure: the same cards, habits and seed foretell the same.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from hashlib import blake2b
from math import inf
from struct import unpack

from quizzes.cards.scheduling import Memory, Rating, interval, retrievability, step
from quizzes.cards.spacing import LIGHTER, NORMAL_WEEK, OFF, Pace, fuzz_window

PATHS = 1_000

_LIGHTER_ROOM = 0.5
_AFTER_A_MISS = 1
_BEYOND = 60
"""Days after the last one, so that cards may go there as they would."""
_DRAWS_A_DIGEST = 8
_DRAWS = 4_096
_APART = 1_597
"""How far from each other neighboring paths begin to draw: no common factor with the draws."""


@dataclass(frozen=True, slots=True)
class Course:
    """Cards that are spaced alike: those met, with the day each is due, and how many are new."""

    pace: Pace
    cards: Sequence[tuple[Memory, int]] = ()
    unseen: int = 0
    new_a_day: int = 0

    def most_cards(self, days: int) -> int:
        """How many of its cards can be met by the end."""
        return len(self.cards) + min(self.unseen, self.new_a_day * days)


@dataclass(frozen=True, slots=True)
class Habits:
    """How a learner studies: the time a card takes, and on which days.

    `week` tells from Monday to Sunday which days are normal, lighter (fewer cards fall due) or
    off; `days_off` are ordinals. `first_recalls` is the share of new cards known at first sight.
    """

    seconds_a_review: float = 15.0
    seconds_a_new_card: float = 35.0
    week: str = NORMAL_WEEK
    days_off: frozenset[int] = frozenset()
    first_recalls: float = 0.65

    def room(self, day: int) -> float:
        """How much of a normal day's cards are to fall due on a day, 0 to 1."""
        kind = self.week[(day - 1) % len(self.week)]  # day 1 was a Monday
        if kind == OFF or day in self.days_off:
            return 0.0
        return _LIGHTER_ROOM if kind == LIGHTER else 1.0


@dataclass(frozen=True, slots=True)
class DayAhead:
    """What is expected of one day (its ordinal): cards reviewed, new ones, and minutes for both.

    A card that is missed is seen again on the same day: that counts in the minutes.
    """

    day: int
    reviews: float
    new: float
    minutes: float


@dataclass(frozen=True, slots=True)
class Outlook:
    """The days ahead; when they are over, how many cards were met and would be recalled."""

    days: list[DayAhead]
    met: float
    recalled: float

    @property
    def recall(self) -> float | None:
        """The mean chance of recalling a card that was met; none before the first."""
        return self.recalled / self.met if self.met else None

    @property
    def minutes_a_day(self) -> float:
        return sum(day.minutes for day in self.days) / len(self.days)


@dataclass(slots=True)
class _Path:
    """One card on its way; `luck` is its next draw."""

    pace: Pace
    luck: int
    memory: Memory | None = None


@dataclass(slots=True)
class _Game:
    """A simulation under way: which path comes up on which day, counted from the first."""

    today: int
    habits: Habits
    agenda: list[list[_Path]]
    draws: Sequence[float]
    paths: list[_Path] = field(default_factory=list)
    room: list[float] = field(default_factory=list)

    def begin(self, pace: Pace, memory: Memory | None) -> _Path:
        path = _Path(pace, len(self.paths) * _APART, memory)
        self.paths.append(path)
        return path

    def draw(self, path: _Path) -> float:
        path.luck += 1
        return self.draws[path.luck % _DRAWS]

    def draw_day(self, path: _Path) -> float:
        """From the other end, so that a choice of days leaves the luck of recalls as it is."""
        return self.draws[-path.luck % _DRAWS]


def simulate(
    courses: Sequence[Course],
    today: int,
    days: int,
    habits: Habits,
    *,
    paths: int = PATHS,
    seed: object = 0,
) -> Outlook:
    """Foretell so many days from `today` (an ordinal), which is one of them.

    Every review is at the day it falls due; on a day off it waits for the next study day.
    """
    most = sum(course.most_cards(days) for course in courses)
    scale = paths / most if most else 1.0
    room = [habits.room(today + n) for n in range(days + _BEYOND)]
    game = _Game(today, habits, [[] for _ in room], _draws(seed), room=room)
    for pace, memory, due in _copies(courses, scale):
        _plan(game, game.begin(pace, memory), due - today)
    new = [_arrivals(course, scale, room) for course in courses]
    ahead = [_day(game, n, courses, [next(one) for one in new], scale) for n in range(days)]
    return Outlook(ahead, len(game.paths) / scale, _recalled(game, today + days) / scale)


def _copies(courses: Sequence[Course], scale: float) -> Iterator[tuple[Pace, Memory, int]]:
    """Each card as often as the scale says, or one card in several."""
    due = ((course.pace, *card) for course in courses for card in course.cards)
    for number, (pace, memory, day) in enumerate(due):
        for _ in range(int((number + 1) * scale) - int(number * scale)):
            yield pace, memory, day


def _arrivals(course: Course, scale: float, room: Iterable[float]) -> Iterator[int]:
    """How many paths begin on each day with a new card of this course."""
    met = 0
    for share in room:
        before, met = met, min(course.unseen, met + course.new_a_day * (share > 0))
        yield int(met * scale) - int(before * scale)


def _day(
    game: _Game, number: int, courses: Sequence[Course], new: Sequence[int], scale: float
) -> DayAhead:
    """Play one day: all that is due, then the new cards; a day off hands its cards on."""
    day, due, habits = game.today + number, game.agenda[number], game.habits
    if not game.room[number]:
        game.agenda[number + 1] += due
        return DayAhead(day, 0.0, 0.0, 0.0)
    missed = sum(not _review(game, path, day) for path in due)
    for course, count in zip(courses, new, strict=True):
        for _ in range(count):
            _introduce(game, course.pace, day)
    begun = sum(new)
    seconds = (len(due) + missed) * habits.seconds_a_review + begun * habits.seconds_a_new_card
    return DayAhead(day, len(due) / scale, begun / scale, seconds / 60 / scale)


def _review(game: _Game, path: _Path, day: int) -> bool:
    """Whether the card is recalled; if not, it is seen twice on this day."""
    is_recalled = game.draw(path) < _chance(path, day)
    (_pass if is_recalled else _miss)(game, path, day)
    return is_recalled


def _introduce(game: _Game, pace: Pace, day: int) -> None:
    """A new card: known at first sight, or seen again after some minutes."""
    path = game.begin(pace, None)
    if game.draw(path) >= game.habits.first_recalls:
        path.memory = step(None, Rating.AGAIN, day, pace.weights)
    _pass(game, path, day)


def _pass(game: _Game, path: _Path, day: int) -> None:
    """A recall, and the day on which the card comes again."""
    memory = step(path.memory, Rating.GOOD, day, path.pace.weights)
    path.memory = memory
    _plan(game, path, _next(game, path, memory))


def _miss(game: _Game, path: _Path, day: int) -> None:
    """A miss, its repeat on the same day, and another look on the next."""
    for rating in (Rating.AGAIN, Rating.GOOD):
        path.memory = step(path.memory, rating, day, path.pace.weights)
    _plan(game, path, day - game.today + _AFTER_A_MISS)


def _next(game: _Game, path: _Path, memory: Memory) -> int:
    """The day of the window that suits best, by the rule of `spacing`."""
    pace, number = path.pace, memory.last_day - game.today
    days = interval(memory.stability, pace.desired_retention, pace.weights)
    window = fuzz_window(days, 1, pace.maximum_interval)
    first, last = number + window.earliest, number + window.latest
    if last >= len(game.agenda) or first == last:
        return first
    drawn = first + int(game.draw_day(path) * (last - first + 1))

    def cost(n: int) -> tuple[float, int]:
        load = (len(game.agenda[n]) + 1) * (max(n, drawn) - number) ** 3
        return load / game.room[n] if game.room[n] else inf, abs(n - drawn)

    return min(range(first, last + 1), key=cost)


def _plan(game: _Game, path: _Path, number: int) -> None:
    """Put a path on its day; what is overdue comes today, what lies beyond the end not at all."""
    if number < len(game.agenda):
        game.agenda[max(0, number)].append(path)


def _recalled(game: _Game, day: int) -> float:
    return sum(_chance(path, day) for path in game.paths)


def _chance(path: _Path, day: int) -> float:
    memory = path.memory
    if memory is None:
        return 0.0
    return retrievability(max(0, day - memory.last_day), memory.stability, path.pace.weights)


def _draws(seed: object) -> list[float]:
    """Numbers from 0 to below 1 that look random and are always the same for the same seed."""
    return [
        (whole >> 11) * 2.0**-53
        for number in range(_DRAWS // _DRAWS_A_DIGEST)
        for whole in unpack(
            f">{_DRAWS_A_DIGEST}Q", blake2b(f"{seed}\x1f{number}".encode()).digest()
        )
    ]
