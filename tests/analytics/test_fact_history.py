"""The history of a fact: reviews, quiz answers that may be told, and the curve between them."""

from datetime import timedelta
from statistics import mean

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from quizzes.analytics import fact_history
from quizzes.assessment import releasing
from quizzes.assessment.terms import Moment
from quizzes.cards import planning
from quizzes.cards.models import Card, Review
from quizzes.items.models import Item, ItemFact
from quizzes.people import joining
from quizzes.people.models import User
from tests.bookshelf import make_study_book
from tests.cards.acting import AGAIN, GOOD, rate
from tests.enrolling import enroll
from tests.examining import make_assignment, make_item, make_quiz, sit_through, take

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)
AT_ONCE = dict.fromkeys(("correctness_from", "key_from"), Moment.HANDED_IN)
LATER = dict.fromkeys(("correctness_from", "key_from"), Moment.CLOSED)


@pytest.fixture
def book(db):
    return make_study_book(3)


@pytest.fixture
def item(book):
    return book.items.get(slug="item-0")


@pytest.fixture
def fact(item):
    return item.subject


@pytest.fixture
def quiz(book, fact):
    return make_quiz(book, make_item(book, "asked", "short_text", facts=[fact]))


@pytest.fixture
def room(book, noon):
    return joining.open_classroom(User.objects.create_user("ivo"), book, "History 214", noon)


@pytest.fixture
def vera(room, noon):
    return enroll(room, "vera", noon)


def told(fact, learner, at):
    return fact_history.of_fact(fact, learner, at.date(), at)


def chance(points, day):
    """Before and after what was done on a day."""
    found = [point.chance for point in points if point.day == day.date()]
    return found[0], found[-1]


def test_before_anything_there_is_no_line(vera, fact, noon):
    history = told(fact, vera, noon)

    assert (history.looks, history.past, history.ahead, history.now) == ([], [], [], None)


def test_the_curve_meets_what_was_foretold_of_each_review_and_the_card_of_today(
    vera, item, fact, noon
):
    for days, rating in ((0, GOOD), (3, GOOD), (10, AGAIN), (11, GOOD)):
        rate(vera, item, rating, noon + days * DAY)
    today = noon + 20 * DAY

    history = told(fact, vera, today)

    foretold = {review.learner_day: review.retrievability for review in Review.objects.all()}
    for look in history.looks[1:]:
        assert look.foretold == foretold[look.day]
        assert chance(history.past, look.at)[0] == pytest.approx(look.foretold, abs=1e-9)
    card = Card.objects.get()
    assert chance(history.past, today)[1] == pytest.approx(card.recall(today.date()), abs=1e-9)
    assert history.now == card.recall(today.date())
    assert [point.chance for point in history.ahead] == pytest.approx(
        [card.recall(point.day) for point in history.ahead], abs=1e-9
    )
    assert [look.is_right for look in history.looks] == [True, True, False, True]
    assert chance(history.past, noon + 3 * DAY)[0] < chance(history.past, noon + 3 * DAY)[1] == 1


def test_of_several_cards_it_is_the_mean_of_those_that_were_rated_by_then(
    vera, book, item, fact, noon
):
    other = book.items.get(slug="item-2")
    Item.objects.filter(pk=other.pk).update(subject=fact)
    rate(vera, item, GOOD, noon)
    rate(vera, other, AGAIN, noon + 5 * DAY)
    cards = {card.item_id: card for card in Card.objects.all()}

    history = told(fact, vera, noon + 9 * DAY)

    day = noon.date() + 5 * DAY
    before, after = chance(history.past, noon + 5 * DAY)
    assert before == pytest.approx(cards[item.pk].recall(day))
    assert after == pytest.approx(mean([cards[item.pk].recall(day) or 0, 1]))
    assert history.now == pytest.approx(
        mean(card.recall(noon.date() + 9 * DAY) or 0 for card in cards.values())
    )


def test_a_quiz_answer_stands_on_the_same_line(vera, item, fact, quiz, noon):
    planning.start(vera, fact.book, noon)
    rate(vera, item, GOOD, noon)
    attempt = take(vera, quiz, noon + 4 * DAY, right=[])

    history = told(fact, vera, noon + 6 * DAY)

    assert [look.attempt for look in history.looks] == [None, attempt]
    assert not history.looks[1].is_right
    card = Card.objects.get(item=item)
    assert Review.objects.get(source="quiz").affects_schedule
    assert history.now == card.recall(noon.date() + 6 * DAY)
    assert chance(history.past, noon + 6 * DAY)[1] == pytest.approx(history.now)


@pytest.mark.parametrize(
    ("is_graded", "terms", "days_told"),
    [(True, LATER, [20]), (False, LATER, [10, 20]), (False, AT_ONCE, [1, 10, 20])],
)
def test_it_is_told_when_everything_of_the_question_is_and_not_even_named_before(
    room, vera, fact, quiz, noon, is_graded, terms, days_told
):
    given = make_assignment(room, quiz, noon, is_graded=is_graded, **terms)
    sit_through(vera, given, noon, right=[])
    found = []
    for days in (1, 10, 20):
        at = noon + days * DAY
        if days == 20 and is_graded:
            releasing.release(given, at)
        history = told(fact, vera, at)
        assert bool(history.past) == bool(history.looks)
        found += [days] * len(history.looks)

    assert found == days_told


def test_what_another_graded_quiz_may_ask_is_not_told_until_its_release(
    room, vera, fact, quiz, noon
):
    take(vera, quiz, noon - DAY)
    assert len(told(fact, vera, noon).looks) == 1

    given = make_assignment(room, quiz, noon)
    assert told(fact, vera, noon + DAY).looks == []

    releasing.release(given, noon + 9 * DAY)
    assert len(told(fact, vera, noon + 9 * DAY).looks) == 1


def test_it_costs_as_many_queries_for_much_as_for_little(room, vera, book, item, fact, noon):
    counts = []
    for number in range(3):
        asked = make_item(book, f"asked-{number}", facts=[fact])
        ItemFact.objects.get_or_create(item=asked, fact=fact, defaults={"position": 1})
        quiz = make_quiz(book, asked, slug=f"quiz-{number}")
        given = make_assignment(room, quiz, noon, is_graded=False, **LATER)
        sit_through(vera, given, noon + number * DAY)
        rate(vera, item, GOOD, noon + (20 + number) * DAY)
        with CaptureQueriesContext(connection) as captured:
            history = told(fact, vera, noon + 30 * DAY)
        counts.append(len(captured))

    assert len(history.looks) == 6
    assert counts == [5, 5, 5]
