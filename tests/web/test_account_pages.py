import re

import pytest
from django.conf import settings as site
from django.core import mail
from django.core.cache import cache

from quizzes.people.models import User
from tests.web.test_review import text

pytestmark = pytest.mark.django_db

PASSWORD = "ninety lamps at sea"
FOR_ALL = (
    "login/",
    "signup/",
    "logout/",
    "inactive/",
    "confirm-email/",
    "confirm-email/no-such-key/",
    "password/reset/",
    "password/reset/done/",
    "password/reset/key/done/",
    "password/reset/key/1-nonsense/",
)
FOR_ACCOUNTS = ("email/", "password/change/", "reauthenticate/", "logout/")


@pytest.fixture(autouse=True)
def _no_crowd():
    cache.clear()


@pytest.fixture
def account(db):
    return User.objects.create_user("vera", email="vera@example.org", password=PASSWORD)


@pytest.mark.parametrize("address", FOR_ALL)
def test_a_page_for_strangers_is_in_the_rooms_language(client, address):
    page = client.get(f"/accounts/{address}", follow=True)

    assert page.status_code == 200
    assert 'class="site-header"' in page.content.decode()
    assert len(re.findall(r"<h1[ >]", page.content.decode())) == 1


@pytest.mark.parametrize("address", FOR_ACCOUNTS)
def test_a_page_for_accounts_is_in_the_rooms_language(client, account, address):
    client.force_login(account)

    page = client.get(f"/accounts/{address}", follow=True)

    assert page.status_code == 200
    assert 'class="site-header"' in page.content.decode()
    assert len(re.findall(r"<h1[ >]", page.content.decode())) == 1


def test_the_demos_accounts_are_told_only_where_there_is_a_demo(client, settings):
    assert site.DEMO_PASSWORD not in text(client.get("/accounts/login/"))

    settings.DEMO = True

    told = text(client.get("/accounts/login/"))
    assert "student, instructor" in told
    assert site.DEMO_PASSWORD in told


def test_a_wrong_password_keeps_the_name_and_says_so_at_the_top(client, account):
    page = client.post("/accounts/login/", {"login": "vera", "password": "wrong"})

    said = page.content.decode()
    assert 'value="vera"' in said
    assert 'id="errors" autofocus' in said
    assert "wrong" not in re.findall(r'value="([^"]*)"', said)


def test_a_forgotten_password_is_chosen_anew_by_the_link_in_a_letter(client, account):
    client.post("/accounts/password/reset/", {"email": "vera@example.org"})
    [letter] = mail.outbox
    address = re.search(r"http://testserver(\S+)", str(letter.body))
    assert "Somebody asked for a new password" in letter.body
    assert address

    page = client.get(address[1], follow=True)
    where = page.redirect_chain[-1][0]
    client.post(where, {"password1": "a hundred lamps", "password2": "a hundred lamps"})

    account.refresh_from_db()
    assert account.check_password("a hundred lamps")


def test_signing_out_says_that_all_is_saved(client, account):
    client.force_login(account)

    page = client.post("/accounts/logout/", follow=True)

    assert "You have signed out. Everything is saved." in text(page)
