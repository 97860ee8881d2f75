"""How an account is guarded, in a browser whose device keeps passkeys."""

import re
import time
from typing import Any

import pytest
from django.core import mail
from playwright.sync_api import Page, expect

from quizzes.people.models import User
from tests.guarded import code
from tests.journeys.conftest import PASSWORD, Visitor, Visits
from tests.journeys.test_every_page import DESK, look

DEVICE = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}
FURTHEST = 80


@pytest.fixture
def browser_options() -> dict[str, Any]:
    """Nothing is kept on the device for signing in alone."""
    return {"service_workers": "block"}


@pytest.fixture(autouse=True)
def _late_codes(settings):
    """A code is typed in one half minute, and may be read in the next."""
    settings.MFA_TOTP_TOLERANCE = 1


def give_device(page: Page) -> None:
    """A device that makes passkeys, and shows them whenever it is asked."""
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    session.send("WebAuthn.addVirtualAuthenticator", {"options": DEVICE})


def tab_to(page: Page, name: str) -> None:
    """Go on by the tabulator until something of this name has the focus."""
    for _step in range(FURTHEST):
        page.keyboard.press("Tab")
        if name in page.evaluate(
            "(document.activeElement.labels?.[0] ?? document.activeElement).textContent"
        ):
            return
    raise AssertionError(f"No way by the keyboard to “{name}” on {page.url}")


def press(page: Page, name: str) -> None:
    """Go to what has this name, press it, and be on the next page."""
    tab_to(page, name)
    with page.expect_navigation():
        page.keyboard.press("Enter")


def typed(page: Page, label: str, text: str) -> None:
    """Type into a field, send its form, and be on the next page."""
    tab_to(page, label)
    page.keyboard.type(text)
    with page.expect_navigation():
        page.keyboard.press("Enter")


def seen(visitor: Visitor, heading: str) -> None:
    """The page of this heading is there, readable by all."""
    expect(visitor.page.get_by_role("heading", name=heading, level=1)).to_be_visible()
    look(visitor.page)
    visitor.page.set_viewport_size(DESK)


def begin(visitor: Visitor) -> Page:
    """Sign in by name and password, up to whatever comes next."""
    visitor.go("/accounts/login/")
    tab_to(visitor.page, "Name or e-mail address")
    visitor.page.keyboard.type("olga")
    typed(visitor.page, "Password", PASSWORD)
    visitor.page.wait_for_url(re.compile("/today/|/enter/"))
    return visitor.page


def set_up_an_app(here: Visitor) -> tuple[str, list[str]]:
    """From any page; the secret that the app was given, and the recovery codes."""
    page = here.page
    press(page, "Account")
    seen(here, "Account")
    press(page, "Set up a second step")
    press(page, "Set up an app")
    typed(page, "Password", PASSWORD)
    seen(here, "Set up an app")
    secret = page.locator(".key").inner_text()
    typed(page, "Code that the app shows", code(secret, time.time()))
    seen(here, "Recovery codes")
    return secret, page.locator(".codes li").all_inner_texts()


def add_a_passkey(here: Visitor) -> None:
    """From the page that follows the app."""
    press(here.page, "Two-step sign-in")
    press(here.page, "Add a passkey")
    seen(here, "Add a passkey")
    press(here.page, "Make the passkey")
    expect(here.page.get_by_text("The passkey is added.")).to_be_visible()
    seen(here, "Two-step sign-in")


def remove_the_passkey(here: Visitor) -> None:
    """It shows itself that one is who one is, before it goes."""
    here.go("/accounts/two-step/")
    press(here.page, "Remove: Passkey 1")
    press(here.page, "Use a passkey")
    press(here.page, "Use a passkey")
    seen(here, "Remove “Passkey 1”?")
    press(here.page, "Remove it")
    expect(here.page.get_by_text("The passkey is removed.")).to_be_visible()


def come_in_twice(there: Visitor, secret: str, recovery: str) -> None:
    """By a password and a code of the app; then by a password and a recovery code."""
    begin(there)
    seen(there, "The second step")
    typed(there.page, "Code", code(secret, time.time()))
    there.page.wait_for_url("**/today/")
    press(there.page, "Sign out")
    begin(there)
    typed(there.page, "Code", recovery)
    there.page.wait_for_url("**/today/")


def test_an_account_is_guarded_opened_and_closed_by_the_keyboard_alone(
    visit: Visits, student: User
):
    User.objects.update(email="olga@example.org")
    here, there = visit(), visit()
    page = begin(here)
    give_device(page)

    secret, codes = set_up_an_app(here)
    add_a_passkey(here)
    assert len(codes) == 10
    told = [letter.body for letter in mail.outbox]
    assert ["code of an app now" in told[0], "A passkey was added" in told[1]] == [True, True]

    # Out, and in again by the passkey alone, to the page that was wanted.
    press(page, "Sign out")
    here.go("/accounts/login/?next=/settings/account/")
    press(page, "Use a passkey")
    page.wait_for_url("**/settings/account/")

    come_in_twice(there, secret, codes[0])

    page.reload()
    expect(page.get_by_text("9 recovery codes left")).to_be_visible()
    press(page, "Sign out: Chrome on Linux")
    expect(page.get_by_text("That browser is signed out.")).to_be_visible()
    there.page.reload()
    assert "/accounts/login/" in there.page.url
    remove_the_passkey(here)


def test_a_device_without_a_passkey_of_the_account_is_told(visit: Visits):
    visitor = visit()
    give_device(visitor.page)
    visitor.go("/accounts/login/")

    tab_to(visitor.page, "Use a passkey")
    visitor.page.keyboard.press("Enter")

    expect(visitor.page.get_by_text("No passkey was used")).to_be_visible()
    look(visitor.page)


def test_without_script_there_is_a_password(visit: Visits, student: User):
    visitor = visit(java_script_enabled=False)
    visitor.go("/accounts/login/")
    expect(visitor.page.get_by_text("Passkeys need JavaScript.")).to_be_visible()

    visitor.sign_in("olga")

    expect(visitor.page).to_have_url(re.compile("/today/"))
