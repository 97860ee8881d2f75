from datetime import timedelta
from math import log

import pytest

from quizzes.analytics import calibrating
from quizzes.cards import planning, undoing
from quizzes.cards.predicting import Prediction
from quizzes.people.models import User
from tests.cards.acting import AGAIN, GOOD, make_book, make_items, rate

DAY = timedelta(days=1)


@pytest.fixture
def items(db):
    return make_items(make_book("red-army"), 3)


@pytest.fixture
def learner(items, noon):
    learner = User.objects.create_user("olga")
    planning.start(learner, items[0].book, noon)
    return learner


def foretold(chance, recalled, count):
    """So many reviews of one chance, of which so many were recalled."""
    return [Prediction(1, 1, chance, number < recalled) for number in range(count)]


def test_each_review_is_in_one_bin_and_empty_bins_are_left_out():
    found = calibrating.calibration(foretold(0.82, 7, 10) + foretold(0.95, 29, 30))

    assert [(one.first, one.last, one.count) for one in found.bins] == [(80, 85, 10), (90, 95, 30)]
    assert [(one.foretold, one.recalled) for one in found.bins] == [(82, 70), (95, 97)]
    assert (found.count, found.foretold, found.recalled) == (40, 92, 90)


def test_the_log_loss_is_that_of_every_review():
    found = calibrating.calibration(foretold(0.8, 1, 2))

    assert found.log_loss == pytest.approx(-(log(0.8) + log(0.2)) / 2)


def test_without_a_review_on_a_later_day_there_is_nothing_to_tell(learner, items, noon):
    rate(learner, items[0], AGAIN, noon)
    rate(learner, items[0], GOOD, noon + timedelta(minutes=10))

    assert calibrating.of_learner(learner) is None


def test_reviews_on_later_days_are_compared_with_what_was_foretold(learner, items, noon):
    for item in items:
        rate(learner, item, GOOD, noon)
    last = [rate(learner, item, GOOD, noon + 2 * DAY) for item in items[:2]]
    last.append(rate(learner, items[2], AGAIN, noon + 2 * DAY))

    found = calibrating.of_learner(learner)

    assert found
    assert (found.count, found.recalled) == (3, 67)
    assert found.foretold == round(100 * (last[0].retrievability or 0))


def test_what_was_taken_back_does_not_count(learner, items, noon):
    rate(learner, items[0], GOOD, noon)
    rate(learner, items[0], AGAIN, noon + 2 * DAY)
    undoing.undo(learner, noon + 2 * DAY)

    assert calibrating.of_learner(learner) is None


def test_it_takes_one_query(learner, items, noon, django_assert_num_queries):
    for item in items:
        rate(learner, item, GOOD, noon)
        rate(learner, item, GOOD, noon + 2 * DAY)

    with django_assert_num_queries(1):
        calibrating.of_learner(learner)
