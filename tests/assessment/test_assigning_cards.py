"""The cards of a chapter, given to a class: they enter plans when they open, and are counted."""

from datetime import timedelta
from functools import partial
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from quizzes.analytics import card_assignments, chapters
from quizzes.assessment import assigning_cards
from quizzes.assessment.assigning_cards import AlreadyGiven, DueBeforeItOpens, NotOfItsBook
from quizzes.assessment.models import CardAssignment
from quizzes.cards import planning, reviewing
from quizzes.cards.models import StudyPlan
from quizzes.cards.reviewing import Given
from quizzes.cards.scheduling import Rating
from quizzes.people import auditing, joining
from quizzes.people.models import User
from tests.bookshelf import make_book
from tests.examining import make_item
from tests.racing import at_once

pytestmark = pytest.mark.django_db
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


@pytest.fixture
def chapter(book):
    for n in range(3):
        make_item(book, f"card-{n}", is_card=True, chapter_number=1)
    return book.chapters.get(number=1)


@pytest.fixture
def cards(room, chapter, noon):
    return assigning_cards.assign(room, chapter, noon, opens_at=noon + DAY, due_at=noon + 9 * DAY)


def planned(learner):
    numbers = StudyPlan.chapters.through.objects.filter(studyplan__learner=learner)
    return set(numbers.values_list("chapter__number", flat=True))


def test_from_its_opening_on_the_chapter_is_studied(cards, learner, noon):
    assert assigning_cards.take_up(learner, noon) == 0
    assert planned(learner) == set()

    assert assigning_cards.take_up(learner, noon + DAY) == 1
    assert assigning_cards.take_up(learner, noon + DAY) == 0

    assert planned(learner) == {1}


def test_it_is_added_to_what_is_studied_already(cards, learner, book, noon):
    planning.start(learner, book, noon, [book.chapters.get(number=0)])

    assigning_cards.take_up(learner, noon + DAY)

    assert planned(learner) == {0, 1}
    assert learner.plans.count() == 1


def test_who_joins_later_gets_it_too(cards, room, noon):
    late = User.objects.create_user("late")
    joining.enroll(room, late, noon + 3 * DAY)

    assert assigning_cards.take_up(late, noon + 3 * DAY) == 1


@pytest.mark.parametrize("role", ["former", "assistant", "instructor"])
def test_who_is_no_student_of_the_class_gets_none(cards, learner, room, noon, role):
    room.enrollments.filter(user=learner).update(role=role)

    assert assigning_cards.take_up(learner, noon + DAY) == 0


def test_what_is_withdrawn_or_of_a_class_of_the_past_is_not_asked_for(
    cards, learner, lecturer, room, noon
):
    room.archived_at = noon
    room.save()
    assert assigning_cards.take_up(learner, noon + DAY) == 0
    room.archived_at = None
    room.save()

    assigning_cards.withdraw(cards, noon, lecturer)
    assigning_cards.withdraw(cards, noon, lecturer)

    assert assigning_cards.take_up(learner, noon + DAY) == 0
    assert auditing.of(cards.uid).count() == 1


def test_a_chapter_is_given_once_at_a_time(cards, room, chapter, lecturer, noon):
    with pytest.raises(AlreadyGiven):
        assigning_cards.assign(room, chapter, noon, opens_at=noon)

    assigning_cards.withdraw(cards, noon, lecturer)

    assert assigning_cards.assign(room, chapter, noon, opens_at=noon)


def test_nonsense_is_refused(room, chapter, noon):
    foreign = make_book(slug="foreign").chapters.get(number=0)
    with pytest.raises(NotOfItsBook):
        assigning_cards.assign(room, foreign, noon, opens_at=noon)
    with pytest.raises(DueBeforeItOpens):
        assigning_cards.assign(room, chapter, noon, opens_at=noon, due_at=noon)


def test_what_is_met_is_counted_for_a_student_and_the_class(cards, room, learner, book, noon):
    other = User.objects.create_user("boris")
    joining.enroll(room, other, noon)
    assigning_cards.take_up(learner, noon + DAY)
    item = book.items.get(slug="card-1")
    reviewing.review_batch(learner, [Given(item, Rating.GOOD, cards.uid, noon + DAY)], noon + DAY)

    [mine] = card_assignments.to_meet(chapters.at_hand(learner, noon + DAY))
    [ours] = card_assignments.of_class(room)

    assert (mine.cards, mine.met, mine.is_done) == (3, 1, False)
    assert (ours.cards, ours.met, ours.students, ours.percent) == (3, 1, 2, 16)
    met: list[Any] = [(one.slug, one.met_by) for one in card_assignments.each_card(cards)]
    assert met == [("card-0", 0), ("card-2", 0), ("card-1", 1)]


@pytest.mark.parametrize("students", [1, 10, 100])
def test_the_list_of_a_class_takes_two_queries(cards, room, noon, students):
    people = User.objects.bulk_create(User(username=f"s{n}") for n in range(students))
    room.enrollments.bulk_create(
        room.enrollments.model(classroom=room, user=one, joined_at=noon) for one in people
    )
    with CaptureQueriesContext(connection) as captured:
        card_assignments.of_class(room)

    assert len(captured) == 2


@pytest.mark.django_db(transaction=True)
def test_many_windows_give_a_chapter_once_and_take_it_up_once(room, chapter, learner, noon):
    give = partial(assigning_cards.assign, room, chapter, noon, opens_at=noon)
    outcome = at_once([give] * 8)

    assert sum(isinstance(one, CardAssignment) for one in outcome) == 1
    at_once([partial(assigning_cards.take_up, learner, noon)] * 8)
    assert (learner.plans.count(), planned(learner)) == (1, {1})
