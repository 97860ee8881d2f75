"""Around every deadline: nothing that came late is taken, nothing that came in time is refused.

The server's clock at the moment of arrival decides, and nothing else: neither when an answer was
sent, nor who looked at the attempt before.
"""

from contextlib import contextmanager
from datetime import timedelta
from itertools import count, product

import pytest
from django.db import transaction

from quizzes.assessment import attempting, expiring, responding, sheets
from quizzes.assessment.responding import AlreadyHandedIn, Given, TimeIsUp
from quizzes.assessment.timing import GRACE, TURN
from quizzes.people import joining
from quizzes.people.models import User
from tests import profiles
from tests.bookshelf import make_book
from tests.examining import look, make_assignment, make_item, make_quiz, raw, sit

pytestmark = pytest.mark.django_db

LIMIT = 20
MINUTE, SECOND, INSTANT = timedelta(minutes=1), timedelta(seconds=1), timedelta(microseconds=1)
OFFSETS = [
    *(-10 * MINUTE, -MINUTE, -SECOND, -INSTANT, timedelta(0), INSTANT),
    *(GRACE - SECOND, GRACE, GRACE + INSTANT, GRACE + SECOND, MINUTE, 60 * MINUTE),
]
"""When something is sent, counted from the deadline."""
DELAYS = profiles.count(gate=[timedelta(0)], trust=[timedelta(0), SECOND, GRACE])
"""How long it is on its way; only the arrival counts, so without a delay all cases are there."""
ACCOMMODATIONS = [
    {},
    {"time_percent": 125},
    {"time_percent": 150},
    {"time_percent": 200},
    {"has_no_limit": True},
    {"extra_days": 2},
    {"time_percent": 150, "extra_days": 1},
]
CLOSINGS = [2 * LIMIT, LIMIT // 2, None]
"""Minutes from the start: long after the limit, before it, and never."""


def deadline(noon, accommodation, closes):
    """What was promised, worked out by hand: limit and closing, each with what is granted."""
    share = accommodation.get("time_percent", 100) / 100
    ends = []
    if not accommodation.get("has_no_limit"):
        ends.append(LIMIT * share)
    if closes is not None:
        days = accommodation.get("extra_days", 0)
        ends.append(closes + days * 24 * 60 + LIMIT * (share - 1))
    return noon + min(ends) * MINUTE if ends else None


@pytest.fixture
def sittings(noon):
    """Makes a sitting of somebody new with an accommodation, in a class whose quiz closes then."""
    lecturer = User.objects.create_user("vera")
    numbers, quizzes = count(), {}

    def sitting(accommodation, closes):
        if closes not in quizzes:
            quizzes[closes] = given(lecturer, closes, noon)
        assignment = quizzes[closes]
        learner = User.objects.create_user(f"learner-{next(numbers)}")
        place = joining.enroll(assignment.classroom, learner, noon)
        type(place).objects.filter(pk=place.pk).update(**accommodation)
        return sit(learner, assignment, noon)

    return sitting


def given(lecturer, closes, noon):
    book = make_book(slug=f"book-{closes}")
    room = joining.open_classroom(lecturer, book, f"Closes {closes}", noon)
    quiz = make_quiz(book, make_item(book, f"of-{closes}"))
    closes_at = None if closes is None else noon + closes * MINUTE
    return make_assignment(room, quiz, noon, closes_at=closes_at, time_limit_minutes=LIMIT)


@contextmanager
def as_if():
    """What is done here is undone again, so that the same sitting can be tried anew."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def is_saved(sheet, at):
    found = look(sheet.attempt, at)
    try:
        responding.save(found, [Given(1, raw(found.questions[0], is_right=True), 0)], at)
    except (TimeIsUp, AlreadyHandedIn):
        return False
    return True


def is_handed_in_by_hand(sheet, at):
    return not attempting.hand_in(sheet, at).is_timed_out


def is_left_open(sheet, at):
    """Whether whoever looks at it finds it open."""
    found = look(sheet.attempt, at)
    return found.attempt.handed_in_at is None


@pytest.mark.parametrize("closes", CLOSINGS, ids=lambda closes: f"closes-{closes}")
@pytest.mark.parametrize("act", [is_saved, is_handed_in_by_hand, is_left_open])
def test_none_is_taken_late_and_none_is_cut_early(sittings, noon, act, closes):
    late, early, tried = list[object](), list[object](), 0
    for accommodation in ACCOMMODATIONS:
        end = deadline(noon, accommodation, closes)
        begun = sittings(accommodation, closes).attempt
        assert begun.deadline_at == end
        for offset, delay in product(OFFSETS, DELAYS):
            arrived = (end or noon + 24 * 60 * MINUTE) + offset + delay
            in_time = end is None or arrived <= end + GRACE
            with as_if():
                was_taken = act(sheets.of(begun), arrived)
            tried += 1
            wrongly = [(accommodation, offset, delay)] if was_taken != in_time else []
            (late if was_taken else early).extend(wrongly)
    assert tried == len(ACCOMMODATIONS) * len(OFFSETS) * len(DELAYS)
    assert (late, early) == ([], [])


def test_the_sweep_closes_nothing_that_somebody_may_still_answer(sittings, noon):
    """What came in time may still wait for its turn when the sweep comes."""
    for accommodation in ACCOMMODATIONS:
        sheet, end = sittings(accommodation, 2 * LIMIT), deadline(noon, accommodation, 2 * LIMIT)
        for offset in OFFSETS:
            with as_if():
                expiring.sweep(end + offset)
                closed = sheets.of(sheet.attempt).attempt
            assert (closed.handed_in_at is not None) == (offset > GRACE + TURN)
            assert closed.handed_in_at in (None, end)


def test_what_expired_is_the_same_whoever_noticed_it(sittings, noon):
    end, at = noon + LIMIT * MINUTE, noon + 2 * LIMIT * MINUTE
    lazily, swept, late = (sittings({}, 2 * LIMIT) for _ in range(3))

    attempting.hand_in(late, at)
    look(lazily.attempt, at)
    expiring.sweep(at)

    results = [sheets.of(one.attempt).attempt for one in (lazily, swept, late)]
    assert {(one.handed_in_at, one.is_timed_out, one.score) for one in results} == {(end, True, 0)}
