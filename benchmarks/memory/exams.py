"""What is recalled on exam day: the product's chooser against plain FSRS and against cramming.

Every policy has the same minutes and knows the published weights alone; what counts is the
student's true mean recall over all cards of the exam, the never seen ones included.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from math import ceil
from multiprocessing import get_context
from random import Random
from statistics import fmean
from typing import NamedTuple

from benchmarks.memory.report import check, heading
from benchmarks.memory.students import WORLDS, Student
from benchmarks.memory.studying import Deck
from quizzes.cards import preparing
from quizzes.cards.preparing import Candidate, Exam, Seconds
from quizzes.cards.scheduling import Rating
from quizzes.cards.spacing import Pace

STUDENTS = 6
CRAMMED_DAYS = 3
COST = Seconds()


class Scenario(NamedTuple):
    """So many cards in so many days of so many minutes."""

    world: str
    cards: int
    days: int
    minutes: int

    def __str__(self) -> str:
        return f"{self.world}, {self.cards} cards, {self.days} d, {self.minutes} min/d"


SCENARIOS = (
    Scenario("fsrs", 600, 30, 20),
    Scenario("actr", 600, 30, 20),
    Scenario("actr", 300, 30, 15),
    Scenario("actr", 300, 60, 10),
    Scenario("actr", 150, 14, 15),
    Scenario("fsrs", 300, 30, 15),
)


@dataclass
class Desk:
    """A student before the exam: what is due, what was never seen, and the time that is left."""

    scenario: Scenario
    student: Student
    deck: Deck
    day: int = 1
    left: float = 0.0
    unseen: list[int] = field(default_factory=list)

    def ask(self, card: int) -> None:
        """Ask a card, new or not, and spend the time that it takes."""
        if card not in self.deck.memories:
            self.unseen.remove(card)
            rating, cost = self.student.meet(card, self.day), COST.new
        else:
            rating = self.student.answer(card, self.day)
            cost = COST.missed if rating == Rating.AGAIN else COST.recalled
        self.deck.rate(card, rating, self.day)
        self.left -= cost

    def due(self) -> list[int]:
        """What is due by today, the longest due first."""
        days = sorted(day for day in self.deck.due if day <= self.day)
        return [card for day in days for card in self.deck.due.pop(day)]

    def wait(self, cards: list[int]) -> None:
        self.deck.due[self.day + 1] += cards


type Policy = Callable[[Desk], None]


def plain(desk: Desk) -> None:
    """What is due, then as many new cards as there is time for."""
    _study(desk, len(desk.unseen))


def even(desk: Desk) -> None:
    """What is due, then new cards, on each day the share that would have met all of them."""
    _study(desk, ceil(desk.scenario.cards / desk.scenario.days))


def _study(desk: Desk, new: int) -> None:
    due = desk.due()
    while due and desk.left > 0:
        desk.ask(due.pop(0))
    desk.wait(due)
    for card in desk.unseen[:new]:
        if desk.left > 0:
            desk.ask(card)


def crammed(desk: Desk) -> None:
    """Plain until the last days; then whatever is least sure, and new cards where time is left."""
    if desk.day <= desk.scenario.days - CRAMMED_DAYS:
        plain(desk)
        return
    memories, exam_day = desk.deck.memories, desk.scenario.days + 1
    weakest = sorted(memories, key=lambda card: preparing.recall_on(exam_day, memories[card]))
    for card in [*weakest, *desk.unseen]:
        if desk.left <= 0:
            return
        desk.ask(card)


def chosen(desk: Desk) -> None:
    """What the product chooses, again and again while there is time."""
    exam = Exam(day=desk.scenario.days + 1, target=1.0)
    while desk.left > 0:
        cards = [Candidate(n, desk.deck.memories.get(n)) for n in range(desk.scenario.cards)]
        keys = preparing.choose(cards, desk.day, exam, desk.left).keys
        if not keys:
            return
        for key in keys:
            if desk.left > 0:
                desk.ask(key)


POLICIES: dict[str, tuple[Policy, float]] = {
    "even .90": (even, 0.90),
    "dr .90": (plain, 0.90),
    "dr .95": (plain, 0.95),
    "dr .97": (plain, 0.97),
    "cram": (crammed, 0.90),
    "chosen": (chosen, 0.90),
}


def run() -> None:
    """Print the table of scenarios, and the verdicts."""
    heading(f"Exams: true mean recall over all cards on exam day, {STUDENTS} students each")
    with get_context("spawn").Pool(2) as pool:
        found = pool.map(_recalls, [(one, name) for one in SCENARIOS for name in POLICIES], 1)
    table = dict(zip(((one, name) for one in SCENARIOS for name in POLICIES), found, strict=True))
    print(f"{'':32}" + "".join(f"{name:>9}" for name in POLICIES))
    for one in SCENARIOS:
        print(f"{one!s:32}" + "".join(f"{table[one, name]:9.3f}" for name in POLICIES))
    for one in SCENARIOS:
        *others, ours = (table[one, name] for name in POLICIES)
        check(f"{one}: chosen above the best of the others", ours - max(others), at_least=0)
    short = SCENARIOS[1]
    for name in ("even .90", "dr .90"):
        gain = table[short, "chosen"] - table[short, name]
        check(f"{short}: chosen above {name}", gain, at_least=0.05)


def _recalls(job: tuple[Scenario, str]) -> float:
    scenario, name = job
    return fmean(_recall(scenario, name, seed) for seed in range(STUDENTS))


def _recall(scenario: Scenario, name: str, seed: int) -> float:
    """One student through all days; the same student, whatever the policy."""
    policy, retention = POLICIES[name]
    student = WORLDS[scenario.world](Random(f"exam {scenario} {seed}"))
    deck = Deck(Pace(desired_retention=retention), seed)
    desk = Desk(scenario, student, deck, unseen=list(range(scenario.cards)))
    for day in range(1, scenario.days + 1):
        desk.day, desk.left = day, 60.0 * scenario.minutes
        policy(desk)
    return sum(_true(desk)) / scenario.cards


def _true(desk: Desk) -> Iterator[float]:
    for card in desk.deck.memories:
        yield desk.student.chance(card, desk.scenario.days + 1)
