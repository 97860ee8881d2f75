"""The queue costs the same for a learner of a thousand cards and of a hundred thousand."""

from datetime import date, timedelta

import pytest
from django.db import connection

from quizzes.cards import planning, queueing, surveying, waiting
from quizzes.cards.desk import sit_down
from quizzes.cards.models import Card
from tests.cards.acting import GOOD, make_items, rate
from tests.growing import multiply

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(connection.vendor != "sqlite", reason="asks SQLite's virtual machine"),
]
TODAY = date(2026, 3, 2)


@pytest.fixture
def grow(learner, book, plan, item, noon):
    """Gives the learner cards up to a number: a tenth in steps, of the others half are due."""
    rate(learner, item, GOOD, noon)
    due = Card.objects.get()
    [other] = make_items(book, 1, number=1)
    missed = Card.objects.create(
        learner=learner, item=other, phase="learning", stability=1.0, difficulty=5.0,
        last_day=TODAY, last_at=noon, due_at=noon, version=1, reps=1,
    )  # fmt: skip

    def up_to(count, already):
        uid = {"uid": "printf('%032x', n)"}
        of_item = {"item_id": "1000000 + n"}
        multiply(
            item, already, count, **uid,
            slug="'more-' || n", position="n", revision_id="NULL", subject_id="NULL",
        )  # fmt: skip
        middle = already + (count - already) // 10
        multiply(
            missed, already, middle, **uid, **of_item,
            due_at=f"datetime('{noon:%Y-%m-%d %H:%M}', (n % 60 - 30) || ' minutes')",
        )  # fmt: skip
        multiply(
            due, middle + 1, count, **uid, **of_item,
            due_day=f"date('{TODAY}', (n % 100 - 50) || ' days')",
        )  # fmt: skip

    return up_to


@pytest.fixture
def queries(learner, plan, noon):
    """What the queue asks for first: steps that have run out, and what is due by the day."""
    desk = sit_down(learner, noon)
    return [
        waiting.in_steps(desk).filter(due_at__lte=noon)[:20],
        waiting.due_today(desk)[:20],
        waiting.due_today(desk)[:1],
    ]


@pytest.fixture
def both(learner, plan, noon):
    """The two of them in one query, as the queue asks."""
    desk = sit_down(learner, noon)
    return queueing._waiting_cards(desk, desk, 20)


def steps_of(query):
    """How many steps SQLite's virtual machine takes: exact, and the same every time."""
    taken = []
    connection.connection.set_progress_handler(lambda: taken.append(1), 1)
    try:
        list(query.all())
    finally:
        connection.connection.set_progress_handler(None, 0)
    return len(taken)


def test_the_due_queue_takes_the_same_steps_for_any_number_of_cards(grow, queries, both):
    steps, already = [], 0
    for count in (1_000, 10_000, 100_000):
        grow(count, already + 1)
        already = count
        steps.append([steps_of(query) for query in queries] + [steps_of(both)])

    assert steps[0] == steps[1] == steps[2]
    assert Card.objects.count() > 100_000
    assert max(steps[0]) < 5_000


def test_the_cards_of_an_exam_are_read_by_their_index(learner, plan, noon):
    planning.aim(plan, TODAY, exam_on=TODAY + timedelta(days=9))

    query = waiting.examined(sit_down(learner, noon))[: surveying.MOST_SEEN].explain()

    assert "card_due_day" in query
    assert "TEMP B-TREE" not in query


def test_the_due_queue_reads_indexes_alone(learner, queries):
    loads = Card.objects.filter(
        learner=learner, is_suspended=False, due_day__in=[TODAY, TODAY + timedelta(days=1)]
    )

    for query in [*queries, loads]:
        plan = query.explain()
        assert "card_due_" in plan
        assert "SCAN" not in plan
        assert "TEMP B-TREE" not in plan
