"""A question is marked anew from its page: tried, applied, told to students, and undone."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django_tasks_db.models import DBTaskResult

from quizzes.assessment.models import Regrade
from quizzes.web import regrading
from tests.assessment.regraded import Course
from tests.examining import make_assignment, make_item, make_quiz, sit_through
from tests.web.marking_anew import REASON, propose, scores, url
from tests.web.test_review import text

pytestmark = pytest.mark.django_db


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


def test_what_was_only_thought_of_can_be_left(client, course):
    _regrade, address = propose(client, course)

    client.post(address, {"action": "discard"})

    assert not Regrade.objects.exists()


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
