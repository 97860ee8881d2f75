"""A backlog on days: all of it, so much today, the rest where there is least to do."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from quizzes.cards.preparing import Candidate
from quizzes.cards.scheduling import Memory
from quizzes.cards.spacing import Ahead
from quizzes.cards.spreading import loss, spread

TODAY = date(2026, 3, 2).toordinal()

memories = st.builds(
    Memory,
    stability=st.floats(0.01, 2_000),
    difficulty=st.floats(1, 10),
    last_day=st.integers(TODAY - 400, TODAY),
)
decks = st.lists(memories, max_size=40).map(
    lambda found: [Candidate(n, memory) for n, memory in enumerate(found)]
)
later = st.lists(st.integers(TODAY + 1, TODAY + 30), unique=True, max_size=8)
loads = st.dictionaries(st.integers(TODAY, TODAY + 30), st.integers(0, 50))


def deck(*stabilities, days_ago=10):
    return [Candidate(n, Memory(s, 5.0, TODAY - days_ago)) for n, s in enumerate(stabilities)]


@given(cards=decks, now=st.integers(0, 50), days=later, loads=loads)
def test_every_card_has_one_day(cards, now, days, loads):
    found = spread(cards, TODAY, now, days, Ahead(loads))

    assert sorted(key for keys in found.values() for key in keys) == [card.key for card in cards]
    assert set(found) == {TODAY, *days}
    assert len(found[TODAY]) == (min(now, len(cards)) if days else len(cards))


@given(cards=decks, now=st.integers(0, 50), days=later)
def test_what_waits_loses_less_than_what_does_not(cards, now, days):
    found = spread(cards, TODAY, now, days, Ahead())

    losses = {card.key: loss(card, TODAY, max(days, default=TODAY)) for card in cards}
    line = [losses[key] for day in sorted(found) for key in found[day]]
    assert line == sorted(line, reverse=True)


@given(cards=decks, now=st.integers(0, 50), days=later, loads=loads)
def test_the_same_backlog_is_spread_the_same_way(cards, now, days, loads):
    first, second = (spread(cards, TODAY, now, days, Ahead(loads)) for _ in range(2))

    assert first == second


def test_neither_the_safe_nor_the_forgotten_come_first():
    safe, weak, forgotten = range(3)

    found = spread(deck(5_000, 8, 0.01), TODAY, 1, [TODAY + 5], Ahead())

    assert found[TODAY] == [weak]
    assert set(found[TODAY + 5]) == {safe, forgotten}


def test_the_days_are_evened_out():
    days = [TODAY + n for n in range(1, 5)]

    found = spread(deck(*[9] * 40), TODAY, 10, days, Ahead({TODAY + 1: 6, TODAY + 2: 2}))

    assert sum(len(found[day]) for day in days) == 30
    filled = [{TODAY + 1: 6, TODAY + 2: 2}.get(day, 0) + len(found[day]) for day in days]
    assert max(filled) - min(filled) <= 1


def test_a_lighter_day_gets_half_as_much():
    days = [TODAY + 1, TODAY + 2]

    found = spread(deck(*[9] * 30), TODAY, 0, days, Ahead(week="nlnnnnn"))

    assert [len(found[day]) for day in days] == [10, 20]
