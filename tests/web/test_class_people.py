"""The people of a class: lists, slips, invitations by mail, and who is looked for."""

import re

import pytest
from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from rest_framework.authtoken.models import Token

from quizzes import jobs
from quizzes.people import enlisting
from quizzes.people.models import Enrollment, Invitation, User
from quizzes.people.rolls import Line
from tests.web.test_review import text

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_noon")]

ROLL = "Name;E-mail\nOlga Baer;\nVera Lem;vera@example.org\nAnna;anna@nowhere\n"


@pytest.fixture
def page(client, company, classroom):
    client.force_login(company["instructor"])
    return lambda part="": f"/classes/{classroom.uid}/{part}"


def seen(answer):
    """What the preview asks to be sent back."""
    found = re.search(r'name="seen" value="([0-9a-f]+)"', answer.text)
    assert found
    return found[1]


def add(client, page, roll):
    """Both steps: looked at, and added."""
    preview = client.post(page("roster/"), {"text": roll})
    return client.post(page("roster/"), {"text": roll, "seen": seen(preview)})


def test_a_list_is_looked_at_before_anything_is_written(client, page, classroom):
    before = (User.objects.count(), Enrollment.objects.count(), Invitation.objects.count())

    told = text(client.post(page("roster/"), {"text": ROLL}))

    assert "2 students, 1 by invitation" in told
    assert "Line 4: This is no e-mail address." in told
    assert before == (User.objects.count(), Enrollment.objects.count(), Invitation.objects.count())


def test_what_was_looked_at_is_added_and_letters_go_out(client, page, classroom, monkeypatch):
    letters: list[list[list[str]]] = []
    monkeypatch.setattr(type(jobs.send_letters), "enqueue", lambda task, sent: letters.append(sent))

    answer = add(client, page, ROLL)

    assert answer["Location"] == page("slips/")
    place = classroom.enrollments.get(user__display_name="Olga Baer")
    assert place.user.issued_by == classroom
    assert jobs.send_letters.func(letters[0]) == 1
    [letter] = mail.outbox
    assert letter.to == ["vera@example.org"]
    assert Invitation.objects.get().secret in letter.body


def test_another_text_than_the_one_looked_at_is_looked_at_first(client, page):
    preview = client.post(page("roster/"), {"text": ROLL})
    other = client.post(page("roster/"), {"text": "Somebody else", "seen": seen(preview)})

    assert other.status_code == 200
    assert not User.objects.filter(display_name="Somebody else").exists()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig"])
def test_a_file_is_read_as_what_is_pasted(client, page, encoding):
    sheet = SimpleUploadedFile("class.csv", "Name\nŻofia Łęcka\n".encode(encoding))

    preview = client.post(page("roster/"), {"file": sheet})

    assert "Żofia Łęcka" in text(preview)
    client.post(page("roster/"), {"text": "Name\nŻofia Łęcka\n", "seen": seen(preview)})


@pytest.mark.parametrize("content", ["Żofia".encode("utf-16"), b"x" * 200_001])
def test_a_file_that_is_none_is_told(client, page, content):
    sheet = SimpleUploadedFile("class.csv", content)

    assert client.post(page("roster/"), {"file": sheet}).status_code == 422


def test_a_slip_is_shown_once_and_opens_the_account(client, page, classroom):
    add(client, page, "Olga Baer")
    told = client.post(page("slips/")).text
    words = re.findall(r'class="slip-word">([^<]+)<', told)

    assert not re.search(r'class="slip-word"', client.get(page("slips/")).text)
    student = Client()
    username, password = words
    form = {"login": username, "password": password}
    assert student.post("/accounts/login/", form)["Location"] == "/today/"
    assert student.get(page()).status_code == 200


def sign_in(client, page):
    """A student with a slip, signed in."""
    add(client, page, "Olga Baer")
    password = re.findall(r'class="slip-word">([^<]+)<', client.post(page("slips/")).text)[1]
    student = Client()
    user = User.objects.get(display_name="Olga Baer")
    student.post("/accounts/login/", {"login": user.username, "password": password})
    return student, user, password


def test_a_password_of_ones_own_makes_the_account_ones_own(client, page, classroom):
    student, user, password = sign_in(client, page)
    form = {"oldpassword": password, "password1": "ninety lamps", "password2": "ninety lamps"}

    assert student.post("/accounts/password/change/", form).status_code == 302

    assert User.objects.get(pk=user.pk).issued_by is None
    number = classroom.enrollments.get(user=user).pk
    assert "Make a new slip" not in text(client.get(page(f"people/{number}/")))
    assert client.post(page("slips/"), {"student": number}).status_code == 200
    assert User.objects.get(pk=user.pk).check_password("ninety lamps")


def test_an_address_of_ones_own_makes_the_account_ones_own(client, page):
    student, user, password = sign_in(client, page)
    asked = student.post("/accounts/email/", {"action_add": "", "email": "olga@example.org"})

    student.post(asked["Location"], {"password": password})

    assert User.objects.get(pk=user.pk).issued_by is None


def test_a_new_slip_ends_sessions_and_tokens(client, page, classroom):
    student, user, _password = sign_in(client, page)
    Token.objects.create(user=user)
    number = classroom.enrollments.get(user=user).pk

    client.post(page("slips/"), {"student": number})

    assert student.get("/today/").status_code == 302
    assert not Token.objects.filter(user=user).exists()


def test_an_invitation_stands_on_the_page_until_it_is_withdrawn(client, page, classroom):
    client.post(page("invitations/"), {"name": "Olga", "role": "assistant"})
    invitation = Invitation.objects.get()
    assert (
        f"http://testserver/invitations/{invitation.secret}/"
        in client.get(page("invitations/")).text
    )

    client.post(page(f"invitations/{invitation.pk}/withdraw/"))

    assert invitation.secret not in client.get(page("invitations/")).text
    again = client.post(page(f"invitations/{invitation.pk}/withdraw/"))
    assert again.status_code == 409


def test_people_are_found_by_name_and_by_what_they_are(client, page, company, classroom, noon):
    lines = [Line(n, f"Student {n:03}") for n in range(60)]
    enlisting.enlist(classroom, company["instructor"], lines, noon)

    assert "64 people" in text(client.get(page("people/")))
    assert "Student 055" in text(client.get(page("people/?q=055")))
    assert "Student 000" not in text(client.get(page("people/?q=055")))
    assert "1 of 2" in text(client.get(page("people/?show=students")))
    assert "2 people" in text(client.get(page("people/?show=staff")))
    number = classroom.enrollments.get(user__display_name="Student 055").pk
    client.post(page(f"people/{number}/remove/"))
    assert "Student 055" in text(client.get(page("people/?show=former")))
    client.post(page(f"people/{number}/return/"))
    assert "Nobody has left the class." in text(client.get(page("people/?show=former")))


@pytest.mark.parametrize("part", ["people/", "invitations/", "slips/", "audit/", "announcements/"])
def test_a_page_takes_as_many_queries_for_a_hundred_as_for_one(
    client, page, company, classroom, noon, part
):
    counts = []
    for size in (1, 10, 100):
        lines = [Line(n, f"{size} {n}") for n in range(size)]
        lines += [Line(n, "", f"{size}.{n}@example.org") for n in range(size)]
        enlisting.enlist(classroom, company["instructor"], lines, noon)
        with CaptureQueriesContext(connection) as captured:
            assert client.get(page(part)).status_code == 200
        counts.append(len(captured))

    assert counts == [counts[0]] * 3
    assert counts[0] <= 9


def test_a_class_is_handed_over_and_left(client, page, company, classroom):
    to = classroom.enrollments.get(user=company["assistant"])

    client.post(page("hand-over/"), {"to": to.pk, "stays": "no"})

    assert Enrollment.objects.get(pk=to.pk).role == "instructor"
    assert client.get(page()).status_code == 404
    client.force_login(company["student"])
    client.post(page("leave/"))
    assert client.get(page()).status_code == 404
