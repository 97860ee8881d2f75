"""A cell of the gradebook: what counted and why, and a mark that is set by hand."""

import re
from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from quizzes.assessment import releasing
from quizzes.assessment.models import Assignment, Override, Regrade, RegradeChange
from quizzes.people.models import Classroom, Enrollment, Notice
from tests.bookshelf import make_study_book
from tests.examining import make_assignment, make_item, make_quiz, sit_through
from tests.web.test_review import text

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_noon")]
WEEK, DAY = timedelta(days=7), timedelta(days=1)
MARK = {"amount": "3", "unit": "points", "reason": "Ill that day."}


@pytest.fixture
def given(classroom, noon):
    """It was due two days ago and closed yesterday."""
    book = make_study_book(3)
    Classroom.objects.filter(pk=classroom.pk).update(book=book)
    quiz = make_quiz(book, *(make_item(book, f"q{n}") for n in range(4)))
    room = Classroom.objects.get(pk=classroom.pk)
    terms = {"attempts_allowed": 2, "late_days": 1, "late_percent": 10}
    return make_assignment(room, quiz, noon - WEEK - 2 * DAY, **terms)


@pytest.fixture
def url(classroom, company, given):
    place = classroom.enrollments.get(user=company["student"])
    return f"/classes/{classroom.uid}/gradebook/{place.pk}/{given.uid}/"


@pytest.fixture
def sat(company, given, noon):
    """Half of it in time, and all of it a day late."""
    first = sit_through(company["student"], given, noon - WEEK, right=["q0", "q1"])
    return [first, sit_through(company["student"], given, noon - DAY - timedelta(hours=1))]


@pytest.fixture
def instructor(client, company):
    client.force_login(company["instructor"])
    return company["instructor"]


def own(client, company, classroom):
    """What the student reads of their marks."""
    client.force_login(company["student"])
    page = text(client.get(f"/classes/{classroom.uid}/marks/"))
    client.force_login(company["instructor"])
    return page


def test_a_cell_tells_every_attempt_and_which_counts(client, instructor, url, sat):
    page = text(client.get(url))

    assert "90% the best of 2 attempts, minus 10% for 1 day · 2 attempts · late by 1 day" in page
    assert "2 counts 28 Feb 2026, 11:00" not in page
    assert "2 counts 1 Mar 2026, 11:00 UTC 1 Mar 2026, 11:00 UTC 100% 1 day 90%" in page
    assert "Each begun day late costs 10% of the score." in page


def test_a_mark_is_looked_at_before_it_is_set(client, instructor, url, sat):
    page = text(client.post(url, MARK | {"act": "check"}))
    assert "90% so far, then 75%." in page
    assert "Set it to 75%" in page
    assert not Override.objects.exists()

    sent = client.post(url, MARK | {"act": "set"})

    assert sent["Location"] == url
    assert [one.score for one in Override.objects.all()] == [7_500_000]
    page = text(client.get(url))
    assert "75% set by hand" in page
    assert "“Ill that day.” (instructor, 2 Mar 2026, 12:00 UTC)" in page
    assert "2 would count" in page
    assert "Set a mark by hand to 75%: Ill that day." in page


def test_a_mark_is_kept_as_it_was_typed_and_told_to_a_tenth(
    client, instructor, classroom, company, given, url, sat, noon
):
    typed = MARK | {"amount": "66.67", "unit": "percent"}
    assert "90% so far, then 66.7%." in text(client.post(url, typed | {"act": "check"}))

    client.post(url, typed | {"act": "set"})
    releasing.release(given, noon)

    assert Override.objects.get().score == 6_667_000
    page = text(client.get(url))
    assert "66.7% set by hand" in page
    assert "Set a mark by hand to 66.7%: Ill that day." in page
    assert "66.7% is the mean of your released marks" in own(client, company, classroom)


def test_a_mark_is_taken_back_with_a_reason_and_the_steps_stay(client, instructor, url, sat):
    client.post(url, MARK | {"act": "set"})
    assert client.post(url, {"act": "back", "back-reason": ""}).status_code == 422

    client.post(url, {"act": "back", "back-reason": "A slip."})

    page = text(client.get(url))
    assert "90% the best of 2 attempts" in page
    assert "Taken back · A slip." in page
    assert "75% · Ill that day." in page


def test_the_log_leads_to_the_cell_and_names_its_student_unless_names_are_hidden(
    client, instructor, classroom, company, url, sat
):
    company["student"].display_name = "Olga"
    company["student"].save()
    client.post(url, MARK | {"act": "set"})

    named, hidden = (
        client.get(f"/classes/{classroom.uid}/audit/?names={names}") for names in ("on", "off")
    )

    assert "Set a mark by hand to 75%: Ill that day. Olga: how this mark came about" in text(named)
    assert re.search(r"Student \d+: how this mark came about", text(hidden))
    assert "Olga" not in text(hidden)
    assert all(f'href="{url}"' in page.content.decode() for page in (named, hidden))


@pytest.mark.parametrize(
    "wrong",
    [
        {"amount": "4.01"},
        {"amount": "101", "unit": "percent"},
        {"amount": "-1"},
        {"amount": "NaN"},
        {"unit": "grams"},
        {"reason": ""},
        {"reason": "x" * 301},
    ],
)
def test_what_is_no_mark_is_said_at_its_field(client, instructor, url, wrong):
    sent = client.post(url, MARK | {"act": "set"} | wrong)

    assert sent.status_code == 422
    assert "field-error" in sent.content.decode()
    assert not Override.objects.exists()


def test_who_left_the_class_still_has_a_cell(client, instructor, classroom, company, url, sat):
    classroom.enrollments.filter(user=company["student"]).update(role=Enrollment.Role.FORMER)

    assert "the best of 2 attempts" in text(client.get(url))
    assert client.post(url, MARK | {"act": "set"}).status_code == 302


def test_a_hidden_name_is_hidden_here_too(client, instructor, classroom, company, url):
    company["student"].display_name = "Olga"
    company["student"].save()
    assert "Olga" in text(client.get(url))
    client.get(f"/classes/{classroom.uid}/gradebook/?names=off")

    page = text(client.get(url))

    assert "A student (names are hidden)" in page
    assert "Olga" not in page


def test_a_cell_of_another_classs_assignment_is_not_there(client, instructor, given, url, noon):
    Classroom.objects.filter(name="Theirs").update(book=given.quiz.book)
    theirs = make_assignment(Classroom.objects.get(name="Theirs"), given.quiz, noon)

    assert client.get(url.replace(str(given.uid), str(theirs.uid))).status_code == 404


def test_the_student_reads_the_mark_once_it_is_released(
    client, instructor, classroom, company, given, url, sat, noon
):
    client.post(url, MARK | {"act": "set"})
    before = own(client, company, classroom)
    assert not Notice.objects.exists()

    releasing.release(given, noon)
    after = own(client, company, classroom)

    assert "Handed in; not released yet" in before
    assert "late by 1 day" in before
    for told in ("75", "Ill", "by hand", "best of"):
        assert told not in before
    assert "75% is the mean of your released marks" in after
    assert "set by hand" in after
    assert "Your instructor’s reason: Ill that day." in after


def test_the_student_reads_what_a_regrade_changed_but_while_an_open_exam_asks_it(
    client, instructor, classroom, company, given, sat, noon
):
    regrade = Regrade.objects.create(
        assignment=given,
        revision=sat[0].served.get(position=1).revision,
        policy="everyone",
        reason="Two answers were right.",
        created_at=noon,
        applied_at=noon,
    )
    RegradeChange.objects.create(
        regrade=regrade, attempt=sat[0], score_before=5_000_000, score_after=5_000_000
    )
    assert "Two answers" not in own(client, company, classroom)

    releasing.release(given, noon)

    said = "Attempt 1 was regraded: Two answers were right."
    assert said in own(client, company, classroom)
    exam = make_assignment(classroom, given.quiz, noon + DAY)
    assert said in own(client, company, classroom)
    Assignment.objects.filter(pk=exam.pk).update(opens_at=noon)
    assert "Attempt 1 was regraded." in own(client, company, classroom)
    exam.delete()
    Regrade.objects.update(undone_at=noon)
    assert said not in own(client, company, classroom)


def test_a_student_who_did_nothing_is_not_blamed(client, instructor, classroom, company, given):
    page = own(client, company, classroom)

    assert "Closed, not sat" in page
    assert "No graded mark is released yet." in page


def test_a_students_own_marks_take_as_many_queries_for_one_as_for_many(
    client, company, given, noon
):
    client.force_login(company["student"])
    taken = []
    for count in (1, 10, 100):
        with transaction.atomic():
            for _n in range(count):
                make_assignment(given.classroom, given.quiz, noon - 3 * WEEK, is_graded=False)
            with CaptureQueriesContext(connection) as captured:
                page = text(client.get(f"/classes/{given.classroom.uid}/marks/"))
            transaction.set_rollback(True)
        assert page.count("Closed, not sat") == count + 1
        taken.append(len([one for one in captured if "SAVEPOINT" not in one["sql"]]))

    assert taken == [14, 14, 14]
