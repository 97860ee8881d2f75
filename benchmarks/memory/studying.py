"""A simulated student studies under the product's own scheduler, which knows the defaults alone."""

from collections import defaultdict
from dataclasses import dataclass, field
from random import Random

from benchmarks.memory.students import Student
from quizzes.cards.scheduling import Memory, Rating, step
from quizzes.cards.spacing import Pace, Phase, draw, offers

type Seen = tuple[int, int, Rating, float | None]
"""A review as a log holds it, and the student's true chance: card, day, rating, chance."""

CHANCE_OF_A_DAY_OFF = 0.1


@dataclass
class Deck:
    """What the scheduler holds of each card, and on which day each is due."""

    pace: Pace
    seed: object = 0
    memories: dict[int, Memory] = field(default_factory=dict)
    intervals: dict[int, int] = field(default_factory=dict)
    due: dict[int, list[int]] = field(default_factory=lambda: defaultdict(list))
    reps: dict[int, int] = field(default_factory=lambda: defaultdict(int))

    def rate(self, card: int, rating: Rating, day: int) -> None:
        """Write a rating down; after a miss the card is recalled once more and comes tomorrow."""
        memory = self.memories.get(card)
        phase = Phase.REVIEW if memory else Phase.NEW
        if rating == Rating.AGAIN or (memory is None and rating == Rating.HARD):
            memory = step(memory, rating, day, self.pace.weights)
            phase = Phase.RELEARNING if phase is Phase.REVIEW else Phase.LEARNING
            rating = Rating.GOOD
        self._offer(card, memory, phase, rating, day)

    def _offer(
        self, card: int, memory: Memory | None, phase: Phase, rating: Rating, day: int
    ) -> None:
        self.reps[card] += 1
        offer = offers(
            memory,
            phase,
            self.intervals.get(card, 0) if phase is Phase.REVIEW else 0,
            day,
            self.pace,
            draw=draw(self.seed, card, self.reps[card]),
        )[rating]
        self.memories[card], self.intervals[card] = offer.memory, offer.days
        self.due[day + offer.days].append(card)


def study(
    student: Student, random: Random, *, cards: int, days: int, new_a_day: int, seed: object = 0
) -> list[Seen]:
    """A log in the order of time; now and then a day is missed, and its cards wait."""
    log: list[Seen] = []
    deck, fresh = Deck(Pace(), seed), iter(range(cards))
    for day in range(1, days + 1):
        due = deck.due.pop(day, [])
        if random.random() < CHANCE_OF_A_DAY_OFF:
            deck.due[day + 1] += due
            continue
        for card in due:
            chance = student.chance(card, day)
            _write(log, deck, card, student.answer(card, day), day, chance)
        for _, card in zip(range(new_a_day), fresh, strict=False):
            _write(log, deck, card, student.meet(card, day), day, None)
    return log


def _write(
    log: list[Seen], deck: Deck, card: int, rating: Rating, day: int, chance: float | None
) -> None:
    is_new = card not in deck.memories
    log.append((card, day, rating, chance))
    if rating == Rating.AGAIN or (is_new and rating == Rating.HARD):
        log.append((card, day, Rating.GOOD, None))
    deck.rate(card, rating, day)
