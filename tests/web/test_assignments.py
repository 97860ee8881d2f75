"""The page of an assignment says everything before it is sat, on the student's own clock."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from quizzes.assessment.models import Assignment, Attempt
from quizzes.assessment.terms import Moment
from quizzes.people import accommodating
from quizzes.people.models import Classroom
from tests.bookshelf import make_study_book
from tests.examining import make_item, make_quiz, sit
from tests.web.lessons import DAY, HOUR, give, sit_through
from tests.web.test_review import text

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_noon")]


@pytest.fixture
def quiz(db):
    book = make_study_book(3)
    return make_quiz(book, *(make_item(book, f"ask-{n}") for n in range(3)))


@pytest.fixture
def student(client, company):
    client.force_login(company["student"])
    return company["student"]


def url(assignment):
    return f"/assignments/{assignment.uid}/"


def page(client, assignment):
    return text(client.get(url(assignment)))


def test_everything_is_said_before_the_start(client, student, classroom, quiz, noon):
    told = page(client, give(classroom, quiz, noon))

    assert "3 questions, graded." in told
    assert "30 minutes." in told
    assert "If you start now, your time ends on Monday 2 March, 12:30 (UTC)." in told
    assert "Closes for you on Tuesday 3 March, 12:00 (UTC)" in told
    assert "1 of 1 is left." in told
    assert "You may go back to any question until you hand in." in told
    assert "Nothing is checked before you hand in, and there are no hints." in told
    assert "You can leave and come back; the clock goes on." in told
    assert "As soon as you hand in: what you answered." in told
    assert (
        "Once your instructor releases the results: which answers are right, your score, "
        "the right answers and the explanations." in told
    )
    assert "Start (30:00)" in told
    assert "Password" not in told


def test_extra_time_is_told_apart_and_moves_the_closing(client, student, classroom, quiz, noon):
    place = classroom.enrollments.get(user=student)
    accommodating.accommodate(place, time_percent=150, extra_days=1, has_no_limit=False)

    told = page(client, give(classroom, quiz, noon))

    assert "45 minutes, of which 15 minutes are your extra time (×1.5)." in told
    assert "Closes for you on Wednesday 4 March, 12:15 (UTC) (1 extra day of yours" in told
    assert "Start (45:00)" in told


def test_without_a_limit_no_clock_is_promised(client, student, classroom, quiz, noon):
    place = classroom.enrollments.get(user=student)
    accommodating.accommodate(place, time_percent=100, extra_days=0, has_no_limit=True)

    told = page(client, give(classroom, quiz, noon))

    assert "No limit for you; the class has 30 minutes." in told
    assert "the clock goes on" not in told
    assert "Start (" not in told


def test_who_comes_late_is_told_what_is_left(client, student, classroom, quiz, noon):
    told = page(client, give(classroom, quiz, noon, closes_at=noon + timedelta(minutes=10)))

    assert "It closes before your whole time is over." in told
    assert "Start (10:00)" in told


def test_both_zones_are_named_where_they_differ(client, student, classroom, quiz, noon):
    Classroom.objects.filter(pk=classroom.pk).update(time_zone="America/New_York")
    student.time_zone = "Europe/Berlin"
    student.save(update_fields=["time_zone"])

    told = page(client, give(classroom, quiz, noon))

    assert (
        "Tuesday 3 March, 13:00 (Europe/Berlin), "
        "which is 07:00 in the class’s zone (America/New_York)" in told
    )


def test_every_term_that_is_unusual_is_said(client, student, classroom, quiz, noon):
    given = give(
        classroom,
        quiz,
        noon,
        is_forward_only=True,
        asks_confidence=True,
        attempts_allowed=3,
        counting=Assignment.Counting.LAST,
        correctness_from=Moment.DURING,
        tries=2,
        penalty_percent=25,
        password="red",
    )

    told = page(client, given)

    assert "There is no way back: a question that you leave is closed." in told
    assert "3 of 3 are left. What counts: the last attempt." in told
    assert "checked as you go, with 2 tries. Each further try, and a hint, costs 25%" in told
    assert "you may say whether you are sure" in told
    assert "As soon as a question is checked: which answers are right." in told
    assert "Password of the room" in told


def test_what_is_not_graded_tells_when_it_has_closed_for_all(
    client, student, classroom, quiz, noon
):
    told = page(client, give(classroom, quiz, noon, is_graded=False))

    assert "After it has closed for everybody: Tuesday 3 March, 12:00 (UTC): which" in told


@pytest.mark.parametrize(
    ("opens", "closes", "said"),
    [
        (HOUR, DAY, "It opens on Monday 2 March, 13:00 (UTC)."),
        (-2 * HOUR, -HOUR, "It is closed, and you have not sat it."),
    ],
)
def test_outside_its_time_it_cannot_be_started(
    client, student, classroom, quiz, noon, opens, closes, said
):
    given = give(classroom, quiz, noon, opens_at=noon + opens, closes_at=noon + closes)

    assert said in page(client, given)
    assert "Start" not in page(client, given)
    assert client.post(url(given), {"start": str(uuid4())}).status_code == 409


def test_starting_twice_is_one_attempt_and_the_page_leads_back_to_it(
    client, student, classroom, quiz, noon
):
    given, start = give(classroom, quiz, noon), str(uuid4())

    first, second = (client.post(url(given), {"start": start}) for _ in range(2))

    assert first["Location"] == second["Location"] == f"/attempts/{Attempt.objects.get().uid}/"
    assert "Go on where you were" in page(client, given)


def test_a_wrong_password_starts_nothing(client, student, classroom, quiz, noon):
    given = give(classroom, quiz, noon, password="red")

    assert client.post(url(given), {"start": str(uuid4()), "password": "blue"}).status_code == 409
    assert not Attempt.objects.exists()
    assert client.post(url(given), {"start": str(uuid4()), "password": "red"}).status_code == 302


def test_after_handing_in_it_waits_for_release_and_then_says_so(
    client, student, classroom, quiz, noon
):
    given = give(classroom, quiz, noon)
    attempt = sit_through(student, given, noon)

    told = page(client, given)
    assert "You have handed it in. Your instructor has not released the results yet." in told
    assert f'href="/attempts/{attempt.uid}/result/"' in client.get(url(given)).content.decode()

    Assignment.objects.update(released_at=noon)
    assert "The results are released." in page(client, given)


def test_an_attempt_whose_time_ran_out_is_handed_in_when_it_is_looked_at(
    client, student, classroom, quiz, noon, time_machine
):
    given = give(classroom, quiz, noon)
    sit(student, given, noon)
    time_machine.move_to(noon + HOUR, tick=False)

    assert "time ran out" in page(client, given)
    assert Attempt.objects.handed_in().count() == 1


def test_what_was_withdrawn_is_not_there(client, student, classroom, quiz, noon):
    given = give(classroom, quiz, noon)
    Assignment.objects.update(withdrawn_at=noon)

    assert client.get(url(given)).status_code == 404


@pytest.mark.parametrize("address", ["/today/", "/quizzes/"])
def test_it_is_offered_with_its_time_and_closing(client, student, classroom, quiz, noon, address):
    place = classroom.enrollments.get(user=student)
    accommodating.accommodate(place, time_percent=200, extra_days=0, has_no_limit=False)
    give(classroom, quiz, noon)

    told = text(client.get(address))

    assert "For your class A quiz: quiz Ours · 3 questions · 1 hour, of which 30 minutes" in told
    assert "Closes on Tuesday 3 March, 12:30 (UTC) Not sat yet" in told


def test_no_list_tells_a_score_that_is_not_released(client, student, classroom, quiz, noon):
    sit_through(student, give(classroom, quiz, noon), noon)

    for address in ("/quizzes/", f"/quizzes/{quiz.uid}/", "/progress/", "/today/"):
        assert "100%" not in text(client.get(address)), address
    assert client.get("/api/v1/progress/").json()["results"][0]["score"] is None


@pytest.mark.parametrize("address", ["/today/", "/quizzes/"])
def test_the_lists_take_the_same_queries_whatever_is_given(
    client, student, classroom, quiz, noon, address
):
    counts = []
    for number in (1, 4):
        for n in range(number):
            is_graded = n % 2 == 0
            sit_through(student, give(classroom, quiz, noon, is_graded=is_graded), noon)
        give(classroom, quiz, noon, is_graded=False)
        with CaptureQueriesContext(connection) as captured:
            assert client.get(address).status_code == 200
        counts.append(len(captured))

    assert counts[0] == counts[1]
