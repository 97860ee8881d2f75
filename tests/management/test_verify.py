"""The command that compares everything with the log it comes from."""

import re
from datetime import date, timedelta

import pytest
from django.apps import apps
from django.core.management import CommandError, call_command
from django.db.models import F, Q

from quizzes.assessment.models import Attempt, ItemTally, OptionTally, Served
from quizzes.cards import moving, planning, reviewing, setting_aside, undoing
from quizzes.cards.models import Action, Card, DayTally, Review
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


def verify(capsys, **options):
    call_command("verify", **options)
    return capsys.readouterr().out


def test_a_sound_database_has_no_differences(learner, capsys):
    before = everything()

    assert verify(capsys) == "5 cards, 0 quizzes, 0 differences\n"
    assert verify(capsys, repair=True) == "5 cards, 0 quizzes, 0 differences\n"
    assert everything() == before


SPOILED = [
    (Card, {"stability": 99.0}),
    (Card, {"last_day": date(2026, 1, 1)}),
    (Card, {"lapses": 3}),
    (Card, {"flag": 6}),
    (Card, {"note": "Not mine."}),
    (Card, {"is_suspended": True}),
    (Card, {"moved_to": None}),
    (Review, {"stability_after": 0.5}),
    (Review, {"phase_before": "review", "elapsed_days": 7}),
    (DayTally, {"reviews": 40}),
    (DayTally, {"young_foretold": 40}),
    (Action, {"after": {"flag": 1}}),
]


@pytest.mark.parametrize(("model", "columns"), SPOILED)
def test_what_differs_is_named_and_left_alone_until_it_is_repaired(learner, capsys, model, columns):
    sound = everything()
    which = {Action: Q(kind="flag"), Review: Q(taken_back=None), Card: ~Q(phase="new")}
    keys = model.objects.filter(which.get(model, Q())).values_list("pk", flat=True)
    model.objects.filter(pk__in=list(keys)).update(**columns)
    before = everything()

    with pytest.raises(CommandError, match=r"5 cards, 0 quizzes, [1-9]\d* differences"):
        verify(capsys)

    column = "flag" if model is Action else next(iter(columns))
    assert re.search(
        rf"^olga: (card|review|tally) .*: {column} is ", capsys.readouterr().out, re.MULTILINE
    )
    assert everything() == before

    assert re.search(r", (\d+) differences: \1 repaired, 0 left", verify(capsys, repair=True))

    assert verify(capsys).endswith(" 0 differences\n")
    if model is not Action:  # which is of the log, so that the card follows it
        assert everything() == sound


def everything():
    """All rows of all tables, but for what a repair may change: a version, a new row's number."""
    apart = {Card: {"version"}, DayTally: {"id"}, ItemTally: {"id"}, OptionTally: {"id"}}
    found = []
    for model in apps.get_app_config("quizzes").get_models(include_auto_created=True):
        names = {field.attname for field in model._meta.concrete_fields} - apart.get(model, set())
        found += [(model.__name__, *row) for row in model._base_manager.values_list(*sorted(names))]
    return sorted(map(repr, found))


def test_a_day_that_was_never_counted_is_a_difference(learner, capsys):
    sound = everything()
    DayTally.objects.all().delete()

    with pytest.raises(CommandError):
        verify(capsys)
    verify(capsys, repair=True)

    assert everything() == sound


def test_it_costs_the_same_for_any_number_of_cards(noon, django_assert_num_queries, capsys):
    for count in (1, 30):
        User.objects.all().delete()
        learner, book = User.objects.create_user("olga"), make_study_book(count)
        planning.start(learner, book, noon)
        given = [Given(item, Rating.GOOD, uuid7(), noon) for item in book.items.in_order()]
        reviewing.review_batch(learner, given, noon)
        with django_assert_num_queries(23):
            verify(capsys)
        book.slug = f"lights-{count}"
        book.save()


@pytest.fixture
def course():
    """Two students who handed in, and a regrade that credits what both of them chose."""
    course = Course(students=2, is_graded=False)
    for student in course.students:
        course.hand_in(student, {"single": {2}, "short_text": "Iakir"})
    course.regrade("single", "credit", credits=[option(2)])
    return course


def test_a_score_is_what_raw_answers_and_regrades_make_it(course, capsys):
    assert verify(capsys).endswith(" 1 quizzes, 0 differences\n")
    spoiled = Attempt.objects.order_by("pk")[0]
    asked = Served.objects.get(attempt=spoiled, revision=course.revisions["single"])
    Served.objects.filter(pk=asked.pk).update(fraction=0)

    with pytest.raises(CommandError):
        verify(capsys)

    said = f"attempt {spoiled.uid}: question {asked.position} has 0, told again 10000000"
    assert said in capsys.readouterr().out


def spoil(name):
    first = Attempt.objects.order_by("pk")[:1].values("pk")
    match name:
        case "mark":
            Served.objects.filter(attempt__in=first).update(fraction=3, is_dropped=True)
        case "score":
            Attempt.objects.filter(pk__in=first).update(score=F("score") - 2)
        case "lost tally":
            ItemTally.objects.filter(pk=ItemTally.objects.earliest("pk").pk).delete()
        case "lost option":
            OptionTally.objects.all().delete()
        case "option":
            OptionTally.objects.update(chosen=F("chosen") + 7, rest_sum=1)


@pytest.mark.parametrize("name", ["mark", "score", "lost tally", "lost option", "option"])
def test_marks_scores_and_tallies_are_repaired_and_nothing_else(course, capsys, name):
    sound = everything()
    spoil(name)
    assert everything() != sound

    with pytest.raises(CommandError, match=r"[1-9]\d* differences"):
        verify(capsys)
    assert " 0 left to you" in verify(capsys, repair=True)

    assert everything() == sound
    assert verify(capsys).endswith(" 0 differences\n")
