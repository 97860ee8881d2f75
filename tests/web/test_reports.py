"""Reports from students: where they go, how they are answered, and what their sender is told."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from quizzes.analytics import report_queues
from quizzes.assessment import attempting
from quizzes.assessment.withholding import WHY
from quizzes.cards import planning
from quizzes.items import reporting
from quizzes.items.models import ErrorReport, Revision
from quizzes.people.models import AuditLine, Classroom, Enrollment, Notice, User
from tests import examining
from tests.banked import keep
from tests.bookshelf import make_book
from tests.enrolling import examine
from tests.examining import make_assignment, make_item, make_quiz, sit, sit_through, take
from tests.web.test_review import text

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_noon")]


@pytest.fixture
def book(company, classroom):
    book = make_book()
    Classroom.objects.update(book=book)
    return book


@pytest.fixture
def item(book):
    return make_item(book, "asked", is_card=True)


@pytest.fixture
def room(classroom, book):
    return Classroom.objects.get(pk=classroom.pk)


@pytest.fixture
def queue(room):
    return f"/classes/{room.uid}/reports/"


@pytest.fixture
def come(client, company):
    def come(name):
        client.force_login(company[name])
        return client

    return come


def send(company, item, room, noon, *names):
    return [reporting.report(company[name], item, f"{name} says.", noon, room) for name in names]


def answer(client, address, item, reports, outcome="fixed", said="Thank you.", **others):
    chosen = {"report": [one.pk for one in reports], "item": item.uid}
    return client.post(address, chosen | {"outcome": outcome, "answer": said} | others)


def test_a_report_from_a_class_quiz_is_that_classs(come, company, room, book, item, noon):
    given = make_assignment(room, make_quiz(book, item), noon, is_graded=False, key_from=1)
    sat = sit_through(company["student"], given, noon)
    address = f"/attempts/{sat.uid}/questions/1/report/"

    page = text(come("student").get(address))
    come("student").post(address, {"text": "Wrong."})

    assert "Those who teach Ours read it with your name" in page
    assert ErrorReport.objects.get().classroom == room


def test_a_report_from_practice_or_a_card_goes_to_the_class_on_the_book(
    come, company, room, book, item, noon
):
    done = take(company["student"], make_quiz(book, item), noon)
    planning.start(company["student"], book, noon)

    come("student").post(f"/attempts/{done.uid}/questions/1/report/", {"text": "From practice."})
    come("student").post(f"/cards/{item.uid}/report/", {"text": "From a card."})

    assert {one.classroom for one in ErrorReport.objects.all()} == {room}


@pytest.mark.parametrize("change", ["archived", "former", "left"])
def test_a_class_of_the_past_gets_no_report(company, room, item, noon, change):
    place = Enrollment.objects.filter(user=company["student"])
    if change == "archived":
        Classroom.objects.update(archived_at=noon)
    elif change == "former":
        place.update(role=Enrollment.Role.FORMER)
    else:
        place.delete()

    assert reporting.class_of(company["student"], item) is None


def test_the_queue_has_each_question_once_with_what_is_said(come, company, room, item, queue, noon):
    send(company, item, room, noon, "student", "classmate")

    page = text(come("assistant").get(queue))
    assert "2 reports wait for an answer." in page
    assert page.count("What of asked?") == 1
    for said in ("student says.", "classmate says.", "The answer to asked."):
        assert said in page


def test_of_what_the_reader_may_be_asked_it_says_how_often_it_was_reported_alone(
    come, company, room, book, item, queue, noon
):
    reports = send(company, item, room, noon, "student", "classmate")
    send(company, make_item(book, "other"), room, noon, "student")
    sit(
        company["instructor"],
        examine(company["instructor"], make_quiz(book, item, slug="exam"), noon),
        noon,
    )
    examining.begin(
        company["instructor"], make_quiz(book, make_item(book, "third"), slug="other"), noon
    )

    page = text(come("instructor").get(queue))

    said = "You sit, or are to sit: “A quiz: exam” in Elsewhere; “A quiz: other”, which is open."
    assert f"What of asked? {WHY} {said}" in page
    assert "2 reports" in page
    assert "The answer to asked." not in page
    assert page.count("student says.") == 1
    assert "The answer to other." in page
    assert answer(come("instructor"), queue, item, reports).status_code == 409
    assert "classmate says." in text(come("assistant").get(queue))


def test_the_queue_counts_what_the_class_answered_but_not_one_persons_answer(
    come, company, room, book, item, queue, noon
):
    given = make_assignment(room, make_quiz(book, item), noon)
    send(company, item, room, noon, "student")
    for number, name in enumerate(("student", "classmate")):
        sit_through(company[name], given, noon, [["asked"], []][number])
    assert "of the class answered" not in text(come("instructor").get(queue))

    third = User.objects.create_user("third")
    room.enrollments.create(user=third, role="student", joined_at=noon)
    sit_through(third, given, noon, ["asked"])

    page = text(come("instructor").get(queue))
    assert "3 of the class answered" in page
    assert "2 Option 1 of asked" in page


def test_it_tells_what_was_asked_and_what_its_sender_answered(
    come, company, room, book, item, queue, noon
):
    """Also once the question was changed; and nothing of a further attempt that runs."""
    terms = {"is_graded": False, "key_from": 1, "attempts_allowed": 2}
    given = make_assignment(room, make_quiz(book, item), noon, **terms)
    sat = sit_through(company["student"], given, noon, [])
    asked = item.revision
    item.revision = Revision.objects.create(
        item=item, number=2, kind="single", stem_html="<p>Who of asked?</p>", created_at=noon
    )
    item.save(update_fields=["revision"])
    come("student").post(f"/attempts/{sat.uid}/questions/1/report/", {"text": "Mine is right."})
    sit(company["student"], given, noon)

    answer = come("assistant").get(queue)

    assert ErrorReport.objects.get().revision == asked
    page, here = text(answer), f"/classes/{room.uid}/assignments/{given.uid}/"
    chosen = sat.served.get().responses.get().answer["chosen"][0]
    said = f"Option {sat.served.get().order[chosen]} of asked"
    assert "Who of asked? As it was asked: version 1 What of asked? Answer: The answer to" in page
    assert f"Asked in version 1. Their answer: {said} · A quiz: quiz, attempt 1" in page
    assert f'href="{here}attempts/{sat.uid}/#q1"' in answer.content.decode()
    assert f'href="{here}analysis/#q{asked.pk}"' in answer.content.decode()


@pytest.mark.parametrize("change", ["later", "open", "elsewhere"])
def test_it_tells_no_answer_that_is_not_the_classs_to_know(
    come, company, room, book, item, queue, noon, change
):
    theirs = Classroom.objects.exclude(pk=room.pk).get()
    theirs.enrollments.create(user=company["student"], role="student", joined_at=noon)
    given = make_assignment(theirs if change == "elsewhere" else room, make_quiz(book, item), noon)
    begun = noon + timedelta(days=1) if change == "later" else noon
    sheet = examining.answer(sit(company["student"], given, begun), begun, [])
    if change != "open":
        attempting.hand_in(sheet, begun)
    send(company, item, room, noon, "student")

    assert "Their answer" not in text(come("instructor").get(queue))


def test_it_knows_where_the_question_was_sat_and_in_which_words(company, room, book, item, noon):
    given = make_assignment(room, make_quiz(book, item), noon)
    theirs = Classroom.objects.exclude(pk=room.pk).get()
    send(company, item, room, noon, "student")
    sit_through(company["student"], given, noon)
    sit_through(company["stranger"], make_assignment(theirs, given.quiz, noon), noon)
    rows = ErrorReport.objects.all()

    shown = report_queues.queue(rows, company["instructor"], room, None, noon, is_open=True)

    [question] = shown.questions
    sat = [(one.assignment, one.revision) for one in question.sat]
    assert sat == [(given, item.revision_id)]


def test_an_answer_reaches_each_who_reported_and_leaves_a_line(
    come, company, room, item, queue, noon
):
    reports = send(company, item, room, noon, "student", "classmate")

    assert answer(come("instructor"), queue, item, reports)["Location"] == queue

    told = {one.user.username: one for one in Notice.objects.all()}
    assert set(told) == {"student", "classmate"}
    assert told["student"].link == "/reports/"
    assert "“What of asked?” is answered: the question was changed." in told["student"].text
    line = AuditLine.objects.get()
    assert (line.actor, line.about, line.classroom) == (company["instructor"], item.uid, room)
    assert "2 reports answered: the question was changed. Thank you." in line.text
    page = text(come("student").get("/reports/"))
    for said in ("student says.", "The question was changed", "Thank you.", "What of asked?"):
        assert said in page
    assert "classmate says." not in page
    assert "No report waits for an answer." in text(come("instructor").get(queue))
    assert "classmate says." in text(come("instructor").get(f"{queue}?show=answered"))


def test_those_that_are_not_chosen_stay_open(come, company, room, item, queue, noon):
    first, second = send(company, item, room, noon, "student", "classmate")

    answer(come("instructor"), queue, item, [first])

    second.refresh_from_db()
    assert (second.resolved_at, Notice.objects.count()) == (None, 1)


def test_an_answer_stands_once_given(come, company, room, item, queue, noon):
    reports = send(company, item, room, noon, "student")
    answer(come("instructor"), queue, item, reports)

    again = answer(come("assistant"), queue, item, reports, "set_aside", "No.")

    assert again.status_code == 409
    reports[0].refresh_from_db()
    assert (reports[0].outcome, reports[0].answered_by) == ("fixed", company["instructor"])
    assert (Notice.objects.count(), AuditLine.objects.count()) == (1, 1)


def test_what_stays_as_it_is_is_explained(come, company, room, item, queue, noon):
    reports = send(company, item, room, noon, "student")

    assert answer(come("instructor"), queue, item, reports, "right", " ").status_code == 409
    assert answer(come("instructor"), queue, item, reports, "right", "See p. 5.").status_code == 302


def test_what_was_typed_in_vain_is_still_there(come, company, room, item, queue, noon):
    reports = send(company, item, room, noon, "student")
    page = answer(come("instructor"), queue, item, reports, "perhaps", "So I think.")

    assert page.status_code == 422
    assert "So I think.</textarea>" in page.content.decode()


def test_another_classs_reports_are_not_there(come, company, room, item, queue, noon):
    theirs = Classroom.objects.exclude(pk=room.pk).get()
    reports = send(company, item, theirs, noon, "stranger")

    assert answer(come("instructor"), queue, item, reports).status_code == 409
    assert "stranger says." not in text(come("instructor").get(queue))
    assert come("colleague").get(queue).status_code == 404
    assert not Notice.objects.exists()


def test_a_report_of_no_class_is_the_owners_or_staffs(come, company, book, item, noon):
    own = keep(company["instructor"], book, "own")
    send(company, own, None, noon, "stranger")
    [on_pack] = send(company, item, None, noon, "classmate")
    address = "/bank/lights/reports/"

    seen = {name: text(come(name).get(address)) for name in ("instructor", "colleague", "staff")}

    assert [name for name, page in seen.items() if "stranger says." in page] == ["instructor"]
    assert [name for name, page in seen.items() if "classmate says." in page] == ["staff"]
    assert answer(come("colleague"), address, item, [on_pack]).status_code == 409
    assert answer(come("staff"), address, item, [on_pack]).status_code == 302


def test_the_way_to_the_fix_is_the_owners(come, company, room, book, item, queue, noon):
    own = keep(company["instructor"], book, "own")
    send(company, own, room, noon, "student")
    link = f"/bank/items/{own.uid}/"

    assert link in come("instructor").get(queue).content.decode()
    assert link not in come("assistant").get(queue).content.decode()


def test_as_many_queries_for_many_reports_as_for_one(come, company, room, book, queue, noon):
    def count(address):
        client = come("student" if address == "/reports/" else "instructor")
        with CaptureQueriesContext(connection) as captured:
            assert client.get(address).status_code == 200
        return len(captured)

    addresses = (queue, "/reports/", f"{queue}?show=answered")
    counted: list[list[int]] = []
    for times in (1, 10, 30):
        items = [make_item(book, f"asked-{times}-{n}") for n in range(times)]
        given = make_assignment(room, make_quiz(book, *items, slug=f"quiz-{times}"), noon)
        sit_through(company["student"], given, noon)
        for n, one in enumerate(items):
            [report] = send(company, one, room, noon + timedelta(hours=n), "student")
            if n % 3 == 2:
                reporting.resolve([report], noon)
        counted.append([count(address) for address in addresses])

    assert counted[0][:2] == counted[1][:2] == counted[2][:2]
    assert counted[1][2] == counted[2][2]
    assert max(map(max, counted)) <= 20
