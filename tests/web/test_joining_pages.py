"""Joining through the pages: what is told first, and what a guess is answered."""

import re
from datetime import timedelta

import pytest
from django.core.cache import cache
from django.test import Client

from quizzes.cards.models import StudyPlan
from quizzes.people import admitting, inviting, running
from quizzes.people.inviting import Offer
from quizzes.people.models import Enrollment, User
from tests.cast import PASSWORD
from tests.profiles import count
from tests.web.test_review import text

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_noon", "nothing_tried")]

GUESSES = count(1_000, 10_000)
WRONG = "2222222222"


@pytest.fixture
def nothing_tried():
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def code(company, classroom, noon):
    return admitting.open_door(classroom, company["instructor"], noon).join_code


@pytest.fixture
def stranger(client, company):
    client.force_login(company["stranger"])
    return company["stranger"]


def bare(answer, code):
    """A page without what is drawn anew for each."""
    page = answer.content.decode().replace(code, "CODE")
    return re.sub(r'(nonce|csrfmiddlewaretoken" value|pk|learner)="[^"]*"', "", page)


def test_what_is_seen_is_told_before_one_joins(client, stranger, classroom, code):
    found = client.post("/join/", {"code": admitting.grouped(code).lower()})
    assert found["Location"] == f"/join/{code}/"

    told = text(client.get(f"/join/{code}/"))
    assert "Ours" in told
    assert "What the class reads" in told
    assert "by the name “stranger”" in told
    assert "see what you know of its book" in told
    assert not classroom.enrollments.filter(user=stranger).exists()

    joined = client.post(f"/join/{code}/")
    assert joined["Location"] == f"/classes/{classroom.uid}/"
    assert classroom.enrollments.get(user=stranger).role == "student"
    assert StudyPlan.objects.filter(learner=stranger, book=classroom.book).exists()
    assert client.get(f"/join/{code}/")["Location"] == f"/classes/{classroom.uid}/"


def test_a_stranger_signs_in_and_comes_back(client, company, code):
    asked = client.get(f"/join/{code}/")
    assert asked["Location"] == f"/accounts/login/?next=/join/{code}/"
    assert f"/accounts/signup/?next=%2Fjoin%2F{code}%2F" in client.get(asked["Location"]).text

    form = {"login": "stranger", "password": PASSWORD, "next": f"/join/{code}/"}
    assert client.post("/accounts/login/", form)["Location"] == f"/join/{code}/"


def test_a_guest_signs_up_without_an_address_and_comes_back(client, company, code):
    client.force_login(company["guest"])
    asked = client.get(f"/join/{code}/")
    assert asked["Location"].startswith("/accounts/signup/?next=")

    form = {"username": "mila", "password1": "ninety lamps at sea", "next": f"/join/{code}/"}
    assert client.post("/accounts/signup/", form)["Location"] == f"/join/{code}/"
    client.post(f"/join/{code}/")
    assert User.objects.get(pk=company["guest"].pk).enrollments.count() == 1


def test_wrong_closed_expired_and_archived_are_answered_alike(
    client, stranger, company, classroom, code, noon
):
    instructor, answers = company["instructor"], [(client.get(f"/join/{WRONG}/"), WRONG)]
    admitting.close_door(classroom, instructor, noon)
    answers.append((client.get(f"/join/{code}/"), code))
    admitting.open_door(classroom, instructor, noon - timedelta(days=2), until=noon)
    answers.append((client.get(f"/join/{code}/"), code))
    admitting.open_door(classroom, instructor, noon)
    running.archive(classroom, instructor, noon)
    answers.append((client.get(f"/join/{code}/"), code))
    answers.append((client.post(f"/join/{code}/"), code))

    assert {answer.status_code for answer, _code in answers} == {404}
    assert len({bare(answer, code) for answer, code in answers}) == 1


def test_guessing_ends_and_nobody_is_in(client, stranger, classroom, code, tell_tried):
    before = Enrollment.objects.count()
    guesses = [f"2{number:09}".replace("0", "Z").replace("1", "Y") for number in range(GUESSES)]

    statuses = [client.post(f"/join/{guess}/").status_code for guess in guesses]

    assert statuses.count(429) >= 0.99 * GUESSES
    assert set(statuses) == {404, 429}
    assert Enrollment.objects.count() == before
    assert client.post(f"/join/{code}/").status_code == 429
    tell_tried(GUESSES)


def test_guesses_from_many_networks_and_accounts_end_too(company, code):
    statuses = []
    for number in range(16):
        client = Client(REMOTE_ADDR=f"10.0.{number}.1")
        client.force_login(User.objects.create_user(f"guesser-{number}"))
        statuses += [client.get(f"/join/{WRONG}/").status_code for _one in range(9)]

    assert statuses.count(404) == 100
    assert statuses.count(429) == 44


def test_a_whole_class_joins_from_one_network(classroom, code):
    for number in range(60):
        client = Client()
        client.force_login(User.objects.create_user(f"student-{number}"))
        assert client.post(f"/join/{code}/").status_code == 302

    assert classroom.enrollments.students().count() == 62


def test_what_can_be_no_code_is_told_at_once_and_is_no_guess(client, stranger, code):
    for typed in ["short", "O" * 10, "K7Q-F2MZ-T9WX", ""] * 5:
        assert client.post("/join/", {"code": typed}).status_code == 422

    assert client.get(f"/join/{code}/").status_code == 200


def test_an_invitation_tells_what_one_comes_as_and_is_over_once_taken_up(
    client, stranger, company, classroom, noon
):
    offers = [Offer("Olga", role="assistant")]
    [invitation] = inviting.invite(classroom, company["instructor"], offers, noon)
    page = f"/invitations/{invitation.secret}/"

    told = client.get(page)
    assert "You come as Assistant, by the name “Olga”" in text(told)
    assert 'href="/settings/account/#names"' in told.text
    assert client.post(page)["Location"] == f"/classes/{classroom.uid}/"
    assert classroom.enrollments.get(user=stranger).role == "assistant"
    assert not StudyPlan.objects.filter(learner=stranger).exists()
    assert "Olga" in text(client.get(f"/classes/{classroom.uid}/people/"))
    client.force_login(company["staff"])
    assert client.get(page).status_code == 404
