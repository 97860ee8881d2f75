"""A backlog spread over the next days, without a memory being touched."""

from datetime import timedelta
from uuid import UUID

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from quizzes.cards import catching_up, planning, queueing, replaying, resting, undoing
from quizzes.cards.desk import sit_down
from quizzes.cards.models import Card
from tests.cards.acting import GOOD, due, make_items, rate, shown, study

DAY = timedelta(days=1)
BATCH = UUID("019cb000-0000-7000-8000-000000000009")
MEMORY = ("pk", "stability", "difficulty", "last_day", "last_at", "interval_days", "reps")

pytestmark = pytest.mark.django_db


@pytest.fixture
def backlog(learner, book, plan, noon):
    """Sixty cards that have been due for ten days."""
    planning.change(plan, new_a_day=0)
    items = make_items(book, 60, number=1)
    return [due(learner, item, noon.date() - 10 * DAY, interval=9 + n % 30)
            for n, item in enumerate(items)]  # fmt: skip


def memories():
    return list(Card.objects.order_by("pk").values_list(*MEMORY))


def due_by_day():
    days = Card.objects.order_by("due_day").values_list("due_day", flat=True)
    return [list(days).count(day) for day in dict.fromkeys(days)]


def test_a_proposal_changes_nothing(learner, backlog, noon):
    before = Card.objects.in_bulk()

    found = catching_up.propose(sit_down(learner, noon), now=20, days=5)

    assert list(found.counts.values()) == [20, 8, 8, 8, 8, 8]
    assert found.waiting == 60
    assert Card.objects.in_bulk() == before
    assert len(shown(learner, noon, limit=100)) == 60


def test_so_many_stay_for_today_and_the_rest_are_spread(learner, backlog, noon):
    catching_up.catch_up(sit_down(learner, noon), 20, 5, BATCH)

    assert len(shown(learner, noon, limit=100)) == 20
    assert due_by_day() == [20, 8, 8, 8, 8, 8]


def test_no_memory_is_touched(learner, backlog, noon):
    before = memories()

    catching_up.catch_up(sit_down(learner, noon), 20, 5, BATCH)

    assert memories() == before


def test_the_log_still_tells_each_card(learner, items, plan, noon):
    for item in items[:6]:
        study(learner, item, GOOD, GOOD, at=noon, gap=3 * DAY)
    later = noon + 60 * DAY

    found = catching_up.catch_up(sit_down(learner, later), 2, 2, BATCH)

    assert list(found.counts.values()) == [2, 2, 2]
    assert replaying.rebuild(learner) == 0


def test_all_of_it_is_taken_back_at_once(learner, backlog, noon):
    before = list(Card.objects.order_by("pk").values_list("due_day", "moved_to"))
    catching_up.catch_up(sit_down(learner, noon), 20, 5, BATCH)
    entry = queueing.queue(learner, noon)[0]
    rate(learner, entry.item, GOOD, noon)

    undoing.undo(learner, noon, uid=BATCH)

    rated = Card.objects.filter(due_day__gt=noon.date()).count()
    assert rated == 1
    after = list(Card.objects.order_by("pk").values_list("due_day", "moved_to"))
    assert sum(one != two for one, two in zip(before, after, strict=True)) == 1


def test_asked_twice_it_is_done_once(learner, backlog, noon):
    catching_up.catch_up(sit_down(learner, noon), 20, 5, BATCH)
    before = due_by_day()

    catching_up.catch_up(sit_down(learner, noon), 1, 5, BATCH)

    assert due_by_day() == before


def test_days_off_are_passed_over(learner, backlog, noon):
    learner.week = "nnonnnn"  # no Wednesday
    resting.rest(learner, noon.date() + DAY, noon.date() + DAY)

    found = catching_up.propose(sit_down(learner, noon), now=20, days=2)

    assert [day.strftime("%A") for day in found.by_day] == ["Monday", "Thursday", "Friday"]


def test_a_book_with_an_exam_ahead_is_left_alone(learner, plan, backlog, noon):
    planning.aim(plan, noon.date(), exam_on=noon.date() + 9 * DAY)

    assert catching_up.propose(sit_down(learner, noon), now=20, days=5).waiting == 0


@pytest.mark.parametrize("count", [1, 10, 60])
def test_catching_up_takes_the_same_queries_for_any_number(learner, backlog, noon, count):
    Card.objects.filter(pk__in=[card.pk for card in backlog[count:]]).delete()
    desk = sit_down(learner, noon)

    with CaptureQueriesContext(connection) as captured:
        catching_up.catch_up(desk, 0, 5, BATCH)

    assert len([one for one in captured if "SAVEPOINT" not in one["sql"]]) == 7
