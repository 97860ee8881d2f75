"""Progress as a whole: what is known by kind, days, load and results; cheap at any size."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from quizzes.analytics import chapters, progress, results
from quizzes.analytics.glances import glance
from quizzes.analytics.overview import overview
from quizzes.assessment.models import Slot
from quizzes.cards import planning, setting_aside
from quizzes.cards.models import Card, DayTally
from quizzes.content.models import Fact
from quizzes.people.models import User
from tests.bookshelf import make_study_book
from tests.cards.acting import GOOD, rate
from tests.examining import begin, make_assignment, make_item, make_quiz, take
from tests.full_day import make_full_day
from tests.growing import grow, grow_log
from tests.profiles import count

pytestmark = pytest.mark.django_db

MANY_CARDS, MANY_REVIEWS = count((10_000, 10_000), (100_000, 1_000_000))


@pytest.fixture
def book(db):
    return make_study_book(6)


@pytest.fixture
def learner(book, noon):
    learner = User.objects.create_user("olga")
    planning.start(learner, book, noon)
    return learner


@pytest.fixture
def quiz(book):
    return make_quiz(book, make_item(book, "one"), make_item(book, "two"))


def test_a_chapter_is_told_by_kind_and_as_a_whole(learner, book, noon):
    rate(learner, book.items.get(slug="item-1"), GOOD, noon)  # on the argument
    rate(learner, book.items.get(slug="item-0"), 1, noon)

    [chapter] = progress.mastery(learner, progress.cells(learner, noon.date()))

    assert (chapter.slug, chapter.title) == ("chapter-0", "Introduction")
    assert chapter.kinds == {
        Fact.Kind.ARGUMENT: progress.Known(1, 1, 0),
        Fact.Kind.TERM: progress.Known(5, 0, 1),
    }
    assert chapter.cards == progress.Known(6, 1, 1)
    assert chapter.cards.new == 4


def test_a_day_with_nothing_but_a_quiz_is_a_study_day(learner, quiz, noon):
    take(learner, quiz, noon)

    seen = overview(learner, noon + timedelta(days=2))

    assert [(day.day, day.reviews, day.quizzes, day.heat) for day in seen.days] == [
        (noon.date(), 0, 1, 1)
    ]
    assert seen.calendar.days_since == 2


def test_results_are_told_newest_first_and_open_attempts_are_none(learner, quiz, book, noon):
    for days in (0, 1):
        take(learner, quiz, noon + timedelta(days=days), right=["one"] * days)
    other = make_quiz(book, make_item(book, "three"), slug="other", position=1)
    begin(learner, other, noon + timedelta(days=2))

    seen = overview(learner, noon + timedelta(days=2))

    assert [(one.day, one.percent) for one in seen.results] == [
        (noon.date() + timedelta(days=1), 50),
        (noon.date(), 0),
    ]


def test_the_load_of_today_is_what_is_due_and_what_is_in_steps(learner, book, noon):
    rate(learner, book.items.get(slug="item-0"), GOOD, noon - timedelta(days=40))
    rate(learner, book.items.get(slug="item-2"), 1, noon)

    today, *later = overview(learner, noon).coming

    assert (today.cards, sum(load.cards for load in later)) == (2, 0)


def test_progress_and_today_tell_the_same_of_the_days_to_come(noon):
    day = make_full_day(noon)
    first, second, *_others = day.learner.cards.filter(item__book=day.usual, phase="review")
    make_assignment(day.room, make_quiz(day.usual, first.item, slug="held"), noon)
    setting_aside.suspend(day.learner, second.item, noon)

    seen = glance(day.learner, noon, chapters.at_hand(day.learner, noon))

    assert overview(day.learner, noon).coming == seen.coming
    assert seen.coming[0].cards == seen.counts.learning + seen.counts.review > 0


def test_a_score_is_not_told_while_another_quiz_may_ask_the_same(learner, quiz, noon):
    take(learner, quiz, noon, right=["one"])
    assert [one.percent for one in overview(learner, noon).results] == [50]
    other = make_quiz(quiz.book, quiz.book.items.get(slug="two"), slug="other", position=1)

    begin(learner, other, noon)

    taken, _offers = results.at_hand(learner, noon, noon.date(), 5)
    offer, history = results.of_quiz(quiz, learner, noon)
    assert [one.percent for one in (*overview(learner, noon).results, *taken, *history)] == [
        None
    ] * 3
    assert (offer.best, offer.attempt_count) == (None, 1)


def test_what_may_be_taken_is_told_with_how_it_went(learner, quiz, book, noon):
    other = make_quiz(book, make_item(book, "three"), slug="other", position=1)
    take(learner, quiz, noon, right=["two"])
    attempt = begin(learner, other, noon).attempt

    first, second = results.offered(learner, noon)

    assert (first.quiz, first.question_count, first.attempt_count) == (quiz, 2, 1)
    assert (first.percent, first.open_attempt) == (50, None)
    assert (second.percent, second.attempt_count, second.open_attempt) == (None, 0, attempt)
    _taken, offers = results.at_hand(learner, noon, noon.date(), 5)
    assert [offer.quiz for offer in offers] == [other]


def test_an_essay_is_no_question_of_practice(learner, book, noon):
    quiz = make_quiz(book, make_item(book, "asked"), make_item(book, "essay", "essay"))
    Slot.objects.create(quiz=quiz, position=8, kind="essay", count=2)
    Slot.objects.create(quiz=quiz, position=9, kind="date", count=3)

    [offer] = results.offered(learner, noon)

    assert offer.question_count == 4


def test_another_learners_attempts_are_none_of_mine(learner, quiz, noon):
    take(User.objects.create_user("vera"), quiz, noon)

    [offer] = results.offered(learner, noon)

    assert (offer.attempt_count, offer.best) == (0, None)
    assert offer.is_new
    assert results.offered(None, noon)[0].is_new


def test_progress_takes_the_same_queries_at_a_hundred_cards_and_at_a_hundred_thousand(
    learner, book, quiz, noon, client, time_machine
):
    time_machine.move_to(noon, tick=False)
    client.force_login(learner)
    rate(learner, book.items.get(slug="item-0"), GOOD, noon - timedelta(days=3))
    take(learner, quiz, noon)
    card, counts = Card.objects.get(item__slug="item-0"), []

    for first, last in ((1, 100), (101, MANY_CARDS)):
        grow(card, noon.date(), first, last)
        if first > 1:
            grow_log(card.reviews.get(), DayTally.objects.get(reviews=1), MANY_REVIEWS)
        with CaptureQueriesContext(connection) as captured:
            assert client.get("/progress/").status_code == 200
        counts.append(len(captured))

    assert counts[0] == counts[1] <= 8  # with the session and the user
    assert Card.objects.count() > MANY_CARDS
