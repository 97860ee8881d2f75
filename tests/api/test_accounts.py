import pytest
from allauth.mfa.models import Authenticator
from django.test import Client
from rest_framework.authtoken.models import Token

from quizzes.people import guesting
from quizzes.people.models import User
from tests.api.asking import address, faults, post

pytestmark = pytest.mark.django_db

PASSWORD = "a secret of hers"


def sign_in(client, login, password=PASSWORD, **headers):
    return post(client, "tokens", {"login": login, "password": password}, **headers)


def bearer(token):
    return {"HTTP_AUTHORIZATION": f"Token {token}"}


@pytest.fixture
def token(client, olga):
    return sign_in(client, "olga").json()["token"]


@pytest.mark.parametrize("login", ["olga", "olga@example.com", "OLGA@example.com", " olga "])
def test_a_name_or_an_address_with_its_password_gives_a_token(client, olga, login):
    answer = sign_in(client, login)

    assert answer.status_code == 200
    assert Token.objects.get(user=olga).key == answer.json()["token"]
    assert "no-store" in answer["Cache-Control"]


def test_signing_in_again_gives_the_same_token(client, token):
    assert sign_in(client, "olga").json()["token"] == token


def test_a_token_says_who_asks(client, token):
    answer = client.get(address("me"), **bearer(token))

    assert answer.json() == {
        "username": "olga",
        "display_name": "",
        "email": "olga@example.com",
        "is_guest": False,
        "time_zone": "UTC",
        "day_rollover_hour": 4,
    }


def test_a_token_needs_no_csrf_token(token, plan):
    client = Client(enforce_csrf_checks=True)

    assert post(client, "undo", {}, **bearer(token)).status_code == 409


def test_a_session_says_who_asks_even_a_guest(client, noon):
    client.force_login(guesting.begin(noon))

    assert client.get(address("me")).json()["is_guest"] is True


@pytest.mark.parametrize("header", ["Token nonsense", "Token", "Token a b", "Token \xe9"])
def test_a_token_that_is_none_is_refused(client, token, header):
    answer = client.get(address("me"), HTTP_AUTHORIZATION=header)

    assert answer.status_code == 401
    assert answer["WWW-Authenticate"] == "Token"
    assert answer.json()["code"] == "authentication_failed"


def test_an_unknown_name_and_a_wrong_password_have_the_same_answer(client, olga):
    wrong = sign_in(client, "olga", "not her secret")
    unknown = sign_in(client, "nobody", "not her secret")

    assert (wrong.status_code, unknown.status_code) == (401, 401)
    assert wrong.json() == unknown.json()


def test_a_closed_account_has_the_answer_of_an_unknown_one(client, olga):
    User.objects.filter(pk=olga.pk).update(is_active=False)

    assert sign_in(client, "olga").json() == sign_in(client, "nobody").json()
    assert not Token.objects.exists()


def test_a_token_of_a_closed_account_is_worth_nothing(client, token, olga):
    User.objects.filter(pk=olga.pk).update(is_active=False)

    assert client.get(address("me"), **bearer(token)).status_code == 401


def test_a_guest_has_nothing_to_sign_in_by(client, noon):
    guest = guesting.begin(noon)

    assert sign_in(client, guest.username, "").status_code == 400
    assert sign_in(client, guest.username, guest.password).status_code == 401


def test_an_account_with_a_second_factor_gets_no_token_by_password_alone(client, olga):
    Authenticator.objects.create(user=olga, type=Authenticator.Type.TOTP, data={})

    right, wrong = sign_in(client, "olga"), sign_in(client, "olga", "not her secret")

    assert (right.status_code, right.json()["code"]) == (409, "second_factor_needed")
    assert wrong.status_code == 401
    assert not Token.objects.exists()


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"password": "x"}, "login"),
        ({"login": "olga"}, "password"),
        ({"login": "olga", "password": ""}, "password"),
        ({"login": 7, "password": "x"}, "login"),
        ({"login": "olga", "password": True}, "password"),
        ({"login": "ol\x00ga", "password": "x"}, "login"),
        ({"login": "x" * 255, "password": "x"}, "login"),
        ({"login": "olga", "password": "x", "is_staff": True}, "is_staff"),
    ],
)
def test_credentials_out_of_shape_are_refused_by_name(client, olga, body, field):
    answer = post(client, "tokens", body)

    assert answer.status_code == 400
    assert faults(answer) == [(None, field)]


def test_a_lone_surrogate_is_no_text(client, olga):
    answer = client.post(
        address("tokens"),
        '{"login": "\\ud800", "password": "x"}',
        content_type="application/json",
    )

    assert answer.status_code == 400
    assert faults(answer) == [(None, "login")]


def test_guessing_one_account_is_stopped_wherever_it_comes_from(client, olga):
    guesses = [
        sign_in(client, "olga", f"guess {n}", REMOTE_ADDR=f"192.0.2.{n}").status_code
        for n in range(6)
    ]

    assert guesses == [401] * 5 + [429]
    assert sign_in(client, "olga", REMOTE_ADDR="192.0.2.99").status_code == 429


def test_signing_in_is_limited_by_address(client, olga):
    tries = [sign_in(client, "olga").status_code for _ in range(11)]

    assert tries == [200] * 10 + [429]
    last = sign_in(client, "olga")
    assert last.json()["code"] == "throttled"
    assert int(last["Retry-After"]) > 0


def test_signing_out_makes_the_token_worthless(client, token):
    gone = client.delete(address("current-token"), **bearer(token))

    assert (gone.status_code, gone.content) == (204, b"")
    assert client.get(address("me"), **bearer(token)).status_code == 401


def test_a_new_password_makes_the_token_worthless(signed_in, token):
    page = {"oldpassword": PASSWORD, "password1": "another lamp", "password2": "another lamp"}
    changed = signed_in.post("/accounts/password/change/", page)

    assert changed.status_code == 302
    assert Client().get(address("me"), **bearer(token)).status_code == 401


def test_signing_out_without_a_token_finds_none(signed_in, olga):
    Token.objects.create(user=olga)

    assert signed_in.delete(address("current-token")).status_code == 404
    assert Token.objects.filter(user=olga).exists()


def test_strangers_are_counted(client, book):
    answers = {client.get(address("books")).status_code for _ in range(120)}

    assert answers == {200}
    assert client.get(address("books")).status_code == 429
