from datetime import timedelta

import pytest
from django.template.loader import render_to_string

from quizzes.analytics import forecasting
from quizzes.cards import planning, setting_aside
from quizzes.cards.models import Card, DayOff
from quizzes.items.models import Item
from quizzes.people.models import User
from tests.cards.acting import make_book, make_items, rate

pytestmark = pytest.mark.django_db

AGAIN, GOOD = 1, 3


@pytest.fixture
def book(db):
    return make_book("red-army")


@pytest.fixture
def items(book):
    return make_items(book, 30)


@pytest.fixture
def learner(db):
    return User.objects.create_user("olga")


@pytest.fixture
def plan(learner, book, items, noon):
    return planning.start(learner, book, noon)


def study(learner, items, at, **given):
    for item in items:
        rate(learner, item, GOOD, at, **given)


def test_a_new_plan_begins_with_its_new_cards(learner, plan, noon):
    ahead = forecasting.forecast(learner, noon)

    assert [day.new for day in ahead.days[:4]] == [10, 10, 10, 0]
    assert (ahead.met, ahead.total, len(ahead.days)) == (30, 30, 90)
    assert ahead.days[0].day == noon.date()
    assert ahead.recall_percent in range(86, 100)


def test_cards_come_on_the_day_they_are_due(learner, plan, items, noon):
    planning.change(plan, new_a_day=0)
    study(learner, items[:10], noon)
    Card.objects.update(due_day=noon.date() + timedelta(days=3), interval_days=3)

    ahead = forecasting.forecast(learner, noon)

    assert [day.reviews for day in ahead.days[:4]] == [0, 0, 0, 10]
    assert (ahead.met, ahead.total) == (10, 30)


def test_what_if_is_asked_without_changing_the_plan(learner, plan, noon):
    usual = forecasting.forecast(learner, noon)

    more = forecasting.forecast(learner, noon, new_a_day=30, desired_retention=0.95)

    assert more.days[0].new == 30
    assert more.minutes_a_day > usual.minutes_a_day
    assert more.recall_percent in range(usual.recall_percent or 100, 100)
    plan.refresh_from_db()
    assert (plan.new_a_day, plan.desired_retention) == (10, 0.9)


def test_the_pace_is_the_learners_own(learner, plan, items, noon):
    usual = forecasting.forecast(learner, noon)
    study(learner, items, noon, duration_ms=60_000)

    slow = forecasting.forecast(learner, noon, days=30)

    assert slow.minutes_a_day > usual.minutes_a_day
    minutes = sum(day.minutes for day in slow.days) / sum(day.reviews for day in slow.days)
    own = (30 * 60 + 20 * 15) / 50
    assert own <= 60 * minutes < 1.2 * own  # a miss is seen again on the same day


def test_reviews_without_a_measured_time_take_the_usual(learner, plan, items, noon):
    planning.change(plan, new_a_day=0)
    study(learner, items, noon)

    days = forecasting.forecast(learner, noon).days

    seconds = 60 * sum(day.minutes for day in days) / sum(day.reviews for day in days)
    assert 15 <= seconds < 18  # a miss is seen again on the same day


def test_days_off_stay_free(learner, plan, noon):
    learner.week = "nnnnnoo"  # noon is a Monday
    learner.save(update_fields=["week"])
    DayOff.objects.create(learner=learner, day=noon.date() + timedelta(days=1))

    ahead = forecasting.forecast(learner, noon)

    assert [day.new for day in ahead.days[:8]] == [10, 0, 10, 10, 0, 0, 0, 0]
    assert all(not day.minutes for day in ahead.days if day.day.weekday() > 4)


def test_only_what_is_studied_counts(learner, plan, book, items, noon):
    make_items(book, 5, number=1)
    study(learner, items[:10], noon)
    setting_aside.suspend(learner, items[0], noon)
    setting_aside.suspend(learner, items[20], noon)
    Item.objects.filter(pk__in=[items[1].pk, items[21].pk]).update(state=Item.State.RETIRED)
    planning.change(plan, [book.chapters.get(number=0)])

    assert forecasting.forecast(learner, noon).total == 30 - 4


def test_a_learner_without_a_plan_has_nothing_ahead(learner, noon):
    ahead = forecasting.forecast(learner, noon)

    assert (ahead.minutes_a_day, ahead.recall_percent, ahead.total) == (0, None, 0)


def test_one_book_is_forecast_apart(learner, plan, book, noon):
    other = make_book("other")
    make_items(other, 8)
    planning.start(learner, other, noon)

    assert forecasting.forecast(learner, noon, book=other).total == 8
    assert forecasting.forecast(learner, noon).total == 38


def test_each_retention_has_its_price(learner, plan, noon):
    costs = forecasting.costs(plan, noon)

    assert [cost.percent for cost in costs] == list(range(80, 96))
    assert costs[0].minutes_a_day < costs[10].minutes_a_day < costs[15].minutes_a_day
    recall = [cost.recall_percent or 0 for cost in costs]
    assert recall[0] < recall[10] < recall[15]


def test_a_large_deck_is_sampled(learner, plan, items, noon, monkeypatch):
    study(learner, items, noon)
    whole = forecasting.forecast(learner, noon)

    monkeypatch.setattr(forecasting, "CARDS_READ", 10)
    sampled = forecasting.forecast(learner, noon)

    assert (sampled.met, sampled.total) == (whole.met, whole.total) == (30, 30)
    assert sampled.minutes_a_day == pytest.approx(whole.minutes_a_day, rel=0.25)


@pytest.mark.parametrize("count", [0, 10, 30])
def test_a_forecast_takes_five_queries_whatever_there_is(
    learner, plan, items, noon, count, django_assert_num_queries
):
    study(learner, items[:count], noon)

    with django_assert_num_queries(5):
        forecasting.forecast(learner, noon)
    with django_assert_num_queries(5):
        forecasting.costs(plan, noon)


def test_the_drawing_and_the_table_tell_the_same(learner, plan, noon):
    ahead = forecasting.forecast(learner, noon, days=7)

    page = render_to_string("quizzes/forecast.html", {"forecast": ahead})

    assert page.count('class="chart-bar"') == page.count('<th scope="row">') == 7
    assert "The next 7 days" in page
    assert "you will have met 30 of 30 cards" in page
