"""What is marked anew is told to the students whom it touches, and read with their results."""

import re

import pytest

from quizzes.assessment import regrading as domain
from quizzes.assessment import releasing
from quizzes.assessment.informing import Message
from quizzes.assessment.models import Assignment, Attempt
from quizzes.people.models import AuditLine, Notice
from tests.assessment.regraded import WHOLE, Course
from tests.examining import make_assignment, make_quiz
from tests.web.marking_anew import REASON, propose, scores, url
from tests.web.test_review import text

pytestmark = pytest.mark.django_db


def test_it_is_applied_with_a_line_of_audit_and_told_to_those_it_touches(client, course):
    _regrade, address = propose(client, course)

    page = client.post(address, {"action": "apply"}, follow=True)

    assert "Done: 2 scores changed." in text(page)
    assert scores() == [8_000_000] * 3
    again = text(client.get(url(course, "new", course.revisions["single"].pk)))
    assert "In force now: also credit these answers What you apply next" in again
    line = AuditLine.objects.get()
    assert (line.act, line.actor, line.about) == ("regrade", course.lecturer, course.given.uid)
    assert {one.user for one in Notice.objects.all()} == set(course.students[:2])
    said = f"A question in “{course.quiz.title}” was regraded, and your score changed"
    for notice in Notice.objects.all():
        assert notice.text == f"{said}: from 60% to 80%. {REASON}"
        assert notice.link == f"/assignments/{course.given.uid}/"


@pytest.mark.parametrize(("letters", "moved"), [(150, ": from 60% to 80%."), (200, ".")])
def test_a_long_title_leaves_room_for_the_reason(client, course, letters, moved):
    course.quiz.title = "Long " * 40
    course.quiz.save()
    reason = "why " * (letters // 4 - 1) + "end."
    _regrade, address = propose(client, course, reason=reason)

    client.post(address, {"action": "apply"})

    for notice in Notice.objects.all():
        assert notice.text.startswith("A question in “Long Long")
        assert notice.text.endswith(f"…” was regraded, and your score changed{moved} {reason}")


def test_undone_all_is_as_before_and_told_too(client, course):
    before = scores()
    _regrade, address = propose(client, course)
    client.post(address, {"action": "apply"})

    page = client.post(address, {"action": "undo"}, follow=True)

    assert "Undone" in text(page)
    assert scores() == before
    assert list(AuditLine.objects.order_by("pk").values_list("act", flat=True)) == [
        "regrade",
        "undo-regrade",
    ]
    assert Notice.objects.count() == 4
    assert Notice.objects.latest("pk").text.endswith("your score changed: from 80% to 60%.")


def test_a_notice_names_the_attempt_and_keeps_the_score_while_another_quiz_asks_the_same(
    client, course
):
    Assignment.objects.update(attempts_allowed=2)
    course.hand_in(course.students[0], {"single": {2}})
    regrade, address = propose(client, course)
    client.post(address, {"action": "apply"})

    said = Notice.objects.get(user=course.students[0]).text
    assert "changed: attempt 1 from 60% to 80%; attempt 2 from 0% to 20%. Two" in said

    exam = make_quiz(course.book, course.items[0], slug="exam")
    make_assignment(course.room, exam, course.tick())
    domain.undo(regrade, course.lecturer, course.tick(), Message("It changed", "/"))
    assert Notice.objects.latest("pk").text == "It changed."


def test_nobody_is_told_of_a_score_before_results_are(client, time_machine):
    course = Course()
    course.hand_in(course.students[0], {"single": {2}})
    client.force_login(course.lecturer)
    _regrade, address = propose(client, course)

    client.post(address, {"action": "apply"})

    assert Attempt.objects.get().score == WHOLE // 5
    assert not Notice.objects.exists()


def test_the_student_reads_what_was_changed_and_why(client, course):
    _regrade, address = propose(client, course)
    client.post(address, {"action": "apply"})
    attempt = Attempt.objects.get(learner=course.students[0])
    client.force_login(course.students[0])

    page = text(client.get(f"/attempts/{attempt.uid}/result/"))

    assert f"Another answer is credited too. {REASON}" in page
    assert re.search(r"Question \d · 1 of 1 What of single\? ✓ Right: Option 2 of single", page)


def test_the_corrected_key_is_what_the_student_reads(client, course):
    newer = course.rekey("single", right=3)
    _regrade, address = propose(client, course, "key", key=str(newer.pk), never_lowers="")
    client.post(address, {"action": "apply"})
    attempt = Attempt.objects.get(learner=course.students[2])
    client.force_login(course.students[2])

    page = text(client.get(f"/attempts/{attempt.uid}/result/"))

    assert "The key of this question was corrected." in page
    assert "The answer to single." not in page


def test_a_question_that_is_not_counted_says_so(client, course):
    _regrade, address = propose(client, course, "drop", never_lowers="")
    client.post(address, {"action": "apply"})
    attempt = Attempt.objects.get(learner=course.students[2])
    client.force_login(course.students[2])

    page = text(client.get(f"/attempts/{attempt.uid}/result/"))

    assert re.search(r"Question \d · not counted What of single\?", page)
    assert "3 of 4" in page


def test_released_results_are_marked_anew_and_told(client, time_machine):
    course = Course()
    course.hand_in(course.students[0], {"single": {2}})
    releasing.release(course.given, course.tick(days=30))
    time_machine.move_to(course.at, tick=False)
    client.force_login(course.lecturer)
    _regrade, address = propose(client, course)
    before = set(Notice.objects.values_list("pk", flat=True))

    client.post(address, {"action": "apply"})

    assert Notice.objects.exclude(pk__in=before).get().user == course.students[0]
