"""Announcements and notices: who is told, where it stands, and when it was read."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from quizzes.people import announcing, notifying, placing
from quizzes.people.models import Announcement, Notice, User
from tests.bookshelf import make_study_book
from tests.examining import make_item, make_quiz
from tests.web.lessons import give
from tests.web.test_review import text

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_noon")]


@pytest.fixture
def student(client, company):
    client.force_login(company["student"])
    return company["student"]


@pytest.fixture
def page(classroom):
    return f"/classes/{classroom.uid}/"


def test_what_is_announced_reaches_every_student_and_nobody_else(
    client, company, classroom, page, noon
):
    former = classroom.enrollments.get(user=company["classmate"])
    placing.remove(former, company["instructor"], noon)
    client.force_login(company["assistant"])

    client.post(f"{page}announcements/", {"title": "Maps", "text": "Bring *maps*."})

    assert [one.user for one in Notice.objects.all()] == [company["student"]]
    client.force_login(company["student"])
    assert "Ours: Maps" in text(client.get("/today/"))
    assert "<em>maps</em>" in client.get(page).text


def test_what_is_written_does_nothing_but_stand_there(client, student, company, classroom, noon):
    words = '<script>x</script> [l](javascript:x) <p hx-get="/x">y</p> **bold**'
    announcing.announce(classroom, company["instructor"], "<b>T</b>", words, noon)

    shown = client.get(f"/classes/{classroom.uid}/").text
    assert "<strong>bold</strong>" in shown
    assert "<script>x" not in shown
    assert 'href="javascript' not in shown
    assert "<p hx-get" not in shown
    assert "<b>T</b>" not in shown


def test_a_withdrawn_announcement_is_off_the_page(client, company, classroom, page, noon):
    made = announcing.announce(classroom, company["instructor"], "Maps", "Bring maps.", noon)
    client.force_login(company["instructor"])

    client.post(f"{page}announcements/{made.uid}/withdraw/")

    assert "Bring maps." not in text(client.get(f"{page}announcements/"))
    client.force_login(company["student"])
    assert "Bring maps." not in text(client.get(page))
    assert Announcement.objects.count() == 1


def test_a_student_sees_what_is_given_and_a_former_one_nothing(
    client, student, company, classroom, page, noon
):
    book = make_study_book(3)
    given = give(classroom, make_quiz(book, make_item(book, "asked")), noon)
    assert f"/assignments/{given.uid}/" in client.get(page).text

    place = classroom.enrollments.get(user=student)
    placing.remove(place, company["instructor"], noon)

    assert client.get(page).status_code == 404
    assert client.get(f"/assignments/{given.uid}/").status_code == 404
    assert "Ours" not in text(client.get("/classes/"))
    assert "asked" not in text(client.get("/today/"))


def test_the_page_of_a_class_takes_as_many_queries_for_many_announcements(
    client, student, company, classroom, page, noon
):
    counts = []
    for size in (1, 10):
        for number in range(size):
            announcing.announce(classroom, company["instructor"], f"{number}", "So.", noon)
        with CaptureQueriesContext(connection) as captured:
            client.get(page)
        counts.append(len(captured))

    assert counts[0] == counts[1] <= 10


def test_unread_notices_come_first_and_are_read_one_by_one_or_all(client, student, noon):
    for number in range(3):
        notifying.tell([student.pk], f"Notice {number}", "/quizzes/", noon)
    first = Notice.objects.order_by("pk").first()
    assert first
    opened = client.post("/notices/", {"act": "open", "notice": first.pk})
    assert opened["Location"] == "/quizzes/"

    told = text(client.get("/notices/"))
    assert told.index("Notice 2") < told.index("Notice 1") < told.index("Notice 0")
    assert "2 of them unread" in text(client.get("/today/"))

    client.post("/notices/", {"act": "all"})
    assert "Notice" not in text(client.get("/today/")).replace("Notices", "")


def test_a_notice_is_its_readers_alone(client, student, company, noon):
    notifying.tell([company["classmate"].pk], "For another", "/quizzes/", noon)
    notice = Notice.objects.get()

    assert client.post("/notices/", {"act": "read", "notice": notice.pk}).status_code == 404
    assert "For another" not in text(client.get("/notices/"))
    assert Notice.objects.get().read_at is None


def test_no_notice_leads_out_of_the_site(client, student, noon):
    notifying.tell([student.pk], "Out", "https://elsewhere.example/", noon)

    opened = client.post("/notices/", {"act": "open", "notice": Notice.objects.get().pk})

    assert opened["Location"] == "/notices/"


def test_notices_cost_today_one_query_however_many(client, student, noon):
    User.objects.filter(pk=student.pk).update(time_zone="UTC")
    counts = []
    for size in (0, 1, 100):
        notifying.tell([student.pk] * size, "Once", "/quizzes/", noon)
        for number in range(size):
            notifying.tell([student.pk], f"Notice {number}", "/quizzes/", noon)
        with CaptureQueriesContext(connection) as captured:
            client.get("/today/")
        counts.append(len(captured))

    assert counts == [counts[0]] * 3
