"""A class from its opening to its archive, through the pages of those who run it."""

from datetime import timedelta

import pytest

from quizzes.assessment import repeating
from quizzes.assessment.models import Assignment, CardAssignment
from quizzes.content.models import Chapter
from quizzes.people import admitting, auditing, running
from quizzes.people.models import Classroom, Enrollment
from tests.bookshelf import make_study_book
from tests.examining import make_assignment, make_item, make_quiz
from tests.web.lessons import give
from tests.web.test_review import text

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_noon")]

DAY = timedelta(days=1)


@pytest.fixture
def instructor(client, company):
    client.force_login(company["instructor"])
    return company["instructor"]


@pytest.fixture
def page(classroom):
    """The address of a page of the class."""
    return lambda part="": f"/classes/{classroom.uid}/{part}"


def test_an_account_opens_a_class_and_its_code_is_there(client, company, classroom):
    client.force_login(company["staff"])
    form = {"name": "Mondays", "book": classroom.book_id, "time_zone": "Europe/Berlin"}

    made = client.post("/classes/new/", form)

    room = Classroom.objects.get(name="Mondays")
    assert room.time_zone == "Europe/Berlin"
    assert room.enrollments.get().role == "instructor"
    assert "Nobody has joined yet" in text(client.get(made["Location"]))
    assert admitting.grouped(room.join_code) in text(client.get(f"/classes/{room.uid}/code/"))


def test_a_class_is_for_a_book_that_one_may_read(client, company, classroom):
    client.force_login(company["staff"])
    classroom.book.owner = company["student"]
    classroom.book.save()
    form = {"name": "Mondays", "book": classroom.book_id, "time_zone": "UTC"}

    assert client.post("/classes/new/", form).status_code == 422


def test_the_code_is_shown_big_closed_opened_and_changed(client, instructor, classroom, page):
    admitting.open_door(classroom, instructor, classroom.created_at)
    code = classroom.join_code

    assert admitting.grouped(code) in text(client.get(page("code/")))
    client.post(page("code/"), {"act": "close"})
    assert admitting.grouped(code) not in text(client.get(page("code/")))
    client.post(page("code/"), {"act": "open", "until": "2026-03-04"})
    assert "Thursday 5 March, 00:00 (UTC)" in text(client.get(page("settings/")))
    client.post(page("code/"), {"act": "rotate"})
    assert Classroom.objects.get(pk=classroom.pk).join_code not in {code, None}


def test_a_day_that_is_over_is_told_beside_its_field(client, instructor, classroom, page):
    answer = client.post(page("code/"), {"act": "open", "until": "2026-03-01"})

    assert answer.status_code == 422
    assert 'id="id_until_error">This day is over.' in answer.text
    assert 'value="2026-03-01"' in answer.text
    assert "Name and clock" in text(answer)
    assert client.post(page("code/"), {"act": "open", "until": "2026-03-02"}).status_code == 302
    assert 'value="2026-03-02"' in client.get(page("settings/")).text


def test_settings_are_kept_and_refused_by_their_bounds(client, instructor, classroom, page):
    client.post(page("settings/"), {"name": "Tuesdays", "time_zone": "Asia/Tokyo"})

    room = Classroom.objects.get(pk=classroom.pk)
    assert (room.name, room.time_zone) == ("Tuesdays", "Asia/Tokyo")
    assert client.post(page("settings/"), {"name": "", "time_zone": "UTC"}).status_code == 422


def test_in_the_archive_all_is_read_and_nothing_changes(client, instructor, classroom, page):
    client.post(page("archive/"), {"act": "archive"})

    parts = ("", "people/", "announcements/", "settings/", "audit/", "invitations/", "slips/")
    assert {client.get(page(part)).status_code for part in parts} == {200}
    overview = text(client.get(page("")))
    assert "This class is archived" in overview
    assert "Give a quiz" not in overview
    number = classroom.enrollments.students().first().pk
    for part, body in (
        ("settings/", {"name": "New", "time_zone": "UTC"}),
        ("code/", {"act": "open"}),
        ("roster/", {"text": "Olga"}),
        ("invitations/", {"role": "student"}),
        ("announcements/", {"title": "A", "text": "B"}),
        (f"people/{number}/remove/", {}),
        (f"students/{number}/", {"time_percent": "150", "extra_days": "0"}),
        (f"assignments/new/{number:032x}/", {}),
    ):
        assert client.post(page(part), body).status_code in {404, 409}, part
    assert Enrollment.objects.get(pk=number).role == "student"

    client.post(page("archive/"), {"act": "unarchive"})
    assert client.post(page("code/"), {"act": "open"}).status_code == 302


def test_a_copy_has_the_terms_on_later_dates_and_nobody_in_it(
    client, instructor, classroom, page, noon
):
    book = make_study_book(3)
    quiz = make_quiz(book, make_item(book, "asked"))
    retired = make_quiz(book, make_item(book, "retired"), slug="retired")
    given = give(classroom, quiz, noon, attempts_allowed=3)
    give(classroom, retired, noon)
    retired.retired_at = noon
    retired.save()
    Assignment.objects.filter(pk=given.pk).update(late_days=2, late_percent=5, released_at=noon)
    Classroom.objects.filter(pk=classroom.pk).update(exam_on=noon.date())
    chapter = Chapter.objects.earliest("pk")
    CardAssignment.objects.create(
        classroom=classroom, chapter=chapter, created_at=noon, opens_at=noon, due_at=noon + DAY
    )

    asked = client.get(page("copy/"))
    assert "1 quiz comes along" in text(asked)
    assert asked.context["form"].initial["name"] == "Ours, 2027"
    client.post(page("copy/"), {"name": "Next year", "days": "364"})

    made = Classroom.objects.get(name="Next year")
    [copied], [cards] = made.assignments.all(), made.card_assignments.all()
    assert (made.book, made.enrollments.get().user) == (classroom.book, instructor)
    assert copied.opens_at == given.opens_at + 364 * DAY
    assert copied.closes_at == noon + 365 * DAY
    assert (copied.late_days, copied.late_percent, copied.attempts_allowed) == (2, 5, 3)
    assert copied.released_at is None
    assert copied.reservations.exists()
    assert made.exam_on == (noon + 364 * DAY).date()
    assert (cards.chapter, cards.due_at) == (chapter, noon + 365 * DAY)
    there = f"/classes/{made.uid}/"
    assert "1 Mar 2027, 11:00 – 2 Mar 2027, 12:00" in text(client.get(there))
    assert "from 1 Mar 2027, 12:00" in text(client.get(f"{there}cards/"))
    assert "2 Mar, 11:00 – 3 Mar, 12:00" in text(client.get(page("")))


@pytest.mark.parametrize(
    ("name", "proposed"),
    [
        ("History 214", "History 214, 2027"),
        ("History 214, spring 2026", "History 214, spring 2027"),
        ("2026/27 History", "2027/28 History"),
        ("1999–2000 and 2099/00", "1999–2001 and 2100/01"),
        ("x" * 118, "x" * 118),
    ],
)
def test_a_copy_is_named_for_its_year(classroom, noon, name, proposed):
    classroom.name = name

    assert repeating.proposed_name(classroom, noon) == proposed


def test_a_copy_keeps_the_hour_though_the_clock_was_changed(client, instructor, classroom, noon):
    book = make_study_book(3)
    running.settle(classroom, instructor, noon, name="Ours", time_zone="Europe/Berlin")
    give(classroom, make_quiz(book, make_item(book, "asked")), noon)

    client.post(f"/classes/{classroom.uid}/copy/", {"name": "Summer", "days": "91"})

    [copied] = Classroom.objects.get(name="Summer").assignments.all()
    assert copied.closes_at == noon + 92 * DAY - timedelta(hours=1)


def test_nothing_of_a_copy_is_open_at_once(client, instructor, classroom, page, noon):
    book = make_study_book(3)
    give(classroom, make_quiz(book, make_item(book, "asked")), noon - 10 * DAY)

    refused = client.post(page("copy/"), {"name": "Next", "days": "7"})

    assert refused.status_code == 409
    assert not Classroom.objects.filter(name="Next").exists()


def test_the_log_tells_who_did_what(client, instructor, page):
    client.post(page("code/"), {"act": "rotate"})

    told = text(client.get(page("audit/")))
    assert "A new join code." in told
    assert "instructor" in told


def test_the_log_says_which_quiz_a_line_is_about(client, classroom, book, instructor, page, noon):
    given = make_assignment(classroom, make_quiz(book, make_item(book, "one")), noon)
    auditing.note(instructor, "release", given.uid, "Released.", noon, classroom)
    auditing.note(instructor, "settle", classroom.uid, "Settings.", noon, classroom)

    said = client.get(page("audit/")).content.decode()

    assert said.count(f"/classes/{classroom.uid}/assignments/{given.uid}/") == 1
    assert given.quiz.title in said
