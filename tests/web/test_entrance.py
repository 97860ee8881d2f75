"""Who may make an account, and who may open a class, as the site's settings have it."""

import pytest
from django.contrib.auth.models import Permission
from django.core.cache import cache
from django.utils.timezone import now

from quizzes.people import inviting
from quizzes.people.inviting import Offer
from quizzes.people.models import Classroom, User
from tests.cast import PASSWORD
from tests.web.test_review import text

SIGN_UP = "/accounts/signup/"
VERA = {"username": "vera", "password1": "ninety lamps at sea"}


@pytest.fixture(autouse=True)
def _no_crowd(db):
    cache.clear()


@pytest.fixture
def coded(classroom):
    """The class, which may be joined by a code."""
    Classroom.objects.filter(pk=classroom.pk).update(join_code="K7QF2MZT9W")
    return classroom


def signs_up(client, way="", **typed):
    client.post(f"{SIGN_UP}{way}", VERA | typed)
    return User.objects.filter(username="vera").exists()


def test_a_closed_site_says_whom_to_ask_and_lets_one_try(client, settings, company):
    settings.REGISTRATION, settings.CONTACT = "closed", "the office"

    page = client.get(SIGN_UP)

    assert "Ask the office." in text(page)
    assert not signs_up(client)
    for address in ("/", "/accounts/login/", "/review/"):
        assert SIGN_UP not in client.get(address).content.decode()
    client.force_login(company["guest"])
    assert "kept for 30 days" in text(client.get("/today/"))
    assert SIGN_UP not in client.get("/today/").content.decode()


def test_by_invitation_an_account_is_made_with_a_code_that_holds(client, settings, coded):
    settings.REGISTRATION = "invited"

    assert "Accounts are by invitation" in text(client.get(SIGN_UP))
    assert not signs_up(client)
    assert not signs_up(client, "?next=/today/")
    assert not signs_up(client, "?next=/join/K7QF2MZT9X/")
    way = client.get(SIGN_UP, {"code": "k7q-f2mz-t9w"})["Location"]
    assert way == f"{SIGN_UP}?next=%2Fjoin%2FK7QF2MZT9W%2F"
    assert 'name="password1"' in client.get(way).content.decode()
    assert signs_up(client, "?next=/join/K7QF2MZT9W/")


def test_by_invitation_an_account_is_made_with_an_invitation(client, settings, coded, company):
    settings.REGISTRATION = "invited"
    [made] = inviting.invite(coded, company["instructor"], [Offer(name="Vera")], now())

    assert not signs_up(client, "?next=/invitations/a-guess/")
    assert signs_up(client, next=f"/invitations/{made.secret}/")


def test_codes_cannot_be_guessed_by_making_accounts(client, settings, coded):
    settings.REGISTRATION = "invited"

    for _guess in range(30):
        client.get(f"{SIGN_UP}?next=/join/222222222X/")

    assert not signs_up(client, "?next=/join/K7QF2MZT9W/")


def test_where_staff_opens_classes_others_are_told_so(client, settings, company, classroom):
    settings.CLASSES = "staff"

    def opens(name):
        client.login(username=name, password=PASSWORD)
        offers = "Open a class" in text(client.get("/classes/"))
        return offers, client.get("/classes/new/").status_code

    assert opens("instructor") == (False, 409)
    assert client.post(f"/classes/{classroom.uid}/copy/", {}).status_code == 409
    assert opens("staff") == (True, 200)
    leave = Permission.objects.get(codename="add_classroom")
    company["colleague"].user_permissions.add(leave)
    assert opens("colleague") == (True, 200)
