"""What was foretold and what was recalled, by day and maturity, whatever happens to the log."""

from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

import pytest
from django.db import connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from quizzes.cards import (
    editing,
    optimizing,
    planning,
    replaying,
    retelling,
    reviewing,
    reweighing,
    undoing,
    weighing,
)
from quizzes.cards.models import DayTally, Review
from quizzes.cards.reviewing import Given
from quizzes.cards.reweighing import Told
from quizzes.cards.scheduling import Rating
from quizzes.cards.undoing import NothingToUndo
from quizzes.cards.weighing import Evidence
from quizzes.people.models import User
from tests.cards.acting import AGAIN, GOOD, make_book, make_items, rate
from tests.cards.remembering import made_up

pytestmark = pytest.mark.django_db

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
DAY = timedelta(days=1)
NUMBERS = ("young", "young_recalled", "young_foretold", "mature", "mature_recalled",
           "mature_foretold")  # fmt: skip

RECOUNT = """
    SELECT r.learner_day, i.chapter_id, COALESCE(f.kind, ''),
        SUM(CASE WHEN r.stability_before < 21 THEN 1 ELSE 0 END),
        SUM(CASE WHEN r.stability_before < 21 AND r.rating > 1 THEN 1 ELSE 0 END),
        SUM(CASE WHEN r.stability_before < 21 THEN FLOOR(r.retrievability * 1e7 + 0.5) ELSE 0 END),
        SUM(CASE WHEN r.stability_before >= 21 THEN 1 ELSE 0 END),
        SUM(CASE WHEN r.stability_before >= 21 AND r.rating > 1 THEN 1 ELSE 0 END),
        SUM(CASE WHEN r.stability_before >= 21 THEN FLOOR(r.retrievability * 1e7 + 0.5) ELSE 0 END)
    FROM quizzes_review r
    JOIN quizzes_card c ON c.id = r.card_id
    JOIN quizzes_item i ON i.id = c.item_id
    LEFT JOIN quizzes_fact f ON f.id = i.subject_id
    LEFT JOIN quizzes_action a ON a.review_id = r.id
    WHERE r.learner_id = %s AND a.id IS NULL AND r.affects_schedule
        AND r.elapsed_days > 0 AND r.retrievability IS NOT NULL
    GROUP BY r.learner_day, i.chapter_id, COALESCE(f.kind, '')
"""


def kept(learner):
    """The tallies that tell anything of what was foretold."""
    rows = DayTally.objects.filter(learner=learner).values_list("day", "chapter", "kind", *NUMBERS)
    return {row[:3]: row[3:] for row in rows if any(row[3:])}


def recounted(learner):
    with connection.cursor() as cursor:
        cursor.execute(RECOUNT, [learner.pk])
        rows = cursor.fetchall()
    return {
        (row[0] if isinstance(row[0], type(NOON.date())) else NOON.fromisoformat(row[0]).date(),
         *row[1:3]): tuple(map(int, row[3:]))
        for row in rows
    }  # fmt: skip


acts = st.lists(
    st.tuples(
        st.sampled_from(["rate"] * 5 + ["late", "undo", "quiz", "mark", "move", "weights"]),
        st.integers(0, 2),
        st.sampled_from([AGAIN, GOOD, GOOD, Rating.EASY]),
        st.sampled_from([0.01, 1.0, 5.0, 30.0]),
    ),
    min_size=1,
    max_size=25,
)


class Olga:
    """A learner who knows three cards in a book of her own, and to whom anything happens."""

    def __init__(self):
        self.learner = User.objects.create_user("olga", time_zone="Australia/Lord_Howe")
        self.book = make_book("mine", owner=self.learner)
        self.items = make_items(self.book, 3)
        planning.start(self.learner, self.book, NOON)
        self.at, self.told, self.factor = NOON, list[Told](), 1.0
        for days in (0, 3, 30, 70):
            self.at = NOON + days * DAY
            for n in range(3):
                self.rate(n, GOOD)

    def rate(self, n, rating):
        rate(self.learner, self.items[n], rating, self.at)

    def late(self, n, rating):
        given = Given(self.items[n], rating, uuid4(), self.at - timedelta(days=3 * n, hours=1))
        reviewing.review_batch(self.learner, [given], self.at)

    def undo(self, n, rating):
        try:
            undoing.undo(self.learner, self.at)
        except NothingToUndo:
            assert not Review.objects.standing().filter(source="flashcard").exists()

    def quiz(self, n, rating):
        is_right = rating > AGAIN
        evidence = self._evidence(UUID(int=len(self.told) + 1), n, is_right=is_right)
        weighing.weigh(self.learner, [evidence], self.at)
        self.told.append(Told(self.learner.pk, self.at, [evidence]))

    def mark(self, n, rating):
        """The last quiz is marked otherwise."""
        if self.told:
            last = self.told[-1]
            [one] = last.evidence
            number = [item.pk for item in self.items].index(one.item_id)
            other = self._evidence(one.uid, number, is_right=rating > AGAIN)
            reweighing.reweigh([Told(last.learner_id, last.answered_at, [other])], self.at)

    def move(self, n, rating):
        chapter = self.book.chapters.get(number=int(rating > AGAIN))
        editing.move(self.learner, [self.items[n]], chapter, self.at)

    def weights(self, n, rating):
        self.factor += 0.5
        found = made_up(self.learner, self.at, self.factor)
        optimizing.adopt(self.learner, found, self.at)
        retelling.tell_again(self.learner, self.at, moves=n == 0)

    def _evidence(self, uid, n, *, is_right):
        item = self.items[n]
        return Evidence(uid, item.pk, item.revision_id, is_right, Review.Evidence.TYPED)


@settings(
    max_examples=max(10, settings().max_examples // 10),
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(acts=acts)
def test_the_tallies_equal_a_recount_whatever_happened(acts):
    with transaction.atomic():
        olga = Olga()
        for verb, n, rating, days in acts:
            getattr(olga, verb)(n, rating)
            olga.at += days * DAY
        assert kept(olga.learner) == recounted(olga.learner)
        assert replaying.differences(olga.learner) == []
        transaction.set_rollback(True)


def test_a_review_tells_on_a_later_day_by_how_stable_the_card_was(learner, items, plan, noon):
    rate(learner, items[0], GOOD, noon)
    rate(learner, items[0], GOOD, noon + timedelta(minutes=20))
    assert kept(learner) == {}
    at = noon
    for _ in range(5):
        at += 30 * DAY
        rate(learner, items[0], GOOD, at)
    rate(learner, items[0], AGAIN, at + 30 * DAY)

    sums = [sum(column) for column in zip(*kept(learner).values(), strict=True)]

    young, young_recalled, _, mature, mature_recalled, mature_foretold = sums
    assert (young, young_recalled) == (1, 1)
    assert (mature, mature_recalled) == (5, 4)
    told = Review.objects.filter(stability_before__gte=21, elapsed_days__gt=0)
    chances = [review.retrievability or 0 for review in told]
    assert mature_foretold == pytest.approx(10**7 * sum(chances), abs=5)
