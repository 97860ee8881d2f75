"""What is reserved is found by indexes, however many items the bank holds."""

import pytest
from django.db import connection

from quizzes.assessment import reserving, withholding
from quizzes.cards import planning, waiting
from quizzes.cards.desk import sit_down
from quizzes.items.models import Revision
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


def test_what_is_kept_from_who_teaches_it_is_looked_up_too(learner, room, quiz, noon):
    begin(learner, quiz, noon)
    make_assignment(room, quiz, noon)
    kept = quiz.slots.filter(withholding.kept(learner, noon, "item"))
    revisions = Revision.objects.filter(pk__in=[1, 2])

    marked = withholding.marked(revisions, learner, noon, "item")
    plans = [query.explain() for query in (kept, marked)]

    assert len(kept) == quiz.slots.count()
    assert [line for plan in plans for line in plan.splitlines() if "SCAN quizzes_" in line] == []
