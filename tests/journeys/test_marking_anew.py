"""An instructor marks a question anew, and takes it back."""

from datetime import timedelta

import pytest
from django.utils.timezone import now
from playwright.sync_api import expect

from quizzes.assessment.models import Attempt
from quizzes.content.models import Book
from quizzes.people import joining
from quizzes.people.models import User
from tests.examining import make_assignment, make_item, make_quiz, sit_through
from tests.journeys.conftest import PASSWORD, Visits
from tests.journeys.test_every_page import look

DAY = timedelta(days=1)


@pytest.fixture
def instructor() -> User:
    return User.objects.create_user("irina", password=PASSWORD, time_zone="Europe/Berlin")


def test_a_question_is_marked_anew_and_back(
    visit: Visits, book: Book, instructor: User, student: User, noon
):
    visitor = visit()
    room = joining.open_classroom(instructor, book, "History 214", noon)
    joining.enroll(room, student, noon)
    quiz = make_quiz(book, *[make_item(book, f"ask-{n}") for n in range(2)], is_shuffled=False)
    given = make_assignment(room, quiz, now() - DAY)
    sit_through(student, given, now() - timedelta(hours=2), right=["ask-1"])
    visitor.come_as(instructor)
    page = visitor.page

    visitor.go(f"/classes/{room.uid}/assignments/{given.uid}/")
    visitor.follow("Regrade")
    look(page)
    page.get_by_role("link", name="What of ask-0?").click()
    expect(page.get_by_text("1 of 1 score changes: 1 up").first).to_be_visible()
    look(page)
    page.get_by_label("Also credit some answers").check()
    page.get_by_label("Option").first.check()
    page.get_by_label("Reason, told to the students").fill("Two options are right.")
    visitor.press("Show what would change")
    expect(page.get_by_role("row", name="olga 50% 100%")).to_be_visible()
    look(page)
    visitor.press("Regrade it")

    expect(page.get_by_text("Done: 1 score changed.")).to_be_visible()
    assert Attempt.objects.get().score == 10_000_000
    look(page)

    visitor.press("Undo it")

    expect(page.get_by_role("heading", name="Undone")).to_be_visible()
    assert Attempt.objects.get().score == 5_000_000
    look(page)
