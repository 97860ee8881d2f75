"""A real Chromium, a live site with a small book, and a visitor whose console stays clean."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from django.conf import settings
from django.core.cache import cache
from django.test import Client
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, expect
from pytest_django.live_server_helper import LiveServer

from quizzes.cards import planning
from quizzes.cards.models import StudyPlan
from quizzes.content.models import Book
from quizzes.people.models import User
from tests.bookshelf import make_study_book

PASSWORD = "ninety lamps at sea"

expect.set_options(timeout=15_000)  # on a busy machine


@dataclass(frozen=True)
class Visitor:
    """Somebody at a browser: goes to addresses of the site, and does what people do there."""

    page: Page
    site: str
    said: list[str]
    """Errors and warnings of the console; what a test expects it takes away."""

    def go(self, address: str) -> None:
        self.page.goto(self.site + address)

    def press(self, name: str) -> None:
        """Press the button, or follow the link, of this name."""
        page = self.page
        page.get_by_role("button", name=name).or_(page.get_by_role("link", name=name)).first.click()

    def follow(self, name: str) -> None:
        """Press what leads to another page, and be there."""
        with self.page.expect_navigation():
            self.press(name)

    def come_as(self, user: User) -> None:
        """Be signed in, without the way through the form."""
        client = Client()
        client.force_login(user)
        name = settings.SESSION_COOKIE_NAME
        value = client.cookies[name].value
        self.page.context.add_cookies([{"name": name, "value": value, "url": self.site}])

    def sign_in(self, username: str) -> None:
        self.go("/accounts/login/")
        self.page.get_by_label("Name or e-mail address").fill(username)
        self.page.get_by_label("Password").fill(PASSWORD)
        self.page.get_by_role("main").get_by_role("button", name="Sign in").click()

    def answer(self, key: str = "3") -> None:
        """Show the answer and rate it, by key; the next card is there at once."""
        shown = self.page.input_value("#rating [name=item]")
        self.page.keyboard.press("Space")
        expect(self.page.locator("#answer")).to_be_focused()
        self.page.keyboard.press(key)
        expect(self.page.locator(f"#rating [name=item][value='{shown}']")).to_have_count(0)

    def saved(self) -> None:
        """Wait until nothing waits on the device any more."""
        expect(self.page.locator("#kept-state")).not_to_contain_text("Waiting to be sent")

    def rate(self, name: str) -> None:
        """Show the answer, rate it, and wait until it is saved and the next card is there."""
        shown = self.page.input_value("#rating [name=item]")
        self.press("Show answer")
        self.page.get_by_role("button", name=name).click()
        expect(self.page.locator(f"#rating [name=item][value='{shown}']")).to_have_count(0)
        self.saved()


def is_ready(page: Page) -> None:
    """Wait until the script of an attempt's page has taken over."""
    expect(page.locator("#answers[data-is-ready]")).to_be_attached()


type Visits = Callable[..., Visitor]


@pytest.fixture
def card_count() -> int:
    return 12


@pytest.fixture
def book(transactional_db: None, card_count: int) -> Book:
    cache.clear()  # the table of the cache is none that a test empties
    return make_study_book(card_count)


@pytest.fixture
def student(book: Book, noon) -> User:
    student = User.objects.create_user("olga", password=PASSWORD, time_zone="Europe/Berlin")
    planning.start(student, book, noon)
    return student


@pytest.fixture
def browser_options() -> dict[str, Any]:
    """What all browsers of a test are opened with."""
    return {}


@pytest.fixture
def visit(
    browser: Browser, live_server: LiveServer, book: Book, browser_options: dict[str, Any]
) -> Iterator[Visits]:
    """Opens browsers of visitors; afterwards nothing may stand in any of their consoles."""
    contexts: list[BrowserContext] = []
    said: list[str] = []

    def note(message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"} and "blocked by Playwright" not in message.text:
            said.append(f"{message.text} ({message.location.get('url')})")

    def visit(**options: Any) -> Visitor:
        chosen = {"timezone_id": "Europe/Berlin"} | browser_options | options
        context = browser.new_context(**chosen)
        context.set_default_timeout(15_000)
        context.set_default_navigation_timeout(30_000)
        contexts.append(context)
        page = context.new_page()
        page.on("console", note)
        page.on("pageerror", lambda error: said.append(str(error)))
        return Visitor(page, live_server.url, said)

    yield visit
    for context in contexts:
        context.close()
    assert said == []


@pytest.fixture
def at_desk(visit: Visits, student: User, card_count: int) -> Visitor:
    """A student at the first of all cards of the book, which this device has come to keep."""
    StudyPlan.objects.update(new_a_day=card_count)
    visitor = visit()
    visitor.come_as(student)
    visitor.go("/review/")
    expect(visitor.page.locator("#kept-state")).to_contain_text("Cards kept on this device")
    expect(visitor.page.locator("#kept-state")).to_contain_text(str(card_count))
    visitor.page.evaluate("navigator.serviceWorker.ready")
    return visitor


@pytest.fixture(params=[True, False], ids=["with-script", "without-script"])
def visitor(request: pytest.FixtureRequest, visit: Visits) -> Visitor:
    """One visitor with script, and one without."""
    return visit(java_script_enabled=request.param)
