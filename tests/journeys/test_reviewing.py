"""A session at the study screen: what today holds, keys alone, and what is stored."""

import re

import pytest
from playwright.sync_api import Page, expect

from quizzes.cards import queueing
from quizzes.cards.models import Card, Review, StudyPlan
from quizzes.people.models import User
from tests.journeys.conftest import Visitor


@pytest.fixture
def signed_in(visitor: Visitor, student: User) -> Visitor:
    visitor.come_as(student)
    return visitor


@pytest.fixture
def at_keys(visit, student: User) -> Visitor:
    """A student with script, at the first question."""
    visitor = visit()
    visitor.come_as(student)
    visitor.go("/review/")
    expect(visitor.page.locator("#kept-state")).to_contain_text("Cards kept")
    return visitor


def status(page: Page, text: str) -> None:
    expect(page.get_by_role("status").first).to_contain_text(text)


def promised(page: Page, rating: int) -> tuple[int, int]:
    """The minutes and days that a button promises in words."""
    words = page.locator(f".rating-{rating} .rating-interval").inner_text()
    number, unit = words.split()
    return (int(number), 0) if unit == "min" else (0, int(number))


def stored() -> tuple[int, int]:
    review = Review.objects.latest("pk")
    return review.step_minutes, review.interval_days


def await_saved(page: Page) -> None:
    """Wait until nothing waits on the device any more."""
    expect(page.locator("#kept-state")).not_to_contain_text("Waiting to be sent")


def tab_to(page: Page, name: str) -> None:
    """Walk by Tab alone to the control of this name."""
    wanted = page.get_by_role("button", name=name)
    for _ in range(20):
        page.keyboard.press("Tab")
        if wanted.evaluate("element => element === document.activeElement"):
            return
    raise AssertionError(f"No way by Tab to {name!r}")


def test_who_signs_in_by_form_comes_to_today(visitor: Visitor, student: User):
    visitor.sign_in("olga")

    expect(visitor.page).to_have_url(f"{visitor.site}/today/")


def test_today_counts_what_the_review_then_shows(signed_in: Visitor, student: User):
    page = signed_in.page
    signed_in.go("/today/")
    expect(page.get_by_role("heading", name="Ten cards are ready.")).to_be_visible()
    expect(page.locator(".due-counts .count-new")).to_have_text("10")

    signed_in.press("Begin review")
    expect(page.locator(".session-counts")).to_contain_text("10 new")
    signed_in.rate("Forgot")
    signed_in.rate("Remembered")

    expect(page.locator(".session-counts")).to_contain_text("8 new")
    expect(page.locator(".session-counts")).to_contain_text("1 learning")
    signed_in.go("/today/")
    expect(page.locator(".due-counts .count-new")).to_have_text("8")
    expect(page.locator(".due-counts .count-learning")).to_have_text("1")


def test_the_answer_names_pages_holder_and_stance(signed_in: Visitor):
    page = signed_in.page
    signed_in.go("/review/")
    expect(page.locator("#answer")).to_be_hidden()
    signed_in.rate("Remembered")
    signed_in.press("Show answer")

    answer = page.locator("#answer")
    expect(answer).to_contain_text("Introduction, pp. 5–6")
    expect(answer.locator(".chip")).to_have_text("Ida Quist")
    expect(answer).to_contain_text("The author rejects it.")
    answer.get_by_role("link", name="Facts on these pages").click()
    expect(page).to_have_url(re.compile(r"/facts/forged-letter/$"))


def test_a_session_by_tab_and_enter_alone(signed_in: Visitor):
    page = signed_in.page
    signed_in.go("/review/")
    for name, rating in (("Remembered", 3), ("Forgot", 1)):
        item = page.input_value("#rating [name=item]")
        tab_to(page, "Show answer")
        page.keyboard.press("Enter")
        expect(page.locator("#answer")).to_be_visible()
        promise = promised(page, rating)
        tab_to(page, name)
        page.keyboard.press("Enter")
        expect(page.locator(f"#rating [name=item][value='{item}']")).to_have_count(0)
        expect(page.locator("#answer")).to_be_hidden()
        await_saved(page)
        assert stored() == promise

    tab_to(page, "Undo")
    page.keyboard.press("Enter")
    status(page, "Undid “Forgot”. It is back.")
    assert Review.objects.standing().count() == 1


def test_a_session_by_single_keys(at_keys: Visitor):
    page = at_keys.page
    for key, rating in (("Space", 3), ("Enter", 3), ("1", 1), ("3", 3), ("2", 0), ("4", 0)):
        item = page.input_value("#rating [name=item]")
        page.keyboard.press("Space")
        expect(page.locator("#answer")).to_be_focused()
        promise = promised(page, rating or 3)
        page.keyboard.press(key)
        if not rating:  # two buttons: there is no Hard and no Easy
            expect(page.locator(f"#rating [name=item][value='{item}']")).to_have_count(1)
            page.keyboard.press("3")
        expect(page.locator(f"#rating [name=item][value='{item}']")).to_have_count(0)
        await_saved(page)
        expect(page.locator("#question")).to_be_focused()
        assert stored() == promise
    assert Review.objects.count() == 6
    assert not Review.objects.filter(duration_ms=None).exists()


def test_four_ratings_have_four_keys(at_keys: Visitor):
    StudyPlan.objects.update(has_four_ratings=True)
    at_keys.go("/review/")
    for rating in (1, 2, 3, 4):
        item = at_keys.page.input_value("#rating [name=item]")
        at_keys.page.keyboard.press("Space")
        promise = promised(at_keys.page, rating)
        at_keys.page.keyboard.press(str(rating))
        expect(at_keys.page.locator(f"#rating [name=item][value='{item}']")).to_have_count(0)
        await_saved(at_keys.page)
        assert (Review.objects.latest("pk").rating, stored()) == (rating, promise)


def test_undo_bury_and_suspend_have_keys(at_keys: Visitor):
    page = at_keys.page
    first = page.input_value("#rating [name=item]")
    page.keyboard.press("Space")
    page.keyboard.press("3")
    status(page, "Saved")
    for key, said in (("-", "Not today"), ("s", "Set aside"), ("b", "Not today"), ("@", "Set")):
        page.keyboard.press(key)
        status(page, said)
        page.keyboard.press("u")
        status(page, "It is back.")
    page.keyboard.press("U")
    status(page, "Undid “Remembered”. It is back.")

    assert page.input_value("#rating [name=item]") == first
    assert not Card.objects.filter(is_suspended=True).exists()
    assert not Card.objects.exclude(buried_until=None).exists()
    assert not Review.objects.standing().exists()


def test_keys_are_listed_and_escape_leaves(at_keys: Visitor):
    page = at_keys.page
    page.keyboard.press("?")
    expect(page.get_by_role("dialog", name="Keyboard")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog", name="Keyboard")).to_be_hidden()
    page.keyboard.press("m")
    expect(page.get_by_role("button", name="Not today")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("button", name="Not today")).to_be_hidden()

    page.keyboard.press("Escape")
    expect(page).to_have_url(f"{at_keys.site}/today/")


@pytest.mark.parametrize("modifier", ["Control", "Alt", "Meta"])
def test_a_key_with_a_modifier_belongs_to_the_browser(at_keys: Visitor, modifier):
    at_keys.page.keyboard.press("Space")
    for key in ("1", "3", "b", "Enter"):
        at_keys.page.keyboard.press(f"{modifier}+{key}")

    at_keys.page.keyboard.press("3")
    status(at_keys.page, "Saved")
    assert Review.objects.count() == 1
    assert Card.objects.count() == 1


def test_keys_that_are_switched_off_do_nothing(at_keys: Visitor):
    User.objects.update(has_single_keys=False)
    at_keys.go("/review/")
    for key in ("Space", "3", "b", "u", "?", "Escape"):
        at_keys.page.keyboard.press(key)

    expect(at_keys.page.locator("#answer")).to_be_hidden()
    expect(at_keys.page.get_by_role("dialog")).to_be_hidden()
    assert at_keys.page.url.endswith("/review/")
    assert not Card.objects.exists()


def test_a_card_answered_in_another_window_leaves_this_one(at_keys: Visitor):
    other = at_keys.page.context.new_page()
    other.goto(at_keys.page.url)
    first = at_keys.page.input_value("#rating [name=item]")
    expect(other.locator("#kept-state")).to_contain_text("Cards kept")
    expect(at_keys.page.locator("#kept-state")).to_contain_text("Cards kept")

    other.keyboard.press("Space")
    other.keyboard.press("3")

    status(at_keys.page, "answered in another window")
    expect(at_keys.page.locator(f"#rating [name=item][value='{first}']")).to_have_count(0)
    await_saved(other)
    assert Review.objects.count() == 1


def test_a_reply_that_was_lost_after_it_was_written_makes_no_second_row(at_keys: Visitor):
    page = at_keys.page

    def lose_the_reply(route):
        route.fetch()
        route.abort()

    page.route("**/api/v1/reviews/", lose_the_reply, times=1)
    page.keyboard.press("Space")
    page.keyboard.press("3")
    status(page, "1 waiting on this device")
    expect(page.locator("#question")).to_contain_text("A forged letter")  # it goes on meanwhile
    await_saved(page)

    assert Review.objects.count() == 1
    assert "ERR_FAILED" in at_keys.said[0]
    at_keys.said.clear()


def test_the_queue_is_what_is_shown(at_keys: Visitor, student: User, noon):
    [entry] = queueing.queue(student, noon, limit=1)
    assert at_keys.page.input_value("#rating [name=item]") == str(entry.item.uid)
