"""Around every deadline: nothing that came late is taken, nothing that came in time is refused.

The server's clock at the moment of arrival decides, and nothing else: neither when an answer was
sent, nor who looked at the attempt before.
"""

from contextlib import contextmanager
from datetime import timedelta
from itertools import count, product
from typing import Any

import pytest
from django.db import transaction

from quizzes.assessment import attempting, expiring, responding, sheets
from quizzes.assessment.models import Extension
from quizzes.assessment.responding import AlreadyHandedIn, Given, TimeIsUp
from quizzes.assessment.timing import GRACE, TURN
from quizzes.people import joining
from quizzes.people.models import User
from tests import profiles
from tests.bookshelf import make_book
from tests.examining import look, make_assignment, make_item, make_quiz, raw, sit

pytestmark = pytest.mark.django_db

LIMIT, DAY = 20, 24 * 60
MINUTE, SECOND, INSTANT = timedelta(minutes=1), timedelta(seconds=1), timedelta(microseconds=1)
OFFSETS = [
    *(-10 * MINUTE, -MINUTE, -SECOND, -INSTANT, timedelta(0), INSTANT),
    *(GRACE - SECOND, GRACE, GRACE + INSTANT, GRACE + SECOND, MINUTE, 60 * MINUTE),
]
"""When something is sent, counted from the deadline."""
DELAYS = profiles.count(gate=[timedelta(0)], trust=[timedelta(0), SECOND, GRACE])
"""How long it is on its way; only the arrival counts, so without a delay all cases are there."""
ACCOMMODATIONS: list[dict[str, Any]] = [
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


OWN_CLOSINGS = [None, LIMIT, 3 * DAY]
"""Minutes from the start, of a student's extension; none where there is no extension."""
LATE_DAYS = [0, 2]
WAYS = profiles.count(gate=[(None, 0), (3 * DAY, 2)], trust=list(product(OWN_CLOSINGS, LATE_DAYS)))


def due(accommodation, closes, own=None):
    """In minutes from the start, worked out by hand; an own closing stands as it was said."""
    if closes is None:
        return None
    share, days = accommodation.get("time_percent", 100) / 100, accommodation.get("extra_days", 0)
    return max(closes + days * DAY + LIMIT * (share - 1), own or 0)


def deadline(noon, accommodation, closes, own=None, late_days=0):
    """What was promised, worked out by hand: limit and closing, each with what is granted."""
    ends = []
    if not accommodation.get("has_no_limit"):
        ends.append(LIMIT * accommodation.get("time_percent", 100) / 100)
    if closes is not None:
        ends.append(due(accommodation, closes, own) + late_days * DAY)
    return noon + min(ends) * MINUTE if ends else None


@pytest.fixture
def sittings(noon):
    """Makes a sitting of somebody new with an accommodation, in a class whose quiz closes then."""
    lecturer = User.objects.create_user("vera")
    numbers, quizzes = count(), {}

    def sitting(accommodation, closes, own=None, late_days=0, *, begun=0):
        if (closes, late_days) not in quizzes:
            quizzes[closes, late_days] = given(lecturer, closes, late_days, noon)
        assignment = quizzes[closes, late_days]
        learner = User.objects.create_user(f"learner-{next(numbers)}")
        place = joining.enroll(assignment.classroom, learner, noon)
        type(place).objects.filter(pk=place.pk).update(**accommodation)
        if own is not None:
            Extension.objects.create(
                assignment=assignment,
                learner=learner,
                closes_at=noon + own * MINUTE,
                given_at=noon,
            )
        return sit(learner, assignment, noon + begun * MINUTE)

    return sitting


def given(lecturer, closes, late_days, noon):
    book = make_book(slug=f"book-{closes}-{late_days}")
    room = joining.open_classroom(lecturer, book, f"Closes {closes}", noon)
    quiz = make_quiz(book, make_item(book, f"of-{closes}-{late_days}"))
    closes_at = None if closes is None else noon + closes * MINUTE
    return make_assignment(
        room, quiz, noon, closes_at=closes_at, time_limit_minutes=LIMIT, late_days=late_days
    )


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
@pytest.mark.parametrize(("own", "late_days"), WAYS)
def test_none_is_taken_late_and_none_is_cut_early(sittings, noon, act, closes, late_days, own):
    late, early, tried = list[object](), list[object](), 0
    for accommodation in ACCOMMODATIONS:
        end = deadline(noon, accommodation, closes, own, late_days)
        begun = sittings(accommodation, closes, own, late_days).attempt
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


@pytest.mark.parametrize("own", profiles.count(gate=[3 * DAY], trust=OWN_CLOSINGS))
def test_what_is_late_is_late_by_the_days_that_have_begun(sittings, noon, own):
    """Begun shortly before it is due, and handed in around it, with no limit to stop it."""
    closes, tried = LIMIT // 2, 0
    for accommodation in ACCOMMODATIONS:
        allowed = accommodation | {"has_no_limit": True}
        due_at = noon + due(allowed, closes, own) * MINUTE
        begun = sittings(allowed, closes, own, late_days=2).attempt
        for days, offset in product(range(3), OFFSETS):
            at = due_at + timedelta(days=days) + offset
            ends = [due_at + timedelta(days=n) + GRACE for n in range(3)]
            late = sum(at > end for end in ends)
            with as_if():
                handed_in = attempting.hand_in(sheets.of(begun), at)
            tried += 1
            assert handed_in.days_late == (late if at <= ends[-1] else 0), (accommodation, at)
    assert tried == 3 * len(ACCOMMODATIONS) * len(OFFSETS)


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
