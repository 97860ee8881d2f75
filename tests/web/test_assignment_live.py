"""The page on which an instructor watches a quiz that is being sat."""

import gzip
import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from quizzes.assessment.models import Attempt
from tests.bookshelf import make_study_book
from tests.crowds import crowd
from tests.examining import make_item, make_quiz, sit, sit_through
from tests.web.lessons import give
from tests.web.test_review import text

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_noon")]


@pytest.fixture
def given(classroom, company, client, noon):
    client.force_login(company["instructor"])
    book = make_study_book(1)
    quiz = make_quiz(book, *(make_item(book, f"q{n}") for n in range(3)))
    return give(classroom, quiz, noon, attempts_allowed=2, late_days=2, late_percent=10)


def url(given):
    return f"/classes/{given.classroom.uid}/assignments/{given.uid}/live/"


def test_the_page_tells_who_is_where_and_no_score(given, classroom, company, client, noon):
    sit(company["student"], given, noon)
    sit_through(company["classmate"], given, noon - timedelta(minutes=30))
    crowd(classroom, 3, noon)

    page = text(client.get(url(given)))
    Attempt.objects.open().update(seen_at=noon - timedelta(minutes=2))
    later = text(client.get(f"{url(given)}?part=now"))

    assert "1 started · 0 disconnected · 3 not started · 1 handed in" in page
    assert "24 hours left: it closes on Tuesday 3 March, 12:00 (UTC)." in page
    assert "0 of 3" in page
    assert "30:00" in page
    assert "%" not in page
    assert "0 started · 1 disconnected" in later
    assert "since 11:58:00" in later
    assert "Reading·Room" not in later  # a part of the page, not the page


def test_those_of_one_state_can_be_shown_and_names_hidden(given, classroom, company, client, noon):
    sit(company["student"], given, noon)

    begun = text(client.get(f"{url(given)}?show=working"))
    nobody = text(client.get(f"{url(given)}?show=disconnected"))
    hidden = [text(client.get(f"{url(given)}?names=off{more}")) for more in ("", "&part=now")]

    assert "student" in begun
    assert "classmate" not in begun
    assert "Nobody is in this state now." in nobody
    for page in hidden:
        assert "classmate" not in page
        assert "Student 1" in page


def test_a_thousand_students_cost_what_ten_do(given, classroom, client, noon):
    counts = []
    for first, more in ((0, 10), (10, 90), (100, 900)):
        people = crowd(classroom, more, noon, first)
        for one in people[:4]:
            sit(one, given, noon)
        with CaptureQueriesContext(connection) as captured:
            page = client.get(url(given))
        counts.append(len(captured))

    part = client.get(f"{url(given)}?part=now")
    assert counts[0] == counts[1] == counts[2] <= 10, counts
    assert "12 started · 0 disconnected · 990 not started" in text(page)
    assert page.content.decode().count('scope="row"') == 50
    assert len(gzip.compress(page.content)) <= 15_000
    assert len(gzip.compress(part.content)) <= 4_000


def test_the_page_of_an_attempt_says_that_it_is_looked_at(
    given, company, client, noon, time_machine
):
    attempt = sit(company["student"], given, noon).attempt
    client.force_login(company["student"])
    page = client.get(f"/attempts/{attempt.uid}/").content.decode()
    [address] = re.findall(r'data-seen="([^"]+)"', page)

    time_machine.move_to(noon + timedelta(seconds=30), tick=False)
    answer = client.post(address)

    assert (answer.status_code, answer.content) == (204, b"")
    assert Attempt.objects.get().seen_at == noon + timedelta(seconds=30)
    time_machine.move_to(noon + timedelta(seconds=90), tick=False)
    client.get(f"/attempts/{attempt.uid}/check/")
    assert Attempt.objects.get().seen_at == noon + timedelta(seconds=90)
    client.force_login(company["classmate"])
    assert client.post(address).status_code == 404
