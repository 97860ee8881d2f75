"""A learner's plan for a book."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError

from quizzes.cards import planning
from quizzes.cards.models import StudyPlan
from quizzes.cards.planning import ExamIsOver, ForeignChapter
from tests.cards.acting import GOOD, card_of, make_book, rate, shown, study

DAY = timedelta(days=1)

pytestmark = pytest.mark.django_db


def test_a_plan_begins_with_all_chapters(learner, book, noon):
    plan = planning.start(learner, book, noon)

    assert set(plan.chapters.all()) == set(book.chapters.all())
    assert plan.started_at == noon


def test_beginning_again_changes_nothing(learner, book, plan, noon):
    planning.change(plan, new_a_day=3, chapters=[book.chapters.first()])

    again = planning.start(learner, book, noon + timedelta(days=9))

    assert again == plan
    assert (again.new_a_day, again.started_at) == (3, noon)
    assert again.chapters.count() == 1
    assert StudyPlan.objects.count() == 1


def test_an_assigned_chapter_is_added(learner, book, noon):
    first, second = book.chapters.order_by("number")
    planning.start(learner, book, noon, chapters=[first])

    plan = planning.start(learner, book, noon, chapters=[second])

    assert set(plan.chapters.all()) == {first, second}


def test_a_chapter_of_another_book_is_refused(learner, book, plan, noon):
    foreign = make_book("other").chapters.all()

    for act in (
        lambda: planning.change(plan, chapters=foreign),
        lambda: planning.start(learner, book, noon, chapters=foreign),
    ):
        with pytest.raises(ForeignChapter):
            act()

    assert set(plan.chapters.all()) == set(book.chapters.all())


@pytest.mark.parametrize(
    "changes", [{"desired_retention": 0.5}, {"desired_retention": 0.99}, {"new_a_day": 1_000}]
)
def test_a_value_out_of_bounds_is_not_kept(plan, changes):
    with pytest.raises(ValidationError):
        planning.change(plan, **changes)

    assert StudyPlan.objects.get().desired_retention == 0.9


def test_a_change_moves_no_card_until_it_is_rated(learner, item, plan, noon):
    before = study(learner, item, GOOD, at=noon)

    planning.change(plan, desired_retention=0.8, maximum_interval=1)
    unmoved = card_of(learner, item)
    rate(learner, item, GOOD, noon + timedelta(days=3))

    assert unmoved.state == before.state
    assert card_of(learner, item).interval_days == 1


def test_no_new_cards_a_day_means_none(learner, plan, noon):
    planning.change(plan, new_a_day=0)

    assert shown(learner, noon) == []


def test_a_plan_is_aimed_at_an_exam_and_at_none_again(book, plan, noon):
    first = book.chapters.get(number=0)
    today = noon.date()

    planning.aim(plan, today, exam_on=today + DAY, chapters=[first], minutes_a_day=15, target=0.8)

    kept = StudyPlan.objects.get()
    assert (kept.exam_on, kept.minutes_a_day, kept.exam_target) == (today + DAY, 15, 0.8)
    assert list(kept.exam_chapters.all()) == [first]
    planning.aim(plan, today, exam_on=None)
    kept.refresh_from_db()
    assert kept.exam_on is None
    assert not kept.exam_chapters.exists()


def test_an_exam_lies_ahead(plan, noon):
    for day in (noon.date(), noon.date() - DAY):
        with pytest.raises(ExamIsOver):
            planning.aim(plan, noon.date(), exam_on=day)


def test_an_exam_is_on_chapters_that_are_studied(book, plan, noon):
    first, second = book.chapters.order_by("number")
    planning.change(plan, chapters=[first])

    with pytest.raises(ForeignChapter):
        planning.aim(plan, noon.date(), exam_on=noon.date() + DAY, chapters=[second])


def test_a_chapter_that_is_no_longer_studied_is_no_longer_examined(book, plan, noon):
    first, second = book.chapters.order_by("number")
    planning.aim(plan, noon.date(), exam_on=noon.date() + DAY, chapters=[first, second])

    planning.change(plan, chapters=[second])

    assert list(plan.exam_chapters.all()) == [second]
