"""Every kind of question is answered by keyboard alone, with one pointer, and without script."""

import re
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from quizzes.assessment import sheets
from quizzes.assessment.models import Attempt, Quiz
from quizzes.content.models import Book
from quizzes.people.models import User
from tests import profiles
from tests.examining import MACHINE_KINDS, begin, make_item, make_quiz, raw
from tests.journeys.conftest import Visitor, Visits, is_ready
from tests.journeys.test_every_page import NARROWEST, look
from tests.journeys.test_quizzing import hand_in, saved

FARTHEST = 60
COUNT_POINTERS = """
  sessionStorage.pointed ??= 0;
  const count = () => { sessionStorage.pointed = Number(sessionStorage.pointed) + 1; };
  addEventListener("pointerdown", count, true);
"""
TWICE_AS_LARGE = "document.documentElement.style.fontSize = '200%'"


@pytest.fixture
def quiz(book: Book) -> Quiz:
    items = [make_item(book, f"ask-{kind}", kind) for kind in MACHINE_KINDS]
    return make_quiz(book, *items, section=book.sections.get(position=0), is_shuffled=False)


@pytest.fixture
def attempt(student: User, quiz: Quiz, noon) -> Attempt:
    return begin(student, quiz, noon).attempt


def number_of(kind: str) -> int:
    return MACHINE_KINDS.index(kind) + 1


def go(visitor: Visitor, attempt: Attempt, kind: str) -> Page:
    visitor.go(f"/attempts/{attempt.uid}/?question={number_of(kind)}")
    return visitor.page


def rightly(attempt: Attempt, position: int) -> dict[str, Any]:
    return raw(sheets.of(attempt).by_position[position], is_right=True)


def fill(page: Page, position: int, answer: dict[str, Any]) -> None:
    """Put an answer into the widget of a question, of whatever kind."""
    name = f"answer_{position}"
    for place in answer.get("chosen", []):
        page.locator(f"[name={name}][value='{place}']").check()
    if "text" in answer:
        page.locator(f"[name={name}]").fill(answer["text"])
    for left, right in enumerate(answer.get("pairs", [])):
        page.locator(f"[name={name}_{left}]").select_option(str(right))
    for rank, place in enumerate(answer.get("order", []), start=1):
        page.locator(f"[name={name}_{place}]").select_option(str(rank))
    for gap, said in enumerate(answer.get("gaps", [])):
        control = page.locator(f"[name={name}_{gap}]")
        if isinstance(said, int):
            control.select_option(str(said))
        else:
            control.fill(said)


def tab_to(page: Page, control: Locator) -> None:
    """Press Tab until a control has the focus."""
    for _ in range(FARTHEST):
        if control.evaluate("element => element === document.activeElement"):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"{control} is not reached by Tab")


def answer_by_keys(page: Page, kind: str) -> None:
    widget, keyboard = page.locator(".widget"), page.keyboard
    if kind == "ordering":
        tab_to(page, widget.get_by_role("button", name="Move down").first)
        keyboard.press("Enter")
    elif kind == "matching":
        for select in widget.get_by_role("combobox").all():
            tab_to(page, select)
            keyboard.press("ArrowDown")
    elif kind == "cloze":
        for box, said in zip(widget.get_by_role("textbox").all(), "abc", strict=True):
            tab_to(page, box)
            keyboard.type({"a": "Kork", "b": "7", "c": "June 1937"}[said])
        tab_to(page, widget.get_by_role("combobox"))
        keyboard.press("ArrowDown")
    elif kind in {"short_text", "number", "date"}:
        tab_to(page, widget.get_by_role("textbox"))
        keyboard.type({"short_text": "Kork", "number": "7", "date": "June 1937"}[kind])
    else:
        tab_to(page, widget.locator("input").first)
        keyboard.press("Space")


def test_every_kind_with_script_and_without_from_the_first_question_to_the_result(
    visitor: Visitor, student: User, attempt: Attempt
):
    visitor.come_as(student)
    page = go(visitor, attempt, "single")
    for position in range(1, len(MACHINE_KINDS) + 1):
        number = page.get_by_role("heading", name=f"Question {position} of 10")
        expect(number).to_be_visible()
        fill(page, position, rightly(attempt, position))
        visitor.press("Next" if position < len(MACHINE_KINDS) else "Check and hand in")
    expect(page.get_by_text("Every question has an answer.")).to_be_visible()
    hand_in(page)

    expect(page.get_by_role("heading", name="Ten of ten")).to_be_visible()


def test_every_kind_by_keyboard_alone(visit: Visits, student: User, attempt: Attempt):
    visitor = visit()
    visitor.come_as(student)
    visitor.page.add_init_script(COUNT_POINTERS)
    page = go(visitor, attempt, "single")
    for position, kind in enumerate(MACHINE_KINDS, start=1):
        expect(page.get_by_role("heading", name=f"Question {position} of 10")).to_be_visible()
        is_ready(page)
        answer_by_keys(page, kind)
        saved(page)
        last = "Check and hand in" if position == len(MACHINE_KINDS) else "Next"
        tab_to(page, page.get_by_role("button", name=last).first)
        page.keyboard.press("Enter")
    expect(page.get_by_text("Every question has an answer.")).to_be_visible()
    tab_to(page, page.get_by_role("button", name="Hand in"))
    page.keyboard.press("Enter")

    score = re.compile(r"of (10|ten)$")
    expect(page.get_by_role("heading", name=score, level=1)).to_be_visible()
    assert page.evaluate("sessionStorage.pointed") == "0"
    look(page)


def test_single_keys_choose_flag_go_and_hand_nothing_in(
    visit: Visits, student: User, attempt: Attempt
):
    visitor = visit()
    visitor.come_as(student)
    page = go(visitor, attempt, "single")
    is_ready(page)

    page.keyboard.press("2")
    expect(page.locator(".option input").nth(1)).to_be_checked()
    page.keyboard.press("f")
    expect(page.get_by_role("button", name="Question 1, answered, flagged")).to_be_visible()
    page.keyboard.press("j")
    expect(page.get_by_role("heading", name="Question 2 of 10")).to_be_visible()
    is_ready(page)
    page.keyboard.press("k")
    expect(page.get_by_role("heading", name="Question 1 of 10")).to_be_visible()
    is_ready(page)
    page.keyboard.press("g")
    expect(page.get_by_role("dialog", name="Go to question")).to_be_visible()
    look(page)
    page.keyboard.type("10")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Question 10 of 10")).to_be_visible()
    is_ready(page)
    page.keyboard.press("j")
    page.keyboard.press("?")
    expect(page.get_by_role("dialog", name="Keyboard")).to_be_visible()
    look(page)
    page.keyboard.press("Escape")

    expect(page.get_by_role("heading", name="Question 10 of 10")).to_be_visible()
    assert sheets.of(attempt).by_position[1].served.is_flagged
    assert Attempt.objects.open().count() == 1


def test_single_keys_are_off_while_typing_and_for_whoever_switched_them_off(
    visit: Visits, student: User, attempt: Attempt
):
    visitor = visit()
    visitor.come_as(student)
    page = go(visitor, attempt, "short_text")
    is_ready(page)
    page.get_by_role("textbox").press_sequentially("jk2fgt?")
    expect(page.get_by_role("textbox")).to_have_value("jk2fgt?")
    saved(page)

    User.objects.update(has_single_keys=False)
    page = go(visitor, attempt, "single")
    is_ready(page)
    page.keyboard.press("2")
    page.keyboard.press("f")
    expect(page.locator(".option input").nth(1)).not_to_be_checked()
    expect(page.get_by_role("button", name="Question 1, not answered")).to_be_visible()


def test_rows_are_put_in_order_by_single_clicks_and_say_where_they_are(
    visit: Visits, student: User, attempt: Attempt
):
    visitor = visit()
    visitor.come_as(student)
    page = go(visitor, attempt, "ordering")
    is_ready(page)
    first = page.locator(".step").first
    text = first.locator(".step-text").inner_text()
    button = page.get_by_role("button", name=f"Move down: {text}")

    button.click()
    expect(page.get_by_text(f"{text} is now 2 of 4")).to_be_attached()
    expect(button).to_be_focused()
    button.click()
    button.click()
    expect(page.locator(".step").last).to_contain_text(text)
    page.get_by_label(f"Position: {text}").select_option("2")
    expect(page.get_by_text(f"{text} is now 2 of 4")).to_be_attached()
    expect(page.locator(".step").nth(1)).to_contain_text(text)
    saved(page)

    order = [int(row.get_attribute("data-place") or -1) for row in page.locator(".step").all()]
    assert sheets.of(attempt).by_position[number_of("ordering")].raw == {"order": order}
    page.reload()
    assert order == [
        int(row.get_attribute("data-place") or -1) for row in page.locator(".step").all()
    ]


@pytest.mark.parametrize(
    "kind", profiles.count(("single", "matching", "ordering", "cloze"), MACHINE_KINDS)
)
def test_every_widget_is_readable_by_all_and_fits_the_narrowest_screen(
    visit: Visits, student: User, attempt: Attempt, kind
):
    visitor = visit()
    visitor.come_as(student)
    page = go(visitor, attempt, kind)
    is_ready(page)
    fill(page, number_of(kind), rightly(attempt, number_of(kind)))
    saved(page)
    page.set_viewport_size({"width": 375, "height": 800})
    look(page)
    page.set_viewport_size(NARROWEST)
    page.evaluate(TWICE_AS_LARGE)
    widths = page.evaluate("[document.documentElement.scrollWidth, innerWidth]")
    assert widths[0] <= widths[1], f"{kind} scrolls sideways with large text: {widths}"
    small = [
        (box["height"], control.get_attribute("name"))
        for control in page.locator(".option, .step-button, .question-cell, .button").all()
        if (box := control.bounding_box()) and box["height"] < 43.5
    ]
    assert small == []
