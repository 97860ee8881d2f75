"""The command that fits: it says what it found, and uses it only when it is told to."""

from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command

from quizzes.cards import optimizing, planning, training
from quizzes.cards.models import Weights
from quizzes.people.models import User
from tests.cards.acting import GOOD, make_book, make_items, rate
from tests.cards.remembering import FORGETFUL, keep, student_log

pytestmark = pytest.mark.django_db


@pytest.fixture
def items(db):
    return make_items(make_book("atlas"), 60)


@pytest.fixture
def learner(items, noon):
    learner = User.objects.create_user("olga")
    planning.start(learner, items[0].book, noon - timedelta(days=100))
    keep(learner, items, student_log("fsrs", 1, weights=FORGETFUL)[1], noon - timedelta(days=100))
    return learner


def said(capsys, *args):
    call_command("fit_weights", *args)
    return capsys.readouterr().out


def test_it_says_what_it_found_and_uses_nothing(learner, capsys):
    out = said(capsys, "olga")

    found = Weights.objects.get(learner=learner)
    assert f"olga: {found.review_count} reviews, three numbers, held near the defaults" in out
    assert out.rstrip().endswith("better.\n1 learner.")
    assert optimizing.in_force(learner) is None


def test_it_uses_a_better_set_when_told_to(learner, capsys):
    assert "olga: in use from now on; due days stay." in said(capsys, "olga", "--adopt")

    assert optimizing.in_force(learner) == Weights.objects.get(learner=learner)


def test_all_are_those_for_whom_it_is_time(learner, items, noon, capsys):
    beginner = User.objects.create_user("ivan")
    for days in range(2):
        rate(beginner, items[0], GOOD, noon + timedelta(days=days))

    assert "1 learner." in said(capsys, "--all")
    assert "0 learners." in said(capsys, "--all")
    assert not Weights.objects.filter(learner=beginner).exists()


def test_too_few_reviews_are_said_to_be_too_few(items, noon, capsys):
    beginner = User.objects.create_user("ivan")
    rate(beginner, items[0], GOOD, noon)

    assert "ivan: 0 reviews on later days are too few" in said(capsys, "ivan")


def test_an_unknown_name_is_an_error(db):
    with pytest.raises(CommandError, match="no account"):
        call_command("fit_weights", "nobody")


def test_it_says_when_all_numbers_cannot_be_fitted_here(learner, capsys, monkeypatch):
    monkeypatch.setattr(training, "PACKAGE", "a_package_that_nobody_made")

    out = said(capsys, "olga")

    assert "fsrs-rs-python is not installed (pip install 'studyapp[fit]')" in out
    assert "three numbers are fitted, not all 21" in out
    assert Weights.objects.get(learner=learner).method == Weights.Method.PRIOR
