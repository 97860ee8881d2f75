"""What is answered is never lost: not with the browser, the connection, a reply, or to a rival."""

import os
import re
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Route, expect
from pytest_django.live_server_helper import LiveServer

from quizzes.assessment import sheets
from quizzes.assessment.models import Attempt, Quiz, Response
from quizzes.content.models import Book
from quizzes.people.models import User
from tests.examining import begin, make_item, make_quiz
from tests.journeys.conftest import Visitor, Visits, is_ready
from tests.journeys.test_every_page import look
from tests.journeys.test_quizzing import saved

KINDS = ("single", "short_text", "ordering")
SENT = re.compile("/responses/")
LETTERS = "abcdefghijklmnopqrstuvwxyz" * 2
LETTER_MS = 50


@pytest.fixture
def quiz(book: Book) -> Quiz:
    items = [make_item(book, f"ask-{kind}", kind) for kind in KINDS]
    return make_quiz(book, *items, section=book.sections.get(position=0), is_shuffled=False)


@pytest.fixture
def attempt(student: User, quiz: Quiz, noon) -> Attempt:
    return begin(student, quiz, noon).attempt


@pytest.fixture
def sitter(visit: Visits, student: User) -> Visitor:
    visitor = visit()
    visitor.come_as(student)
    return visitor


def go(visitor: Visitor, attempt: Attempt, tail: str) -> Page:
    visitor.go(f"/attempts/{attempt.uid}/{tail}")
    is_ready(visitor.page)
    return visitor.page


def answered(attempt: Attempt, position: int):
    return sheets.of(attempt).by_position[position].raw


def kill_browser(folder: Path) -> None:
    """End the browser that keeps its things in a folder, as a failing battery does."""
    for entry in Path("/proc").glob("[0-9]*"):
        try:
            parts = (entry / "cmdline").read_bytes().split(b"\0")
        except OSError:  # it ended meanwhile
            continue
        is_main = not any(part.startswith(b"--type=") for part in parts)
        if is_main and f"--user-data-dir={folder}".encode() in parts:
            os.kill(int(entry.name), signal.SIGKILL)


@contextmanager
def browsing(browser_type, options: dict[str, Any], folder: Path) -> Iterator[BrowserContext]:
    """A browser whose things are still there when it is opened again."""
    context = browser_type.launch_persistent_context(str(folder), **options)
    context.set_default_timeout(15_000)
    yield context


def test_a_browser_that_is_killed_while_somebody_types_has_kept_it(
    browser: Browser,
    browser_type,
    browser_type_launch_args,
    tmp_path: Path,
    live_server: LiveServer,
    student: User,
    attempt: Attempt,
):
    with browsing(browser_type, browser_type_launch_args, tmp_path) as context:
        visitor = Visitor(context.new_page(), live_server.url, [])
        visitor.come_as(student)
        page = go(visitor, attempt, "?question=2")
        page.route(SENT, lambda route: route.abort())
        page.get_by_role("textbox").press_sequentially(LETTERS, delay=LETTER_MS)
        kill_browser(tmp_path)
    assert answered(attempt, 2) is None

    with browsing(browser_type, browser_type_launch_args, tmp_path) as context:
        visitor = Visitor(context.new_page(), live_server.url, [])
        visitor.come_as(student)
        page = go(visitor, attempt, "?question=2")
        saved(page)
        kept = page.get_by_role("textbox").input_value()
        context.close()

    assert LETTERS.startswith(kept)
    assert len(LETTERS) - len(kept) <= 1000 / LETTER_MS
    assert answered(attempt, 2) == {"text": kept}


def test_typing_that_goes_on_is_saved_all_the_while(sitter: Visitor, attempt: Attempt):
    page = go(sitter, attempt, "?question=2")

    page.get_by_role("textbox").press_sequentially(LETTERS * 2, delay=LETTER_MS)
    saved(page)
    expect(page.locator("#saved-ago")).to_contain_text("Saved")
    page.get_by_role("textbox").blur()
    expect(page.locator("[name=sequence_2]")).not_to_have_value("0")

    saves = Response.objects.filter(served__attempt=attempt).order_by("sequence")
    texts = [one.answer["text"] for one in saves]
    assert len(texts) > 1
    assert 0 < len(texts[0]) < len(LETTERS * 2)


def test_without_a_connection_answers_are_kept_and_sent_on_return(
    sitter: Visitor, attempt: Attempt
):
    page = go(sitter, attempt, "?view=all")
    page.context.set_offline(True)
    page.get_by_label("Option 1 of ask-single").check()
    expect(page.get_by_text("Offline. Your answers are kept on this device")).to_be_visible()
    page.get_by_role("textbox").fill("Kork")
    page.get_by_role("button", name="Move down").first.click()
    look(page)
    expect(page.get_by_text("Offline. Your answers are kept")).to_be_in_viewport()
    page.context.set_offline(False)

    expect(page.get_by_text("Reconnected. 3 answers sent.")).to_be_visible()
    assert sheets.of(attempt).unanswered == []
    sitter.said.clear()  # the console tells of requests that found no connection


def test_a_server_that_is_away_for_a_while_costs_nothing(sitter: Visitor, attempt: Attempt):
    page = go(sitter, attempt, "?question=2")
    page.route(SENT, lambda route: route.abort())
    page.get_by_role("textbox").press_sequentially("Ko")
    expect(page.get_by_text("Offline. Your answers are kept on this device")).to_be_visible()
    page.get_by_role("textbox").press_sequentially("rk")
    page.unroute(SENT)

    expect(page.get_by_text("Reconnected. 1 answer sent.")).to_be_visible()
    assert answered(attempt, 2) == {"text": "Kork"}
    sitter.said.clear()


def test_any_other_page_of_the_same_learner_sends_what_was_left(
    sitter: Visitor, visit: Visits, attempt: Attempt
):
    page = go(sitter, attempt, "?question=2")
    page.route(SENT, lambda route: route.abort())
    page.get_by_role("textbox").press_sequentially("Kork")
    expect(page.get_by_text("Offline. Your answers are kept on this device")).to_be_visible()
    page.unroute(SENT)
    other = User.objects.create_user("other")
    sitter.page.context.clear_cookies()
    sitter.come_as(other)
    with page.expect_request(re.compile(r"/quizzes/$")):
        sitter.go("/quizzes/")
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    page.wait_for_load_state("networkidle")
    assert answered(attempt, 2) is None

    sitter.page.context.clear_cookies()
    sitter.come_as(attempt.learner)
    with page.expect_response(SENT) as told:
        sitter.go("/quizzes/")

    assert told.value.status == 200
    assert answered(attempt, 2) == {"text": "Kork"}
    sitter.said.clear()


def test_replies_that_are_lost_make_no_second_answer(sitter: Visitor, attempt: Attempt):
    page = go(sitter, attempt, "?view=all")
    lost: list[int] = []

    def lose(route: Route) -> None:
        if len(lost) >= 3:
            route.continue_()
        else:
            lost.append(route.fetch().status)
            route.abort()

    page.route(SENT, lose)
    page.get_by_label("Option 1 of ask-single").check()
    page.get_by_role("button", name="Move down").first.click()

    expect(page.get_by_text(re.compile("Reconnected."))).to_be_visible()
    assert lost == [200, 200, 200]
    assert Response.objects.filter(served__attempt=attempt).count() == 2
    sitter.said.clear()


@pytest.mark.parametrize(
    ("keep", "kept"), [("Keep mine", "Option 2"), ("Keep the other", "Option 1")]
)
def test_of_two_answers_from_two_windows_either_is_kept(
    visit: Visits, sitter: Visitor, student: User, attempt: Attempt, keep, kept
):
    rival = visit()
    rival.come_as(student)
    page = go(rival, attempt, "?question=1")
    other = go(sitter, attempt, "?question=1")
    other.get_by_label("Option 1 of ask-single").check()
    saved(other)

    page.get_by_label("Option 2 of ask-single").check()
    alert = page.get_by_role("alert").filter(has_text="was answered elsewhere meanwhile")
    expect(alert).to_contain_text("Option 1 of ask-single")
    expect(alert).to_contain_text("Option 2 of ask-single")
    assert Response.objects.count() == 1
    look(page)
    page.get_by_role("button", name=keep).or_(page.get_by_role("link", name=keep)).click()

    saved(page)
    expect(page.get_by_label(f"{kept} of ask-single")).to_be_checked()
    expect(alert).to_be_hidden()
    page.reload()
    expect(page.get_by_label(f"{kept} of ask-single")).to_be_checked()
    rival.said.clear()  # 409


def test_nothing_is_handed_in_before_what_waits_has_arrived(sitter: Visitor, attempt: Attempt):
    page = go(sitter, attempt, "?question=2")
    page.route(SENT, lambda route: route.abort())
    page.get_by_role("textbox").press_sequentially("Kork")
    expect(page.get_by_text("Offline. Your answers are kept on this device")).to_be_visible()
    sitter.go(f"/attempts/{attempt.uid}/check/")
    expect(page.get_by_text("Offline. Your answers are kept on this device")).to_be_visible()
    expect(page.get_by_text("3 unanswered, 0 flagged.")).to_be_visible()
    page.get_by_role("button", name="Hand in").click()
    assert Attempt.objects.open().count() == 1
    page.unroute(SENT)

    expect(page.get_by_text("2 unanswered, 0 flagged.")).to_be_visible()
    sitter.said.clear()
