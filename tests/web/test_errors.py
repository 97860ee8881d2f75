import re

import pytest
from django.template.loader import render_to_string
from django.test import Client

from quizzes.cards import planning
from tests.bookshelf import make_study_book
from tests.web.test_review import text

pytestmark = pytest.mark.django_db

ORIGIN = "http://testserver"


@pytest.fixture
def student(reader, at_noon):
    planning.start(reader, make_study_book(3), at_noon)
    return reader


@pytest.fixture
def strict(student):
    """A browser whose forms are checked for having been opened in this session."""
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(student)
    return strict


def test_an_unknown_address_has_a_page_of_ours(client):
    page = client.get("/no-such-page/")

    assert page.status_code == 404
    assert "There is no such page" in text(page)
    assert 'class="site-header"' in page.content.decode()


def test_nonsense_is_a_calm_400(client, student):
    client.force_login(student)

    page = client.post("/review/", {"rating": "lots"})

    assert page.status_code == 400
    assert "That could not be understood" in text(page)
    assert "Sign out" in text(page)


def test_a_refusal_is_a_409_that_leads_back(client, student):
    client.force_login(student)

    page = client.post("/review/undo/", headers={"referer": f"{ORIGIN}/review/"})

    assert page.status_code == 409
    assert "There is nothing to undo." in text(page)
    assert f'href="{ORIGIN}/review/"' in page.content.decode()


def test_a_refusal_never_leads_to_another_site(client, student):
    client.force_login(student)

    page = client.post("/review/undo/", headers={"referer": "https://elsewhere.example/"})

    assert "elsewhere" not in page.content.decode()


def test_a_script_is_refused_with_the_reason_alone(client, student):
    client.force_login(student)

    told = client.post("/review/undo/", headers={"accept": "application/json"})

    assert told.status_code == 409
    assert told.json() == {"detail": "There is nothing to undo."}


def test_an_expired_form_keeps_what_was_typed(strict):
    page = strict.post(
        "/settings/account/?from=menu",
        {"display_name": "Vera <P.>", "csrfmiddlewaretoken": "old"},
        headers={"origin": ORIGIN},
    )

    said = page.content.decode()
    assert page.status_code == 403
    assert "This form has expired" in said
    assert 'name="display_name" value="Vera &lt;P.&gt;"' in said
    assert 'action="/settings/account/?from=menu"' in said
    assert 'value="old"' not in said


def test_what_is_kept_can_be_sent_again(strict, student):
    page = strict.post(
        "/settings/account/", {"display_name": "Vera P."}, headers={"origin": ORIGIN}
    )
    fields = dict(re.findall(r'name="(\w+)" value="([^"]*)"', page.content.decode()))

    assert strict.post("/settings/account/", fields, headers={"origin": ORIGIN}).status_code == 302
    student.refresh_from_db()
    assert student.display_name == "Vera P."


def test_a_password_is_never_written_back(strict):
    page = strict.post(
        "/accounts/login/",
        {"login": "vera", "password": "ninety lamps"},
        headers={"origin": ORIGIN},
    )

    assert page.status_code == 403
    assert "ninety lamps" not in page.content.decode()


@pytest.mark.parametrize("headers", [{}, {"origin": "https://elsewhere.example"}])
def test_another_site_cannot_fill_in_a_form_here(strict, headers):
    page = strict.post("/settings/account/", {"display_name": "Mallory"}, headers=headers)

    assert page.status_code == 403
    assert "Mallory" not in page.content.decode()


def test_the_page_for_our_own_faults_needs_nothing_but_itself(django_assert_num_queries):
    with django_assert_num_queries(0):
        page = render_to_string("500.html")

    assert "Something failed here" in page
    assert "/static/quizzes/app.css" in page
