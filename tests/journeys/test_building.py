"""A quiz is built, checked, published and given to a class, by keyboard alone; and its pages."""

from datetime import timedelta
from typing import Literal

import pytest
from django.utils.timezone import now
from playwright.sync_api import Locator, Page, expect

from quizzes.assessment import assigning_cards, building, founding
from quizzes.assessment.building import Edit, Rule, Settings
from quizzes.assessment.models import Assignment, Quiz
from quizzes.content.models import Book
from quizzes.people import joining
from quizzes.people.models import Classroom, Enrollment, User
from tests.examining import make_assignment, make_item
from tests.journeys.conftest import PASSWORD, Visits
from tests.journeys.test_every_page import look, tour

DAY = timedelta(days=1)
MOST_TABS = 150


@pytest.fixture
def instructor(book: Book, noon) -> User:
    return User.objects.create_user("irina", password=PASSWORD, time_zone="Europe/Berlin")


@pytest.fixture
def classroom(book: Book, instructor: User, student: User, noon) -> Classroom:
    room = joining.open_classroom(instructor, book, "History 214", noon)
    joining.enroll(room, student, noon)
    return room


@pytest.fixture
def quiz(book: Book, classroom: Classroom, instructor: User) -> Quiz:
    """Two questions, a draw that finds too few, and a class that has it."""
    quiz = founding.begin(instructor, book, Settings("Week one", time_limit_minutes=20))
    edit = Edit(instructor, now())
    building.add(quiz, edit, [make_item(book, "ask-0"), make_item(book, "ask-1")])
    building.publish(quiz, now())
    building.draw(quiz, edit, [Rule(50)])
    make_assignment(classroom, quiz, now() - DAY, late_days=2, late_percent=10)
    building.weigh(
        quiz,
        Edit(instructor, now(), "A heading."),
        {quiz.slots.get(position=1).pk: building.Look(heading="Part two")},
    )
    return quiz


def reach(page: Page, wanted: Locator) -> None:
    """Press Tab until it has the focus."""
    expect(wanted).to_be_visible()
    for _turn in range(MOST_TABS):
        if wanted.evaluate("one => one === document.activeElement"):
            return
        page.keyboard.press("Tab")
    raise AssertionError("not reached by Tab")


def press(page: Page, name: str, role: Literal["button", "link"] = "button") -> None:
    """Reach the button or link of this name by Tab, and press Enter."""
    reach(page, page.get_by_role("main").get_by_role(role, name=name, exact=True))
    page.keyboard.press("Enter")


def write_it(page: Page) -> None:
    """A title, a blueprint in words, and a question that is picked."""
    press(page, "Build a quiz", "link")
    reach(page, page.get_by_label("Title"))
    page.keyboard.type("Week one")
    page.keyboard.press("Enter")
    reach(page, page.get_by_role("textbox", name="In words"))
    page.keyboard.type("2 terms, 1 argument from section 1")
    page.keyboard.press("Enter")
    expect(page.get_by_text("3 questions are drawn")).to_be_visible()
    press(page, "Pick questions from the bank", "link")
    reach(page, page.get_by_role("checkbox", name="What of ask-1?"))
    page.keyboard.press("Space")
    press(page, "Add what is ticked")
    expect(page.get_by_text("1 question added.")).to_be_visible()


def move_it(page: Page) -> None:
    """The last place becomes the first, and keeps the focus."""
    place = page.locator(".place")
    reach(page, page.get_by_role("button", name="Up 3"))
    page.keyboard.press("Alt+ArrowUp")
    expect(place.nth(1)).to_contain_text("What of ask-1?")
    expect(place.nth(1)).to_be_focused()
    page.keyboard.press("Alt+ArrowUp")
    expect(place.nth(0)).to_contain_text("What of ask-1?")


def give_it(page: Page) -> None:
    """Checked, published, and given to the class with late days."""
    press(page, "Check and publish", "link")
    press(page, "Publish it")
    expect(page.get_by_role("checkbox", name="History 214")).to_be_checked()  # the only one
    reach(page, page.get_by_label("Days on which it may be handed in late"))
    page.keyboard.press("ControlOrMeta+a")
    page.keyboard.type("3")
    press(page, "Give it")
    expect(page.get_by_text("It is given to 1 class.")).to_be_visible()


def test_from_an_empty_quiz_to_a_class_by_keyboard(
    visit: Visits, book: Book, classroom: Classroom, instructor: User
):
    for n in range(2):
        make_item(book, f"ask-{n}")
    visitor = visit()
    visitor.come_as(instructor)
    visitor.go(f"/classes/{classroom.uid}/assignments/new/")

    write_it(visitor.page)
    move_it(visitor.page)
    give_it(visitor.page)

    given = Assignment.objects.get()
    assert (given.classroom, given.quiz.title, given.late_days) == (classroom, "Week one", 3)
    drawn = given.quiz.slots.order_by("position").values_list("item__slug", "count", "fact_kind")
    assert list(drawn) == [("ask-1", 1, ""), (None, 2, "term"), (None, 1, "argument")]


def test_the_pages_of_a_quiz_of_one_s_own(visit: Visits, quiz: Quiz, instructor: User):
    visitor = visit()
    visitor.come_as(instructor)

    tails = ("", "pick/", "settings/", "publish/", "give/", "preview/?as=150&look=phone")
    tour(visitor, [f"/bank/quizzes/{quiz.uid}/{tail}" for tail in tails])


def test_the_pages_of_those_who_give(
    visit: Visits, book: Book, classroom: Classroom, quiz: Quiz, instructor: User
):
    chapter = book.chapters.get(number=0)
    cards = assigning_cards.assign(classroom, chapter, now(), opens_at=now())
    place = Enrollment.objects.get(classroom=classroom, role="student")
    visitor = visit()
    visitor.come_as(instructor)

    extensions = f"assignments/{quiz.assignments.get().uid}/extensions/"
    tails = (
        *("assignments/new/", extensions, f"{extensions}{place.pk}/"),
        *("cards/", "cards/new/", f"cards/{cards.uid}/"),
    )
    tour(visitor, ["/bank/lights/quizzes/"])
    tour(visitor, [f"/classes/{classroom.uid}/{tail}" for tail in tails])


def test_a_student_is_told_of_late_days_and_of_cards(
    visit: Visits, book: Book, classroom: Classroom, quiz: Quiz, student: User
):
    chapter = book.chapters.get(number=1)
    assigning_cards.assign(classroom, chapter, now(), opens_at=now() - DAY, due_at=now() + DAY)
    visitor = visit()
    visitor.come_as(student)

    visitor.go("/today/")
    expect(visitor.page.get_by_role("heading", name="Cards your class gives you")).to_be_visible()
    look(visitor.page)
    visitor.go(f"/assignments/{quiz.assignments.get().uid}/")
    expect(visitor.page.get_by_text("10% less for each day")).to_be_visible()
    look(visitor.page)
