import re
from datetime import timedelta

import pytest
from django.conf import settings
from django.core.cache import cache
from django.test import Client

from quizzes.cards import planning
from quizzes.cards.models import Card, Review, StudyPlan
from quizzes.people.models import User
from tests.bookshelf import make_study_book
from tests.web.test_review import form, rate, text

pytestmark = pytest.mark.django_db

REVIEW, SIGN_UP, SIGN_IN, CLAIM = (
    "/review/",
    "/accounts/signup/",
    "/accounts/login/",
    "/accounts/claim/",
)
PASSWORD = "ninety lamps at sea"


@pytest.fixture(autouse=True)
def _at_noon(time_machine, noon):
    time_machine.move_to(noon, tick=False)


@pytest.fixture(autouse=True)
def _no_crowd():
    cache.clear()


@pytest.fixture(autouse=True)
def book(db):
    return make_study_book(15)


@pytest.fixture
def account(db):
    return User.objects.create_user("olga", email="olga@example.org", password=PASSWORD)


def rate_some(client, count):
    for _ in range(count):
        assert rate(client).status_code == 302


def sign_up(client, **fields):
    return client.post(
        SIGN_UP, {"username": "", "email": "", "password1": PASSWORD} | fields, follow=False
    )


def sign_in(client, name="olga"):
    return client.post(SIGN_IN, {"login": name, "password": PASSWORD})


def what_is_known(learner):
    cards = Card.objects.filter(learner=learner).order_by("item")
    return [(card.item_id, card.stability, card.due_day, card.reps) for card in cards]


def test_looking_at_a_card_writes_nothing(client):
    page = client.get(REVIEW)
    client.get(REVIEW, {"item": form(page)["item"], "answer": 1})

    assert "Term 0" in text(page)
    assert not User.objects.exists()
    assert settings.SESSION_COOKIE_NAME not in client.cookies


def test_the_first_rating_makes_a_guest_who_studies_the_book(client, book):
    client.cookies["time_zone"] = "Asia/Tokyo"
    rate_some(client, 1)

    guest = User.objects.get()
    assert guest.is_guest
    assert guest.time_zone == "Asia/Tokyo"
    assert StudyPlan.objects.get(learner=guest).book == book
    assert Review.objects.get().learner == guest
    assert "A forged letter" in text(client.get(REVIEW))


def test_a_guest_gets_ten_cards_and_is_invited_to_stay(client):
    rate_some(client, 10)

    page = text(client.get(REVIEW))
    assert "Your 10 reviews are kept for 30 days." in page
    assert "Create an account" in page


def test_a_page_made_for_somebody_who_signed_out_makes_no_guest(client):
    answer = rate(client, version=3)

    assert answer["Location"] == f"{SIGN_IN}?next={REVIEW}"
    assert not User.objects.exists()


def test_what_is_refused_leaves_no_guest_behind(client):
    assert rate(client, interval_3=300).status_code == 409
    assert rate(client, rating=7).status_code == 400

    assert not User.objects.exists()


def test_a_stranger_can_neither_undo_nor_set_aside(client):
    item = form(client.get(REVIEW))["item"]

    for address, posted in (("undo/", {}), ("act/", {"act": "bury", "item": item})):
        assert client.post(REVIEW + address, posted)["Location"].startswith(SIGN_IN)


def test_twenty_guests_an_hour_come_from_one_address(client):
    for _ in range(20):
        rate_some(Client(REMOTE_ADDR="192.0.2.7"), 1)

    refused = rate(Client(REMOTE_ADDR="192.0.2.7"))
    elsewhere = rate(Client(REMOTE_ADDR="192.0.2.8"))

    assert refused.status_code == 409
    assert "Many people try cards from your network just now." in text(refused)
    assert elsewhere.status_code == 302
    assert User.objects.count() == 21


def test_signing_up_keeps_the_guest_and_every_review(client):
    rate_some(client, 10)
    guest, before = User.objects.get(), what_is_known(User.objects.get())
    old_session = client.session.session_key

    answer = sign_up(client, username="olga", email="olga@example.org")

    account = User.objects.get()
    assert answer["Location"] == "/today/"
    assert account.pk == guest.pk
    assert (account.username, account.email, account.is_guest) == (
        "olga",
        "olga@example.org",
        False,
    )
    assert account.check_password(PASSWORD)
    assert Review.objects.filter(learner=account).count() == 10
    assert what_is_known(account) == before
    assert client.session["_auth_user_id"] == str(account.pk)
    assert client.session.session_key != old_session


def test_who_signed_up_can_come_back(client):
    rate_some(client, 1)
    sign_up(client, email="olga@example.org")
    client.post("/accounts/logout/")

    assert sign_in(client, "olga@example.org")["Location"] == "/today/"
    assert Review.objects.get().learner == User.objects.get()


def test_signing_up_without_having_tried_cards_makes_an_account(client):
    client.cookies["time_zone"] = "Europe/Berlin"
    sign_up(client, username="olga")

    account = User.objects.get()
    assert (account.username, account.is_guest, account.time_zone) == (
        "olga",
        False,
        "Europe/Berlin",
    )


def test_signing_up_needs_a_name_or_an_address(client):
    page = sign_up(client)

    assert page.status_code == 200
    assert "Give a name or an e-mail address" in text(page)
    assert not User.objects.exists()


def test_a_name_that_is_taken_keeps_what_was_typed_and_the_guest(client, account):
    rate_some(client, 1)
    page = sign_up(client, username="olga", email="other@example.org")

    assert page.status_code == 200
    assert 'value="other@example.org"' in page.content.decode()
    assert User.objects.get(is_guest=True).username.startswith("guest-")


def test_signing_in_asks_whether_to_add_the_reviews(client, account):
    rate_some(client, 7)

    answer = sign_in(client)

    assert answer["Location"] == CLAIM
    assert "Add your 7 reviews to this account?" in text(client.get(CLAIM))
    assert not Review.objects.filter(learner=account).exists()


def test_yes_adds_the_reviews_and_ends_the_guest(client, account):
    rate_some(client, 7)
    before = what_is_known(User.objects.get(is_guest=True))
    sign_in(client)

    answer = client.post(CLAIM, {"answer": "yes"})

    assert answer["Location"] == "/today/"
    assert Review.objects.filter(learner=account).count() == 7
    assert what_is_known(account) == before
    assert list(User.objects.all()) == [account]
    assert "3 new" in text(client.get(REVIEW))


def test_no_leaves_them_with_the_guest(client, account):
    rate_some(client, 2)
    sign_in(client)

    client.post(CLAIM, {"answer": "no"})

    assert not Review.objects.filter(learner=account).exists()
    assert Review.objects.filter(learner__is_guest=True).count() == 2
    assert client.get(CLAIM).status_code == 404


def test_a_claim_is_good_once(client, account):
    rate_some(client, 1)
    sign_in(client)

    assert client.post(CLAIM, {"answer": "yes"}).status_code == 302
    assert client.post(CLAIM, {"answer": "yes"}).status_code == 404
    assert Review.objects.count() == 1


def test_a_claim_is_good_for_an_hour(client, account, time_machine, noon):
    rate_some(client, 1)
    sign_in(client)

    time_machine.move_to(noon + timedelta(minutes=61), tick=False)

    assert client.post(CLAIM, {"answer": "yes"}).status_code == 404


def test_a_claim_cannot_be_used_from_another_browser(client, account):
    rate_some(client, 1)
    sign_in(client)
    other = Client()
    sign_in(other)

    assert other.get(CLAIM).status_code == 404
    assert other.post(CLAIM, {"answer": "yes"}).status_code == 404


def test_a_claim_serves_no_other_account(client, account):
    rate_some(client, 1)
    sign_in(client)
    stolen = dict(client.session.items())
    nina = User.objects.create_user("nina", password=PASSWORD)
    other = Client()
    other.force_login(nina)
    session = other.session
    session["guest_claim"] = stolen["guest_claim"]
    session.save()

    assert other.post(CLAIM, {"answer": "yes"}).status_code == 404
    assert not Review.objects.filter(learner=nina).exists()


def test_a_forged_claim_is_none(client, account):
    guest = User.objects.create_user("guest-1", is_guest=True)
    client.force_login(account)
    for forged in ("", "x", f'{{"guest": {guest.pk}, "account": {account.pk}}}'):
        session = client.session
        session["guest_claim"] = forged
        session.save()
        assert client.get(CLAIM).status_code == 404


def test_the_way_that_was_meant_goes_on_after_the_claim(client, account):
    rate_some(client, 1)
    client.post(f"{SIGN_IN}?next=/settings/", {"login": "olga", "password": PASSWORD})

    assert client.post(CLAIM, {"answer": "no"})["Location"] == "/settings/"


def test_a_guest_without_a_review_is_asked_nothing(client, account):
    client.force_login(User.objects.create_user("guest-1", is_guest=True))

    assert sign_in(client)["Location"] == "/today/"


def test_who_comes_from_no_guest_is_asked_nothing(client, account):
    assert sign_in(client)["Location"] == "/today/"
    assert client.get(CLAIM).status_code == 404


def test_a_guest_may_sign_up_and_in_and_somebody_with_an_account_need_not(client, account):
    rate_some(client, 1)
    assert {client.get(SIGN_UP).status_code, client.get(SIGN_IN).status_code} == {200}

    client.force_login(account)
    assert client.get(SIGN_UP)["Location"] == client.get(SIGN_IN)["Location"] == "/today/"


@pytest.mark.parametrize("page", ["password/change/", "password/set/", "email/", "reauthenticate/"])
def test_a_guest_has_no_account_to_look_after(client, page):
    rate_some(client, 1)

    assert client.get(f"/accounts/{page}")["Location"] == SIGN_UP
    assert client.post(f"/accounts/{page}", {"password1": PASSWORD})["Location"] == SIGN_UP
    assert not User.objects.get().has_usable_password()


def test_the_forms_say_what_belongs_in_a_field_and_leave_it_to_a_password_manager(client):
    up, into = client.get(SIGN_UP).content.decode(), client.get(SIGN_IN).content.decode()

    assert "placeholder" not in up + into
    assert re.search(r'name="password1"[^>]*autocomplete="new-password"', up)
    assert re.search(r'name="login"[^>]*autocomplete="username"', into)
    assert re.search(r'name="password"[^>]*autocomplete="current-password"', into)


def test_the_plan_that_an_account_has_is_not_replaced(client, account, book, noon):
    plan = planning.start(account, book, noon)
    planning.change(plan, new_a_day=3)
    rate_some(client, 1)
    sign_in(client)
    client.post(CLAIM, {"answer": "yes"})

    assert StudyPlan.objects.get(learner=account).new_a_day == 3
