"""From an empty account to a class with its code shown and its slips made, by keyboard alone."""

import pytest
from playwright.sync_api import Page, expect

from quizzes.people.models import Classroom, User
from tests.journeys.conftest import PASSWORD, Visits
from tests.journeys.test_every_page import look

MOST_TABS = 60
NAME_OF_FOCUSED = """
() => {
  const one = document.activeElement;
  return one.labels?.length ? one.labels[0].textContent.trim() : one.textContent.trim();
}
"""


def reach(page: Page, name: str) -> None:
    """Tab on until what is called so has the focus."""
    for _tab in range(MOST_TABS):
        if page.evaluate(NAME_OF_FOCUSED).startswith(name):
            return
        page.keyboard.press("Tab")
    pytest.fail(f"No Tab leads to “{name}” on {page.url}.")


def press(page: Page, name: str) -> None:
    """Go to the link or button of this name, and on to the page behind it."""
    reach(page, name)
    with page.expect_navigation():
        page.keyboard.press("Enter")


def write(page: Page, name: str, text: str) -> None:
    reach(page, name)
    page.keyboard.type(text)


def test_a_class_is_opened_and_filled_by_keyboard_alone(visit: Visits, book):
    User.objects.create_user("irina", password=PASSWORD)
    visitor = visit()
    visitor.sign_in("irina")
    page = visitor.page
    page.wait_for_url("**/today/")

    press(page, "Classes")
    press(page, "Open a class")
    write(page, "Name of the class", "Mondays")
    press(page, "Open the class")
    press(page, "Show the join code")
    expect(page.get_by_role("heading", name="Join at")).to_be_visible()
    code = Classroom.objects.get().join_code or ""
    assert page.locator(".join-code").inner_text().replace("-", "") == code
    look(page)

    press(page, "Back")
    press(page, "People")
    press(page, "Add a list of students")
    names = [f"Student {letter}" for letter in "abcdefghijkl"]
    write(page, "One student a line", "\n".join(["Anna Weiss anna@example.org", *names]))
    press(page, "Preview")
    look(page)
    press(page, "Add 13 students")
    press(page, "Make them")

    expect(page.locator("[data-count]")).to_have_text("All 12 slips are made.")  # in two rounds
    expect(page.locator(".slip")).to_have_count(12)
    look(page)
    press(page, "They are printed")
    assert Classroom.objects.get().enrollments.students().count() == 12
    assert Classroom.objects.get().invitations.get().name == "Anna Weiss"


def test_a_student_joins_by_keyboard_alone(visit: Visits, student: User, classroom: Classroom):
    visitor = visit()
    visitor.come_as(student)
    page = visitor.page
    visitor.go("/classes/")

    press(page, "Join with a code")
    write(page, "Join code", "k7q f2mz t9w")
    press(page, "Find the class")
    look(page)
    press(page, "Join the class")

    expect(page.get_by_text("You are in “Ours”.")).to_be_visible()
    assert classroom.enrollments.get(user=student).role == "student"


@pytest.fixture
def classroom(book, noon) -> Classroom:
    return Classroom.objects.create(book=book, name="Ours", join_code="K7QF2MZT9W", created_at=noon)
