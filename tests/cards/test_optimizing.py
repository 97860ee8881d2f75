"""A learner's weights: fitted and kept, looked at before, put to use, and left again."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from quizzes.cards import optimizing, planning, replaying, setting_aside, undoing
from quizzes.cards.models import Action, Card, DayOff, Review, Weights
from quizzes.cards.optimizing import NoBetter, TooFewReviews
from quizzes.people.models import User
from tests.cards.acting import GOOD, make_book, make_items, rate
from tests.cards.remembering import FORGETFUL, adopt, keep, made_up, student_log

DAY = timedelta(days=1)
pytestmark = pytest.mark.django_db


@pytest.fixture
def begun(noon):
    return noon - 100 * DAY


@pytest.fixture
def now(learner, begun):
    """After sixty days of a student whose memory is another than the published one."""
    items = make_items(make_book("atlas"), 60)
    planning.start(learner, items[0].book, begun)
    return keep(learner, items, student_log("fsrs", 1, weights=FORGETFUL)[1], begun)


@pytest.fixture
def fitted(learner, now):
    return optimizing.fit(learner, now)


def by_card(learner, *columns):
    return list(Card.objects.filter(learner=learner).order_by("pk").values_list(*columns))


def test_a_fit_is_kept_and_changes_nothing(learner, now):
    before = by_card(learner, "stability", "due_day", "version")

    weights = optimizing.fit(learner, now)

    assert weights.method == Weights.Method.PRIOR
    assert weights.review_count == optimizing.evaluable(learner) > 64
    assert optimizing.is_better(weights)
    assert (weights.is_current, weights.adopted_at) == (False, None)
    assert by_card(learner, "stability", "due_day", "version") == before


def test_the_same_log_is_fitted_once(learner, fitted, now):
    assert optimizing.fit(learner, now + DAY) == fitted
    assert Weights.objects.filter(learner=learner).count() == 1


def test_nothing_is_fitted_to_too_few_reviews(learner, plan, items, noon):
    for days in range(5):
        for item in items:
            rate(learner, item, GOOD, noon + days * DAY)
    assert optimizing.evaluable(learner) == 48 < 64

    with pytest.raises(TooFewReviews, match="48 reviews on later days"):
        optimizing.fit(learner, noon + 5 * DAY)

    assert not optimizing.is_time(learner)
    assert not Weights.objects.filter(learner=learner).exists()


def test_it_is_time_again_when_there_is_twice_as_much_to_learn_from(learner, now):
    assert optimizing.is_time(learner)

    fitted = optimizing.fit(learner, now)
    assert not optimizing.is_time(learner)

    Weights.objects.filter(pk=fitted.pk).update(review_count=fitted.review_count // 2)
    assert optimizing.is_time(learner)


def test_adopting_tells_every_memory_again_and_leaves_due_days(learner, fitted, now):
    before = by_card(learner, "due_day", "due_at", "interval_days", "reps", "lapses")
    stabilities = by_card(learner, "stability")

    adopt(learner, fitted, now)

    assert by_card(learner, "due_day", "due_at", "interval_days", "reps", "lapses") == before
    assert by_card(learner, "stability") != stabilities
    assert set(by_card(learner, "weights")) == {(fitted.pk,)}
    assert optimizing.in_force(learner) == fitted
    assert replaying.differences(learner) == []


def test_adopting_rewrites_what_the_model_made_of_each_review_and_nothing_else(
    learner, fitted, now
):
    raw = ("uid", "card", "rating", "answered_at", "learner_day", "interval_days", "evidence")
    log = Review.objects.filter(learner=learner).order_by("pk")
    before, foretold = list(log.values(*raw)), list(log.values_list("retrievability", flat=True))

    adopt(learner, fitted, now)

    assert list(log.values(*raw)) == before
    assert list(log.values_list("retrievability", flat=True)) != foretold
    for review in log.filter(elapsed_days__gt=0)[:50]:
        assert review.retrievability
        assert 0 < review.retrievability < 1


def test_what_is_rated_next_follows_the_adopted_set(learner, fitted, now):
    adopt(learner, fitted, now)
    card = Card.objects.filter(learner=learner, phase="review").order_by("pk").first()
    assert card

    rate(learner, card.item, GOOD, now + DAY)

    assert replaying.differences(learner) == []
    assert Card.objects.get(pk=card.pk).weights == fitted


def test_another_learners_cards_stay_as_they_are(learner, fitted, now):
    other = User.objects.create_user("ivan")
    items = [card.item for card in Card.objects.filter(learner=learner).select_related("item")]
    rate(other, items[0], GOOD, now)
    before = by_card(other, "stability", "weights", "version")

    adopt(learner, fitted, now)

    assert by_card(other, "stability", "weights", "version") == before


def test_a_set_that_is_no_better_is_not_adopted(learner, now):
    worse = made_up(learner, now, 0.5, loss_after=0.3995)

    with pytest.raises(NoBetter):
        adopt(learner, worse, now)

    assert optimizing.in_force(learner) is None
    assert set(by_card(learner, "weights")) == {(None,)}


def test_one_goes_back_to_the_set_before_and_to_the_published_weights(learner, fitted, now):
    untouched = by_card(learner, "stability", "difficulty", "due_day")
    adopt(learner, fitted, now)
    first = by_card(learner, "stability", "difficulty", "due_day")
    adopt(learner, made_up(learner, now, 2.0), now + DAY)

    adopt(learner, fitted, now + 2 * DAY)
    assert optimizing.in_force(learner) == fitted
    assert by_card(learner, "stability", "difficulty", "due_day") == first

    adopt(learner, None, now + 3 * DAY)
    assert by_card(learner, "stability", "difficulty", "due_day") == untouched
    assert optimizing.in_force(learner) is None
    assert replaying.differences(learner) == []


def test_a_preview_tells_what_moving_would_change_and_changes_nothing(learner, now):
    weaker, stronger = made_up(learner, now, 0.3), made_up(learner, now, 3.0)
    before = by_card(learner, "stability", "due_day", "version")

    less, more = (optimizing.preview(learner, one, now) for one in (weaker, stronger))

    assert less.now == more.now
    assert less.card_count == Card.objects.filter(learner=learner).count()
    assert less.then.mean_interval < less.now.mean_interval < more.then.mean_interval
    assert less.then.due >= less.now.due
    assert more.then.due_soon <= less.then.due_soon
    assert by_card(learner, "stability", "due_day", "version") == before


def test_a_card_that_is_set_aside_is_not_counted_as_due(learner, now):
    late = now + 300 * DAY
    all_due = optimizing.preview(learner, None, late).now.due
    [item] = [card.item for card in Card.objects.filter(learner=learner)[:1]]

    setting_aside.suspend(learner, item, late)

    assert optimizing.preview(learner, None, late).now.due == all_due - 1


def test_moving_due_days_spreads_what_is_overdue(learner, now):
    weaker = made_up(learner, now, 0.02)
    overdue = optimizing.preview(learner, weaker, now).then.due
    learner.week = "nnnnnno"
    learner.save(update_fields=["week"])
    DayOff.objects.create(learner=learner, day=now.date() + DAY)

    adopt(learner, weaker, now, moves=True)

    days = [day for (day,) in by_card(learner, "due_day") if day]
    busiest = max(days.count(day) for day in days)
    assert overdue > 7
    assert days.count(now.date()) < overdue
    assert busiest <= len(days) / 4
    moved = Card.objects.filter(learner=learner, moved_to__isnull=False)
    assert all(one.moved_to and one.moved_to.weekday() < 6 for one in moved)
    assert now.date() + DAY not in {one.moved_to for one in moved}
    assert replaying.differences(learner) == []


def test_moved_days_are_one_act_to_undo(learner, fitted, now):
    before = by_card(learner, "due_day")
    adopt(learner, fitted, now, moves=True)
    assert by_card(learner, "due_day") != before
    assert Action.objects.filter(learner=learner).values("batch").distinct().count() == 1

    undoing.undo(learner, now + DAY)

    assert by_card(learner, "due_day") == before
    assert optimizing.in_force(learner) == fitted


def test_a_day_that_the_learner_chose_stays_when_memories_change(learner, fitted, now):
    adopt(learner, fitted, now, moves=True)
    moved = by_card(learner, "due_day", "moved_to")

    adopt(learner, None, now + DAY)

    assert by_card(learner, "due_day", "moved_to") == moved
    assert replaying.differences(learner) == []


def test_as_many_queries_for_many_cards_as_for_few(learner, begun):
    counts = []
    for number, size in enumerate((10, 40)):
        person = User.objects.create_user(f"student-{number}")
        items = make_items(make_book(f"book-{number}"), size)
        planning.start(person, items[0].book, begun)
        log = student_log("fsrs", 5, cards=size, days=30, new_a_day=size)[1]
        now = keep(person, items, log, begun)
        weights = made_up(person, now, 2.0)
        with CaptureQueriesContext(connection) as captured:
            optimizing.preview(person, weights, now)
            adopt(person, weights, now, moves=True)
            adopt(person, None, now + DAY)
        counts.append(len(captured))

    assert counts[0] == counts[1] <= 70
