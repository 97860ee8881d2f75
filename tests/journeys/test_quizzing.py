"""Somebody takes a quiz in a browser: with script and without, twice, and off the line."""

import re

import pytest
from django.urls import reverse
from playwright.sync_api import Page, Route, expect

from quizzes.assessment import sheets
from quizzes.assessment.models import Attempt, Quiz, Response
from quizzes.cards.models import Card
from quizzes.content.models import Book
from quizzes.items.fractions import FULL_FRACTION
from quizzes.people import joining
from quizzes.people.models import User
from tests.examining import RIGHT_TEXTS, make_item, make_quiz
from tests.journeys.conftest import Visitor, Visits, is_ready
from tests.journeys.test_every_page import look

KINDS = ("single", "several", "number", "short_text")


@pytest.fixture
def quiz(book: Book) -> Quiz:
    items = [make_item(book, f"ask-{kind}", kind, is_card=True) for kind in KINDS]
    return make_quiz(book, *items, section=book.sections.get(position=0), is_shuffled=False)


def begin(visitor: Visitor, student: User, quiz: Quiz) -> Attempt:
    visitor.come_as(student)
    visitor.go(f"/quizzes/{quiz.uid}/")
    visitor.press("Begin")
    expect(visitor.page.get_by_role("heading", name="Question 1 of 4")).to_be_visible()
    return Attempt.objects.get()


def is_stored(attempt: Attempt, position: int) -> bool:
    return sheets.of(attempt).by_position[position].is_answered


def saved(page: Page) -> None:
    """Wait until all that was given has arrived."""
    expect(page.locator("#answers:not([data-is-waiting])")).to_be_attached()
    expect(page.locator("#save-state")).to_have_text(re.compile(r"^(Saved|Reconnected)\b"))


def hand_in(page: Page) -> None:
    """Hand in, and say once more that one means it, where something is left open."""
    page.locator("#hand-in").get_by_role("button", name="Hand in").click()
    dialog = page.get_by_role("dialog")
    expect(dialog.or_(page.get_by_role("article")).first).to_be_visible()
    if dialog.is_visible():
        dialog.get_by_role("button", name="Hand in").click()


def test_a_quiz_from_today_to_its_cards(visitor: Visitor, student: User, quiz: Quiz):
    page = visitor.page
    visitor.come_as(student)
    visitor.go("/today/")
    visitor.press("A quiz: quiz")
    visitor.press("Begin")

    page.get_by_label("Option 1 of ask-single").check()
    visitor.press("Next")
    page.get_by_label("Option 0 of ask-several").check()
    page.get_by_label("Option 2 of ask-several").check()
    visitor.press("Next")
    page.get_by_role("textbox").fill("a few")
    visitor.press("Next")
    expect(page.get_by_role("alert").filter(has_text="Write a number")).to_be_visible()
    expect(page.get_by_role("textbox")).to_have_value("a few")
    page.get_by_role("textbox").fill("36")
    visitor.press("Next")
    expect(page.get_by_role("heading", name="Question 4 of 4")).to_be_visible()
    visitor.press("Check and hand in")
    expect(page.get_by_text("1 unanswered, 0 flagged.")).to_be_visible()
    hand_in(page)

    expect(page.get_by_role("heading", name="Two of four")).to_be_visible()
    expect(page.get_by_text("What you missed is due as cards")).to_be_visible()
    expect(page.get_by_text("Because the book says so of ask-number.")).to_be_visible()
    missed = Card.objects.in_steps(student).values_list("item__slug", flat=True)
    assert set(missed) == {"ask-number", "ask-short_text"}
    visitor.go("/progress/")
    expect(page.get_by_role("link", name="A quiz: quiz")).to_be_visible()
    expect(page.get_by_text("50%")).to_be_visible()
    visitor.said.clear()  # 422 for the number that was none


def test_all_questions_on_one_page(visitor: Visitor, student: User, quiz: Quiz):
    attempt = begin(visitor, student, quiz)
    page = visitor.page
    visitor.press("All on one page")
    expect(page.get_by_role("group")).to_have_count(2)
    page.get_by_label("Option 1 of ask-single").check()
    for kind in ("number", "short_text"):
        page.get_by_label(f"What of ask-{kind}?").fill(RIGHT_TEXTS[kind])
    page.get_by_role("button", name="Check and hand in").first.click()

    expect(page.get_by_text("1 unanswered, 0 flagged.")).to_be_visible()
    assert [is_stored(attempt, n) for n in (1, 2, 3, 4)] == [True, False, True, True]


def test_an_answer_is_saved_as_it_is_given_and_found_on_another_device(
    visit: Visits, student: User, quiz: Quiz
):
    laptop, phone = visit(), visit(viewport={"width": 390, "height": 844})
    attempt = begin(laptop, student, quiz)

    laptop.page.get_by_label("Option 3 of ask-single").check()
    saved(laptop.page)
    cell = laptop.page.get_by_role("button", name="Question 1, answered")
    expect(cell).to_have_attribute("aria-current", "true")
    laptop.page.get_by_label("Option 1 of ask-single").check()
    expect(laptop.page.locator("[name=sequence_1]")).to_have_value("2")

    phone.come_as(student)
    phone.go(f"/quizzes/{quiz.uid}/")
    phone.press("Go on where you were")
    phone.go(f"/attempts/{attempt.uid}/?question=1")
    expect(phone.page.get_by_label("Option 1 of ask-single")).to_be_checked()
    assert Response.objects.count() == 2


def test_what_is_typed_is_saved_after_a_pause_and_enter_goes_on(
    visit: Visits, student: User, quiz: Quiz
):
    visitor = visit()
    attempt = begin(visitor, student, quiz)
    visitor.go(f"/attempts/{attempt.uid}/?question=3")
    box = visitor.page.get_by_role("textbox")

    box.press_sequentially("many", delay=20)
    box.blur()
    expect(visitor.page.get_by_role("alert").filter(has_text="Write a number")).to_be_visible()
    box.fill("")
    box.press_sequentially("35", delay=20)
    saved(visitor.page)
    expect(visitor.page.get_by_role("alert").filter(has_text="Write a number")).to_be_hidden()
    box.press("End")
    box.press_sequentially("000")
    box.press("Enter")

    expect(visitor.page.get_by_role("heading", name="Question 4 of 4")).to_be_visible()
    assert sheets.of(attempt).by_position[3].raw == {"text": "35000"}
    visitor.said.clear()  # 400 for what was no number yet


def test_without_a_connection_the_answer_waits_and_is_sent_once(
    visit: Visits, student: User, quiz: Quiz
):
    visitor = visit()
    begin(visitor, student, quiz)
    page = visitor.page

    is_ready(page)
    page.context.set_offline(True)
    page.get_by_label("Option 0 of ask-single").check()
    expect(page.get_by_text("Offline. Your answers are kept on this device")).to_be_visible()
    page.get_by_label("Option 1 of ask-single").check()
    page.context.set_offline(False)

    saved(page)
    [response] = Response.objects.all()
    assert response.served.fraction == FULL_FRACTION  # the last one that was chosen
    visitor.said.clear()  # the requests that failed


def test_going_on_without_a_connection_waits_for_it(visit: Visits, student: User, quiz: Quiz):
    visitor = visit()
    attempt = begin(visitor, student, quiz)
    visitor.go(f"/attempts/{attempt.uid}/?question=4")
    page = visitor.page

    is_ready(page)
    page.context.set_offline(True)
    page.get_by_role("textbox").fill("Fel'dman")
    page.get_by_role("button", name="Previous").click()
    expect(page.get_by_text("Offline. Your answers are kept on this device")).to_be_visible()
    expect(page.get_by_role("textbox")).to_have_value("Fel'dman")
    page.context.set_offline(False)

    expect(page.get_by_role("heading", name="Question 3 of 4")).to_be_visible()
    assert is_stored(attempt, 4)
    visitor.said.clear()


def test_an_answer_that_changes_on_its_way_is_sent_again(visit: Visits, student: User, quiz: Quiz):
    visitor = visit()
    attempt = begin(visitor, student, quiz)
    page = visitor.page
    held: list[Route] = []
    page.route(
        re.compile("/responses/"), lambda route: route.continue_() if held else held.append(route)
    )

    with page.expect_request(re.compile("/responses/")):
        page.get_by_label("Option 0 of ask-single").check()
    page.get_by_label("Option 1 of ask-single").check()
    held[0].continue_()

    saved(page)
    expect(page.locator("[name=sequence_1]")).to_have_value("2")
    newest = Response.objects.latest("sequence")
    assert newest.served.fraction == FULL_FRACTION
    assert attempt.served.count() == 4


def test_an_answer_whose_receipt_was_lost_is_one_response(visit: Visits, student: User, quiz: Quiz):
    visitor = visit()
    attempt = begin(visitor, student, quiz)
    address = reverse("api:responses", args=[attempt.uid])
    lost: list[str] = []

    def lose_the_first(route: Route) -> None:
        if lost:
            route.continue_()
        else:
            lost.append(route.fetch().text())
            route.abort()

    visitor.page.route(re.compile(address), lose_the_first)
    visitor.page.get_by_label("Option 1 of ask-single").check()

    saved(visitor.page)
    assert lost
    assert Response.objects.count() == 1
    visitor.said.clear()


def test_two_windows_do_not_overwrite_each_other(visit: Visits, student: User, quiz: Quiz):
    one, other = visit(), visit()
    attempt = begin(one, student, quiz)
    other.come_as(student)
    other.go(f"/attempts/{attempt.uid}/?question=1")

    one.page.get_by_label("Option 1 of ask-single").check()
    saved(one.page)
    other.page.get_by_label("Option 2 of ask-single").check()

    expect(other.page.get_by_role("alert")).to_contain_text("was answered elsewhere meanwhile")
    expect(other.page.locator("#save-state")).to_contain_text("Something is not saved")
    assert Response.objects.count() == 1
    other.said.clear()


def test_handing_in_by_a_double_click_gives_one_result(visit: Visits, student: User, quiz: Quiz):
    visitor = visit()
    attempt = begin(visitor, student, quiz)
    visitor.go(f"/attempts/{attempt.uid}/check/")
    visitor.page.locator("#hand-in").get_by_role("button", name="Hand in").click()
    visitor.page.get_by_role("dialog").get_by_role("button", name="Hand in").dblclick()

    expect(visitor.page.get_by_role("heading", name="None of four")).to_be_visible()
    assert Attempt.objects.handed_in().count() == 1


def test_a_quiz_by_keyboard_alone(visit: Visits, student: User, quiz: Quiz):
    visitor = visit()
    attempt = begin(visitor, student, quiz)
    keyboard = visitor.page.keyboard
    visitor.page.locator("input[type=radio]").first.focus()
    keyboard.press("ArrowDown")
    saved(visitor.page)
    keyboard.press("Tab")
    expect(visitor.page.get_by_role("button", name="Next")).to_be_focused()
    keyboard.press("Enter")

    expect(visitor.page.get_by_role("heading", name="Question 2 of 4")).to_be_visible()
    assert is_stored(attempt, 1)


def test_every_page_of_a_quiz_is_readable_by_all(visit: Visits, student: User, quiz: Quiz):
    visitor = visit()
    attempt = begin(visitor, student, quiz)
    addresses = (
        "/quizzes/",
        f"/quizzes/{quiz.uid}/",
        f"/attempts/{attempt.uid}/?question=1",
        f"/attempts/{attempt.uid}/?question=3",
        f"/attempts/{attempt.uid}/?view=all",
        f"/attempts/{attempt.uid}/check/",
    )
    for address in addresses:
        visitor.go(address)
        look(visitor.page)
    visitor.page.locator("#hand-in").get_by_role("button", name="Hand in").click()
    expect(visitor.page.get_by_role("dialog")).to_be_visible()
    look(visitor.page)
    visitor.press("Not yet")
    hand_in(visitor.page)
    expect(visitor.page.get_by_role("heading", level=1)).to_have_text("None of four")
    look(visitor.page)
    for address in ("/progress/", "/today/", "/quizzes/", f"/quizzes/{quiz.uid}/"):
        visitor.go(address)
        look(visitor.page)


def test_an_instructor_looks_at_the_class(visit: Visits, student: User, quiz: Quiz, noon):
    ivo = User.objects.create_user("ivo")
    classroom = joining.open_classroom(ivo, quiz.book, "History 214", noon)
    joining.enroll(classroom, student, noon)
    visitor = visit()
    visitor.come_as(ivo)
    visitor.go("/classes/")
    look(visitor.page)
    visitor.follow("History 214")
    look(visitor.page)
    visitor.page.get_by_role("navigation", name="Class").get_by_text("Progress").click()
    expect(visitor.page.get_by_role("rowheader", name="olga")).to_be_visible()
    look(visitor.page)
    visitor.follow("What the class knows")
    expect(visitor.page.get_by_role("heading", name="By section and kind")).to_be_visible()
    look(visitor.page)
    visitor.follow("History 214")
    visitor.follow("Question bank")
    look(visitor.page)
    visitor.follow("What is asked")
    expect(visitor.page.get_by_role("rowheader", name="ask-single-fact")).to_be_visible()
    look(visitor.page)
