"""Logs of simulated students, as numbers and as rows."""

from collections import defaultdict
from datetime import timedelta
from random import Random
from uuid import UUID

from hypothesis import strategies as st

from benchmarks.memory.students import WORLDS
from benchmarks.memory.studying import study
from quizzes.cards import optimizing, retelling, reviewing
from quizzes.cards.models import Weights
from quizzes.cards.predicting import mean_loss, predictions
from quizzes.cards.reviewing import Given
from quizzes.cards.scheduling import DEFAULT_WEIGHTS, Rating

FIRST_DAY = 740_000

FORGETFUL = (
    *(w / 6 for w in DEFAULT_WEIGHTS[:4]),
    *DEFAULT_WEIGHTS[4:8],
    DEFAULT_WEIGHTS[8] - 0.8,
    *DEFAULT_WEIGHTS[9:],
)
"""A memory far from the published one: weak at first, and slow to grow."""

logs = st.lists(
    st.lists(st.tuples(st.integers(0, 200), st.sampled_from(Rating)), min_size=1, max_size=12),
    min_size=1,
    max_size=6,
)
"""Cards as gaps in days and ratings."""


def dated(log):
    """Gaps turned into days, and each card into a history."""
    found = []
    for card in log:
        day, history = FIRST_DAY, []
        for gap, rating in card:
            day += gap
            history.append((day, rating))
        found.append(history)
    return found


def student_log(world, seed, *, cards=60, days=60, new_a_day=5, **columns):
    """What a student of a world does under the scheduler, in the order of time."""
    random = Random(f"{world} {seed}")
    student = WORLDS[world](random, **columns)
    log = study(student, random, cards=cards, days=days, new_a_day=new_a_day, seed=seed)
    return student, log


def histories(log):
    by_card = defaultdict(list)
    for card, day, rating, _ in log:
        by_card[card].append((day, rating))
    return list(by_card.values())


def parted(log, count):
    """The histories up to so many evaluable reviews, all of them, and the first later day."""
    seen, days = dict[int, int](), list[int]()
    for card, day, _, _ in log:
        if card in seen and day > seen[card]:
            days.append(day)
        seen[card] = day
    split = days[count] + 1
    return histories([one for one in log if one[1] < split]), histories(log), split


def later_loss(log_histories, weights, split):
    return mean_loss(predictions(log_histories, weights, since=split))


def keep(learner, items, log, begun):
    """The log in the learner's own: day 1 is the one of `begun`; gives the moment after it all."""
    at, given = begun, []
    for number, (card, day, rating, _) in enumerate(log):
        at = begun + timedelta(days=day - 1, seconds=number % 3_600)
        given.append(Given(items[card], rating, UUID(int=number + 1), at))
    reviewing.review_batch(learner, given, at + timedelta(hours=2))
    return at + timedelta(hours=3)


def made_up(learner, at, factor, **columns):
    """A set under which memories last so much longer, and which may be adopted."""
    numbers = [factor * w for w in DEFAULT_WEIGHTS[:4]] + list(DEFAULT_WEIGHTS[4:])
    return Weights.objects.create(
        learner=learner,
        numbers=numbers,
        review_count=100,
        fitted_at=at,
        **({"loss_before": 0.4, "loss_after": 0.3} | columns),
    )


def adopt(learner, weights, at, *, moves=False):
    """Put a set to use, and let the memories follow; tells how many did."""
    optimizing.adopt(learner, weights, at)
    return retelling.tell_again(learner, at, moves=moves)
