"""A class is given a graded quiz, sits it, and is told its results when they are released."""

import re
from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest
from django.utils.timezone import now
from playwright.sync_api import expect

from quizzes.assessment.models import Assignment, Attempt, Quiz
from quizzes.cards.models import Card
from quizzes.content.models import Book
from quizzes.people import accommodating, joining
from quizzes.people.models import Classroom, Enrollment, User
from tests.examining import make_assignment, make_item, make_quiz, sit_through
from tests.journeys.conftest import PASSWORD, Visitor, Visits
from tests.journeys.test_every_page import look, tour

DAY = timedelta(days=1)


@pytest.fixture
def quiz(book: Book) -> Quiz:
    items = [make_item(book, "ask-single", is_card=True), make_item(book, "ask-essay", "essay")]
    return make_quiz(book, *items, is_shuffled=False, section=book.sections.get(position=0))


@pytest.fixture
def instructor(book: Book, noon) -> User:
    return User.objects.create_user("irina", password=PASSWORD, time_zone="Europe/Berlin")


@pytest.fixture
def classroom(book: Book, instructor: User, student: User, noon) -> Classroom:
    room = joining.open_classroom(instructor, book, "History 214", noon)
    place = joining.enroll(room, student, noon)
    accommodating.accommodate(place, time_percent=150, extra_days=0, has_no_limit=False)
    return room


def close(given: Assignment) -> None:
    """A day has gone by: everything lies a day further back."""
    past = {"opens_at": given.opens_at - 9 * DAY, "closes_at": now() - DAY}
    Assignment.objects.filter(pk=given.pk).update(**past)


def give_it(teacher: Visitor, classroom: Classroom) -> None:
    """The instructor gives the quiz, from five minutes ago on and for half an hour's work."""
    page = teacher.page
    teacher.go(f"/classes/{classroom.uid}/")
    teacher.press("Give a quiz")
    teacher.press("A quiz: quiz")
    opens = now().astimezone(ZoneInfo("Europe/Berlin")) - timedelta(minutes=5)
    page.get_by_label("Opens").fill(f"{opens:%Y-%m-%dT%H:%M}")
    page.get_by_label("Time limit in minutes").fill("30")
    teacher.press("Give it to the class")
    expect(page.get_by_text("1 card is held back from it until release.")).to_be_visible()
    expect(page.get_by_role("row", name="olga Not started – – ×1.5")).to_be_visible()


def sit_it(learner: Visitor) -> None:
    """The student sits it with extra time, hands in, and sees no score."""
    page = learner.page
    learner.go("/today/")
    learner.press("A quiz: quiz")
    expect(page.get_by_text("45 minutes, of which 15 minutes are your extra time")).to_be_visible()
    look(page)
    learner.press("Start (45:00)")
    page.get_by_label("Option 3 of ask-single").check()
    learner.press("Next")
    page.get_by_role("textbox").fill("The plot was made up.")
    learner.press("Check and hand in")
    page.locator("#hand-in").get_by_role("button", name="Hand in").click()
    expect(page.get_by_role("heading", name="Handed in")).to_be_visible()
    expect(page.get_by_text("Once your instructor releases the results:")).to_be_visible()
    expect(page.get_by_text("The answer to ask-single")).to_have_count(0)
    look(page)


def mark_and_release_it(teacher: Visitor) -> None:
    """The instructor marks the essay and releases the results."""
    page = teacher.page
    page.reload()
    expect(page.get_by_text("1 answer is to be marked first.")).to_be_visible()
    teacher.press("What of ask-essay?")
    teacher.press("Answer 1")
    for choice in page.get_by_role("radio", name="partly").all():
        choice.check()
    page.get_by_label("Comment for the student").fill("Whose plot?")
    look(page)
    teacher.press("Save and go on")
    page.get_by_role("link", name="A quiz: quiz").click()
    teacher.press("Release the results")
    expect(page.get_by_text("Graded; the results are released.")).to_be_visible()


def test_from_giving_it_to_the_cards(
    visit: Visits, classroom: Classroom, instructor: User, student: User, quiz: Quiz
):
    teacher, learner = visit(), visit()
    teacher.come_as(instructor)
    learner.come_as(student)

    give_it(teacher, classroom)
    sit_it(learner)
    assert not Card.objects.exists()
    close(Assignment.objects.get())
    mark_and_release_it(teacher)

    page = learner.page
    page.reload()
    expect(page.get_by_role("heading", name="0.5 of 2")).to_be_visible()
    expect(page.get_by_text("Incorrect: Option 3 of ask-single")).to_be_visible()
    expect(page.get_by_text("The answer to ask-single.")).to_be_visible()
    expect(page.get_by_text("Comment: Whose plot?")).to_be_visible()
    learner.press("Review my mistakes")
    expect(page.get_by_role("heading", name="Review")).to_be_visible()
    missed = Card.objects.in_steps(student).values_list("item__slug", flat=True)
    assert "ask-single" in missed


def test_the_pages_of_those_who_teach(
    visit: Visits, classroom: Classroom, instructor: User, student: User, quiz: Quiz
):
    given = make_assignment(classroom, quiz, now() - DAY, attempts_allowed=2)
    sat = sit_through(student, given, now() - timedelta(hours=2))
    visitor = visit()
    visitor.come_as(instructor)

    tails = ("", "change/", "essays/", "preview/", "print/a/", "print/b/key/", "analysis/")
    here = f"/classes/{classroom.uid}/assignments/{given.uid}/"
    tour(visitor, [f"{here}{tail}" for tail in (*tails, f"attempts/{sat.uid}/")])


def test_the_pages_of_the_class(
    visit: Visits, classroom: Classroom, instructor: User, student: User, quiz: Quiz
):
    make_assignment(classroom, quiz, now() - DAY)
    place = Enrollment.objects.get(user=student).pk
    visitor = visit()
    visitor.come_as(instructor)

    tails = ("", "assignments/new/", f"students/{place}/")
    tour(visitor, [f"/classes/{classroom.uid}/{tail}" for tail in tails])


def test_a_released_result_with_everything_in_it(
    visit: Visits, classroom: Classroom, student: User, quiz: Quiz
):
    given = make_assignment(
        classroom, quiz, now() - DAY, attempts_allowed=2, asks_confidence=True, is_graded=True
    )
    for hours in (3, 2):
        sit_through(student, given, now() - timedelta(hours=hours), right=[])
    Assignment.objects.update(released_at=now())
    attempt = Attempt.objects.order_by("pk").last()
    assert attempt
    visitor = visit()
    visitor.come_as(student)

    visitor.go(f"/attempts/{attempt.uid}/result/")
    expect(visitor.page.get_by_role("heading", name="Your attempts compared")).to_be_visible()
    look(visitor.page)
    visitor.follow("Report an error in this question")
    look(visitor.page)


def test_nothing_of_the_key_is_printed_on_the_sheet(
    visit: Visits, classroom: Classroom, instructor: User, quiz: Quiz
):
    given = make_assignment(classroom, quiz, now() - DAY)
    visitor = visit()
    visitor.come_as(instructor)
    visitor.page.emulate_media(media="print")

    visitor.go(f"/classes/{classroom.uid}/assignments/{given.uid}/print/a/")

    printed = visitor.page.locator("body").inner_text()
    assert re.search(r"Name\s+Date", printed)
    assert "What of ask-essay?" in printed
    assert "Key of" not in printed
    assert "The answer to" not in printed
    assert "Sign out" not in printed
