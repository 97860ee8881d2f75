"""Announcements and notices: who is told, where it stands, and when it was read."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from quizzes.people import announcing, notifying, placing, running
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
    assert "Ours: withdrawn: Maps" in text(client.get("/notices/"))


@pytest.fixture
def announced(client, company, classroom, page, noon):
    """An announcement of the day before, its page to change it, and what that page has seen."""
    made = announcing.announce(
        classroom, company["instructor"], "Maps", "Bring maps.", noon - timedelta(days=1)
    )
    Notice.objects.all().delete()
    client.force_login(company["assistant"])
    return made, f"{page}announcements/{made.uid}/edit/", announcing.digest(made)


def test_an_announcement_that_is_changed_says_when_and_by_whom_and_is_told_as_wished(
    client, company, page, announced
):
    _made, url, seen = announced
    assert "Bring maps." in client.get(url).text

    words = {"title": "Maps", "text": "Bring *pens*.", "seen": seen}
    assert client.post(url, words)["Location"] == f"{page}announcements/"
    assert not Notice.objects.exists()
    client.post(url, {"title": "Pens", "text": "Bring *pens*.", "tells": "on",
                      "seen": announcing.digest(Announcement.objects.get())})  # fmt: skip

    assert {one.text for one in Notice.objects.all()} == {"Ours: changed: Pens"}
    assert Notice.objects.count() == 2
    log = text(client.get(f"{page}audit/"))
    assert "The announcement “Maps” is changed." in log
    assert "The announcement “Maps” is changed, and is “Pens” now." in log
    client.force_login(company["student"])
    shown = text(client.get(page))
    changed = "changed Monday 2 March, 12:00 (UTC) by assistant Bring pens"
    assert f"Pens Sunday 1 March, 12:00 (UTC) · instructor · {changed}" in shown
    assert "<em>pens</em>" in client.get(page).text


def test_the_same_words_are_no_change(client, announced):
    made, url, seen = announced

    client.post(url, {"title": "Maps", "text": "Bring maps. ", "tells": "on", "seen": seen})

    made.refresh_from_db()
    assert (made.edited_at, Notice.objects.count()) == (None, 0)


@pytest.mark.parametrize("how", ["empty", "changed", "withdrawn", "archived"])
def test_what_was_typed_is_not_lost_where_it_cannot_be_saved(
    client, company, classroom, page, announced, noon, how
):
    made, url, seen = announced
    instructor = company["instructor"]
    if how == "changed":
        announcing.edit(made, instructor, announcing.Words("Maps", "None."), noon, seen=seen)
    elif how == "withdrawn":
        announcing.withdraw(made, instructor, noon)
    elif how == "archived":
        running.archive(classroom, instructor, noon)
    sent = {"title": "" if how == "empty" else "Maps", "text": "Bring a compass.", "seen": seen}

    answer = client.post(url, sent)

    said = {
        "empty": "This could not be saved yet.",
        "changed": "Somebody has changed it meanwhile",
        "withdrawn": "This announcement is withdrawn meanwhile",
        "archived": "This class is archived",
    }
    assert answer.status_code == (422 if how == "empty" else 409)
    assert said[how] in text(answer)
    assert "Bring a compass.</textarea>" in answer.text
    assert ("As it stands now" in text(answer)) == (how == "changed")
    assert not Announcement.objects.filter(text="Bring a compass.").exists()
    if how == "changed":
        assert announcing.digest(Announcement.objects.get()) in answer.text
    new = client.post(f"{page}announcements/", sent)
    if how == "archived":
        assert new.status_code == 409
        assert "Bring a compass.</textarea>" in new.text


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
            made = announcing.announce(classroom, company["instructor"], f"{number}", "So.", noon)
            words, seen = announcing.Words("Or", "So."), announcing.digest(made)
            announcing.edit(made, company["assistant"], words, noon, seen=seen)
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
