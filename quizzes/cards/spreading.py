"""Spreading a backlog: what is done today, and on which of the next days the rest.

First come the cards that lose most by waiting: neither those that are safe for weeks nor those
that are as good as forgotten. Pure: no memory is touched by waiting on another day.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from itertools import islice

from quizzes.cards.preparing import Candidate, recall_on
from quizzes.cards.spacing import Ahead


def spread(
    cards: Sequence[Candidate], today: int, now: int, days: Sequence[int], ahead: Ahead
) -> dict[int, list[int]]:
    """The keys by day: `now` of them today, the others on `days`, where there is least to do.

    All of them stay on today where no other day is given. Of equals the first given come first.
    """
    until = max(days, default=today)
    line = iter(sorted(cards, key=lambda card: -loss(card, today, until)))
    kept = [card.key for card in islice(line, now if days else None)]
    rest = list(line)
    shares = _shares(len(rest), days, ahead)
    later = iter(rest)
    return {today: kept} | {
        day: [card.key for card in islice(later, shares[day])] for day in sorted(days)
    }


def loss(card: Candidate, today: int, until: int) -> float:
    """How much of the chance of recall is lost by waiting from today until another day."""
    at_once = recall_on(today, card.memory, card.weights)
    return at_once - recall_on(until, card.memory, card.weights)


def _shares(count: int, days: Sequence[int], ahead: Ahead) -> Counter[int]:
    """So many cards put on days one by one, each where the least is due so far."""
    shares, loads = Counter[int](), dict(ahead.loads)
    filling = replace(ahead, loads=loads)
    for _card in range(count if days else 0):
        day = min(days, key=lambda one: (filling.load(one), one))
        shares[day] += 1
        loads[day] = loads.get(day, 0) + 1
    return shares
