"""The clock, the way forward only, and questions that are checked one by one, in a browser."""

from datetime import timedelta

import pytest
from django.utils.timezone import now
from playwright.sync_api import Page, expect

from quizzes.assessment import sheets
from quizzes.assessment.models import Attempt, Quiz
from quizzes.content.models import Book
from quizzes.items.models import Key
from quizzes.people import joining
from quizzes.people.models import User
from tests.examining import begin, make_assignment, make_item, make_quiz, raw, sit
from tests.journeys.conftest import Visitor, Visits, is_ready
from tests.journeys.test_every_page import look
from tests.journeys.test_quizzing import hand_in, saved

KINDS = ("single", "short_text", "essay")


@pytest.fixture
def quiz(book: Book) -> Quiz:
    items = [make_item(book, f"ask-{kind}", kind) for kind in KINDS]
    return make_quiz(book, *items, section=book.sections.get(position=0), is_shuffled=False)


@pytest.fixture
def sitter(visit: Visits, student: User) -> Visitor:
    visitor = visit()
    visitor.come_as(student)
    return visitor


def assigned(student: User, quiz: Quiz, **terms) -> Attempt:
    """The student's attempt at the quiz, as a class's assignment on these terms."""
    ida = User.objects.create_user("ida")
    opened = now() - timedelta(minutes=1)
    classroom = joining.open_classroom(ida, quiz.book, "Ours", opened)
    joining.enroll(classroom, student, opened)
    return sit(student, make_assignment(classroom, quiz, opened, **terms), now()).attempt


def go(visitor: Visitor, attempt: Attempt, tail: str = "") -> Page:
    visitor.go(f"/attempts/{attempt.uid}/{tail}")
    is_ready(visitor.page)
    return visitor.page


def time_left(attempt: Attempt, seconds: int) -> None:
    Attempt.objects.filter(pk=attempt.pk).update(deadline_at=now() + timedelta(seconds=seconds))


@pytest.mark.parametrize(("seconds", "said"), [(304, "5 minutes left."), (64, "1 minute left.")])
def test_the_clock_speaks_before_the_end(
    sitter: Visitor, student: User, quiz: Quiz, seconds: int, said: str
):
    attempt = assigned(student, quiz, time_limit_minutes=20)
    time_left(attempt, seconds)
    page = go(sitter, attempt)
    expect(page.get_by_role("timer")).to_be_visible()

    spoken = page.get_by_role("status").filter(has_text=said)
    expect(spoken).to_contain_text("Everything so far is saved.")
    look(page)


def test_the_clock_is_hidden_by_key_and_stays_hidden(sitter: Visitor, student: User, quiz: Quiz):
    attempt = assigned(student, quiz, time_limit_minutes=20)
    page = go(sitter, attempt)
    expect(page.get_by_role("timer")).to_be_visible()

    page.keyboard.press("t")
    expect(page.get_by_role("timer")).to_be_hidden()
    look(page)
    page.reload()
    is_ready(page)
    expect(page.get_by_role("timer")).to_be_hidden()
    page.get_by_role("button", name="Show the clock").click()
    expect(page.get_by_role("timer")).to_be_visible()


def test_the_first_screen_of_a_phone_shows_the_question(sitter: Visitor, student: User, quiz: Quiz):
    attempt = assigned(student, quiz, time_limit_minutes=20)
    sitter.page.set_viewport_size({"width": 375, "height": 667})
    page = go(sitter, attempt)

    expect(page.get_by_role("timer")).to_be_in_viewport()
    expect(page.get_by_text("What of ask-single?")).to_be_in_viewport()
    expect(page.get_by_label("Option 1 of ask-single")).to_be_in_viewport()
    page.get_by_role("link", name="A quiz: quiz").click()
    expect(page.get_by_text("You have begun it, and the clock goes on.")).to_be_visible()


def test_when_time_is_up_what_was_given_is_handed_in(sitter: Visitor, student: User, quiz: Quiz):
    attempt = assigned(student, quiz, time_limit_minutes=20)
    time_left(attempt, 12)
    page = go(sitter, attempt, "?question=2")
    page.get_by_role("textbox").fill("Fel'dman")

    expect(page.get_by_text("Time is up. Your answers were handed in at")).to_be_visible(
        timeout=30_000
    )
    attempt.refresh_from_db()
    assert attempt.handed_in_at
    assert sheets.of(attempt).by_position[2].raw == {"text": "Fel'dman"}
    look(page)


def test_time_that_runs_out_without_a_connection_waits_for_it(
    sitter: Visitor, student: User, quiz: Quiz
):
    attempt = assigned(student, quiz, time_limit_minutes=20)
    time_left(attempt, 8)
    page = go(sitter, attempt, "?question=2")
    page.context.set_offline(True)
    page.get_by_role("textbox").fill("Fel'dman")
    expect(page.get_by_text("Time is up. Your answers are kept on this device")).to_be_visible(
        timeout=30_000
    )
    page.context.set_offline(False)

    expect(page.get_by_text("Time is up. Your answers were handed in at")).to_be_visible()
    assert sheets.of(attempt).by_position[2].raw == {"text": "Fel'dman"}
    sitter.said.clear()


def test_where_there_is_no_way_back_one_is_told_before_going_on(
    visitor: Visitor, student: User, quiz: Quiz
):
    attempt = assigned(student, quiz, is_forward_only=True)
    visitor.come_as(student)
    visitor.go(f"/attempts/{attempt.uid}/")
    page = visitor.page
    expect(page.get_by_text("In this quiz there is no way back")).to_be_visible()
    expect(page.get_by_role("button", name="Question 2")).to_have_count(0)
    page.get_by_label("Option 1 of ask-single").check()
    visitor.press("Next")
    expect(page.get_by_role("heading", name="Question 2 of 3")).to_be_visible()
    expect(page.get_by_role("button", name="Previous")).to_have_count(0)
    visitor.go(f"/attempts/{attempt.uid}/?question=1")
    expect(page.get_by_role("heading", name="Question 2 of 3")).to_be_visible()
    visitor.press("Next")
    expect(page.get_by_role("heading", name="Question 3 of 3")).to_be_visible()
    page.get_by_role("textbox").fill("The plot\nwas made up.")
    visitor.press("Check and hand in")
    expect(page.get_by_text("1 unanswered, 0 flagged.")).to_be_visible()
    expect(page.get_by_role("link", name="1. What of")).to_have_count(0)
    hand_in(page)
    expect(page.get_by_role("heading", name="Handed in")).to_be_visible()
    assert sheets.of(attempt).by_position[3].raw == {"text": "The plot\nwas made up."}


def test_a_strict_quiz_is_readable_by_all(sitter: Visitor, student: User, quiz: Quiz):
    attempt = assigned(student, quiz, is_forward_only=True, time_limit_minutes=20)
    look(go(sitter, attempt))
    ours = attempt.assignment
    assert ours
    given = make_assignment(ours.classroom, quiz, now() - timedelta(minutes=1), password="oath")
    sitter.go(f"/assignments/{given.uid}/")
    look(sitter.page)
    sitter.page.get_by_label("Password").fill("plot")
    sitter.press("Start")
    expect(sitter.page.get_by_text("That is not the password of this quiz.")).to_be_visible()
    look(sitter.page)
    sitter.said.clear()  # 409


def test_a_question_is_hinted_at_tried_and_closed(visitor: Visitor, student: User, quiz: Quiz):
    Key.objects.update(hint="Think of the oath.")
    attempt = begin(student, quiz, now(), checks_each=True, asks_confidence=True).attempt
    visitor.come_as(student)
    visitor.go(f"/attempts/{attempt.uid}/?question=1")
    page = visitor.page
    [right] = raw(sheets.of(attempt).by_position[1], is_right=True)["chosen"]

    page.get_by_role("button", name="Hint").click()
    expect(page.get_by_text("Think of the oath.")).to_be_visible()
    page.get_by_label("Option 0 of ask-single").check()
    page.get_by_label("Not sure").check()
    page.get_by_role("button", name="Check question 1").click()
    expect(page.get_by_text("Not yet. You have 1 try left.")).to_be_visible()
    page.locator(f"[name=answer_1][value='{right}']").check()
    page.get_by_role("button", name="Check question 1").click()

    expect(page.get_by_text("Right: Option 1 of ask-single")).to_be_visible()
    expect(page.get_by_text("Because the book says so of ask-single.")).to_be_visible()
    expect(page.get_by_label("Option 0 of ask-single")).to_be_disabled()
    assert sheets.of(attempt).by_position[1].is_sure is False


def test_every_state_of_a_checked_question_is_readable_by_all(
    sitter: Visitor, student: User, quiz: Quiz
):
    Key.objects.update(hint="Think of the oath.")
    attempt = begin(student, quiz, now(), checks_each=True, asks_confidence=True).attempt
    page = go(sitter, attempt, "?question=1")
    look(page)
    page.get_by_role("button", name="Hint").click()
    page.get_by_label("Option 0 of ask-single").check()
    page.get_by_role("button", name="Check question 1").click()
    expect(page.get_by_text("You have 1 try left.")).to_be_visible()
    look(page)
    page.get_by_label("Option 2 of ask-single").check()
    page.get_by_role("button", name="Check question 1").click()
    expect(page.get_by_text("Not yet: Option 2 of ask-single")).to_be_visible()
    look(page)
    page = go(sitter, attempt, "?question=2")
    page.get_by_role("button", name="Check question 2").click()
    expect(page.get_by_text("Answer the question before you check it.")).to_be_visible()
    look(page)
    sitter.said.clear()  # 422


def test_an_essay_keeps_its_lines_and_counts_its_words(sitter: Visitor, student: User, quiz: Quiz):
    attempt = assigned(student, quiz)
    page = go(sitter, attempt, "?question=3")
    page.get_by_role("textbox").fill("The plot\n\nwas made up.")
    expect(page.get_by_text("5 words, 22 letters")).to_be_visible()
    saved(page)
    look(page)
    page.reload()
    expect(page.get_by_role("textbox")).to_have_value("The plot\n\nwas made up.")
