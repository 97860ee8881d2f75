"""What a card's log makes of it: a state, and the state after one more answer.

Pure: the same answers in the same order always end in the same state, so a card can be rebuilt
from its log at any time and must come out equal.
"""

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from quizzes.cards.scheduling import Memory, Rating, Weights, step
from quizzes.cards.spacing import Phase


@dataclass(frozen=True, slots=True)
class State:
    """All of a card that its log decides: due at an instant in a step, on a day in review.

    `moved_to` is the due day that was put in place of the log's, where that is so.
    """

    phase: Phase = Phase.NEW
    memory: Memory | None = None
    last_at: datetime | None = None
    due_at: datetime | None = None
    due_day: date | None = None
    interval_days: int = 0
    reps: int = 0
    lapses: int = 0
    moved_to: date | None = None

    def moved(self, day: date | None) -> "State":
        """The same with another due day, or with none but the log's; only in review."""
        if self.phase is not Phase.REVIEW or self.memory is None:
            return self
        last_day = date.fromordinal(self.memory.last_day)
        due_day = day or last_day + timedelta(days=self.interval_days)
        return replace(self, due_day=due_day, moved_to=day)


@dataclass(frozen=True, slots=True)
class Answer:
    """One rating as the log keeps it, with the days or the minutes that were chosen with it."""

    rating: Rating
    at: datetime
    day: date
    interval_days: int
    step_minutes: int


UNSEEN = State()


def after(state: State, answer: Answer, weights: Weights) -> State:
    """The state that an answer leaves behind.

    The interval is the one that was chosen when the answer was given; the memory is worked out.
    A due day that was put in place of the log's is over.
    """
    return State(
        phase=_phase(state.phase, answer),
        memory=step(state.memory, answer.rating, answer.day.toordinal(), weights),
        last_at=answer.at,
        due_at=None if answer.interval_days else answer.at + timedelta(minutes=answer.step_minutes),
        due_day=answer.day + timedelta(days=answer.interval_days) if answer.interval_days else None,
        interval_days=answer.interval_days,
        reps=state.reps + 1,
        lapses=state.lapses + (state.phase is Phase.REVIEW and answer.rating == Rating.AGAIN),
    )


def _phase(phase: Phase, answer: Answer) -> Phase:
    """Days mean review; minutes mean learning, or relearning for a card once learned."""
    if answer.interval_days:
        return Phase.REVIEW
    return Phase.LEARNING if phase in (Phase.NEW, Phase.LEARNING) else Phase.RELEARNING
