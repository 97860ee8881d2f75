"""Tallies are counted anew, and come to the same numbers."""

import re

import numpy as np
import pytest
from django.core.management import CommandError, call_command

from quizzes.assessment import recounting, tallying
from quizzes.assessment.models import Attempt, ItemTally, OptionTally
from quizzes.assessment.models.tallies import GIVEN
from quizzes.people import joining
from quizzes.people.models import User
from tests.analytics import sampled
from tests.bookshelf import make_book
from tests.examining import (
    MACHINE_KINDS,
    make_assignment,
    make_item,
    make_quiz,
    sit_through,
    take,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def room(noon):
    vera = User.objects.create_user("vera")
    return joining.open_classroom(vera, make_book(), "Ours", noon)


@pytest.fixture
def quizzes(room, noon):
    """Two quizzes that some people handed in: one of them of every kind of question.

    A class sat that one, and somebody practiced it.
    """
    book = room.book
    items = [make_item(book, kind, kind, position=n) for n, kind in enumerate(MACHINE_KINDS)]
    singles = [make_item(book, f"q{n}", position=90 + n) for n in range(3)]
    found = [make_quiz(book, *items, slug="all"), make_quiz(book, *singles, slug="singles")]
    given = make_assignment(room, found[0], noon)
    for n in range(4):
        student = User.objects.create_user(f"student-{n}")
        joining.enroll(room, student, noon)
        sit_through(student, given, noon, MACHINE_KINDS[: 3 * n])
    take(User.objects.create_user("olga"), found[0], noon, ["short_text"])
    sample = sampled.draw(np.random.default_rng(1), people=12, questions=3)
    sampled.lay_down(sample, found[1], noon)
    return found


def rows():
    return [
        sorted(tuple(one.items()) for one in model.objects.values(*model.KEY, *model.COLUMNS))
        for model in (ItemTally, OptionTally)
    ]


def run(capsys, *args, **options):
    call_command("rebuild_tallies", *args, **options)
    return capsys.readouterr().out


def test_counted_anew_they_are_the_same(quizzes, capsys):
    before = rows()

    assert run(capsys) == "2 quizzes counted anew, 0 rows differed\n"
    assert rows() == before
    assert all(before)


def test_what_differed_is_counted_and_set_right(quizzes, capsys):
    before = rows()
    ItemTally.objects.filter(pk=ItemTally.objects.earliest("pk").pk).update(rest_sum=7)
    OptionTally.objects.filter(pk=OptionTally.objects.earliest("pk").pk).delete()

    assert run(capsys) == "2 quizzes counted anew, 2 rows differed\n"
    assert rows() == before


def test_words_that_nobody_typed_are_gone_when_set_right(quizzes):
    [stray] = OptionTally.objects.filter(said__gt="").order_by("pk")[:1]
    stray.pk, stray.answer, stray.said = None, "stray", "Stray"
    stray.save()

    recounting.set_right(quizzes[0])

    assert not OptionTally.objects.filter(answer="stray").exists()
    assert recounting.differing(quizzes[0]) == []


def test_one_quiz_alone(quizzes, capsys):
    first, second = quizzes
    ItemTally.objects.update(answered=99)

    assert re.fullmatch(
        r"1 quiz counted anew, [1-9]\d* rows differed\n", run(capsys, str(first.uid))
    )
    assert not first.item_tallies.filter(answered=99).exists()
    assert not second.item_tallies.exclude(answered=99).exists()


def test_a_quiz_that_is_not_there(quizzes):
    with pytest.raises(CommandError, match="There is no quiz"):
        call_command("rebuild_tallies", "019cb000-0000-7000-8000-000000000001")


def test_after_an_upgrade_what_is_missing_is_counted_once(quizzes, capsys):
    before = rows()
    ItemTally.objects.all().delete()
    OptionTally.objects.all().delete()

    assert run(capsys, missing=True).startswith("2 quizzes counted anew")
    assert rows() == before
    assert run(capsys, missing=True) == ""

    OptionTally.objects.filter(position__gte=GIVEN).delete()  # as the table was before

    assert run(capsys, missing=True) == "1 quiz counted anew\n"
    assert rows() == before
    assert run(capsys, missing=True) == ""


def test_one_who_hands_in_before_it_is_counted_hides_nothing(quizzes, room, capsys, noon):
    given, student = quizzes[0].assignments.get(), User.objects.create_user("late")
    joining.enroll(room, student, noon)
    OptionTally.objects.filter(position__gte=GIVEN).delete()  # as the table was before
    sit_through(student, given, noon, right=["number"])

    assert run(capsys, missing=True) == "1 quiz counted anew\n"
    assert recounting.differing(quizzes[0]) == []


def test_what_was_put_in_places_in_practice_is_kept_in_no_tally(quizzes):
    practiced = OptionTally.objects.filter(sample=quizzes[0].uid)

    assert practiced.exists()
    assert not practiced.filter(position__gte=GIVEN).exists()
    assert not practiced.exclude(said="").exists()


def test_verify_counts_them_too(quizzes, capsys):
    Attempt.objects.filter(quiz=quizzes[1]).delete()  # its marks were drawn, and nothing answered
    tallying.rebuild(quizzes[1])
    call_command("verify")
    assert "2 quizzes, 0 differences" in capsys.readouterr().out

    tally = ItemTally.objects.order_by("pk")[0]
    ItemTally.objects.filter(pk=tally.pk).update(fraction_sum=3)
    with pytest.raises(CommandError, match="1 difference"):
        call_command("verify")
    said = capsys.readouterr().out
    assert re.search(r"^all: ItemTally .*: fraction_sum is 3, told again \d+$", said, re.MULTILINE)
    tally_now = ItemTally.objects.get(pk=tally.pk)
    assert tally_now.fraction_sum == 3
