"""Twenty cards by keyboard alone; twenty without a connection; undo over all of it."""

from datetime import timedelta
from uuid import uuid4

import pytest
from playwright.sync_api import Page, Route, expect

from quizzes.cards import replaying, reviewing
from quizzes.cards.models import Card, Review
from quizzes.cards.scheduling import Rating
from quizzes.content.models import Book
from quizzes.items.models import Item
from quizzes.people.models import User
from tests.journeys.conftest import Visitor
from tests.profiles import count

KEPT = "Cards kept on this device"
WAITING = "Waiting to be sent"
ROUNDS = count(4, 10)
"""Of three steps each, to be undone."""

POINTERS = """() => {
  window.pointed = 0;
  for (const type of ["pointerdown", "mousedown", "touchstart", "click"]) {
    addEventListener(type, (event) => { if (event.detail) window.pointed += 1; }, true);
  }
}"""


@pytest.fixture
def card_count() -> int:
    return 24


def undo(page: Page, times: int) -> None:
    """Undo by key, and see each time that it was."""
    for _ in range(times):
        page.locator("#save-state").evaluate("element => element.textContent = ''")
        page.keyboard.press("u")
        expect(page.get_by_role("status").first).to_contain_text("It is back.")


def test_a_session_of_twenty_cards_by_keyboard_needs_no_pointer(at_desk: Visitor):
    page = at_desk.page
    page.evaluate(POINTERS)
    for n in range(20):
        at_desk.answer("1" if n % 5 == 4 else "Enter")
    page.keyboard.press("f")
    page.keyboard.press("4")
    at_desk.saved()

    assert Review.objects.count() == 20
    assert Review.objects.filter(rating=1).count() == 4
    assert Card.objects.get(flag=4).phase == "new"
    assert page.evaluate("window.pointed") == 0


def test_twenty_reviews_without_a_connection_each_delivered_three_times(
    at_desk: Visitor, student: User
):
    page = at_desk.page

    def deliver_thrice(route: Route) -> None:
        route.fetch()
        route.fetch()
        route.fulfill(response=route.fetch())

    page.route("**/api/v1/reviews/", deliver_thrice)
    page.context.set_offline(True)
    for n in range(20):
        at_desk.answer("1" if n % 7 == 6 else "3")
    expect(page.get_by_role("status").first).to_contain_text("Offline. 20 waiting on this")
    assert not Review.objects.exists()

    page.context.set_offline(False)
    expect(page.get_by_role("status").first).to_contain_text("Reconnected. Sent: 20.")
    assert Review.objects.count() == 20
    assert Card.objects.count() == 20
    assert replaying.rebuild(student) == 0
    at_desk.said.clear()  # the console tells of requests that found no connection


def test_a_page_opened_without_a_connection_shows_the_cards_and_loses_nothing(at_desk: Visitor):
    page = at_desk.page
    page.context.set_offline(True)
    at_desk.answer()
    at_desk.answer()
    third = page.input_value("#rating [name=item]")

    page.reload()

    expect(page.locator("#kept-state")).to_contain_text(f"{WAITING}: 2.")
    assert page.input_value("#rating [name=item]") == third
    at_desk.answer()
    page.context.set_offline(False)
    at_desk.saved()
    assert Review.objects.count() == 3
    at_desk.said.clear()


def test_what_is_undone_without_a_connection_is_never_sent(at_desk: Visitor):
    page = at_desk.page
    first = page.input_value("#rating [name=item]")
    at_desk.answer()
    at_desk.saved()
    page.context.set_offline(True)
    at_desk.answer()
    undo(page, times=2)

    assert page.input_value("#rating [name=item]") == first
    page.context.set_offline(False)
    at_desk.saved()
    assert Review.objects.count() == 1
    assert not Review.objects.standing().exists()
    assert not Card.objects.exclude(phase="new").exists()
    at_desk.said.clear()


def test_many_steps_are_undone_across_reloads(at_desk: Visitor, student: User):
    page = at_desk.page
    first = page.input_value("#rating [name=item]")
    for n in range(ROUNDS):
        page.keyboard.press("f")
        page.keyboard.press(str(n % 7 + 1))
        at_desk.answer()
        page.keyboard.press("b" if n % 2 else "s")
        expect(page.get_by_role("status").first).to_contain_text(("Set", "Not")[n % 2])
    at_desk.saved()
    page.reload()
    expect(page.locator("#kept-state")).to_contain_text(KEPT)
    undo(page, times=3 * ROUNDS)

    assert page.input_value("#rating [name=item]") == first
    assert not Review.objects.standing().exists()
    assert set(Card.objects.values_list("phase", "flag", "is_suspended", "buried_until")) == {
        ("new", 0, False, None)
    }
    page.keyboard.press("u")
    expect(page.get_by_role("status").first).to_contain_text("There is nothing to undo.")
    at_desk.said.clear()  # the refusal is told in the console as well


def test_a_card_missed_eight_times_offers_something_else(at_desk: Visitor, student: User, noon):
    item = Book.objects.get().items.in_order()[0]
    at = noon - timedelta(days=400)
    for _ in range(8):
        for rating in (Rating.GOOD, Rating.AGAIN):
            version = getattr(Card.objects.filter(item=item).first(), "version", 0)
            reviewing.review(student, item, rating, at=at, uid=uuid4(), version=version)
            at += timedelta(days=20)
    Card.objects.filter(item=item).update(due_at=noon - timedelta(days=1))

    page = at_desk.page
    page.reload()
    page.keyboard.press("Space")

    offer = page.get_by_role("complementary", name="A hard card")
    expect(offer).to_contain_text("You have missed this 8 times.")
    offer.get_by_role("button", name="Set it aside").click()
    expect(page.get_by_role("status").first).to_contain_text("Set aside.")
    at_desk.saved()
    assert Card.objects.get(item=item).is_suspended


def test_a_note_is_kept_with_the_answer(at_desk: Visitor):
    page = at_desk.page
    page.keyboard.press("n")
    page.get_by_role("textbox", name="My note").fill("Compare p. 12.")
    page.get_by_role("button", name="Save").click()
    page.keyboard.press("Space")
    expect(page.locator("#own-note")).to_contain_text("Compare p. 12.")
    expect(page.get_by_role("status").first).to_contain_text("Saved.")

    page.reload()
    page.keyboard.press("Space")
    expect(page.locator("#own-note")).to_contain_text("Compare p. 12.")
    assert Card.objects.get().note == "Compare p. 12."


def test_a_card_tells_its_memory_on_a_key(at_desk: Visitor):
    at_desk.page.keyboard.press("i")

    expect(at_desk.page.get_by_role("dialog")).to_contain_text("Why this date?")
    at_desk.page.keyboard.press("Escape")
    expect(at_desk.page.get_by_role("dialog")).to_be_hidden()


def test_other_keys_stand_for_acts_and_the_usual_ones_no_longer(at_desk: Visitor):
    page = at_desk.page
    at_desk.go("/settings/keyboard/")
    page.get_by_label("Remembered").fill("r")
    page.get_by_role("button", name="Save").click()
    at_desk.go("/review/")
    shown = page.input_value("#rating [name=item]")
    page.keyboard.press("Space")
    page.keyboard.press("3")
    expect(page.locator(f"#rating [name=item][value='{shown}']")).to_have_count(1)
    page.keyboard.press("r")
    expect(page.locator(f"#rating [name=item][value='{shown}']")).to_have_count(0)
    at_desk.saved()
    assert Review.objects.get().rating == 3


def test_who_signs_out_leaves_no_card_on_the_device(at_desk: Visitor):
    page = at_desk.page
    at_desk.go("/today/")
    at_desk.press("Sign out")
    expect(page).to_have_url(f"{at_desk.site}/")
    page.wait_for_function(
        """async () => {
          const [found] = await indexedDB.databases();
          const database = await new Promise((resolve) => {
            indexedDB.open(found.name).onsuccess = (event) => resolve(event.target.result);
          });
          const cards = database.transaction("cards").objectStore("cards").count();
          return new Promise((resolve) => {
            cards.onsuccess = () => resolve(cards.result === 0);
          });
        }"""
    )


def test_a_card_of_ones_own_is_rewritten_in_place_and_undone(at_desk: Visitor, student: User):
    page = at_desk.page
    Book.objects.update(owner=student)
    Item.objects.update(owner=student)
    page.reload()
    expect(page.locator("#kept-state")).to_contain_text("Cards kept")
    page.keyboard.press("Space")
    page.keyboard.press("e")
    dialog = page.get_by_role("dialog", name="Edit the card")
    dialog.get_by_role("textbox", name="Front").fill("Who kept the northern light?")
    dialog.get_by_role("button", name="Save").click()

    expect(page.locator("#question")).to_contain_text("Who kept the northern light?")
    expect(page.locator("#answer")).to_be_visible()
    page.keyboard.press("u")
    expect(page.locator("#question")).to_contain_text("Term 0")


def test_a_tap_on_the_card_turns_it(visit, student: User):
    visitor = visit(has_touch=True, viewport={"width": 375, "height": 700})
    visitor.come_as(student)
    visitor.go("/review/")
    page = visitor.page
    page.locator("#question").tap()
    expect(page.locator("#answer")).to_be_visible()
    page.get_by_role("button", name="Remembered").tap()
    expect(page.locator("#answer")).to_be_hidden()
    visitor.saved()
    assert Review.objects.count() == 1


def test_a_browser_that_keeps_nothing_studies_by_forms(visit, student: User):
    visitor = visit()
    visitor.come_as(student)
    visitor.page.add_init_script("Object.defineProperty(window, 'indexedDB', { value: undefined })")
    visitor.go("/review/")
    page = visitor.page
    page.keyboard.press("Space")
    expect(page.locator("#answer")).to_be_focused()
    page.keyboard.press("3")
    expect(page.get_by_role("status").first).to_contain_text("Saved. It comes back in")

    assert Review.objects.get().duration_ms is not None
