import re

import pytest
from django.core import mail
from django.core.cache import cache
from django.test import Client
from rest_framework.authtoken.models import Token

from quizzes import jobs
from quizzes.people.models import Classroom, User
from tests.web.test_review import text

pytestmark = pytest.mark.django_db

ACCOUNT = "/settings/account/"
PASSWORD = "ninety lamps at sea"
FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"
IPHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) Version/18.5 Mobile Safari/604.1"


@pytest.fixture(autouse=True)
def _no_crowd(at_noon):
    cache.clear()


@pytest.fixture
def vera(db):
    return User.objects.create_user("vera", email="vera@example.org", password=PASSWORD)


def come_in(agent=FIREFOX, address="192.0.2.1", login="vera", password=PASSWORD):
    """A browser that is signed in."""
    browser = Client(headers={"user-agent": agent}, REMOTE_ADDR=address)
    browser.post("/accounts/login/", {"login": login, "password": password})
    return browser


def is_in(browser):
    return browser.get(ACCOUNT).status_code == 200


def show_oneself(browser):
    browser.post("/accounts/reauthenticate/", {"password": PASSWORD})


def numbers(browser):
    return re.findall(r'name="number" value="(\d+)"', browser.get(ACCOUNT).text)


def test_the_name_that_others_read_is_changed(vera):
    browser = come_in()

    page = browser.post(ACCOUNT, {"display_name": "Vera P."}, follow=True)

    assert "Your name is saved." in text(page)
    assert ">Vera P.<span" in page.text


def test_another_name_to_sign_in_with_is_for_who_types_the_password(vera):
    browser, change = come_in(), f"{ACCOUNT}name/"

    asked = browser.post(change, {"username": "pavlova"})
    assert "/accounts/reauthenticate/" in asked["Location"]
    assert not User.objects.filter(username="pavlova").exists()
    page = browser.post(asked["Location"], {"password": PASSWORD}, follow=True)

    assert "You sign in as “pavlova” now." in text(page)
    assert is_in(browser)
    assert is_in(come_in(login="pavlova"))
    assert not is_in(come_in(login="vera"))
    assert mail.outbox[-1].to == ["vera@example.org"]
    assert "pavlova" in mail.outbox[-1].body
    assert "192.0.2.1" in mail.outbox[-1].body


@pytest.mark.parametrize("name", ["OLGA", "ölga", "boris@example.org", "v", "a b", ""])
def test_a_name_of_somebody_else_or_like_an_address_is_refused(vera, name):
    User.objects.create_user("olga")
    User.objects.create_user("ÖLGA")
    browser = come_in()
    show_oneself(browser)

    page = browser.post(f"{ACCOUNT}name/", {"username": name})

    assert page.status_code == 422
    assert 'id="errors" autofocus' in page.text
    vera.refresh_from_db()
    assert vera.username == "vera"


def test_ones_own_name_may_be_written_otherwise(vera):
    browser = come_in()
    show_oneself(browser)

    browser.post(f"{ACCOUNT}name/", {"username": "Vera"})

    vera.refresh_from_db()
    assert vera.username == "Vera"


def test_names_cannot_be_tried_without_end(vera):
    browser = come_in()
    show_oneself(browser)

    tries = [browser.post(f"{ACCOUNT}name/", {"username": "v"}).status_code for _ in range(11)]

    assert tries == [422] * 10 + [409]


def test_nobody_signs_up_by_a_name_like_an_address(client):
    page = client.post("/accounts/signup/", {"username": "a@example.org", "password1": PASSWORD})

    assert "it would be taken for an e-mail address" in text(page)
    assert not User.objects.exists()


def test_where_one_is_signed_in_is_told_in_words_and_nothing_more_is_kept(vera):
    come_in(IPHONE, "192.0.2.2")
    here = come_in()

    told = text(here.get(ACCOUNT))

    assert "Firefox on Linux here" in told
    assert "iPhone" in told
    assert "since 2 Mar 2026, 12:00 UTC · from 192.0.2.2" in told
    kept = vera.usersession_set.values_list("user_agent", flat=True)
    assert set(kept) == {"Firefox on Linux", "Safari on iPhone"}


def test_one_of_the_browsers_is_signed_out_from_another(vera):
    here, there, elsewhere = come_in(), come_in(IPHONE), come_in(IPHONE)
    [newest, _older] = numbers(here)

    here.post(f"{ACCOUNT}sign-ins/", {"act": "one", "number": newest})

    assert [is_in(here), is_in(there), is_in(elsewhere)] == [True, True, False]
    assert len(numbers(here)) == 1


def test_all_other_browsers_and_programs_are_signed_out(vera):
    olga = User.objects.create_user("olga", password=PASSWORD)
    Token.objects.create(user=olga)
    here, there, hers = come_in(), come_in(IPHONE), come_in(login="olga")
    Token.objects.create(user=vera)
    assert "by a token, since" in text(here.get(ACCOUNT))

    here.post(f"{ACCOUNT}sign-ins/", {"act": "others"})

    assert [is_in(here), is_in(there), is_in(hers)] == [True, False, True]
    assert list(Token.objects.values_list("user__username", flat=True)) == ["olga"]


def test_programs_are_signed_out_alone(vera):
    here, there = come_in(), come_in(IPHONE)
    Token.objects.create(user=vera)

    here.post(f"{ACCOUNT}sign-ins/", {"act": "programs"})

    assert is_in(there)
    assert not Token.objects.exists()


def test_a_new_password_ends_the_other_sign_ins_and_this_one_stays_in_the_list(vera):
    here, there = come_in(), come_in(IPHONE)
    new = {"oldpassword": PASSWORD, "password1": "a hundred lamps", "password2": "a hundred lamps"}

    page = here.post("/accounts/password/change/", new, follow=True)

    assert page.redirect_chain[-1][0] == ACCOUNT
    assert not is_in(there)
    [line] = vera.usersession_set.all()
    assert line.session_key == here.cookies["sessionid"].value
    assert "The password of your account was changed." in mail.outbox[-1].body


def test_nothing_is_kept_of_where_one_has_signed_out(vera):
    browser = come_in()
    assert vera.usersession_set.count() == 1

    browser.post("/accounts/logout/")

    assert not vera.usersession_set.exists()


def test_what_ran_out_is_forgotten(vera, time_machine, noon):
    come_in()
    time_machine.move_to(noon.replace(month=4), tick=False)
    here = come_in()
    assert numbers(here) == []

    assert jobs.forget_sign_ins.call(noon.replace(month=4).isoformat()) == 1
    assert is_in(here)
    assert jobs.forget_sign_ins.call(noon.replace(month=5).isoformat()) == 1
    assert not is_in(here)


def test_a_browser_that_was_signed_in_before_is_listed_as_here(client, vera):
    client.force_login(vera)

    told = text(client.get(ACCOUNT, headers={"user-agent": FIREFOX}))

    assert "Firefox on Linux here from 127.0.0.1" in told


def test_the_page_takes_as_many_queries_for_many_sign_ins_and_classes(
    vera, book, noon, django_assert_num_queries
):
    here = come_in()
    for n in range(6):
        come_in(address=f"192.0.2.{n}")
        room = Classroom.objects.create(book=book, name=f"Class {n}", created_at=noon)
        room.enrollments.create(user=vera, joined_at=noon)

    with django_assert_num_queries(6):  # session, user, sign-ins, token, second step, classes
        page = here.get(ACCOUNT)

    assert page.text.count("/leave/") == 6


def test_reminders_need_an_address_and_lead_to_one(vera):
    User.objects.update(email="")
    browser = come_in()

    page = text(browser.get(ACCOUNT))
    answer = browser.post(f"{ACCOUNT}reminders/", {"reminds_of_cards": "on", "reminder_hour": "7"})

    assert "It needs an e-mail address." in page
    assert answer.status_code == 409
    assert "Add an e-mail address first" in text(answer)


def test_reminders_are_kept_and_taken_back(vera):
    browser = come_in()

    browser.post(f"{ACCOUNT}reminders/", {"reminds_of_closings": "on", "reminder_hour": "7"})
    vera.refresh_from_db()
    assert (vera.reminds_of_cards, vera.reminds_of_closings) == (False, True)
    assert vera.reminder_hour == 7

    browser.post(f"{ACCOUNT}reminders/", {"reminder_hour": "7"})
    vera.refresh_from_db()
    assert not vera.reminds_of_closings


def test_an_address_that_is_not_confirmed_yet_is_told_of(vera, settings):
    settings.EMAIL_URL = "smtp://mail.example.org"

    assert "vera@example.org is not confirmed yet" in text(come_in().get(ACCOUNT))


def test_a_calendar_has_an_address_a_new_one_and_none(vera):
    browser, found = come_in(), []
    for _twice in range(2):
        page = browser.post(f"{ACCOUNT}calendar/", {"act": "open"}, follow=True)
        found += re.findall(r'"http://testserver/calendar/([0-9a-f-]{36})\.ics"', page.text)

    page = browser.post(f"{ACCOUNT}calendar/", {"act": "close"}, follow=True)

    assert len(set(found)) == 2
    assert "/calendar/" not in page.text.replace(f"{ACCOUNT}calendar/", "")
    vera.refresh_from_db()
    assert vera.calendar_key is None
