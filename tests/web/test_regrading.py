"""A question is marked anew from its page: tried, applied, told to students, and undone."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django_tasks_db.models import DBTaskResult

from quizzes.assessment import regrading as domain
from quizzes.assessment import releasing
from quizzes.assessment.informing import Message
from quizzes.assessment.models import Assignment, Attempt, Regrade
from quizzes.assessment.regrading import Proposal
from quizzes.items.models import Item
from quizzes.people.models import AuditLine, Notice
from quizzes.web import regrading
from tests.assessment.regraded import WHOLE, Course
from tests.examining import make_assignment, make_item, make_quiz, sit_through
from tests.web.editing import shown
from tests.web.test_review import text

pytestmark = pytest.mark.django_db
REASON = "Two options were right."


@pytest.fixture
def course(client, time_machine):
    """Two chose option 2 and one the right one; the results are told after handing in."""
    course = Course(is_graded=False, score_from=1, correctness_from=1, key_from=1)
    for student, place in zip(course.students, (2, 2, 1), strict=True):
        course.hand_in(student, {"single": {place}, "several": {0, 2}, "short_text": "Fel'dman"})
    time_machine.move_to(course.tick(), tick=False)
    client.force_login(course.lecturer)
    return course


def url(course, *parts):
    place = ("/classes", course.room.uid, "assignments", course.given.uid, "regrades", *parts, "")
    return "/".join(map(str, place))


def propose(client, course, policy="credit", **rest):
    chosen = {"policy": policy, "never_lowers": "on", "reason": REASON} | rest
    if policy == "credit":
        chosen["credit"] = "0.2"
    page = client.post(url(course, "new", course.revisions["single"].pk), chosen)
    assert page.status_code == 302, text(page)
    return Regrade.objects.get(), page["Location"]


def scores():
    return list(Attempt.objects.order_by("pk").values_list("score", flat=True))


def test_each_way_of_marking_says_what_it_would_change(client, course):
    course.rekey("single", right=2)

    page = text(client.get(url(course, "new", course.revisions["single"].pk)))

    assert re.search(r"Use another key .*Version 2: +2 of 3 scores change: 2 up", page)
    assert "Option 2 of single 2 answers 2 of 3 scores change: 2 up" in page
    assert re.search(r"Full marks for everyone .* 2 of 3 scores change: 2 up", page)
    assert re.search(r"Take the question out .* 2 of 3 scores change: 2 up", page)


def test_the_next_page_shows_whose_score_changes_before_anything_does(client, course):
    before = scores()

    _regrade, address = propose(client, course)
    page = text(client.get(address))

    assert "2 of 3 scores change: 2 up" in page
    assert "student-0 60% 80% ▲ 60% → 80% ▲" in page
    assert "student-2" not in page
    assert scores() == before

    applied = text(client.post(address, {"action": "apply"}, follow=True))
    assert "student-0 60% 80% ▲ 60% → 80% ▲" in applied


def test_each_attempt_is_told_with_its_own_way_beside_what_counts(client, course):
    course.given.attempts_allowed = 2
    course.given.save()
    course.hand_in(course.students[0], {"single": {1}, "several": {0, 2}})

    _regrade, address = propose(client, course, "key", key=str(course.rekey().pk), never_lowers="")
    page = text(client.get(address))

    assert "student-0 1 60% 80% ▲ 60% → 80% ▲ 2 60% 40% ▼" in page
    assert text(client.post(address, {"action": "apply"}, follow=True)).count("60% 40% ▼") == 1


def test_names_can_be_hidden(client, course):
    _regrade, address = propose(client, course)

    page = text(client.get(f"{address}?names=off"))

    assert "student-0" not in page
    assert re.search(r"Student \d+ 60% 80%", page)


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


def test_what_was_only_thought_of_can_be_left(client, course):
    _regrade, address = propose(client, course)

    client.post(address, {"action": "discard"})

    assert not Regrade.objects.exists()


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


def test_what_is_chosen_comes_with_what_it_needs(client, course):
    address = url(course, "new", course.revisions["single"].pk)

    page = client.post(address, {"policy": "credit", "reason": ""})

    assert page.status_code == 422
    assert "Choose the answers to credit." in text(page)
    assert not Regrade.objects.exists()


@pytest.mark.parametrize(
    ("chosen", "policy"),
    [
        ({"credit": "0.2"}, "credit"),
        ({"key": "newest"}, "key"),
        ({"policy": "key"}, "key"),
        ({"policy": "drop", "key": "newest"}, "drop"),
        ({"policy": "credit", "credit": "0.2", "key": "newest"}, "credit"),
    ],
)
def test_what_is_chosen_for_a_policy_names_it(client, course, chosen, policy):
    newest = str(course.rekey().pk)
    chosen = {name: newest if said == "newest" else said for name, said in chosen.items()}

    client.post(url(course, "new", course.revisions["single"].pk), chosen | {"reason": REASON})

    assert Regrade.objects.get().policy == policy


@pytest.mark.parametrize(
    ("chosen", "said"),
    [
        ({}, "Choose how it is marked."),
        ({"key": "1", "credit": "0.2"}, "Choose how it is marked."),
        ({"policy": "drop", "credit": "0.2"}, "Answers to credit are ticked too"),
    ],
)
def test_what_may_mean_two_things_is_asked(client, course, chosen, said):
    course.rekey()

    page = client.post(
        url(course, "new", course.revisions["single"].pk), chosen | {"reason": REASON}
    )

    assert page.status_code == 422
    assert said in text(page)
    assert not Regrade.objects.exists()


def test_lists_of_questions_show_words_and_no_markup(client, course):
    asked = course.revisions["single"]
    asked.stem, asked.stem_html = "Who, in the *audit*?", "<p>Who, in the <em>audit</em>?</p>"
    asked.save()
    propose(client, course)

    assert text(client.get(url(course))).count("Who, in the audit?") == 2


def test_an_answer_to_credit_says_which_gap_it_fills(client, time_machine):
    course = Course(students=1)
    item = make_item(course.book, "gaps", "cloze")
    given = make_assignment(course.room, make_quiz(course.book, item, slug="gapped"), course.at)
    sit_through(course.students[0], given, course.tick(), right=["gaps"])
    client.force_login(course.lecturer)
    address = f"/classes/{course.room.uid}/assignments/{given.uid}/regrades/"
    chosen = {"policy": "credit", "credit": ["1:35,000", "3.2"], "reason": REASON}

    page = text(client.get(f"{address}new/{item.revision_id}/"))
    written = text(client.post(f"{address}new/{item.revision_id}/", chosen, follow=True))

    assert "Gap 2: 35,000 1 answer" in page
    assert "Gap 4: Option 2 of gaps 1 answer" in page
    assert "Gap 2: 35,000 Gap 4: Option 2 of gaps" in written


def test_an_essay_is_given_to_everyone_or_dropped(client, course):
    address = url(course, "new", course.revisions["essay"].pk)

    page = text(client.get(address))

    assert "Full marks for everyone" in page
    assert "Also credit" not in page


def test_nothing_of_a_withdrawn_quiz_is_marked_anew(client, course):
    course.given.withdrawn_at = course.at
    course.given.save()

    page = client.get(url(course, "new", course.revisions["single"].pk))

    assert page.status_code == 409


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


def test_many_attempts_are_left_to_the_worker_who_says_how_far_it_is(
    client, course, settings, monkeypatch
):
    monkeypatch.setattr(regrading, "AT_ONCE", 3)
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
    _regrade, address = propose(client, course)
    before = scores()

    page = client.post(address, {"action": "apply"}, follow=True)

    assert "0 of 3 attempts worked out" in text(page)
    assert 'http-equiv="refresh"' in page.content.decode()
    assert scores() == before

    [job] = DBTaskResult.objects.all()
    counts = [job.task.call(*job.args_kwargs["args"]) for _run in range(2)]
    DBTaskResult.objects.update(status="SUCCESSFUL")

    assert counts == [2, 0]  # a job may be run again
    assert scores() == [8_000_000] * 3
    assert "2 of 3 scores change: 2 up" in text(client.get(address))


def pack(course):
    """The question as the book's own, which its pack brings."""
    asked = course.revisions["single"]
    Item.objects.filter(pk=asked.item_id).update(owner=None)
    return asked


def test_a_question_of_the_book_is_marked_by_the_key_of_a_copy(client, course):
    asked, before = pack(course), scores()
    address = url(course, "new", asked.pk)
    assert "the book’s own question, and nobody changes its key there" in text(client.get(address))

    adapted = client.post(f"/bank/items/{asked.item.uid}/adapt/?next={address}")
    editing = client.get(adapted["Location"])
    form = shown(editing.context["form"]) | {"action": "save", "change": "substantive"}
    form["option-share"] = ["0", "0", str(WHOLE), "0"]
    back = client.post(adapted["Location"], form)

    assert back["Location"] == address
    page = client.get(address)
    assert re.search(r"An adapted copy: Option 2 of single +2 of 3 scores change", text(page))
    assert "Edit your copy of it" in text(page)
    key = asked.item.adaptations.get().revision
    _done, written = propose(client, course, "key", key=str(key.pk), never_lowers="")
    assert "An adapted copy: Option 2 of single" in text(client.get(written))
    client.post(written, {"action": "apply"})
    assert scores() == [8_000_000, 8_000_000, 6_000_000]
    client.post(written, {"action": "undo"})
    assert scores() == before


def test_nobody_else_s_copy_and_none_with_other_options_lends_its_key(client, course, company):
    pack(course)
    theirs = course.lend(by=company["colleague"])
    other = course.lend()
    other.options.filter(position=3).update(text="Another option")

    page = text(client.get(url(course, "new", course.revisions["single"].pk)))
    proposals = [Proposal("key", REASON, key_revision=one) for one in (theirs, other)]

    assert "Use another key" not in page
    for proposal in proposals:
        with pytest.raises(domain.DoesNotFit):
            domain.propose(
                course.given, course.revisions["single"], proposal, course.lecturer, course.at
            )


@pytest.mark.parametrize("kind", ["matching", "ordering"])
def test_where_the_order_of_options_is_the_key_no_other_is_promised(client, course, kind):
    item = make_item(course.book, kind, kind)
    given = make_assignment(course.room, make_quiz(course.book, item, slug=kind), course.at)
    sit_through(course.students[0], given, course.tick())

    page = text(
        client.get(
            f"/classes/{course.room.uid}/assignments/{given.uid}/regrades/new/{item.revision_id}/"
        )
    )

    assert "The order of its options is its key" in page
    assert "Adapt it" not in page


@pytest.mark.parametrize(
    "elsewhere", ["https://example.org/", "//example.org/classes/", "/today/", "javascript:x"]
)
def test_from_the_editor_nobody_is_led_anywhere_else(client, course, elsewhere):
    asked = pack(course)

    adapted = client.post(f"/bank/items/{asked.item.uid}/adapt/?next={elsewhere}")

    copy = asked.item.adaptations.get()
    assert adapted["Location"] == f"/bank/items/{copy.uid}/edit/"
    form = shown(client.get(adapted["Location"]).context["form"]) | {"action": "save"}
    saved = client.post(f"{adapted['Location']}?next={elsewhere}", form)
    assert saved["Location"] == f"/bank/items/{copy.uid}/"


@pytest.mark.parametrize("students", [1, 10])
def test_pages_cost_the_same_for_any_number_of_students(client, students):
    course = Course(students=students)
    for student in course.students:
        course.hand_in(student, {"single": {2}, "several": {1}})
    client.force_login(course.lecturer)
    _regrade, address = propose(client, course)
    addresses = [url(course), url(course, "new", course.revisions["single"].pk), address]

    counts = []
    for one in addresses:
        client.get(one)
        with CaptureQueriesContext(connection) as asked:
            client.get(one)
        counts.append(len(asked))

    assert counts == [6, 20, 15]
