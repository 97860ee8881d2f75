"""Why this date? Each reason is on the page of the card."""

import re
from datetime import timedelta

import pytest

from quizzes.cards import moving, undoing
from quizzes.cards.models import Card, Review, StudyPlan
from quizzes.cards.scheduling import Rating
from tests.web.studying import rate, study

pytestmark = pytest.mark.django_db

AGAIN, HARD, GOOD, EASY = Rating
MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)


@pytest.fixture(autouse=True)
def _at_noon(at_noon):
    return at_noon


def test_the_date_is_explained_from_target_to_day(told, olga, item, noon):
    study(olga, item, GOOD, GOOD, GOOD, until=noon)
    review = Review.objects.order_by("-answered_at")[0]

    words = told()

    assert "You want to remember 90 in 100 cards when they come up." in words
    assert re.search(r"its stability is \d+ days: after so long 90 in 100", words)
    assert f"that makes {review.stability_after:.1f} days, unrounded" in words
    [(first, last)] = re.findall(r"any day from (\d+) to (\d+) days", words)
    assert int(first) <= review.interval_days <= int(last)
    assert f"For this card {review.interval_days} days were drawn." in words


def test_the_target_of_the_plan_counts(told, olga, item, noon):
    StudyPlan.objects.update(desired_retention=0.85)
    study(olga, item, GOOD, GOOD, GOOD, until=noon)

    assert "You want to remember 85 in 100" in told()


def test_another_day_of_the_window_was_taken_for_it_had_less_to_do(told, olga, item, noon):
    study(olga, item, GOOD, GOOD, until=noon - 5 * DAY)
    drawn = rate(olga, item, GOOD, noon).interval_days
    undoing.undo(olga, noon + MINUTE)
    rate(olga, item, GOOD, noon, interval=drawn + 1)
    if Review.objects.standing().order_by("-answered_at")[0].interval_days == drawn:
        pytest.fail("The day after was not lawful: choose another history.")

    assert f"For this card {drawn} days were drawn, and {drawn + 1} taken" in told()


def test_a_short_interval_is_not_spread(told, olga, item, noon):
    rate(olga, item, GOOD, noon)

    assert "That is too short to be spread: 2 days." in told()


def test_after_a_miss_it_comes_once_more_on_the_next_day(told, olga, item, noon):
    study(olga, item, GOOD, GOOD, until=noon - DAY)
    rate(olga, item, AGAIN, noon - 20 * MINUTE)
    assert "it is in a step of minutes: it comes back in 10 min" in told()

    rate(olga, item, GOOD, noon)
    assert "so it comes once more on the next study day" in told()


def test_the_longest_interval_is_told_where_it_cuts(told, olga, item, noon):
    StudyPlan.objects.update(maximum_interval=7)
    study(olga, item, GOOD, GOOD, GOOD, GOOD, until=noon)

    assert "Your longest interval cuts that to 7 days." in told()


def test_a_plan_that_has_changed_since_is_told(told, olga, item, noon):
    study(olga, item, GOOD, GOOD, GOOD, GOOD, until=noon)
    days = Card.objects.get().interval_days
    StudyPlan.objects.update(maximum_interval=7)

    assert f"It was given {days} days; as your plan is now, that answer would give 7" in told()


def test_a_day_that_it_was_moved_to_is_told_beside_the_logs(told, olga, item, noon):
    study(olga, item, GOOD, GOOD, until=noon)
    card = Card.objects.get()
    moving.move(olga, {card.pk: (noon + 60 * DAY).date()}, noon)

    words = told()

    assert "It was moved to 1 May 2026; by its last answer it would be due on" in words
    assert f"on {card.due_day:%-d} March 2026." in words


def test_an_exam_is_told(told, olga, item, noon):
    study(olga, item, GOOD, GOOD, until=noon)
    StudyPlan.objects.update(exam_on=(noon + 10 * DAY).date())
    assert "You have an exam on 12 March 2026" in told()

    StudyPlan.objects.update(exam_on=(noon - 10 * DAY).date())
    assert "exam" not in told()
