"""An instructor watches a quiz while it is sat: the page follows, and nobody reloads it."""

from datetime import timedelta

import pytest
from django.utils.timezone import now
from playwright.sync_api import Page, expect

from quizzes.assessment.models import Assignment, Attempt
from quizzes.content.models import Book
from quizzes.people import joining
from quizzes.people.models import Classroom, User
from tests.examining import make_assignment, make_item, make_quiz
from tests.journeys.conftest import Visitor, Visits, is_ready
from tests.journeys.test_every_page import look

LOOK_AGAIN_MS, BEAT_MS = 10_000, 30_000


@pytest.fixture
def irina(db) -> User:
    return User.objects.create_user("irina")


@pytest.fixture
def given(book: Book, irina: User, student: User) -> Assignment:
    room: Classroom = joining.open_classroom(irina, book, "History 214", now())
    joining.enroll(room, student, now())
    joining.enroll(room, User.objects.create_user("anna"), now())
    quiz = make_quiz(book, make_item(book, "one"), make_item(book, "two"), is_shuffled=False)
    return make_assignment(room, quiz, now(), time_limit_minutes=30)


def follows(page: Page, row: str, counts: str) -> None:
    """Ten seconds later the page tells of the student, and says so in the line that is read out."""
    page.clock.run_for(LOOK_AGAIN_MS)
    expect(page.get_by_role("row", name=row)).to_be_visible()
    expect(page.get_by_role("status").filter(has_text=counts)).to_be_attached()


def with_clocks(*visitors: Visitor) -> list[Page]:
    """Their pages, whose time goes on when the test says so."""
    for visitor in visitors:
        visitor.page.clock.install()
    return [visitor.page for visitor in visitors]


def test_the_page_follows_a_student_through_a_quiz(
    visit: Visits, given: Assignment, irina: User, student: User
):
    teacher, learner = visit(), visit()
    watched, sat = with_clocks(teacher, learner)
    teacher.come_as(irina)
    teacher.go(f"/classes/{given.classroom.uid}/assignments/{given.uid}/")
    teacher.press("Watch it live")
    expect(watched.get_by_role("row", name="olga Not started – – –")).to_be_visible()
    look(watched)

    learner.come_as(student)
    learner.go(f"/assignments/{given.uid}/")
    learner.press("Start")
    is_ready(sat)
    follows(watched, "olga Started 0 of 2", "1 started · 0 disconnected · 1 not started")

    sat.get_by_label("Option 3 of one").check()
    learner.press("Next")
    expect(sat.get_by_label("Option 3 of two")).to_be_visible()
    is_ready(sat)
    watched.clock.run_for(LOOK_AGAIN_MS)
    expect(watched.get_by_role("row", name="olga Started 1 of 2")).to_be_visible()

    Attempt.objects.update(seen_at=now() - timedelta(minutes=2))
    follows(watched, "olga Disconnected since", "0 started · 1 disconnected")
    with sat.expect_response(lambda answer: answer.url.endswith("/seen/")):
        sat.clock.run_for(BEAT_MS)
    follows(watched, "olga Started 1 of 2", "1 started · 0 disconnected")

    teacher.press("Pause updates")
    learner.press("Check and hand in")
    sat.locator("#hand-in").get_by_role("button", name="Hand in").click()
    sat.get_by_role("dialog").get_by_role("button", name="Hand in").click()
    expect(sat.get_by_role("heading", name="Handed in")).to_be_visible()
    watched.clock.run_for(2 * LOOK_AGAIN_MS)
    expect(watched.get_by_role("row", name="olga Started 1 of 2")).to_be_visible()
    teacher.press("Update every 10 seconds")
    expect(watched.get_by_role("row", name="olga Handed in")).to_be_visible()
