"""Slips to sign in with: a whole class on one page, and only the accounts that are its own."""

import re

import pytest
from django.test import Client
from rest_framework.authtoken.models import Token

from quizzes.identifiers import uuid7
from quizzes.people import enlisting
from quizzes.people.models import Enrollment, User
from quizzes.people.rolls import Line
from tests.web.test_review import text

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_noon")]

UNSEEN = "0" * 64
FORM = re.compile(r'<form class="panel form".*?</form>|<form[^>]*data-rest.*?</form>', re.DOTALL)


@pytest.fixture
def page(client, company, classroom):
    client.force_login(company["instructor"])
    return lambda part="": f"/classes/{classroom.uid}/{part}"


@pytest.fixture
def enlist(company, classroom, noon):
    """Let so many students in who have no e-mail address."""

    def enlisted(size=1):
        lines = [Line(n, f"Student {n:03}", student_number=f"00{n}") for n in range(size)]
        enlisting.enlist(classroom, company["instructor"], lines, noon)

    return enlisted


def fields(page_text):
    """What each form of slips on a page sends, by what it does."""
    found = {}
    for form in FORM.findall(page_text):
        sent = re.findall(r'name="(draw|act|made|left_out|student)" value="([^"]*)"', form)
        whole = {name: [value for key, value in sent if key == name] for name, _value in sent}
        found[whole["act"][0]] = whole
    return found


def words(answer):
    """Names to sign in with, and their passwords."""
    found = re.findall(r'class="slip-word">([^<]+)<', answer.text)
    return dict(zip(found[::2], found[1::2], strict=True))


def make(client, page, act="first"):
    """Slips for all who are due, in one round."""
    return client.post(page("slips/"), fields(client.get(page("slips/")).text)[act])


def test_a_slip_is_shown_once_and_opens_the_account(client, page, enlist):
    enlist()
    made = make(client, page)
    assert "Student number 000 Address" in text(made)
    [(username, password)] = words(made).items()

    assert words(client.get(page("slips/"))) == {}
    student = Client()
    form = {"login": username, "password": password}
    assert student.post("/accounts/login/", form)["Location"] == "/today/"
    assert student.get(page()).status_code == 200


def test_a_class_of_a_hundred_has_its_slips_on_one_page(client, page, company, enlist):
    enlist(100)

    rounds = [fields(client.get(page("slips/")).text)["first"]]
    answer = client.post(page("slips/"), rounds[0])
    while (rest := fields(answer.text)) and (left := rest.get("first")):
        rounds.append(left)
        answer = client.post(page("slips/"), left)

    slips = words(answer)
    assert (len(rounds), len(slips)) == (3, 100)
    assert "All 100 slips are made." in text(answer)
    for user in User.objects.filter(username__in=slips):
        assert user.check_password(slips[user.username])
    assert words(client.post(page("slips/"), rounds[-1])) == slips
    assert "first" not in fields(client.get(page("slips/")).text)

    client.logout()
    [username, *others] = slips
    client.post("/accounts/login/", {"login": username, "password": slips[username]})
    client.force_login(company["instructor"])
    anew = fields(client.get(page("slips/")).text)["anew"]
    assert len(anew["student"]) == len(others) == 99
    stale = words(client.post(page("slips/"), rounds[0] | {"draw": anew["draw"]}))
    assert stale == {}


def test_no_slip_opens_the_account_of_another_class(client, page, company, noon):
    other = Enrollment.objects.get(user=company["colleague"]).classroom
    [place] = enlisting.enlist(other, company["colleague"], [Line(1, "Olga")], noon).places
    sent = {"draw": uuid7(), "act": "anew", "student": f"{place.pk}:{UNSEEN}"}

    assert words(client.post(page("slips/"), sent)) == {}
    assert words(client.post(page("slips/"), sent | {"made": 1})) == {}
    assert not User.objects.get(pk=place.user_id).has_usable_password()


@pytest.fixture
def signed_in(client, page, enlist):
    """A student with a slip, signed in."""
    enlist()
    [(username, password)] = words(make(client, page)).items()
    student = Client()
    student.post("/accounts/login/", {"login": username, "password": password})
    return student, User.objects.get(username=username), password


def test_a_password_of_ones_own_makes_the_account_ones_own(client, page, classroom, signed_in):
    student, user, password = signed_in
    assert "from a slip of your class" in text(student.get("/settings/account/"))
    form = {"oldpassword": password, "password1": "ninety lamps", "password2": "ninety lamps"}

    assert student.post("/accounts/password/change/", form).status_code == 302

    assert User.objects.get(pk=user.pk).issued_by is None
    number = classroom.enrollments.get(user=user).pk
    assert "Make a new slip" not in text(client.get(page(f"people/{number}/")))
    sent = {"draw": uuid7(), "act": "one", "student": f"{number}:{UNSEEN}"}
    assert "1 student is left out" in text(client.post(page("slips/"), sent))
    assert User.objects.get(pk=user.pk).check_password("ninety lamps")


def test_an_address_of_ones_own_makes_the_account_ones_own(signed_in):
    student, user, password = signed_in
    asked = student.post("/accounts/email/", {"action_add": "", "email": "olga@example.org"})

    student.post(asked["Location"], {"password": password})

    assert User.objects.get(pk=user.pk).issued_by is None


def test_a_new_slip_ends_sessions_and_tokens(client, page, classroom, signed_in):
    student, user, _password = signed_in
    Token.objects.create(user=user)
    number = classroom.enrollments.get(user=user).pk
    member = client.get(page(f"people/{number}/")).text
    sent = dict(re.findall(r'name="(draw|act|student)" value="([^"]*)"', member))

    slip = words(client.post(page("slips/"), sent))

    assert student.get("/today/").status_code == 302
    assert not Token.objects.filter(user=user).exists()
    student.post("/accounts/login/", {"login": user.username, "password": slip[user.username]})
    assert words(client.post(page("slips/"), sent)) == slip
    assert student.get("/today/").status_code == 200


def test_a_page_sent_again_signs_nobody_out_and_revives_no_lost_slip(client, page, enlist):
    enlist(3)
    make(client, page)
    sent = fields(client.get(page("slips/")).text)["anew"]
    first = words(client.post(page("slips/"), sent | {"round": 2}))
    [one, lost] = first
    student = Client()
    student.post("/accounts/login/", {"login": one, "password": first[one]})
    rest = fields(client.post(page("slips/"), sent | {"round": 2}).text)["anew"]
    anew = fields(client.get(page("slips/")).text)["anew"]
    newer = words(client.post(page("slips/"), anew))

    again = client.post(page("slips/"), sent | {"round": 2})
    further = client.post(page("slips/"), rest)

    assert words(again) == words(further) == {one: first[one]}
    assert "1 student is left out" in text(again)
    assert "2 students are left out" in text(further)
    assert student.get("/today/").status_code == 200
    assert User.objects.get(username=lost).check_password(newer[lost])
