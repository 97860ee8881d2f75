import json
import re
import time

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.core import mail
from django.core.cache import cache
from django.test import Client
from rest_framework.authtoken.models import Token

from quizzes.people.models import Classroom, User
from tests.guarded import SECRET, code, guard
from tests.web.test_account import PASSWORD, come_in, is_in, show_oneself
from tests.web.test_review import text

pytestmark = pytest.mark.django_db

TWO = "/accounts/two-step/"
LOGIN = {"login": "vera", "password": PASSWORD}


@pytest.fixture(autouse=True)
def _no_crowd(at_noon):
    cache.clear()


@pytest.fixture
def vera(db):
    return User.objects.create_user("vera", email="vera@example.org", password=PASSWORD)


@pytest.fixture
def here(vera):
    here = come_in()
    show_oneself(here)
    return here


def now_shown():
    return code(SECRET, time.time())


def test_an_app_is_set_up_by_its_first_code(here):
    page = here.get(f"{TWO}app/")
    [secret] = re.findall(r'class="key" dir="ltr">([A-Z2-7]{32})<', page.text)
    assert f"secret={secret}&amp;issuer=Reading%20Room" in page.text
    assert 'viewBox="0 0 ' in page.text
    assert here.post(f"{TWO}app/", {"code": "000000"}).status_code == 200

    page = here.post(f"{TWO}app/", {"code": code(secret, time.time())}, follow=True)

    assert "10 of 10 are left." in text(page)
    assert len(re.findall(r"<li>\d{8}</li>", page.text)) == 10
    assert "no-store" in page["Cache-Control"]
    assert "app · 10 recovery codes left" in text(here.get("/settings/account/"))


def test_nothing_is_set_up_by_whoever_finds_a_browser_signed_in(client, vera):
    client.force_login(vera)

    for address in ("app/", "codes/new/"):
        assert "/accounts/reauthenticate/" in client.get(TWO + address)["Location"]


def test_a_password_alone_does_not_open_a_guarded_account(client, vera):
    guard(vera)

    asked = client.post("/accounts/login/", LOGIN | {"next": "/settings/"})
    assert asked["Location"] == f"{TWO}enter/"
    assert not is_in(client)
    wrong = client.post(asked["Location"], {"code": "000000"})
    assert "That did not fit." in text(wrong)
    right = client.post(asked["Location"], {"code": now_shown()})

    assert right["Location"] == "/settings/"
    assert is_in(client)


def test_a_code_of_the_app_is_good_once(vera):
    guard(vera)
    browsers = [Client(), Client()]
    for browser in browsers:
        browser.post("/accounts/login/", LOGIN)
        browser.post(f"{TWO}enter/", {"code": now_shown()})

    assert [is_in(browser) for browser in browsers] == [True, False]


def test_each_recovery_code_is_good_once(vera):
    first, second, *_others = guard(vera)
    browsers = [Client(), Client(), Client()]
    for browser, typed in zip(browsers, (first, first, second), strict=True):
        browser.post("/accounts/login/", LOGIN)
        browser.post(f"{TWO}enter/", {"code": typed})

    assert [is_in(browser) for browser in browsers] == [True, False, True]


def test_codes_cannot_be_tried_without_end(vera):
    [right, *_others] = guard(vera)
    for n in range(5):
        guesser = Client(REMOTE_ADDR=f"192.0.2.{n}")
        guesser.post("/accounts/login/", LOGIN)
        guesser.post(f"{TWO}enter/", {"code": f"00000{n}"})
    late = Client(REMOTE_ADDR="192.0.2.99")
    late.post("/accounts/login/", LOGIN)

    late.post(f"{TWO}enter/", {"code": right})

    assert not is_in(late)


def test_a_new_password_by_letter_does_not_go_around_the_second_step(client, vera):
    guard(vera)
    client.post("/accounts/password/reset/", {"email": "vera@example.org"})
    address = re.search(r"http://testserver(\S+)", str(mail.outbox[0].body))
    assert address
    where = client.get(address[1], follow=True).redirect_chain[-1][0]
    client.post(where, {"password1": "a hundred lamps", "password2": "a hundred lamps"})

    asked = client.post("/accounts/login/", LOGIN | {"password": "a hundred lamps"})

    assert asked["Location"] == f"{TWO}enter/"


def test_recovery_codes_are_carried_away_and_made_anew(here, vera):
    codes = guard(vera)

    carried = here.get(f"{TWO}codes/download/")
    assert [line for line in carried.text.splitlines() if line.isdigit()] == codes
    assert "attachment" in carried["Content-Disposition"]
    page = here.post(f"{TWO}codes/new/", follow=True)

    assert not set(codes) & set(re.findall(r"<li>(\d{8})</li>", page.text))


def test_with_the_app_the_recovery_codes_go(here, vera):
    guard(vera)

    page = here.post(f"{TWO}app/off/", follow=True)

    assert "It is off." in text(page)
    assert not Authenticator.objects.exists()
    assert "asks for the code of an app no more" in mail.outbox[-1].body


def test_an_account_of_a_class_is_guarded_once_it_is_its_students_own(here, vera, book, noon):
    room = Classroom.objects.create(book=book, name="Ours", created_at=noon)
    User.objects.update(issued_by=room)

    page = here.get(f"{TWO}app/", follow=True)

    assert page.redirect_chain[-1][0] == "/accounts/password/change/"
    assert "Choose a password of your own first." in text(page)


def test_where_letters_are_sent_an_address_is_confirmed_before_the_account_is_guarded(
    here, vera, settings
):
    settings.EMAIL_URL = "smtp://mail.example.org"
    assert here.get(f"{TWO}app/")["Location"] == "/accounts/email/"
    guard(vera)
    added = {"action_add": "", "email": "another@example.org"}

    page = here.post("/accounts/email/", added)
    assert "Turn two-step sign-in off" in text(page)
    EmailAddress.objects.filter(user=vera).update(verified=True, primary=True)
    here.post("/accounts/email/", added)

    assert EmailAddress.objects.filter(email="another@example.org", verified=False).exists()


@pytest.mark.parametrize(
    ("host", "is_secure", "works"),
    [
        ("localhost:8000", False, True),
        ("room.localhost", False, True),
        ("room.example.org", True, True),
        ("room.example.org", False, False),
        ("127.0.0.1:8000", False, False),
        ("192.0.2.1", True, False),
        ("[::1]:8000", True, False),
    ],
)
def test_passkeys_are_offered_where_browsers_keep_them_and_else_it_is_said_why(
    here, settings, host, is_secure, works
):
    settings.ALLOWED_HOSTS = ["*"]
    asked = {"secure": is_secure, "headers": {"host": host}}

    page, made = (here.get(address, **asked) for address in (TWO, "/accounts/passkeys/new/"))
    entry = Client().get("/accounts/login/", **asked)

    assert ("Add a passkey" in text(page)) is works
    assert ("None can be added or used here" in text(page)) is not works
    assert made.status_code == (200 if works else 302)
    assert ("Use a passkey" in text(entry)) is works


PARTS: tuple[str, ...] = (
    "clientDataJSON",
    "authenticatorData",
    "signature",
    "attestationObject",
    "userHandle",
)


def whole(part: object) -> dict[str, object]:
    """A device's answer, all of whose parts are this."""
    return dict.fromkeys(PARTS, part)


NO_PASSKEYS = [
    *("", "{}", "[]", "7", "null", "[" * 100_000, "7" * 10_000, '{"id": "x", "response": {}}'),
    *(
        json.dumps({"id": one, "rawId": one, "type": kind, "response": whole(part)})
        for one, kind in (("AAAA", "public-key"), ("A", None), (7, "public-key"))
        for part in (*("AAAA", "A", "e30", "ÿ"), 7, None)
    ),
]


def test_a_passkey_that_is_none_opens_nothing(here, vera):
    """Nor does it break anything."""
    stranger, halfway = Client(), Client()
    guard(vera)
    halfway.post("/accounts/login/", LOGIN)
    ways = [
        (stranger, "/accounts/passkeys/enter/", {"accept": "application/json"}),
        (halfway, f"{TWO}enter/", {}),
        (here, "/accounts/passkeys/new/", {}),
        (here, "/accounts/passkeys/again/", {}),
    ]
    for client, address, headers in ways:
        client.get(address, headers=headers, HTTP_HOST="localhost")
        for credential in NO_PASSKEYS:
            cache.clear()
            answer = client.post(address, {"credential": credential}, HTTP_HOST="localhost")
            assert answer.status_code in {200, 302}, (address, credential)

    assert not is_in(stranger)
    assert not is_in(halfway)
    assert not Authenticator.objects.filter(type="webauthn").exists()


def test_the_back_office_has_no_door_of_its_own(vera):
    User.objects.update(is_staff=True, is_superuser=True)
    guard(vera)
    client = Client()

    page = client.post("/admin/login/?next=/admin/", {"username": "vera", "password": PASSWORD})
    assert page["Location"] == "/accounts/login/?next=/admin/"
    assert client.get("/admin/")["Location"] == "/admin/login/?next=/admin/"
    client.post(page["Location"], LOGIN | {"next": "/admin/"})
    assert client.get("/admin/").status_code == 302
    opened = client.post(f"{TWO}enter/", {"code": now_shown()})

    assert opened["Location"] == "/admin/"
    assert client.get("/admin/").status_code == 200


def test_the_back_office_helps_who_has_lost_all_and_sees_no_secret(admin_client, vera):
    guard(vera)
    [app] = Authenticator.objects.filter(type="totp")
    place = f"/admin/mfa/authenticator/{app.pk}"

    assert SECRET not in admin_client.get(f"{place}/change/").text
    admin_client.post(f"{place}/delete/", {"post": "yes"})

    assert not Authenticator.objects.filter(type="totp").exists()


def test_a_program_needs_the_code_too(client, vera):
    guard(vera)

    def ask(**more):
        body = LOGIN | more
        return client.post("/api/v1/tokens/", body, content_type="application/json")

    assert (ask().status_code, ask().json()["code"]) == (409, "second_factor_needed")
    assert ask(code="000000").status_code == 401
    assert ask(code=now_shown(), password="wrong").status_code == 401
    assert ask(code=now_shown()).json() == {"token": Token.objects.get(user=vera).key}
    assert ask(code=now_shown()).status_code == 401
