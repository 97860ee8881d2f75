"""What the four ratings offer: lawful, ordered, spread out, and the same each time."""

from collections import Counter
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizzes.cards.scheduling import Memory, Rating, retrievability, step
from quizzes.cards.spacing import (
    UNKNOWN,
    Ahead,
    Pace,
    Phase,
    Window,
    draw,
    fuzz_window,
    fuzzed,
    offers,
)

TODAY = date(2026, 3, 2).toordinal()
DEFAULT = Pace()
LEARNING = (Phase.NEW, Phase.LEARNING)

draws = st.integers(0, 2**64 - 1)
paces = st.builds(
    Pace,
    desired_retention=st.floats(0.8, 0.95),
    learning_minutes=st.integers(1, 60),
    relearning_minutes=st.integers(1, 60),
    maximum_interval=st.integers(1, 1_000),
)
soon = st.integers(TODAY, TODAY + 60)
aheads = st.builds(
    Ahead,
    loads=st.dictionaries(soon, st.integers(0, 50)),
    days_off=st.frozensets(soon),
    kin=st.frozensets(soon),
    week=st.text("nlo", min_size=7, max_size=7),
)


@st.composite
def cards(draw):
    """A memory with its phase and the interval that is running."""
    phase = draw(st.sampled_from(Phase))
    if phase == Phase.NEW:
        return None, phase, 0
    memory = Memory(
        stability=draw(st.floats(0.01, 2_000)),
        difficulty=draw(st.floats(1, 10)),
        last_day=TODAY - draw(st.integers(0, 500)),
    )
    return memory, phase, draw(st.integers(1, 500)) if phase == Phase.REVIEW else 0


def offered(card, pace=DEFAULT, *, number=0, ahead=UNKNOWN):
    memory, phase, previous = card
    return offers(memory, phase, previous, TODAY, pace, draw=number, ahead=ahead)


def in_review(stability, interval, difficulty=5.0):
    """A card that falls due today after `interval` days."""
    return Memory(stability, difficulty, TODAY - interval), Phase.REVIEW, interval


def test_a_new_card_offers_ten_minutes_a_quarter_of_an_hour_and_days():
    shown = offered((None, Phase.NEW, 0), number=2**63)

    assert [(o.minutes, o.days) for o in shown.values()] == [(10, 0), (15, 0), (0, 2), (0, 8)]


def test_a_missed_card_returns_in_ten_minutes_and_then_on_the_next_study_day():
    miss = offered(in_review(30, 30))[Rating.AGAIN]

    again = offered((miss.memory, Phase.RELEARNING, 0))

    assert (miss.minutes, miss.days) == (10, 0)
    assert [(o.minutes, o.days) for o in again.values()] == [(10, 0), (0, 1), (0, 1), (0, 2)]


def test_the_plan_sets_the_minutes_of_a_step():
    pace = Pace(learning_minutes=4, relearning_minutes=30)

    assert offered((None, Phase.NEW, 0), pace)[Rating.AGAIN].minutes == 4
    assert offered((None, Phase.NEW, 0), pace)[Rating.HARD].minutes == 6
    assert offered(in_review(30, 30), pace)[Rating.AGAIN].minutes == 30


@given(card=cards(), pace=paces, number=draws, ahead=aheads)
def test_an_offer_is_either_minutes_or_days(card, pace, number, ahead):
    for offer in offered(card, pace, number=number, ahead=ahead).values():
        assert (offer.minutes > 0) != (offer.days > 0)
        assert offer.days in offer.window


@given(card=cards(), pace=paces, number=draws, ahead=aheads)
def test_again_is_a_step_and_hard_only_while_learning(card, pace, number, ahead):
    shown = offered(card, pace, number=number, ahead=ahead)

    is_step = {rating: offer.minutes > 0 for rating, offer in shown.items()}
    assert is_step == {
        Rating.AGAIN: True,
        Rating.HARD: card[1] in LEARNING,
        Rating.GOOD: False,
        Rating.EASY: False,
    }


@given(card=cards(), pace=paces, number=draws, ahead=aheads)
def test_hard_is_not_after_good_and_easy_is_a_day_later(card, pace, number, ahead):
    shown = offered(card, pace, number=number, ahead=ahead)

    hard, good, easy = (shown[r].days for r in (Rating.HARD, Rating.GOOD, Rating.EASY))
    assert hard <= good
    assert good < easy or good == easy == pace.maximum_interval


@given(card=cards(), pace=paces, number=draws, ahead=aheads)
def test_nothing_is_offered_beyond_the_longest_interval(card, pace, number, ahead):
    for offer in offered(card, pace, number=number, ahead=ahead).values():
        assert offer.window.latest <= pace.maximum_interval


@given(stability=st.floats(0.01, 2_000), previous=st.integers(1, 500), number=draws, ahead=aheads)
def test_an_interval_that_grows_is_longer_than_the_one_before(stability, previous, number, ahead):
    card = in_review(stability, previous)
    pace = Pace(maximum_interval=100_000)

    shown = offered(card, pace, number=number, ahead=ahead)

    for rating in (Rating.HARD, Rating.GOOD, Rating.EASY):
        if shown[rating].memory.stability >= previous + 0.5:  # at 0.9, the unrounded interval
            assert shown[rating].window.earliest > previous


@given(card=cards(), pace=paces, number=draws, ahead=aheads)
def test_a_window_is_the_same_whatever_else_is_on_the_page(card, pace, number, ahead):
    shown = offered(card, pace, number=number, ahead=ahead)
    checked = offered(card, pace)

    assert {r: o.window for r, o in shown.items()} == {r: o.window for r, o in checked.items()}


@given(card=cards(), pace=paces, number=draws, ahead=aheads)
def test_the_same_card_and_draw_give_the_same_offers(card, pace, number, ahead):
    first, second = (offered(card, pace, number=number, ahead=ahead) for _ in range(2))

    assert first == second


@given(card=cards(), pace=paces)
def test_an_offer_carries_the_memory_that_its_rating_makes(card, pace):
    for rating, offer in offered(card, pace).items():
        assert offer.memory == step(card[0], rating, TODAY, pace.weights)


@pytest.mark.parametrize(
    ("days", "window"),
    [
        (1.0, (1, 1)),
        (2.4, (2, 2)),
        (2.5, (2, 4)),
        (7.0, (5, 9)),
        (20.0, (17, 23)),
        (100.0, (93, 107)),
    ],
)
def test_a_window_is_wider_the_longer_the_interval(days, window):
    assert fuzz_window(days, 1, 365) == Window(*window)


@given(
    days=st.floats(0.1, 1_000), shortest=st.integers(1, 400), longest=st.integers(1, 400), n=draws
)
def test_fuzz_stays_within_its_bounds(days, shortest, longest, n):
    window = fuzz_window(days, shortest, longest)

    assert min(shortest, longest) <= window.earliest <= window.latest <= longest
    assert fuzzed(window, n) in window


def test_every_day_of_a_window_is_drawn_equally_often():
    """Chi-square of 11,000 seeded draws on 11 days, 10 degrees of freedom: 29.6 at p = 0.001."""
    window = Window(20, 30)

    drawn = Counter(fuzzed(window, draw(learner, "item", 3)) for learner in range(11_000))

    assert set(drawn) == set(range(20, 31))
    assert sum((count - 1_000) ** 2 / 1_000 for count in drawn.values()) < 29.6


def test_a_draw_depends_on_each_part_of_its_seed():
    seeds = [(1, "item", 2), (2, "item", 2), (1, "other", 2), (1, "item", 3), (1, "item2", "")]

    assert len({draw(*seed) for seed in seeds}) == len(seeds)
    assert draw(1, "item", 2) == draw(1, "item", 2)


@pytest.mark.parametrize("number", [0, 2**63, 2**64 - 1])
def test_a_day_with_much_less_to_do_is_chosen(number):
    card = in_review(30, 30)
    window = offered(card)[Rating.GOOD].window
    quiet = window.latest - 1
    busy = {TODAY + days: 20 for days in range(window.earliest, window.latest + 1)}

    shown = offered(card, number=number, ahead=Ahead(busy | {TODAY + quiet: 2}))

    assert shown[Rating.GOOD].days == quiet


@given(card=cards(), pace=paces, number=draws)
def test_days_that_are_equally_full_leave_the_choice_to_the_draw(card, pace, number):
    full = Ahead({TODAY + days: 7 for days in range(2_000)})

    assert offered(card, pace, number=number, ahead=full) == offered(card, pace, number=number)


def lawful(shown, rating):
    """The days that a rating had to choose from, those before it being chosen."""
    before = max((o.days for r, o in shown.items() if r < rating), default=0)
    apart = rating == Rating.EASY
    window = shown[rating].window
    first = min(max(window.earliest, before + apart), window.latest)
    return range(first, window.latest + 1)


@given(card=cards(), pace=paces, number=draws, ahead=aheads)
def test_a_day_off_is_chosen_only_where_nothing_else_is_lawful(card, pace, number, ahead):
    shown = offered(card, pace, number=number, ahead=ahead)

    for rating, offer in shown.items():
        if offer.days and ahead.is_off(TODAY + offer.days):
            assert all(ahead.is_off(TODAY + days) for days in lawful(shown, rating))


@given(card=cards(), pace=paces, number=draws, ahead=aheads)
def test_siblings_are_a_day_apart_where_that_is_possible(card, pace, number, ahead):
    shown = offered(card, pace, number=number, ahead=ahead)

    for rating, offer in shown.items():
        if offer.days and TODAY + offer.days in ahead.kin:
            days = (TODAY + days for days in lawful(shown, rating))
            assert all(ahead.is_off(day) or day in ahead.kin for day in days) or ahead.is_off(
                TODAY + offer.days
            )


def test_a_weekly_day_off_is_a_day_off():
    monday = Ahead(week="onnnnnn")

    assert [day for day in range(TODAY, TODAY + 14) if monday.is_off(day)] == [TODAY, TODAY + 7]
    assert date.fromordinal(TODAY).strftime("%A") == "Monday"


def test_a_lighter_day_gets_fewer_cards():
    """Three hundred cards that may come on five days, each put where there is least to do."""
    due = Counter[int]()
    for n in range(300):
        ahead = Ahead(due, week="nlnnnnn")
        due[TODAY + offered(in_review(7, 7), number=draw(n), ahead=ahead)[Rating.HARD].days] += 1

    tuesday = sum(cards for day, cards in due.items() if (day - TODAY) % 7 == 1)
    others = [cards for day, cards in due.items() if (day - TODAY) % 7 != 1]
    assert 0 < tuesday < 0.7 * sum(others) / len(others)


def test_evening_out_the_days_makes_no_interval_longer_on_average():
    """Later days are always emptier: without a counterweight intervals would grow."""
    due = Counter[int]()
    drawn = chosen = 0
    for n in range(2_000):
        card, number = in_review(20 + n % 40, 20 + n % 40), draw(n)
        drawn += offered(card, number=number)[Rating.GOOD].days
        days = offered(card, number=number, ahead=Ahead(due))[Rating.GOOD].days
        due[TODAY + days] += 1
        chosen += days

    assert 0.95 < chosen / drawn <= 1


@given(
    card=cards(), number=draws, ahead=aheads, days=st.integers(-5, 400), target=st.floats(0.5, 0.99)
)
def test_a_card_that_is_not_safe_comes_back_before_an_exam(card, number, ahead, days, target):
    pace = Pace(exam_day=TODAY + days, exam_target=target)

    for offer in offered(card, pace, number=number, ahead=ahead).values():
        is_safe = retrievability(max(0, days), offer.memory.stability) >= target
        assert days < 2 or is_safe or offer.days < days


@given(
    card=cards(), number=draws, ahead=aheads, days=st.integers(2, 400), target=st.floats(0.5, 0.99)
)
def test_an_exam_keeps_the_ratings_in_their_order(card, number, ahead, days, target):
    pace = Pace(exam_day=TODAY + days, exam_target=target)

    shown = offered(card, pace, number=number, ahead=ahead)

    hard, good, easy = (shown[r].days for r in (Rating.HARD, Rating.GOOD, Rating.EASY))
    assert hard <= good
    assert good < easy or (good == easy and good in (days - 1, pace.maximum_interval))
