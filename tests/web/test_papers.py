"""A student's paper: what those who teach the class read of one attempt, and nobody else."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from quizzes.assessment import overriding, regrading, responding, settling, sheets
from quizzes.assessment.models import Assignment, Served
from quizzes.assessment.regrading import Proposal
from quizzes.assessment.responding import Given
from quizzes.assessment.withholding import WHY
from quizzes.people.models import Classroom, Enrollment
from tests.bookshelf import make_study_book
from tests.enrolling import examine
from tests.examining import ALL_KINDS, make_item, make_quiz, raw, sit, take
from tests.web.lessons import HOUR, give, sit_through
from tests.web.test_review import text

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_noon")]


@pytest.fixture
def quiz(company, classroom):
    book = make_study_book(3)
    Classroom.objects.filter(pk=classroom.pk).update(book=book)
    items = (make_item(book, kind.replace("_", "-"), kind) for kind in ALL_KINDS)
    return make_quiz(book, *items, is_shuffled=False)


@pytest.fixture
def given(quiz, classroom, noon):
    room = Classroom.objects.get(pk=classroom.pk)
    return give(room, quiz, noon, attempts_allowed=2, asks_confidence=True)


@pytest.fixture
def sat(company, given, noon):
    """Everything is wrong but the date."""
    return sit_through(company["student"], given, noon - HOUR, right=["date"])


@pytest.fixture
def instructor(client, company):
    client.force_login(company["instructor"])
    return company["instructor"]


def url(given, attempt):
    return f"/classes/{given.classroom.uid}/assignments/{given.uid}/attempts/{attempt.uid}/"


def asked(attempt):
    return {one.revision.kind: one for one in attempt.served.select_related("revision")}


def part(page, number):
    """What stands below the head of one question."""
    return page.split(f"Question {number} ·")[1].split("What the class answered")[0]


def test_a_paper_is_what_was_asked_what_was_answered_and_what_is_right(
    client, instructor, given, sat
):
    answer = client.get(url(given, sat))
    page = text(answer)

    assert "One of eleven · 9.1% · 1 essay is not marked yet." in page
    assert "Begun 2 Mar 2026, 11:00:00 UTC Handed in 2 Mar 2026, 11:12:00 UTC" in page
    assert "Time taken 12 minutes" in page
    assert "This attempt counts." in page
    single = part(page, 1)
    assert single.startswith(" 0 of 1 What of single?")
    assert all(f"Option {place} of single" in single for place in range(4))
    for said in ("Incorrect: Option", "Answer: The answer to single.", "Because the book says so"):
        assert said in single
    assert "0% of its mark. Saved once, at 11:00:00 UTC." in single
    date = part(page, 7)
    assert "Right: early 1938" in date
    assert "Answer: The answer to date." in date
    assert "Their answer: I was not there." in page
    chosen = 'value="{}" checked'.format(asked(sat)["single"].responses.get().answer["chosen"][0])
    assert chosen in answer.content.decode()
    assert '<fieldset class="widget" disabled>' in answer.content.decode()
    assert "Report an error" not in page


@pytest.mark.parametrize("opens_in", [-HOUR, HOUR], ids=["open", "to come"])
def test_who_is_to_be_asked_a_question_reads_not_even_the_answer(
    client, instructor, quiz, given, sat, noon, opens_in
):
    """Beside the mark of somebody who knew everything, what they said would be the key."""
    exam = make_quiz(quiz.book, quiz.slots.get(position=0).item, slug="exam")
    to_sit = examine(instructor, exam, noon + opens_in)

    answer = client.get(url(given, sat))

    page = text(answer)

    single = page.split("What of single?")[1].split("Question 2 ·")[0]
    assert "Their answer: not shown" in single
    assert str(WHY) in single
    assert "checked" not in answer.content.decode().split('id="q1"')[1].split('id="q2"')[0]
    for said in ("of 1", "Incorrect", "The answer to single.", "Because", "Why 1", "% of its mark"):
        assert said not in single
    assert "Answer: The answer to date." in page
    Assignment.objects.filter(pk=to_sit.pk).update(released_at=noon)
    assert "Answer: The answer to single." in text(client.get(url(given, sat)))


def test_the_student_is_told_no_more_than_before(client, company, given, sat):
    client.force_login(company["student"])

    assert client.get(url(given, sat)).status_code == 404
    told = text(client.get(f"/attempts/{sat.uid}/result/"))
    assert "The answer to single." not in told
    assert "of 1" not in told


def test_what_is_no_attempt_of_a_student_at_this_is_not_there(
    client, company, instructor, quiz, given, sat, noon
):
    theirs = Classroom.objects.exclude(pk=given.classroom_id).get()
    foreign = sit_through(company["stranger"], give(theirs, quiz, noon), noon)
    free = make_quiz(quiz.book, make_item(quiz.book, "free"), slug="free")
    practice = take(company["student"], free, noon)
    other = give(given.classroom, quiz, noon)

    for one in (foreign, practice, sit_through(company["student"], other, noon)):
        assert client.get(url(given, one)).status_code == 404
    assert client.get(url(foreign.assignment, foreign)).status_code == 404


def test_who_has_left_the_class_keeps_their_paper_in_it(client, company, instructor, given, sat):
    places = Enrollment.objects.filter(user=company["student"])

    places.update(role=Enrollment.Role.FORMER)
    assert client.get(url(given, sat)).status_code == 200
    places.update(role=Enrollment.Role.ASSISTANT)
    assert client.get(url(given, sat)).status_code == 404


def test_of_an_attempt_that_runs_nothing_is_shown(client, company, instructor, given, noon):
    Assignment.objects.update(tries=2, **dict.fromkeys(("correctness_from", "key_from"), 0))
    sheet = sit(company["student"], given, noon)
    single = sheet.by_position[1]
    responding.save(sheet, [Given(1, raw(single, is_right=True), 0)], noon)
    settling.check(sheets.of(sheet.attempt), 1, noon)

    page = text(client.get(url(given, sheet.attempt)))

    assert "This attempt is being sat." in page
    assert "single" not in page
    assert not Served.objects.get(pk=single.served.pk).attempt.handed_in_at


def test_one_whose_time_ran_out_is_handed_in_and_read(
    client, company, instructor, given, noon, time_machine
):
    sheet = sit(company["student"], given, noon)
    time_machine.move_to(noon + HOUR, tick=False)

    page = text(client.get(url(given, sheet.attempt)))

    assert "Handed in 2 Mar 2026, 12:30:00 UTC · time ran out" in page
    assert "None of eleven" in page


def test_regrades_in_force_and_marks_set_by_hand_are_told(client, instructor, given, sat, noon):
    single = asked(sat)["single"].revision
    made = regrading.propose(
        given, single, Proposal("everyone", "Two are right."), instructor, noon
    )
    assert "Two are right." not in text(client.get(url(given, sat)))

    regrading.apply(made, instructor, noon)
    overriding.override(given, sat.learner, 7_500_000, "Ill that day.", instructor, noon)
    answer = client.get(url(given, sat))

    page = text(answer)
    assert "Two of eleven · 18.2%" in page
    assert "regraded: Two are right." in page
    assert "Everyone has full marks for this question. Two are right." in page
    assert "Right: Option" in part(page, 1)
    assert "Answer: The answer to single." in part(page, 1)
    assert "75%, set by hand “Ill that day.” (instructor, 2 Mar 2026, 12:00 UTC)" in page
    assert f"/regrades/{made.uid}/" in answer.content.decode()


def test_names_can_be_hidden(client, instructor, given, sat):
    answer = client.get(url(given, sat) + "?names=off").content.decode()

    assert re.search(r"<h1 dir=.auto.>Student \d</h1>", answer)
    assert ">student<" not in answer


def test_it_is_found_from_the_gradebook_the_students_page_and_the_essays(
    client, instructor, given, sat
):
    place = given.classroom.enrollments.get(user=sat.learner)
    room, essay = f"/classes/{given.classroom.uid}/", asked(sat)["essay"]
    pages = [
        f"{room}gradebook/{place.pk}/{given.uid}/",
        f"{room}progress/{place.pk}/",
        f"{room}assignments/{given.uid}/essays/",
    ]
    link = f'href="{url(given, sat)}"'
    before = [link in client.get(page).content.decode() for page in pages]

    levels = {f"criterion_{n}": "2" for n in range(2)} | {"comment": ""}
    client.post(f"{room}assignments/{given.uid}/essays/{essay.pk}/", levels)

    after = [link in client.get(page).content.decode() for page in pages]
    assert before == [True, True, False]  # whose essay it is, is told once it is marked
    assert after == [True, True, True]


def test_as_many_queries_for_many_questions_as_for_few(
    client, company, instructor, given, sat, noon
):
    few = make_quiz(given.quiz.book, given.quiz.slots.first().item, slug="few")
    other = give(given.classroom, few, noon)
    short = sit_through(company["student"], other, noon - timedelta(minutes=30))

    def count(address):
        with CaptureQueriesContext(connection) as captured:
            assert client.get(address).status_code == 200
        return len(captured)

    assert count(url(other, short)) <= count(url(given, sat)) <= 30
