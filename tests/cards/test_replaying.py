"""Whatever happens, a card is what its log says, and undo leads back step by step."""

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from django.db import transaction
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from quizzes.cards import (
    moving,
    planning,
    queueing,
    replaying,
    reviewing,
    setting_aside,
    undoing,
)
from quizzes.cards.models import Action, Card, DayTally, Review, Weights
from quizzes.cards.reviewing import Given
from quizzes.cards.scheduling import DEFAULT_WEIGHTS, Rating
from quizzes.people.models import User
from tests.cards.acting import AGAIN, GOOD, card_of, make_book, make_items, rate, study

pytestmark = pytest.mark.django_db

COLUMNS = [field.attname for field in Card._meta.concrete_fields if field.name != "version"]
MADE_BY = {"id", "uid", "learner_id", "item_id"}
NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
numbers = st.integers(0, 3)
ratings = st.sampled_from(Rating)


def everything(learner):
    """All columns of cards and tallies, but versions; a card on which nothing stands is no card."""
    blank, cards = Card(learner=learner), {}
    for row in Card.objects.filter(learner=learner).values(*COLUMNS):
        if any(row[column] != getattr(blank, column) for column in row.keys() - MADE_BY):
            cards[row["item_id"]] = row
    tallies = DayTally.objects.filter(learner=learner)
    return cards, set(tallies.values_list("day", "chapter", "kind", *DayTally.COLUMNS))


class Studying(RuleBasedStateMachine):
    """A learner who does anything at any time, and takes it back."""

    @initialize()
    def sit_down(self):
        self.rollback = transaction.atomic()
        self.rollback.__enter__()
        self.learner = User.objects.create_user("olga", time_zone="Australia/Lord_Howe")
        book = make_book("red-army")
        self.items = make_items(book, 4, to_a_fact=2)
        planning.start(self.learner, book, NOON)
        Weights.objects.create(
            learner=self.learner,
            numbers=[*DEFAULT_WEIGHTS[:20], 0.2],
            review_count=0,
            fitted_at=NOON,
            is_current=True,
        )
        self.at = NOON
        self.before = []

    def teardown(self):
        try:
            self.take_everything_back()
        finally:
            transaction.set_rollback(True)
            self.rollback.__exit__(None, None, None)

    def take_everything_back(self):
        """Step by step, or, without looking on the way, always what was done last."""
        if len(self.before) % 2:
            while self.before:
                self.undo()
        elif self.before:
            for _ in self.before:
                undoing.undo(self.learner, self.at)
            assert everything(self.learner) == self.before[0][0]

    def act(self, verb, *arguments, late=None, **named):
        """Do something now; it is one act to undo if it changed anything."""
        before = everything(self.learner)
        done = verb(self.learner, *arguments, at=self.at, **named)
        self.at += timedelta(seconds=1)
        if everything(self.learner) != before:
            self.before.append((before, late))
        return done

    @rule(minutes=st.sampled_from([1, 9, 15, 60, 600, 1_440, 4_000, 20_000]))
    def wait(self, minutes):
        self.at += timedelta(minutes=minutes)

    @rule(n=numbers, rating=ratings)
    def rate(self, n, rating):
        self.act(rate, self.items[n], rating)

    @rule(rating=ratings)
    def rate_what_comes_next(self, rating):
        now = self.at
        for entry in queueing.queue(self.learner, now, limit=1):
            offer = entry.offers[rating]
            review = self.act(
                rate,
                entry.item,
                rating,
                interval=offer.days,
                version=entry.version,
            )
            card = card_of(self.learner, entry.item)
            assert card.interval_days == offer.days == review.interval_days
            assert card.due_at is None or card.due_at == now + timedelta(minutes=offer.minutes)

    @rule(n=numbers, rating=ratings, late=st.integers(0, 30_000))
    def send_late(self, n, rating, late):
        given = Given(self.items[n], rating, uuid4(), self.at - timedelta(minutes=late))
        self.act(reviewing.review_batch, [given], late=given.uid)

    @precondition(lambda self: Review.objects.exists())
    @rule(n=numbers)
    def send_again(self, n):
        sent = list(Review.objects.order_by("pk"))[-1 - n % Review.objects.count()]
        again = reviewing.review(
            self.learner, sent.card.item, Rating.AGAIN, at=self.at, uid=sent.uid, version=0
        )
        assert again == sent

    @rule(n=numbers, color=st.integers(0, 2))
    def flag(self, n, color):
        self.act(setting_aside.flag, self.items[n], color)

    @rule(n=numbers, verb=st.sampled_from(["bury", "suspend", "take_up"]))
    def set_aside(self, n, verb):
        self.act(getattr(setting_aside, verb), self.items[n])

    @rule(n=numbers, text=st.sampled_from(["", "A note.", "1937-06-11"]))
    def note(self, n, text):
        self.act(setting_aside.note, self.items[n], text)

    @rule(some=st.sets(numbers), verb=st.sampled_from(["bury", "suspend", "take_up"]))
    def set_many_aside(self, some, verb):
        self.act(getattr(setting_aside, f"{verb}_many"), [self.items[n] for n in some])

    @rule(some=st.sets(numbers, min_size=1), days=st.integers(-3, 30))
    def move(self, some, days):
        cards = Card.objects.filter(item__in=[self.items[n] for n in some])
        day = self.at.date() + timedelta(days=days)
        self.act(moving.move, {card.pk: day + timedelta(days=card.pk % 3) for card in cards})

    @precondition(lambda self: self.before)
    @rule()
    def undo(self):
        """What came late is taken back by its name: it was not the last to be done."""
        before, late = self.before.pop()
        undoing.undo(self.learner, self.at, uid=late)
        self.at += timedelta(seconds=1)
        assert everything(self.learner) == before

    @invariant()
    def cards_are_what_the_log_says(self):
        before = everything(self.learner), self.derived()
        assert replaying.differences(self.learner) == []
        assert replaying.rebuild(self.learner) == 0
        assert (everything(self.learner), self.derived()) == before

    def derived(self):
        return set(Review.objects.values_list("pk", *Review.DERIVED))


def test_any_acts_leave_what_the_log_says_and_undo_leads_back():
    run_state_machine_as_test(
        Studying,
        settings=settings(
            max_examples=max(6, settings().max_examples // 50), stateful_step_count=40
        ),
    )


def test_a_card_that_differs_from_its_log_is_made_anew(learner, item, plan, noon):
    card = study(learner, item, GOOD, GOOD, at=noon)
    Card.objects.filter(pk=card.pk).update(stability=99.0, reps=7)

    assert replaying.rebuild(learner) == 1

    assert card_of(learner, item).state == card.state
    assert replaying.rebuild(learner) == 0


def test_a_tally_that_differs_from_the_log_is_made_anew(learner, items, plan, noon):
    rate(learner, items[0], AGAIN, noon, duration_ms=500)
    rate(learner, items[1], GOOD, noon, duration_ms=700)
    sound = list(DayTally.objects.values_list(*DayTally.COLUMNS))
    DayTally.objects.update(reviews=40)

    replaying.rebuild(learner)

    assert list(DayTally.objects.values_list(*DayTally.COLUMNS)) == sound
    assert sound == [(2, 1, 2, 1, 1, 1200, *[0] * 6)]


def test_the_log_of_taken_back_reviews_is_not_told(learner, item, plan, noon):
    study(learner, item, GOOD, AGAIN, at=noon)
    undoing.undo(learner, noon + timedelta(days=2))

    assert replaying.told(card_of(learner, item)).reps == 1
    assert Action.objects.get().kind == "rate"
