"""The first account of a new site."""

import re

import pytest
from django.core.management import CommandError, call_command

from quizzes.people import guesting
from quizzes.people.models import User

pytestmark = pytest.mark.django_db

PASSWORD = "ninety lamps at sea"


def appoint(capsys, *arguments: str) -> str:
    call_command("first_instructor", *arguments)
    return str(capsys.readouterr().out)


def test_the_link_sets_a_password_once_and_opens_the_back_office(client, capsys):
    said = appoint(capsys, "vera", "--email", "vera@example.org", "--link")
    [way] = re.findall(r"http://localhost:8000(/\S+)", said)
    page = client.get(way, follow=True)
    client.post(page.redirect_chain[-1][0], {"password1": PASSWORD, "password2": PASSWORD})

    assert client.login(username="vera", password=PASSWORD)
    assert client.get("/admin/").status_code == 200
    assert client.get("/classes/new/").status_code == 200
    client.logout()
    assert "password1" not in client.get(way, follow=True).content.decode()


def test_a_second_run_changes_no_password(client, capsys):
    appoint(capsys, "vera", "--link")
    vera = User.objects.get()
    vera.set_password(PASSWORD)
    vera.is_staff = False
    vera.save()

    assert "its password stays" in appoint(capsys, "vera")
    assert client.login(username="vera", password=PASSWORD)
    assert client.get("/admin/").status_code == 200


def test_what_is_no_name_or_no_account_is_refused(capsys, noon):
    guest = guesting.begin(noon)

    for name in ("a name", guest.username):
        with pytest.raises(CommandError):
            appoint(capsys, name, "--link")
    with pytest.raises(CommandError):
        appoint(capsys, "vera", "--email", "nonsense")
    assert User.objects.count() == 1
