"""The command that compares everything with the log it comes from."""

import re
from datetime import date, timedelta

import pytest
from django.core.management import CommandError, call_command

from quizzes.assessment.models import Attempt, Served
from quizzes.cards import moving, planning, reviewing, setting_aside, undoing
from quizzes.cards.models import Action, Card, DayTally
from quizzes.cards.reviewing import Given
from quizzes.cards.scheduling import Rating
from quizzes.identifiers import uuid7
from quizzes.people.models import User
from tests.assessment.regraded import Course, option
from tests.bookshelf import make_study_book

pytestmark = pytest.mark.django_db

MINUTE = timedelta(minutes=1)


@pytest.fixture
def learner(noon):
    """Somebody with five cards, one of them moved, one flagged and noted, one taken back."""
    learner, book = User.objects.create_user("olga"), make_study_book(5)
    planning.start(learner, book, noon)
    items = list(book.items.in_order())
    given = [Given(item, Rating.GOOD, uuid7(), noon) for item in items]
    reviewing.review_batch(learner, given, noon)
    card = Card.objects.order_by("pk")[1]
    moving.move(learner, {card.pk: (noon + timedelta(days=40)).date()}, noon)
    setting_aside.flag(learner, items[2], 3, noon)
    setting_aside.note(learner, items[2], "Look again.", noon)
    undoing.undo(learner, noon + MINUTE, uid=given[3].uid)
    return learner


def verify(capsys):
    call_command("verify")
    return capsys.readouterr().out


def test_a_sound_database_has_no_differences(learner, capsys):
    assert verify(capsys) == "5 cards, 0 quizzes, 0 differences\n"


SPOILED = [
    (Card, {"last_day": date(2026, 1, 1)}),
    (Card, {"lapses": 3}),
    (Card, {"flag": 6}),
    (Card, {"note": "Not mine."}),
    (Card, {"is_suspended": True}),
    (Card, {"moved_to": None}),
    (DayTally, {"reviews": 40}),
    (DayTally, {"young_foretold": 40}),
    (Action, {"after": {"flag": 1}}),
]


@pytest.mark.parametrize(("model", "columns"), SPOILED)
def test_what_differs_is_named_and_left_alone(learner, capsys, model, columns):
    rows = model.objects.filter(kind="flag") if model is Action else model.objects.all()
    rows.update(**columns)
    before = list(model.objects.order_by("pk").values())

    with pytest.raises(CommandError, match=r"5 cards, 0 quizzes, [1-9]\d* differences"):
        verify(capsys)

    [column] = ["flag"] if model is Action else columns
    assert re.search(
        rf"^olga: (card|tally) .*: {column} is ", capsys.readouterr().out, re.MULTILINE
    )
    assert list(model.objects.order_by("pk").values()) == before


def test_a_day_that_was_never_counted_is_a_difference(learner, capsys):
    DayTally.objects.all().delete()

    with pytest.raises(CommandError):
        verify(capsys)


def test_it_costs_the_same_for_any_number_of_cards(noon, django_assert_num_queries, capsys):
    for count in (1, 30):
        User.objects.all().delete()
        learner, book = User.objects.create_user("olga"), make_study_book(count)
        planning.start(learner, book, noon)
        given = [Given(item, Rating.GOOD, uuid7(), noon) for item in book.items.in_order()]
        reviewing.review_batch(learner, given, noon)
        with django_assert_num_queries(8):
            verify(capsys)
        book.slug = f"lights-{count}"
        book.save()


def test_a_score_is_what_raw_answers_and_regrades_make_it(capsys):
    course = Course(students=2, is_graded=False)
    for student in course.students:
        course.hand_in(student, {"single": {2}})
    course.regrade("single", "credit", credits=[option(2)])
    assert verify(capsys).endswith(" 1 quizzes, 0 differences\n")
    spoiled = Attempt.objects.order_by("pk")[0]
    asked = Served.objects.get(attempt=spoiled, revision=course.revisions["single"])
    Served.objects.filter(pk=asked.pk).update(fraction=0)

    with pytest.raises(CommandError):
        verify(capsys)

    said = f"attempt {spoiled.uid}: question {asked.position} has 0, told again 10000000"
    assert said in capsys.readouterr().out
