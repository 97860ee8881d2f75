"""Whether so many minutes a day are enough, foreseen without luck."""

from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizzes.cards.foreseeing import MOST_MINUTES, minutes_needed, outlook
from quizzes.cards.preparing import Candidate, Exam, choose, outcomes, recall_on
from quizzes.cards.scheduling import Memory

TODAY = 740_000

memories = st.builds(
    Memory,
    stability=st.floats(0.01, 2_000),
    difficulty=st.floats(1, 10),
    last_day=st.integers(TODAY - 400, TODAY),
)


def a_deck(seen, unseen, seed=1):
    luck = Random(seed)
    return [
        *(
            Memory(luck.uniform(0.5, 60), luck.uniform(2, 9), TODAY - luck.randrange(1, 40))
            for _ in range(seen)
        ),
        *[None] * unseen,
    ]


def played(deck, days, exam, minutes, luck):
    """The same days card by card, each recalled or missed by luck."""
    deck = list(deck)
    for day in days:
        cards = [Candidate(n, memory) for n, memory in enumerate(deck)]
        for key in choose(cards, day, exam, minutes * 60).keys:
            (hit, recalled), (_, relearned) = outcomes(deck[key], day)
            deck[key] = recalled if luck.random() < hit else relearned
    recall = sum(recall_on(exam.day, memory) for memory in deck) / len(deck)
    return sum(memory is None for memory in deck), recall


def needed(deck, days, exam):
    minutes = minutes_needed(deck, days, exam)
    assert minutes is not None
    return minutes


@pytest.mark.parametrize(
    ("seen", "unseen", "days", "minutes"),
    [(0, 300, 30, 5), (400, 300, 30, 10), (400, 300, 30, 20), (200, 0, 14, 5), (100, 500, 60, 8)],
)
def test_what_is_foreseen_is_what_comes(seen, unseen, days, minutes):
    deck = a_deck(seen, unseen)
    ahead, exam = range(TODAY, TODAY + days), Exam(TODAY + days, target=1.0)

    foreseen = outlook(deck, ahead, exam, minutes)

    left, recall = played(deck, ahead, exam, minutes, Random(2))
    assert foreseen.recall == pytest.approx(recall, abs=0.04)
    assert foreseen.unseen == pytest.approx(left, abs=0.06 * len(deck))


@given(deck=st.lists(st.none() | memories, max_size=60), ahead=st.integers(1, 90))
def test_without_a_minute_nothing_changes(deck, ahead):
    seen = sum(1 for memory in deck if memory)

    found = outlook(deck, range(TODAY, TODAY + ahead), Exam(TODAY + ahead), 0)

    assert found.unseen == len(deck) - seen
    assert 0 <= found.recall <= 1


@given(
    deck=st.lists(st.none() | memories, max_size=60),
    ahead=st.integers(1, 90),
    minutes=st.floats(0, 300),
)
def test_what_is_foreseen_is_possible(deck, ahead, minutes):
    found = outlook(deck, range(TODAY, TODAY + ahead), Exam(TODAY + ahead), minutes)

    assert 0 <= found.unseen <= sum(1 for memory in deck if memory is None)
    assert 0 <= found.recall <= 1


@given(deck=st.lists(st.none() | memories, max_size=60), ahead=st.integers(1, 90))
def test_the_minutes_that_would_do_do(deck, ahead):
    days, exam = range(TODAY, TODAY + ahead), Exam(TODAY + ahead)

    minutes = needed(deck, days, exam)

    assert outlook(deck, days, exam, minutes).unseen == 0
    assert minutes == 0 or outlook(deck, days, exam, minutes - 1).unseen > 0


def test_days_off_cost_minutes():
    deck, exam = a_deck(100, 300), Exam(TODAY + 28)
    every_day = range(TODAY, TODAY + 28)

    weekdays = [day for day in every_day if day % 7 > 1]

    assert needed(deck, weekdays, exam) > needed(deck, every_day, exam)
    assert outlook(deck, weekdays, exam, 5).unseen > outlook(deck, every_day, exam, 5).unseen


def test_no_day_has_minutes_enough_for_a_library():
    assert minutes_needed(a_deck(0, 5_000), [TODAY], Exam(TODAY + 1)) is None
    assert minutes_needed(a_deck(0, MOST_MINUTES), [TODAY], Exam(TODAY + 1)) is not None


def test_nothing_is_done_without_a_day():
    assert outlook(a_deck(0, 10), [], Exam(TODAY), 60).unseen == 10
    assert minutes_needed(a_deck(0, 10), [], Exam(TODAY)) is None
    assert minutes_needed([], [], Exam(TODAY)) == 0
