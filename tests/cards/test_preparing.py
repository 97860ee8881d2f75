"""Which cards to ask before an exam: what gains most for its time, until that is enough."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizzes.cards.preparing import (
    FIRST_RECALL,
    Candidate,
    Exam,
    Seconds,
    choose,
    outcomes,
    recall_after,
    recall_on,
    worth,
)
from quizzes.cards.scheduling import Memory, Rating, interval, replay, retrievability

TODAY = 740_000
IN_A_MONTH = Exam(TODAY + 30)

memories = st.builds(
    Memory,
    stability=st.floats(0.01, 2_000),
    difficulty=st.floats(1, 10),
    last_day=st.integers(TODAY - 400, TODAY),
)
exams = st.builds(
    Exam,
    day=st.integers(TODAY + 1, TODAY + 200),
    target=st.floats(0.5, 1.0),
    seconds=st.builds(
        Seconds, recalled=st.floats(1, 60), missed=st.floats(1, 60), new=st.floats(1, 60)
    ),
)


@st.composite
def decks(draw):
    """Cards by number, some of them new."""
    found = draw(st.lists(st.none() | memories, max_size=30))
    return [Candidate(n, memory) for n, memory in enumerate(found)]


def told(*log):
    """The memory that a log leaves."""
    memory = replay(log)
    assert memory
    return memory


def test_what_was_never_seen_is_not_recalled():
    assert recall_on(TODAY, None) == 0.0


def test_what_is_left_alone_fades_until_the_exam():
    memory = Memory(stability=30.0, difficulty=5.0, last_day=TODAY)

    assert recall_on(TODAY + 30, memory) == pytest.approx(0.9)
    assert recall_on(TODAY + 60, memory) == retrievability(60, 30.0)


def test_a_card_is_recalled_or_missed_and_learned_again():
    seen = told((TODAY - 10, Rating.GOOD))

    (hit, recalled), (miss, relearned) = outcomes(seen, TODAY)

    assert hit + miss == pytest.approx(1)
    assert hit == retrievability(10, seen.stability)
    assert recalled == told((TODAY - 10, Rating.GOOD), (TODAY, Rating.GOOD))
    assert relearned == told((TODAY - 10, Rating.GOOD), (TODAY, Rating.AGAIN), (TODAY, Rating.GOOD))


def test_a_new_card_is_worth_what_is_recalled_of_it_on_exam_day():
    good = told((TODAY, Rating.GOOD))
    learned = told((TODAY, Rating.AGAIN), (TODAY, Rating.GOOD))

    found = worth(Candidate(1, None), TODAY, IN_A_MONTH)

    assert found.seconds == 35
    assert found.gain == pytest.approx(
        FIRST_RECALL * retrievability(30, good.stability)
        + (1 - FIRST_RECALL) * retrievability(30, learned.stability)
    )


def test_what_is_nearly_forgotten_gains_more_than_what_is_fresh():
    weak = Memory(stability=3.0, difficulty=5.0, last_day=TODAY - 4)
    firm = Memory(stability=300.0, difficulty=5.0, last_day=TODAY - 4)

    chosen = choose([Candidate(1, firm), Candidate(2, weak)], TODAY, IN_A_MONTH, 60)

    assert chosen.keys[0] == 2


def test_what_was_asked_today_has_had_its_turn():
    shaky = Memory(stability=0.5, difficulty=9.0, last_day=TODAY)

    assert choose([Candidate(1, shaky)], TODAY, IN_A_MONTH, 600).keys == []


def test_nothing_more_is_asked_when_the_target_is_reached():
    cards = [Candidate(n, Memory(40.0, 5.0, TODAY - 5)) for n in range(10)]
    recall = recall_on(IN_A_MONTH.day, cards[0].memory)

    free = choose(cards, TODAY, Exam(IN_A_MONTH.day, target=recall - 0.01), 600)
    busy = choose(cards, TODAY, Exam(IN_A_MONTH.day, target=recall + 0.01), 600)

    assert (free.keys, free.is_enough) == ([], True)
    assert 0 < len(busy.keys) < 10
    assert busy.is_enough


def test_nothing_is_to_be_learned_for_an_exam_on_nothing():
    assert choose([], TODAY, IN_A_MONTH, 600).keys == []


@given(cards=decks(), exam=exams, seconds=st.floats(0, 2_000))
def test_only_what_gains_is_chosen_and_nothing_better_is_left(cards, exam, seconds):
    chosen = choose(cards, TODAY, exam, seconds)

    scores = {card.key: worth(card, TODAY, exam).score for card in cards}
    picked = [scores[key] for key in chosen.keys]
    assert all(score > 0 for score in picked)
    assert picked == sorted(picked, reverse=True)
    left = [score for key, score in scores.items() if key not in chosen.keys]
    assert not picked or max(left, default=0) <= picked[-1]


@given(cards=decks(), exam=exams, seconds=st.floats(0, 2_000))
def test_no_card_is_begun_after_the_time_and_the_recall_adds_up(cards, exam, seconds):
    chosen = choose(cards, TODAY, exam, seconds)

    worths = {card.key: worth(card, TODAY, exam) for card in cards}
    gain = sum(worths[key].gain for key in chosen.keys) / max(1, len(cards))
    last = worths[chosen.keys[-1]].seconds if chosen.keys else 0
    assert chosen.seconds - last <= seconds
    assert chosen.recall == pytest.approx(chosen.recall_without + gain)
    assert 0 <= chosen.recall_without <= chosen.recall <= 1 + 1e-9


@given(cards=decks(), exam=exams, seconds=st.floats(0, 2_000), more=st.floats(0, 2_000))
def test_more_time_takes_nothing_out_of_the_choice(cards, exam, seconds, more):
    short, long = (choose(cards, TODAY, exam, s).keys for s in (seconds, seconds + more))

    assert long[: len(short)] == short


@given(cards=decks(), day=st.integers(TODAY + 1, TODAY + 200))
def test_with_time_enough_nothing_stays_unseen_however_near_the_exam(cards, day):
    chosen = choose(cards, TODAY, Exam(day, target=1.0), 1e9)

    assert {card.key for card in cards if card.memory is None} <= set(chosen.keys)


@given(cards=decks(), exam=exams, seconds=st.floats(0, 2_000))
def test_the_same_cards_give_the_same_choice(cards, exam, seconds):
    assert choose(cards, TODAY, exam, seconds) == choose(list(cards), TODAY, exam, seconds)


def test_of_equals_the_first_comes_first():
    cards = [Candidate(key, None) for key in (7, 3, 5)]

    assert choose(cards, TODAY, IN_A_MONTH, 60).keys == [7, 3]


@given(memory=memories, ahead=st.integers(1, 100))
def test_expected_recall_is_a_chance(memory, ahead):
    assert 0 < recall_after(TODAY + ahead, memory, TODAY) <= 1
    assert 0 < recall_after(TODAY + ahead, None, TODAY) <= 1


def test_each_card_keeps_the_weights_of_its_memory():
    memory = Memory(10.0, 5.0, TODAY - 10)
    steeper = (*Candidate(1, memory).weights[:20], 0.5)

    usual, own = (
        worth(card, TODAY, IN_A_MONTH)
        for card in (Candidate(1, memory), Candidate(1, memory, steeper))
    )

    assert usual.gain != own.gain
    assert interval(10.0, 0.9, steeper) == pytest.approx(10)
