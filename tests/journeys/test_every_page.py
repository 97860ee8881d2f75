"""Every page, in both colors and on the narrowest phone: readable by all, and nothing sideways."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any, Literal
from uuid import uuid4
from zlib import crc32

import pytest
from django_tasks_db.models import DBTaskResult
from playwright.sync_api import Page, ViewportSize, expect
from pytest_playwright_axe import OPTIONS_WCAG_22AA
from pytest_playwright_axe.axe import MIN_AXE_PATH

from quizzes import jobs
from quizzes.cards import reviewing, setting_aside
from quizzes.cards.models import Card, StudyPlan
from quizzes.cards.reviewing import Given
from quizzes.cards.scheduling import Rating
from quizzes.content.models import Book
from quizzes.items import reporting
from quizzes.items.models import Item
from quizzes.jobs import leasing
from quizzes.people import (
    announcing,
    enlisting,
    guesting,
    inviting,
    joining,
    notifying,
    unsubscribing,
)
from quizzes.people.inviting import Offer
from quizzes.people.models import Classroom, Reminder, User
from quizzes.people.rolls import Line
from tests.banked import keep
from tests.examining import make_item, make_quiz, take
from tests.journeys.conftest import Visitor, Visits
from tests.profiles import IS_TRUST

AXE = MIN_AXE_PATH.read_text()
# Beside the page itself, in its one frame: the package's own run opens a browser page for each.
RUN_AXE = f"axe.run(document, {{resultTypes: ['violations'], ...{OPTIONS_WCAG_22AA}}})"
LONG_NAME = "Bourdaloue-Oberstufenkoordinatorin-Wartezimmer"
"""Longer in one piece than the narrowest page is wide."""
NARROWEST: ViewportSize = {"width": 320, "height": 640}
DESK: ViewportSize = {"width": 1280, "height": 800}
SCHEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")

PUBLIC = (
    "/",
    "/books/lights/",
    "/books/lights/people/",
    "/books/lights/timeline/",
    "/books/lights/arguments/",
    "/books/lights/terms/",
    "/search/?q=term",
    "/search/?q=nothing",
    "/books/lights/chapters/chapter-0/",
    "/books/lights/facts/forged-letter/",
    "/books/lights/facts/term-0/",
    "/books/lights/facts/quist/",
    "/review/",
    "/offline/",
    "/accounts/login/",
    "/accounts/signup/",
    "/accounts/password/reset/",
)
SIGNED_IN = (
    "/today/",
    "/today/catch-up/",
    "/progress/map/",
    "/progress/map/?chapter=chapter-0&on=soon",
    "/progress/map/facts/?order=fading",
    "/progress/map/facts/lights/term-0/",
    "/review/",
    "/settings/",
    "/settings/keyboard/",
    "/settings/data/",
    "/cards/",
    "/own/",
    "/progress/memory/",
    "/progress/quizzes/",
    "/progress/ahead/",
    "/settings/memory/",
    "/settings/memory/published/",
    "/plan/lights/",
    "/accounts/logout/",
    "/accounts/password/change/",
    "/accounts/email/",
    "/settings/account/",
    "/accounts/two-step/",
    "/accounts/reauthenticate/",
    "/classes/",
    "/classes/new/",
    "/join/",
    "/notices/",
)
CLASS_PAGES = (
    "people/",
    "roster/",
    "slips/",
    "invitations/",
    "announcements/",
    "settings/",
    "code/",
    "copy/",
    "hand-over/",
    "leave/",
    "audit/",
    "progress/?sort=-known",
    "progress/chapters/",
    "progress/weeks/",
    "data/",
)


@pytest.fixture
def browser_options() -> dict[str, Any]:
    """Nothing is kept on the device for looks alone."""
    return {"service_workers": "block"}


def look(page: Page) -> None:
    """Axe finds nothing, and nothing is too wide at 320 px.

    All colors are tokens, so that each page is looked at in light or in dark, by its title;
    `make trust` looks at each in both.
    """
    for scheme in SCHEMES if IS_TRUST else (SCHEMES[crc32(page.title().encode()) % 2],):
        page.emulate_media(color_scheme=scheme)
        page.evaluate(AXE)
        found = page.evaluate(RUN_AXE)
        faults = [(fault["id"], fault["nodes"][0]["html"]) for fault in found["violations"]]
        assert faults == [], f"{page.url} in {scheme}"
    page.set_viewport_size(NARROWEST)
    widths = page.evaluate("[document.documentElement.scrollWidth, innerWidth]")
    assert widths[0] <= widths[1], f"{page.url} scrolls sideways: {widths}"


def tour(visitor: Visitor, addresses: Iterable[str]) -> None:
    """Go to one page after the other, on a desk, and look at each."""
    for address in addresses:
        visitor.page.set_viewport_size(DESK)
        visitor.go(address)
        look(visitor.page)


def test_the_pages_for_everybody(visit: Visits):
    visitor = visit()
    tour(visitor, PUBLIC)
    assert visitor.said == []

    tour(visitor, ["/no-such-page/"])
    visitor.said.clear()


def test_the_pages_of_a_learner(visit: Visits, student: User, noon: datetime):
    """Who has reviewed something and sat a quiz, so that there is something to draw."""
    item = Item.objects.cards().in_order()[0]
    moments = [noon - timedelta(days=days) for days in (40, 30, 10)]
    given = [Given(item, Rating.GOOD, uuid4(), at, duration_ms=4_000) for at in moments]
    reviewing.review_batch(student, given, noon)
    quiz = make_quiz(item.book, make_item(item.book, "asked"))
    take(student, quiz, noon - timedelta(days=2), right=[])
    take(student, quiz, noon - timedelta(days=1))
    visitor = visit()
    visitor.come_as(student)
    tour(visitor, SIGNED_IN)


def test_the_answer_with_four_ratings_stays_four_across_at_340_px(visit: Visits, student: User):
    StudyPlan.objects.update(has_four_ratings=True)
    visitor = visit()
    visitor.come_as(student)
    visitor.go("/review/")
    visitor.press("Show answer")
    look(visitor.page)

    visitor.page.set_viewport_size({"width": 340, "height": 640})
    boxes = [button.bounding_box() for button in visitor.page.locator(".rating").all()]
    tops = {round(box["y"]) for box in boxes if box}
    assert (len(boxes), len(tops)) == (4, 1)
    assert all(box and box["height"] >= 44 and box["width"] >= 44 for box in boxes)


def test_the_answer_of_an_argument_the_menu_and_the_keys(visit: Visits):
    visitor = visit()
    visitor.go("/review/")
    visitor.rate("Remembered")
    visitor.press("Show answer")
    visitor.press("More")
    look(visitor.page)
    visitor.press("Keyboard")
    expect(visitor.page.get_by_role("dialog")).to_be_visible()
    look(visitor.page)


@pytest.mark.parametrize("kind", ["short_text", "single"])
def test_a_checked_answer_and_what_more_there_is(visit: Visits, student: User, book: Book, kind):
    make_item(book, "asked", kind, is_card=True)
    Item.objects.exclude(slug="asked").update(is_card=False)
    StudyPlan.objects.update(is_typing=True, has_options=True)
    visitor = visit()
    visitor.come_as(student)
    visitor.go("/review/")
    page = visitor.page
    expect(page.locator("#kept-state")).to_contain_text("Cards kept")
    look(page)
    if kind == "short_text":
        page.locator("#typed").fill("The answer to asket.")
        page.keyboard.press("Enter")
    else:
        page.locator(".pick input[value='3']").check()
    expect(page.locator("[data-verdict=wrong]")).to_be_visible()
    look(page)
    for key, name in (("n", "My note"), ("i", "About this card")):
        page.keyboard.press(key)
        expect(page.get_by_role("dialog", name=name)).to_be_visible()
        look(page)
        page.keyboard.press("Escape")
    page.keyboard.press("f")
    look(page)


@pytest.mark.parametrize("kind", ["matching", "ordering", "cloze", "essay"])
def test_a_card_with_lists_and_its_answer(visit: Visits, student: User, book: Book, kind):
    make_item(book, "asked", kind, is_card=True)
    Item.objects.exclude(slug="asked").update(is_card=False)
    visitor = visit()
    visitor.come_as(student)
    visitor.go("/review/")
    look(visitor.page)

    visitor.press("Show answer")
    expect(visitor.page.get_by_text("The answer to asked.")).to_be_visible()
    look(visitor.page)


def test_the_end_of_a_guests_day_and_the_question_after_signing_in(visit: Visits, student: User):
    visitor = visit()
    visitor.go("/review/")
    visitor.rate("Remembered")
    StudyPlan.objects.update(new_a_day=1)
    visitor.go("/review/")
    expect(visitor.page.get_by_role("heading", name="Done until")).to_be_visible()
    look(visitor.page)

    visitor.sign_in("olga")
    expect(visitor.page.get_by_role("heading", name="Add your 1 review")).to_be_visible()
    look(visitor.page)


def test_a_refusal(visit: Visits, student: User):
    visitor = visit()
    visitor.come_as(student)
    visitor.go("/review/")
    visitor.page.evaluate("document.getElementById('undo').submit()")  # as without script
    expect(visitor.page.get_by_text("There is nothing to undo.")).to_be_visible()
    look(visitor.page)
    visitor.press("Go on")
    expect(visitor.page.locator("#question")).to_be_visible()
    assert all("409 (Conflict)" in line for line in visitor.said)
    visitor.said.clear()


def test_the_pages_of_a_card(visit: Visits, student: User, book: Book, noon):
    [item, *_others] = book.items.in_order()
    for day, rating in enumerate((Rating.GOOD, Rating.GOOD, Rating.AGAIN)):
        given = Given(item, rating, uuid4(), noon + timedelta(days=3 * day))
        reviewing.review_batch(student, [given], given.answered_at)
    setting_aside.flag(student, item, 5, noon)
    Card.objects.update(lapses=Card.LEECH_AT)
    visitor = visit()
    visitor.come_as(student)
    tour(visitor, [f"/cards/{item.uid}/", f"/cards/{item.uid}/report/"])


@pytest.mark.parametrize("kind", ["single", "ordering"])
def test_the_question_bank_and_its_reports(visit: Visits, student: User, book: Book, noon, kind):
    teacher = User.objects.create_user("ines")
    room = Classroom.objects.create(book=book, name="Ours", created_at=noon)
    room.enrollments.create(user=teacher, role="instructor", joined_at=noon)
    item = keep(teacher, book, "asked", kind)
    reporting.report(student, item, "The year is wrong.", noon, room)
    visitor = visit()
    visitor.come_as(teacher)
    tour(
        visitor,
        [
            *("/bank/", "/bank/lights/", f"/bank/lights/?kind={kind}&open={item.uid}"),
            *("/bank/lights/coverage/", "/bank/lights/reports/", f"/bank/items/{item.uid}/"),
            f"/classes/{room.uid}/reports/",
        ],
    )
    visitor.come_as(student)
    tour(visitor, ["/reports/"])


def test_the_pages_of_those_who_run_the_site(visit: Visits, student: User, noon, settings):
    settings.REGISTRATION = "invited"
    job = jobs.purge_packs.enqueue(noon.isoformat())
    reason = "Traceback\nOSError: " + "/a/long/path" * 9
    DBTaskResult.objects.filter(pk=job.id).update(
        status="FAILED", finished_at=noon, traceback=reason
    )
    leasing.sign_on("a-machine-with-a-long-name-17-abcdef", noon)
    token = unsubscribing.token(student, Reminder.Kind.CARDS)
    visitor = visit()
    tour(visitor, ["/accounts/signup/", f"/letters/{token}/stop/"])

    visitor.come_as(User.objects.create_user("irina", is_staff=True))
    tour(visitor, ["/status/"])
    visitor.press("Try again")
    expect(visitor.page.get_by_text("The job is tried again")).to_be_visible()


@pytest.mark.parametrize("javascript", [True, False])
def test_a_preview_opens_in_its_row(visit: Visits, book: Book, noon, javascript):
    teacher = User.objects.create_user("ines")
    room = Classroom.objects.create(book=book, name="Ours", created_at=noon)
    room.enrollments.create(user=teacher, role="instructor", joined_at=noon)
    keep(teacher, book, "asked")
    visitor = visit(java_script_enabled=javascript)
    visitor.come_as(teacher)
    visitor.go("/bank/lights/?kind=single&state=ready")

    visitor.press("Preview")
    expect(visitor.page.get_by_label("Option 2 of asked")).to_be_visible()
    visitor.press("Close")
    expect(visitor.page.get_by_label("Option 2 of asked")).to_have_count(0)


def test_a_guest_is_told_on_every_page(visit: Visits, noon):
    visitor = visit()
    visitor.come_as(guesting.begin(noon))
    visitor.go("/books/lights/")
    expect(visitor.page.get_by_text("You are studying as a guest.")).to_be_visible()
    look(visitor.page)


@pytest.fixture
def classroom(book: Book, noon) -> Classroom:
    """A class in which something has happened on every page."""
    teacher = User.objects.create_user("irina")
    room = joining.open_classroom(teacher, book, "History 301", noon)
    enlisting.enlist(room, teacher, [Line(1, LONG_NAME), Line(2, "Vera Lem")], noon)
    inviting.invite(room, teacher, [Offer(LONG_NAME, f"{LONG_NAME}@example.org")], noon)
    announcing.announce(room, teacher, "Maps", "Bring the **map** of 1936.", noon)
    return room


def test_the_pages_of_those_who_teach_a_class(visit: Visits, classroom: Classroom):
    place = classroom.enrollments.students().by_name()[0]
    visitor = visit()
    visitor.come_as(classroom.enrollments.get(role="instructor").user)
    edited = f"announcements/{classroom.announcements.get().uid}/edit/"
    parts = (*CLASS_PAGES, f"people/{place.pk}/", f"progress/{place.pk}/", edited)
    tour(visitor, [f"/classes/{classroom.uid}/{part}" for part in parts])


def test_the_pages_of_those_who_study_in_a_class(visit: Visits, classroom, student: User, noon):
    visitor = visit()
    visitor.come_as(student)
    visitor.go(f"/join/{classroom.join_code}/")
    look(visitor.page)
    visitor.follow("Join the class")
    look(visitor.page)

    notifying.tell([student.pk], "Something was announced", "/quizzes/", noon)
    for address in ("/today/", "/notices/"):
        visitor.go(address)
        look(visitor.page)
