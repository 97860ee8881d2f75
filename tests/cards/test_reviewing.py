"""A rating is written down once, and its card comes back when it was said to."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from quizzes.cards import queueing, replaying, reviewing, undoing
from quizzes.cards.models import Card, DayTally, Review, Weights
from quizzes.cards.reviewing import AlreadyAnswered, Given, NothingWasAsked, StaleOffer
from quizzes.cards.scheduling import DEFAULT_WEIGHTS, Rating, replay, step
from quizzes.items.models import Item
from tests.cards.acting import AGAIN, EASY, GOOD, HARD, card_of, make_items, rate, study

MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)
TODAY = date(2026, 3, 2)

pytestmark = pytest.mark.django_db


def statements(captured):
    """The statements of a verb, without those that begin and end its transaction."""
    control = ("BEGIN", "SAVEPOINT", "RELEASE", "COMMIT", "ROLLBACK")
    return [q["sql"] for q in captured.captured_queries if not q["sql"].startswith(control)]


@pytest.mark.parametrize(("rating", "minutes"), [(AGAIN, 10), (HARD, 15)])
def test_a_new_card_that_was_missed_returns_in_minutes(learner, item, plan, noon, rating, minutes):
    rate(learner, item, rating, noon)

    card = card_of(learner, item)
    assert (card.phase, card.due_at, card.due_day) == ("learning", noon + minutes * MINUTE, None)


@pytest.mark.parametrize("rating", [GOOD, EASY])
def test_a_new_card_that_was_known_returns_on_a_later_day(learner, item, plan, noon, rating):
    rate(learner, item, rating, noon)

    card = card_of(learner, item)
    assert (card.phase, card.due_at) == ("review", None)
    assert card.due_day == TODAY + timedelta(days=card.interval_days) > TODAY


def test_a_missed_card_returns_in_ten_minutes_and_then_on_the_next_day(learner, item, plan, noon):
    known = study(learner, item, GOOD, at=noon)
    due = noon + timedelta(days=known.interval_days)

    rate(learner, item, AGAIN, due)
    missed = card_of(learner, item)
    rate(learner, item, GOOD, due + 10 * MINUTE)
    again = card_of(learner, item)

    assert (missed.phase, missed.due_at, missed.lapses) == ("relearning", due + 10 * MINUTE, 1)
    assert (again.phase, again.due_day) == ("review", due.date() + DAY)


def test_an_answer_after_midnight_belongs_to_the_day_before(learner, item, plan, noon):
    two_in_berlin = noon + timedelta(hours=13)

    review = rate(learner, item, GOOD, two_in_berlin)

    assert (review.learner_day, review.time_zone) == (TODAY, "Europe/Berlin")


def test_the_memory_is_that_of_the_kernel(learner, item, plan, noon):
    ratings = [GOOD, GOOD, AGAIN, GOOD, EASY]

    card = study(learner, item, *ratings, at=noon, gap=3 * DAY)

    days = [TODAY.toordinal() + 3 * n for n in range(5)]
    assert card.memory == replay(zip(days, ratings, strict=True))


def test_cards_learned_together_do_not_stay_together(learner, items, plan, noon):
    due = {study(learner, item, EASY, at=noon).due_day for item in items}

    assert len(due) > 2


def test_a_review_keeps_what_was_given_and_what_the_model_made_of_it(learner, item, plan, noon):
    before = study(learner, item, GOOD, at=noon)

    review = rate(learner, item, GOOD, noon + 2 * DAY, duration_ms=4_200)

    card = card_of(learner, item)
    assert (review.rating, review.duration_ms, review.elapsed_days) == (GOOD, 4_200, 2)
    assert (review.phase_before, review.phase_after) == ("review", "review")
    assert (review.stability_before, review.stability_after) == (before.stability, card.stability)
    assert 0 < review.retrievability < 1
    assert review.revision == item.revision
    review.refresh_from_db()
    assert review.interval_days == card.interval_days


def test_a_long_absence_is_not_thinking(learner, item, plan, noon):
    assert rate(learner, item, GOOD, noon, duration_ms=3_600_000).duration_ms == 60_000


@pytest.mark.parametrize("rating", Rating)
def test_what_a_button_shows_is_what_is_stored(learner, item, plan, noon, rating):
    study(learner, item, GOOD, at=noon)
    day = noon + 5 * DAY
    [entry] = [e for e in queueing.queue(learner, day) if e.item == item]
    offer = entry.offers[rating]

    rate(learner, item, rating, day, interval=offer.days, version=entry.version)

    card = card_of(learner, item)
    assert card.interval_days == offer.days
    assert card.due_at == (day + offer.minutes * MINUTE if offer.minutes else None)


def test_an_interval_that_was_never_offered_is_refused(learner, item, plan, noon):
    card = study(learner, item, GOOD, at=noon)

    for interval in (0, 400):
        with pytest.raises(StaleOffer):
            rate(learner, item, GOOD, noon + 5 * DAY, interval=interval)

    assert card_of(learner, item).version == card.version
    assert Review.objects.count() == 1


def test_a_page_left_open_overnight_can_still_be_answered(learner, item, plan, noon):
    study(learner, item, GOOD, GOOD, at=noon, gap=2 * DAY)
    for days in range(20, 40):
        evening = noon + days * DAY
        [entry] = [e for e in queueing.queue(learner, evening) if e.item == item]
        shown = entry.offers[GOOD].window

        review = rate(learner, item, GOOD, evening + DAY, interval=shown.earliest)

        assert review.interval_days == shown.earliest
        assert card_of(learner, item).due_day == (evening + DAY).date() + shown.earliest * DAY
        undoing.undo(learner, evening + 2 * DAY)


def test_any_day_of_the_window_is_taken(learner, item, plan, noon):
    study(learner, item, GOOD, GOOD, at=noon, gap=2 * DAY)
    day = noon + 40 * DAY
    [entry] = [e for e in queueing.queue(learner, day) if e.item == item]
    window = entry.offers[GOOD].window
    assert window.latest > window.earliest

    rate(learner, item, GOOD, day, interval=window.latest)

    assert card_of(learner, item).interval_days == window.latest


def test_the_same_review_sent_ten_times_is_one(learner, item, plan, noon):
    sent = {"uid": uuid4(), "version": 0, "at": noon}

    reviews = [reviewing.review(learner, item, GOOD, **sent) for _ in range(10)]

    assert len({review.pk for review in reviews}) == Review.objects.count() == 1
    assert card_of(learner, item).reps == 1
    assert DayTally.objects.get().reviews == 1


def test_a_card_that_was_answered_elsewhere_is_not_answered_again(learner, item, plan, noon):
    rate(learner, item, GOOD, noon)

    with pytest.raises(AlreadyAnswered):
        rate(learner, item, AGAIN, noon + MINUTE, version=0)

    assert card_of(learner, item).phase == "review"
    assert Review.objects.count() == 1


def test_two_learners_may_use_the_same_identifier(learner, item, plan, noon, django_user_model):
    other = django_user_model.objects.create_user("other")
    uid = uuid4()

    mine, theirs = (rate(who, item, GOOD, noon, uid=uid) for who in (learner, other))

    assert mine.pk != theirs.pk


def test_a_card_can_be_rated_without_a_plan(learner, item, noon):
    rate(learner, item, GOOD, noon)

    assert card_of(learner, item).phase == "review"


def test_a_draft_without_a_question_cannot_be_rated(learner, item, noon):
    Item.objects.filter(pk=item.pk).update(revision=None)
    item.refresh_from_db()

    with pytest.raises(NothingWasAsked):
        rate(learner, item, GOOD, noon)


@pytest.mark.parametrize("times", [0, 1, 5])
def test_a_review_reads_once_and_writes_three_times(learner, item, plan, noon, times):
    for n in range(times):
        rate(learner, item, GOOD, noon + n * DAY)
    later = {"at": noon + times * DAY, "uid": uuid4(), "version": times}

    with CaptureQueriesContext(connection) as captured:
        reviewing.review(learner, item, GOOD, **later)

    verbs = [sql.split()[0] for sql in statements(captured)]
    assert verbs in (
        ["SELECT", "INSERT", "INSERT", "INSERT"],
        ["SELECT", "UPDATE", "INSERT", "INSERT"],
    )


def test_own_weights_are_used_for_cards_begun_with_them(learner, items, plan, noon):
    old = study(learner, items[0], GOOD, at=noon)
    mine = Weights.objects.create(
        learner=learner,
        numbers=[1.0, 2.0, 30.0, 40.0, *DEFAULT_WEIGHTS[4:]],
        review_count=500,
        fitted_at=noon,
        is_current=True,
    )

    new = study(learner, items[1], GOOD, at=noon)
    reviewing.review_batch(learner, [given(items[2], GOOD, noon)], noon)
    rate(learner, items[0], GOOD, noon + 2 * DAY)

    assert (new.stability, new.weights) == (30.0, mine)
    assert card_of(learner, items[2]).memory == new.memory
    assert card_of(learner, items[2]).weights == mine
    expected = step(old.memory, GOOD, TODAY.toordinal() + 2, DEFAULT_WEIGHTS)
    assert card_of(learner, items[0]).memory == expected
    assert replaying.rebuild(learner) == 0


# What a device has collected


def given(item, rating, at, **columns):
    return Given(item, rating, columns.pop("uid", None) or uuid4(), at, **columns)


def test_a_batch_is_the_same_as_its_reviews_one_by_one(
    learner, items, plan, noon, django_user_model
):
    other = django_user_model.objects.create_user("other", time_zone="Europe/Berlin")
    acts = [(items[n % 3], Rating(1 + n % 4), noon + n * 7 * MINUTE * 60) for n in range(20)]
    for item, rating, at in acts:
        rate(other, item, rating, at)
    intervals = [r.interval_days for r in Review.objects.order_by("pk")]

    reviewing.review_batch(
        learner,
        [given(*act, interval=i) for act, i in zip(acts, intervals, strict=True)],
        noon + 30 * DAY,
    )

    for item in items[:3]:
        assert card_of(learner, item).state == card_of(other, item).state


@pytest.mark.parametrize("order", [(0, 1, 2), (2, 1, 0), (1, 2, 0)])
def test_late_reviews_take_the_place_of_their_time(learner, item, plan, noon, order):
    acts = [given(item, rating, noon + n * DAY) for n, rating in enumerate((AGAIN, GOOD, EASY))]

    for n in order:
        reviewing.review_batch(learner, [acts[n]], noon + 10 * DAY)

    card = card_of(learner, item)
    days = [TODAY.toordinal() + n for n in range(3)]
    assert card.memory == replay(zip(days, (AGAIN, GOOD, EASY), strict=True))
    assert card.reps == 3
    log = Review.objects.in_order()
    assert [r.rating for r in log] == [AGAIN, GOOD, EASY]
    assert [r.phase_before for r in log] == ["new", "learning", "review"]


def test_a_batch_sent_twice_is_written_once(learner, items, plan, noon):
    batch = [given(item, GOOD, noon) for item in items]

    first = reviewing.review_batch(learner, batch, noon + DAY)
    second = reviewing.review_batch(learner, [*batch, batch[0]], noon + 2 * DAY)

    assert [r.pk for r in second] == [*(r.pk for r in first), first[0].pk]
    assert Review.objects.count() == len(items)
    assert {card_of(learner, item).reps for item in items} == {1}


def test_a_clock_that_is_ahead_counts_as_now(learner, item, plan, noon):
    [review] = reviewing.review_batch(learner, [given(item, GOOD, noon + DAY)], noon)

    assert review.answered_at == review.received_at == noon


def test_an_interval_that_does_not_fit_any_more_gives_way(learner, item, plan, noon):
    [review] = reviewing.review_batch(learner, [given(item, GOOD, noon, interval=300)], noon)

    assert 1 <= review.interval_days <= 4


def test_an_empty_batch_is_nothing(learner, plan, noon):
    assert reviewing.review_batch(learner, [], noon) == []


def test_a_late_single_review_takes_its_place_too(learner, item, plan, noon):
    rate(learner, item, GOOD, noon + DAY)

    rate(learner, item, AGAIN, noon + 2 * DAY, answered_at=noon)

    assert [r.rating for r in Review.objects.in_order()] == [AGAIN, GOOD]
    assert card_of(learner, item).last_at == noon + DAY


def test_two_answers_of_one_instant_are_both_kept(learner, item, plan, noon):
    rate(learner, item, AGAIN, noon)
    rate(learner, item, GOOD, noon)

    assert card_of(learner, item).reps == 2


@pytest.mark.parametrize("count", [1, 10, 100])
def test_a_batch_takes_the_same_statements_whatever_its_size(learner, book, plan, noon, count):
    items = make_items(book, count, number=1)
    reviewing.review_batch(learner, [given(item, GOOD, noon + DAY) for item in items], noon + DAY)
    late = [given(item, GOOD, noon) for item in items]

    with CaptureQueriesContext(connection) as captured:
        reviewing.review_batch(learner, late, noon + 2 * DAY)

    assert len(statements(captured)) == 11
    assert Card.objects.filter(reps=2).count() == count
