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


def test_an_account_is_guarded_opened_and_closed_by_the_keyboard_alone(
    visit: Visits, student: User
):
    User.objects.update(email="olga@example.org")
    here = visit()
    page = begin(here)
    give_device(page)

    # An app.
    press(page, "Account")
    seen(here, "Account")
    press(page, "Set up a second step")
    press(page, "Set up an app")
    typed(page, "Password", PASSWORD)
    seen(here, "Set up an app")
    secret = page.locator(".key").inner_text()
    typed(page, "Code that the app shows", code(secret, time.time()))
    seen(here, "Recovery codes")
    codes = page.locator(".codes li").all_inner_texts()
    assert len(codes) == 10
    assert "asks for the code of an app now" in mail.outbox[-1].body

    # A passkey.
    press(page, "Two-step sign-in")
    press(page, "Add a passkey")
    seen(here, "Add a passkey")
    press(page, "Make the passkey")
    expect(page.get_by_text("The passkey is added.")).to_be_visible()
    seen(here, "Two-step sign-in")
    assert "A passkey was added" in mail.outbox[-1].body

    # Out, and in again by the passkey alone, to the page that was wanted.
    press(page, "Sign out")
    here.go("/accounts/login/?next=/settings/account/")
    press(page, "Use a passkey")
    page.wait_for_url("**/settings/account/")

    # A second browser: a password and a code; then a password and a recovery code.
    there = visit()
    other = begin(there)
    seen(there, "The second step")
    typed(other, "Code", code(secret, time.time()))
    other.wait_for_url("**/today/")
    press(other, "Sign out")
    begin(there)
    typed(other, "Code", codes[0])
    other.wait_for_url("**/today/")

    # It is signed out from the first.
    page.reload()
    expect(page.get_by_text("9 recovery codes left")).to_be_visible()
    press(page, "Sign out: Chrome on Linux")
    expect(page.get_by_text("That browser is signed out.")).to_be_visible()
    other.reload()
    assert "/accounts/login/" in other.url

    # A passkey shows that one is who one is, before it goes.
    here.go("/accounts/two-step/")
    press(page, "Remove: Passkey 1")
    press(page, "Use a passkey")
    press(page, "Use a passkey")
    seen(here, "Remove “Passkey 1”?")
    press(page, "Remove it")
    expect(page.get_by_text("The passkey is removed.")).to_be_visible()


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
