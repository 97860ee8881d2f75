"""The command that hands in what has run out."""

from datetime import timedelta

import pytest
from django.core.management import call_command

from quizzes.people import joining
from quizzes.people.models import User
from tests.bookshelf import make_book
from tests.examining import make_assignment, make_item, make_quiz, sit

pytestmark = pytest.mark.django_db


def test_it_hands_in_what_has_run_out_and_tells_how_much(noon, time_machine, capsys):
    lecturer, learner = (User.objects.create_user(name) for name in ("vera", "olga"))
    book = make_book()
    room = joining.open_classroom(lecturer, book, "Ours", noon)
    joining.enroll(room, learner, noon)
    quiz = make_quiz(book, make_item(book, "q"))
    sit(learner, make_assignment(room, quiz, noon, time_limit_minutes=20), noon)

    for minutes, said in ((20, "0 attempts"), (25, "1 attempt"), (30, "0 attempts")):
        time_machine.move_to(noon + timedelta(minutes=minutes), tick=False)
        call_command("hand_in_expired")
        assert capsys.readouterr().out == f"{said} handed in.\n"
