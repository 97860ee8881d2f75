from datetime import timedelta
from uuid import uuid4

import pytest

from quizzes.analytics import chapters, progress, study_days
from quizzes.cards import planning, queueing, reviewing, undoing
from quizzes.cards.queueing import Counts
from quizzes.items.models import Item
from quizzes.people.models import User
from tests.bookshelf import make_study_book

pytestmark = pytest.mark.django_db

AGAIN, GOOD = 1, 3


@pytest.fixture
def book(db):
    return make_study_book(12)


@pytest.fixture
def learner(db, book, noon):
    learner = User.objects.create_user("olga")
    planning.start(learner, book, noon)
    return learner


def rate(learner, at, rating=GOOD, duration_ms=None):
    [entry] = queueing.queue(learner, at, limit=1)
    return reviewing.review(
        learner,
        entry.item,
        rating,
        at=at,
        uid=uuid4(),
        version=entry.version,
        interval=entry.offers[rating].days,
        duration_ms=duration_ms,
    )


def planned(learner, at):
    done = progress.cells(learner, at.date())
    return progress.of_plans(chapters.at_hand(learner, at), done)


def calendar(learner, today):
    return study_days.calendar(progress.cells(learner, today), today, [])


def numbers(known):
    return known.known, known.learning, known.new, known.total


def test_before_the_first_rating_all_cards_are_new(learner, noon):
    introduction, walkout = planned(learner, noon)

    assert numbers(introduction.cards) == (0, 0, 12, 12)
    assert numbers(walkout.cards) == (0, 0, 0, 0)


def test_a_card_in_review_is_known_and_one_in_steps_is_learned(learner, noon):
    rate(learner, noon, GOOD)
    rate(learner, noon, AGAIN)

    assert numbers(planned(learner, noon)[0].cards) == (1, 1, 10, 12)


def test_what_is_undone_is_new_again(learner, noon):
    rate(learner, noon, GOOD)
    undoing.undo(learner, noon)

    assert numbers(planned(learner, noon)[0].cards) == (0, 0, 12, 12)


def test_nobody_knows_more_cards_than_there_are(learner, noon):
    for _ in range(3):
        rate(learner, noon)
    Item.objects.exclude(slug="item-11").update(state=Item.State.RETIRED)

    assert numbers(planned(learner, noon)[0].cards) == (1, 0, 0, 1)


def test_only_the_plans_chapters_are_told(learner, book, noon):
    plan = learner.plans.get()
    planning.change(plan, [book.chapters.get(number=1)])

    assert [entry.chapter.number for entry in planned(learner, noon)] == [1]
    assert [entry.chapter.number for entry in progress.of_book(book, learner)] == [0, 1]


def test_a_book_without_a_learner_is_all_new(book):
    assert numbers(progress.of_book(book, None)[0].cards) == (0, 0, 12, 12)


def test_a_chapter_is_told_by_kind_of_fact(learner, book, noon):
    rate(learner, noon)  # a term

    kinds = progress.of_chapter(book.chapters.get(number=0), learner)

    assert {kind.label: numbers(kind.cards) for kind in kinds} == {
        "Argument": (0, 0, 1, 1),
        "Term": (1, 0, 10, 11),
    }


def test_another_learners_progress_is_none_of_mine(learner, book, noon):
    rate(learner, noon)
    other = User.objects.create_user("vera")

    assert numbers(progress.of_book(book, other)[0].cards) == (0, 0, 12, 12)
    assert progress.reviews_kept(other) == 0


def test_the_calendar_ends_today_and_begins_on_a_monday(learner, noon):
    thursday = noon.date() + timedelta(days=3)

    weeks = calendar(learner, thursday).weeks

    assert len(weeks) == study_days.WEEKS_SHOWN
    assert weeks[0][0].day.weekday() == 0
    assert [len(week) for week in weeks] == [7] * 17 + [4]
    assert weeks[-1][-1].day == thursday


def test_the_calendar_counts_days_and_reviews(learner, noon):
    for days in (0, 0, 2):
        rate(learner, noon + timedelta(days=days))

    seen = calendar(learner, noon.date() + timedelta(days=4))

    assert [(day.day.day, day.reviews) for day in seen.days] == [(2, 2), (4, 1)]
    assert seen.reviews == 3
    assert seen.days_since == 2


@pytest.mark.parametrize(
    ("reviews", "heat"), [(0, 0), (1, 1), (9, 1), (10, 2), (25, 3), (50, 4), (900, 4)]
)
def test_a_day_has_one_of_five_shades(noon, reviews, heat):
    assert study_days.Day(noon.date(), reviews, 0, 0).heat == heat


def test_minutes_follow_the_learners_own_pace(learner, noon):
    usual = calendar(learner, noon.date()).minutes_for(100)
    for _ in range(10):
        rate(learner, noon, duration_ms=60_000)

    assert usual == 25  # at 15 seconds a card
    assert calendar(learner, noon.date()).minutes_for(100) == 50  # (20 · 15 + 10 · 60) / 30


def test_seven_days_are_foreseen_and_the_fullest_is_the_measure(learner, noon):
    due = rate(learner, noon).card.due_day

    loads = progress.coming(noon.date(), Counts(9, 1, 3), {due: 1})

    assert [load.day for load in loads] == [noon.date() + timedelta(days=n) for n in range(7)]
    assert {load.day: (load.cards, load.percent) for load in loads if load.cards} == {
        noon.date(): (4, 100),
        due: (1, 25),
    }
