"""Logs of simulated students, as numbers and as rows."""

from collections import defaultdict
from datetime import timedelta
from random import Random
from uuid import UUID

from benchmarks.memory.students import WORLDS
from benchmarks.memory.studying import study
from quizzes.cards import fitting, reviewing
from quizzes.cards.reviewing import Given


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
    return fitting.loss(fitting.predictions(log_histories, weights, since=split))


def keep(learner, items, log, begun):
    """The log in the learner's own: day 1 is the one of `begun`; gives the moment after it all."""
    at, given = begun, []
    for number, (card, day, rating, _) in enumerate(log):
        at = begun + timedelta(days=day - 1, seconds=number % 3_600)
        given.append(Given(items[card], rating, UUID(int=number + 1), at))
    reviewing.review_batch(learner, given, at + timedelta(hours=2))
    return at + timedelta(hours=3)
