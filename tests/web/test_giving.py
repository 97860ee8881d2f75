"""Instructors give a quiz to a class, see how far it is, and release its results."""

import re
from datetime import timedelta
from html import unescape
from urllib.parse import urlencode, urljoin

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from quizzes.assessment.models import Assignment, Attempt, Quiz
from quizzes.assessment.terms import Moment
from quizzes.people import auditing, joining
from quizzes.people.models import Classroom, Enrollment, User
from quizzes.web.giving_forms import TermsForm
from tests.bookshelf import make_study_book
from tests.examining import make_item, make_quiz, sit
from tests.web.lessons import DAY, HOUR, give, sit_through
from tests.web.test_review import text

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_noon")]

TERMS = {
    "opens_at": "2026-03-02T07:00",
    "closes_at": "2026-03-09T18:00",
    "time_limit_minutes": "45",
    "attempts_allowed": "1",
    "counting": "best",
    "is_graded": "on",
    "tries": "1",
    "penalty_percent": "0",
    "password": "",
    "answer_from": "1",
    "correctness_from": "2",
    "score_from": "2",
    "key_from": "2",
    "explanation_from": "2",
}


@pytest.fixture
def quiz(db):
    book = make_study_book(3)
    items = [make_item(book, f"ask-{n}", is_card=n < 2) for n in range(3)]
    return make_quiz(book, *items)


@pytest.fixture
def room(company, classroom, quiz):
    Classroom.objects.filter(pk=classroom.pk).update(book=quiz.book, time_zone="America/New_York")
    return Classroom.objects.get(pk=classroom.pk)


def url(room, *parts):
    return "/".join(["/classes", str(room.uid), "assignments", *map(str, parts), ""])


def test_a_quiz_of_the_class_s_book_is_chosen_first(client, instructor, room, quiz):
    page = client.get(url(room, "new")).content.decode()

    assert url(room, "new", quiz.uid) in page


def test_every_term_is_asked_for_once():
    form = TermsForm(zone="UTC")

    asked = [field.name for _of, fields in form.groups for field in fields]
    asked += [field.name for field in form.shown_fields]

    assert sorted(asked) == sorted(form.fields)


def test_a_quiz_is_given_on_the_clock_of_the_class(client, instructor, room, quiz):
    form = text(client.get(url(room, "new", quiz.uid)))
    assert "Dates are on the class’s clock (America/New_York)." in form
    assert "2 cards are held back from the class until you release the results." in form

    answer = client.post(url(room, "new", quiz.uid), TERMS, follow=True)

    given = Assignment.objects.get()
    assert given.opens_at.isoformat() == "2026-03-02T12:00:00+00:00"
    assert str(given.closes_at) == "2026-03-09 22:00:00+00:00"  # summer time began
    assert (given.time_limit_minutes, given.is_graded) == (45, True)
    assert "The quiz is given to the class. 2 cards are held back from it" in text(answer)


def test_quizzes_to_give_name_their_place_once(client, instructor, room, quiz):
    section = quiz.book.sections.get(position=0)
    quizzes = [make_quiz(quiz.book, make_item(quiz.book, f"on-{n}"), slug=f"{n}") for n in range(2)]
    for one, title in zip(quizzes, (section.title, "First steps"), strict=True):
        Quiz.objects.filter(pk=one.pk).update(title=title, section=section)

    told = text(client.get(url(room, "new")))

    assert f"First steps {section.title}" in told
    assert told.count(section.title) == 2


def test_the_form_offers_what_is_safe(client, instructor, room, quiz):
    page = client.get(url(room, "new", quiz.uid))

    chosen = {name: page.context["form"][name].value() for name in TERMS if name[-5:] == "_from"}
    assert chosen == {
        "answer_from": Moment.HANDED_IN,
        "correctness_from": Moment.CLOSED,
        "score_from": Moment.CLOSED,
        "key_from": Moment.CLOSED,
        "explanation_from": Moment.CLOSED,
    }


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"closes_at": "2026-03-01T18:00"}, "Close it after it opens."),
        ({"closes_at": ""}, "A graded quiz closes, so that results can be released."),
        ({"tries": "2"}, "Show right and wrong as it is checked, or give one try."),
        ({"opens_at": "soon"}, "Enter a valid date/time."),
        ({"key_from": "9"}, "Select a valid choice."),
    ],
)
def test_what_makes_no_sense_is_told_and_nothing_is_given(
    client, instructor, room, quiz, wrong, said
):
    answer = client.post(url(room, "new", quiz.uid), TERMS | wrong)

    assert answer.status_code == 422
    assert said in text(answer)
    assert not Assignment.objects.exists()


def test_terms_are_changed_as_they_stand(client, instructor, room, quiz, noon):
    given = give(room, quiz, noon, password="red")
    form = client.get(url(room, given.uid, "change")).context["form"]
    assert form["closes_at"].value().isoformat() == "2026-03-03T07:00:00"

    client.post(url(room, given.uid, "change"), TERMS | {"password": "blue"})

    assert Assignment.objects.get().password == "blue"


def test_only_who_runs_the_class_withdraws(client, company, room, quiz, noon):
    given = give(room, quiz, noon)
    client.force_login(company["assistant"])
    assert "Withdraw it" not in text(client.get(url(room, given.uid)))
    assert client.post(url(room, given.uid, "withdraw")).status_code == 404

    client.force_login(company["instructor"])
    assert "Withdraw it" in text(client.get(url(room, given.uid)))
    assert client.post(url(room, given.uid, "withdraw")).status_code == 302
    assert Assignment.objects.get().withdrawn_at == noon
    assert auditing.of(given.uid).get().actor == company["instructor"]


def test_the_page_tells_who_sits_and_who_handed_in(client, company, instructor, room, quiz, noon):
    given = give(room, quiz, noon)
    assert "Classmate" not in text(client.get(url(room, given.uid)))
    sit(company["classmate"], given, noon)
    sit_through(company["student"], given, noon, right=["ask-0"])

    page = text(client.get(url(room, given.uid)))

    assert "classmate Is sitting it – – none" in page
    assert "student Handed in Answers and mark of student: 33.3% 12 minutes none" in page
    assert "1 begun" in (text(client.get(f"/classes/{room.uid}/")).replace("2 begun", "1 begun"))


def test_who_let_time_run_out_is_marked_so(
    client, company, instructor, room, quiz, noon, time_machine
):
    given = give(room, quiz, noon)
    sit(company["student"], given, noon)
    time_machine.move_to(noon + HOUR, tick=False)

    assert "student Handed in · time ran out" in text(client.get(url(room, given.uid)))


def test_results_are_released_when_nobody_can_sit_it_any_more(
    client, company, instructor, room, quiz, noon, time_machine
):
    given = give(room, quiz, noon)
    sit_through(company["student"], given, noon)
    page = text(client.get(url(room, given.uid)))
    assert "Somebody may still sit it: it closes on Tuesday 3 March, 12:00 (UTC)" in page
    assert client.post(url(room, given.uid, "release")).status_code == 409

    time_machine.move_to(noon + 2 * DAY, tick=False)
    said = "Another quiz that somebody of the class can sit now asks some of these questions"
    assert said not in text(client.get(url(room, given.uid)))
    give(room, quiz, noon + 2 * DAY)
    assert said in text(client.get(url(room, given.uid)))
    answer = client.post(url(room, given.uid, "release"), follow=True)

    assert "Graded; the results are released." in text(answer)
    assert said not in text(answer)
    given.refresh_from_db()
    assert given.released_at == noon + 2 * DAY
    assert "Change the terms" not in text(answer)


def test_a_student_s_extra_time_is_kept_and_shown(client, company, instructor, room, quiz, noon):
    place = room.enrollments.get(user=company["student"])
    where = f"/classes/{room.uid}/students/{place.pk}/"
    assert "More time for student" in text(client.get(where))

    wrong = client.post(where, {"time_percent": "50", "extra_days": "0"})
    saved = client.post(where, {"time_percent": "150", "extra_days": "2"})

    assert wrong.status_code == 422
    assert saved["Location"] == f"/classes/{room.uid}/people/{place.pk}/"
    assert Enrollment.objects.get(pk=place.pk).time_percent == 150
    assert "×1.5 time · 2 extra days" in text(client.get(f"/classes/{room.uid}/progress/"))


def test_more_time_leads_back_to_where_one_came_from_on_this_site(
    client, company, instructor, room
):
    place = room.enrollments.get(user=company["student"])
    for page in (f"/classes/{room.uid}/people/?q=student", f"/classes/{room.uid}/progress/"):
        [link] = re.findall(
            rf'"([^"]*students/{place.pk}/\?next=[^"]*)"', client.get(page).content.decode()
        )
        answer = client.post(
            urljoin(page, unescape(link)), {"time_percent": "100", "extra_days": "0"}
        )
        assert answer["Location"] == page

    for elsewhere in ("https://example.org/", "//example.org", "javascript:alert(1)"):
        where = f"/classes/{room.uid}/students/{place.pk}/?{urlencode({'next': elsewhere})}"
        answer = client.post(where, {"time_percent": "100", "extra_days": "0"})
        assert answer["Location"] == f"/classes/{room.uid}/people/{place.pk}/"
        assert elsewhere not in client.get(where).content.decode()


def test_who_is_given_something_has_a_notice_that_leads_there(
    client, company, instructor, room, quiz
):
    client.post(url(room, "new", quiz.uid), TERMS)
    given = Assignment.objects.latest("pk")
    notice = company["student"].notices.latest("pk")

    client.post(url(room, given.uid, "change"), TERMS | {"closes_at": "2026-03-12T18:00"})

    assert notice.text.startswith("Ours: “A quiz: quiz”, open now, due 9 March, 18:00")
    told = company["student"].notices.latest("pk")
    assert told.text.startswith("Ours: other dates: “A quiz: quiz”, open now, due 12 March, 18:00")
    assert told.link == notice.link == f"/assignments/{given.uid}/"
    log = text(client.get(f"/classes/{room.uid}/audit/"))
    assert "“A quiz: quiz” given: opens 2 March, 07:00, due 9 March, 18:00. instructor" in log
    assert "The students have a notice of “A quiz: quiz”. by itself" in log


def test_nobody_else_s_place_or_assignment_is_reached_through_a_class(
    client, company, instructor, room, quiz, noon
):
    theirs = Classroom.objects.exclude(pk=room.pk).get()
    given = give(theirs, quiz, noon)
    place = theirs.enrollments.get(role="student")

    assert client.get(url(room, given.uid)).status_code == 404
    assert client.get(f"/classes/{room.uid}/students/{place.pk}/").status_code == 404
    own = room.enrollments.get(user=instructor)
    assert client.get(f"/classes/{room.uid}/students/{own.pk}/").status_code == 404


@pytest.mark.parametrize("tail", ["", "change"])
def test_a_page_takes_the_same_queries_whatever_the_number_of_students(
    client, instructor, room, quiz, noon, tail
):
    given = give(room, quiz, noon, closes_at=noon + timedelta(days=9))
    counts = []
    for number in (1, 6):
        for n in range(number):
            student = User.objects.create_user(f"s{number}-{n}")
            joining.enroll(room, student, noon)
            sit_through(student, given, noon)
        with CaptureQueriesContext(connection) as captured:
            assert client.get(url(room, given.uid, *filter(None, [tail]))).status_code == 200
        counts.append(len(captured))

    assert counts[0] == counts[1]
    assert Attempt.objects.count() == 7
