"""What is reserved is found by indexes, however many items the bank holds."""

import pytest
from django.db import connection

from quizzes.assessment import reserving
from quizzes.cards import planning, waiting
from quizzes.cards.desk import sit_down
from tests.examining import begin, make_assignment

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(connection.vendor != "sqlite", reason="reads SQLite's query plan"),
]


def test_the_queue_looks_up_what_is_reserved_and_scans_no_table(
    learner, room, book, quiz, items, noon
):
    planning.start(learner, book, noon)
    begin(learner, quiz, noon)
    make_assignment(room, quiz, noon)

    reserved = reserving.reserved(learner, noon)
    desk = sit_down(learner, noon, None, reserved)
    plans = [query.explain() for query in (waiting.due_today(desk)[:20], reserved)]

    scans = [line for plan in plans for line in plan.splitlines() if "SCAN quizzes_" in line]
    assert scans == []
