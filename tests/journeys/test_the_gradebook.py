"""An instructor walks the gradebook by keyboard, sets a mark by hand, and takes it as a file."""

from datetime import timedelta
from pathlib import Path

import pytest
from django.utils.timezone import now
from playwright.sync_api import expect

from quizzes.assessment import overriding
from quizzes.assessment.models import Assignment
from quizzes.content.models import Book
from quizzes.exchange.formats import tables
from quizzes.people import joining
from quizzes.people.models import Classroom, User
from tests.examining import make_assignment, make_item, make_quiz, sit_through
from tests.journeys.conftest import PASSWORD, Visits
from tests.journeys.test_every_page import look

WEEK = timedelta(days=7)


@pytest.fixture
def irina(book: Book) -> User:
    return User.objects.create_user("irina", password=PASSWORD, time_zone="Europe/Berlin")


@pytest.fixture
def classroom(book: Book, irina: User, student: User) -> Classroom:
    room = joining.open_classroom(irina, book, "History 214", now())
    joining.enroll(room, student, now())
    for name in ("anna", "boris"):
        joining.enroll(room, User.objects.create_user(name), now())
    return room


@pytest.fixture
def given(book: Book, classroom: Classroom, student: User) -> list[Assignment]:
    """Two that have closed, the first of which two students have sat."""
    quiz = make_quiz(book, *(make_item(book, f"q{n}") for n in range(4)))
    other = make_quiz(book, make_item(book, "other"), slug="other")
    past = now() - 2 * WEEK
    found = [make_assignment(classroom, one, past) for one in (quiz, other)]
    sit_through(student, found[0], past, right=["q0"])
    sit_through(User.objects.get(username="anna"), found[0], past)
    return found


def test_the_grid_is_walked_by_keyboard(
    visit: Visits, classroom: Classroom, given: list[Assignment], irina: User
):
    visitor = visit()
    visitor.come_as(irina)
    visitor.go(f"/classes/{classroom.uid}/gradebook/")
    page = visitor.page
    expect(page.get_by_role("grid")).to_be_visible()
    expect(page.get_by_text("Arrow keys move between the cells")).to_be_visible()

    cell = page.get_by_role("grid").locator("tbody a")
    cell.first.focus()
    for key, place in (
        ("ArrowDown", 2),
        ("ArrowRight", 3),
        ("ArrowRight", 3),
        ("Home", 2),
        ("Control+End", 5),
        ("ArrowUp", 3),
    ):
        page.keyboard.press(key)
        expect(cell.nth(place)).to_be_focused()
    page.keyboard.press("Control+Home")
    expect(page.get_by_role("grid").locator("thead a").first).to_be_focused()
    assert page.locator("[data-grid] a[tabindex='0']").count() == 1
    look(page)

    for key in (*["ArrowDown"] * 4, "Enter"):
        page.keyboard.press(key)
    expect(page.get_by_role("heading", name="olga")).to_be_visible()
    expect(page.get_by_text("the only attempt handed in")).to_be_visible()
    look(page)


def test_a_mark_is_set_by_hand_and_stands_in_the_file(
    visit: Visits, classroom: Classroom, given: list[Assignment], irina: User, tmp_path: Path
):
    visitor = visit(accept_downloads=True)
    visitor.come_as(irina)
    visitor.go(f"/classes/{classroom.uid}/gradebook/")
    page = visitor.page

    page.get_by_role("grid").locator("tbody a").nth(4).click()
    expect(page.get_by_role("heading", name="olga")).to_be_visible()
    page.get_by_role("spinbutton", name="Mark").fill("50")
    page.get_by_label("Reason").fill("Question 2 was unclear.")
    visitor.press("Go on")
    expect(page.get_by_text("25% so far, then 50%.")).to_be_visible()
    look(page)
    visitor.press("Set it to 50%")
    expect(page.get_by_text("The mark is set.")).to_be_visible()
    look(page)

    visitor.go(f"/classes/{classroom.uid}/gradebook/")
    with page.expect_download() as fetched:
        page.get_by_role("link", name="CSV", exact=True).click()
    fetched.value.save_as(tmp_path / "marks.csv")
    rows = tables.csv_rows((tmp_path / "marks.csv").read_bytes())
    assert [[row[0], *row[5:7]] for row in rows[1:4]] == [
        ["anna", "100", ""],
        ["boris", "", "missing"],
        ["olga", "50", "set by hand"],
    ]


def test_without_script_every_cell_is_a_link(
    visit: Visits, classroom: Classroom, given: list[Assignment], irina: User
):
    visitor = visit(java_script_enabled=False)
    visitor.come_as(irina)
    visitor.go(f"/classes/{classroom.uid}/gradebook/?names=off")
    page = visitor.page

    expect(page.get_by_text("olga")).to_have_count(0)
    page.get_by_role("link", name="100").click()

    expect(page.get_by_role("heading", name="A student (names are hidden)")).to_be_visible()


def test_a_student_reads_their_marks(
    visit: Visits,
    classroom: Classroom,
    given: list[Assignment],
    student: User,
    irina: User,
):
    overriding.override(given[0], student, 5_000_000, "Question 2 was unclear.", irina, now())
    visitor = visit()
    visitor.come_as(student)
    visitor.go(f"/classes/{classroom.uid}/marks/")
    page = visitor.page

    expect(page.get_by_text("Handed in; not released yet")).to_be_visible()
    expect(page.get_by_text("50%")).to_have_count(0)
    look(page)
    Assignment.objects.filter(pk=given[0].pk).update(released_at=now())
    visitor.go(f"/classes/{classroom.uid}/marks/")
    expect(page.get_by_text("50% is the mean of your released marks")).to_be_visible()
    expect(page.get_by_text("Question 2 was unclear.")).to_be_visible()
    look(page)
