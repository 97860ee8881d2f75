"""Late days as a student reads them, one student's own deadline, and a class's cards."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from quizzes.assessment import assigning_cards
from quizzes.assessment.models import CardAssignment, Extension
from quizzes.cards.models import StudyPlan
from quizzes.people.models import Classroom, Notice, User
from tests.bookshelf import make_study_book
from tests.examining import make_item, make_quiz
from tests.web.lessons import DAY, HOUR, give, sit_through
from tests.web.test_review import text

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_noon")]


@pytest.fixture
def book(db):
    return make_study_book(3)


@pytest.fixture
def room(classroom, book):
    Classroom.objects.filter(pk=classroom.pk).update(book=book)
    return Classroom.objects.get(pk=classroom.pk)


@pytest.fixture
def given(room, book, noon):
    quiz = make_quiz(book, make_item(book, "ask"))
    return give(room, quiz, noon, late_days=3, late_percent=10)


@pytest.fixture
def place(room, company):
    return room.enrollments.get(user=company["student"])


def url(given, tail=""):
    return f"/classes/{given.classroom.uid}/assignments/{given.uid}/{tail}"


def test_a_student_reads_when_it_is_due_and_what_being_late_costs(client, company, given):
    client.force_login(company["student"])

    told = text(client.get(f"/assignments/{given.uid}/"))

    assert "Due for you on Tuesday 3 March, 12:00 (UTC)" in told
    assert "Until Friday 6 March, 12:00 (UTC) it may be handed in late" in told
    assert "it then counts 10% less for each day that has begun." in told
    assert "Due on Tuesday 3 March, 12:00" in text(client.get("/today/"))


def test_once_it_is_due_the_list_says_late(client, company, given, time_machine, noon):
    client.force_login(company["student"])
    time_machine.move_to(noon + DAY + HOUR, tick=False)

    assert "Late since it was due; closes on Friday 6 March" in text(client.get("/today/"))


def test_what_was_late_is_told_with_the_result_and_counts_less(
    client, company, instructor, given, noon
):
    attempt = sit_through(company["student"], given, noon + DAY + HOUR)

    page = text(client.get(url(given)))
    assert "It may be handed in up to 3 days late. Each day that has begun takes 10%" in page
    assert "90%" in page
    client.force_login(company["student"])
    told = text(client.get(f"/attempts/{attempt.uid}/result/"))
    assert "It was handed in 1 day late. Each day takes 10% off the score that counts." in told


def test_the_api_tells_both_moments(client, company, given):
    client.force_login(company["student"])

    [told] = client.get("/api/v1/assignments/").json()["assignments"]

    assert (told["due_at"], told["closes_at"]) == ("2026-03-03T12:00:00Z", "2026-03-06T12:00:00Z")
    assert told["late_percent"] == 10


def test_late_days_need_a_day_on_which_it_is_due(client, instructor, given):
    posted = {"opens_at": "2026-03-02T07:00", "late_days": "3"}

    answer = client.post(url(given, "change/"), posted)

    assert "Late is what comes after it is due: say when that is." in text(answer)


def test_one_student_gets_a_deadline_and_is_told(client, instructor, given, place, company):
    assert "give one" in text(client.get(url(given, "extensions/")))

    answer = client.post(
        url(given, f"extensions/{place.pk}/"),
        {"closes_at": "2026-03-10T18:00", "attempts_allowed": "2"},
        follow=True,
    )

    assert "Saved. student is told." in text(answer)
    assert "student 10 Mar 2026, 18:00" in text(answer)
    assert str(Extension.objects.get().closes_at) == "2026-03-10 18:00:00+00:00"
    assert Notice.objects.get(user=company["student"]).link == f"/assignments/{given.uid}/"
    client.force_login(company["student"])
    assert "Due for you on Tuesday 10 March, 18:00" in text(
        client.get(f"/assignments/{given.uid}/")
    )


def test_a_deadline_that_is_no_later_is_refused(client, instructor, given, place):
    answer = client.post(url(given, f"extensions/{place.pk}/"), {"closes_at": "2026-03-03T11:00"})

    assert answer.status_code == 409
    assert "This student has until then anyway" in text(answer)


def test_a_student_of_another_class_has_no_page(client, instructor, given, company):
    stranger = company["stranger"].enrollments.get()

    assert client.get(url(given, f"extensions/{stranger.pk}/")).status_code == 404


def test_a_chapter_s_cards_are_given_met_and_withdrawn(client, instructor, room, book, company):
    chapter = book.chapters.get(number=0)
    client.post(
        f"/classes/{room.uid}/cards/new/",
        {
            "chapter": chapter.pk,
            "opens_at": "2026-03-02T07:00",
            "due_at": "2026-03-09T18:00",
        },
    )
    given = CardAssignment.objects.get()
    assert "Introduction from 2 Mar, 07:00 · due 9 Mar, 18:00 (UTC) 3 cards · 0% met" in text(
        client.get(f"/classes/{room.uid}/cards/")
    )
    assert "met by 0 of 2" in text(client.get(f"/classes/{room.uid}/cards/{given.uid}/"))

    client.force_login(company["student"])
    told = text(client.get("/today/"))
    assert "Introduction Ours · due Monday 9 March, 18:00 UTC 0 of 3 cards met" in told
    assert list(StudyPlan.objects.get(learner=company["student"]).chapters.all()) == [chapter]

    client.force_login(company["instructor"])
    client.post(f"/classes/{room.uid}/cards/{given.uid}/withdraw/")
    client.force_login(company["student"])
    assert "Cards your class gives you" not in text(client.get("/today/"))


@pytest.mark.parametrize("tail", ["assignments/{given}/extensions/", "cards/", "cards/{cards}/"])
def test_pages_take_the_same_queries_whatever_the_number_of_students(
    client, instructor, room, book, given, noon, tail
):
    chapter = book.chapters.get(number=0)
    cards = assigning_cards.assign(room, chapter, noon, opens_at=noon, due_at=noon + timedelta(9))
    address = f"/classes/{room.uid}/{tail.format(given=given.uid, cards=cards.uid)}"
    counts = []
    for number in (1, 10, 100):
        people = User.objects.bulk_create(User(username=f"{number}-{n}") for n in range(number))
        room.enrollments.bulk_create(
            room.enrollments.model(classroom=room, user=one, joined_at=noon) for one in people
        )
        with CaptureQueriesContext(connection) as captured:
            assert client.get(address).status_code == 200
        counts.append(len(captured))
    assert len(set(counts)) == 1
