"""What a dry run tells is what applying does, and it writes nothing."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from quizzes.analytics import gradebook
from quizzes.assessment import overriding, regrading, rehearsing, shifting
from quizzes.assessment.models import Attempt
from quizzes.assessment.regrading import Proposal
from tests.assessment.regraded import WHOLE, Course, option, rows, text

pytestmark = pytest.mark.django_db
ANSWERS = [
    {"single": {2}, "several": {0, 2}, "short_text": "Iakir"},
    {"single": {1}, "several": {1}, "short_text": "Fel'dman"},
    {"several": {0}, "essay": "Because."},
]


@pytest.fixture
def course():
    course = Course()
    for student, answers in zip(course.students, ANSWERS, strict=True):
        course.hand_in(student, answers, essay=WHOLE // 2)
    return course


def proposals(course):
    key = course.rekey("single", right=2)
    return [
        ("single", Proposal("key", "", key_revision=key)),
        ("single", Proposal("key", "", never_lowers=False, key_revision=key)),
        ("single", Proposal("credit", "", credits=[option(2)])),
        ("short_text", Proposal("credit", "", credits=[text("iakir")])),
        *((kind, Proposal("everyone", "")) for kind in ("single", "several", "essay")),
        *(
            (kind, Proposal("drop", "", never_lowers=never_lowers))
            for kind in ("single", "several", "essay")
            for never_lowers in (True, False)
        ),
    ]


def test_a_dry_run_tells_what_applying_does(course):
    for kind, proposal in proposals(course):
        asked = course.revisions[kind]
        others = [proposal.key_revision] if proposal.key_revision else []
        told = rehearsing.rehearse(course.given, asked, others).of(proposal)

        regrade = regrading.propose(course.given, asked, proposal, course.lecturer, course.tick())
        shifts = regrading.apply(regrade, course.lecturer, course.tick())

        assert (told.up, told.down) == (
            sum(one.after > one.before for one in shifts),
            sum(one.after < one.before for one in shifts),
        )
        assert told.scores == len(ANSWERS)
        assert {one.learner.pk: list(one.scores) for one in told.changes} == {
            one.attempt.learner_id: [(1, one.before, one.after)] for one in shifts
        }
        regrade.refresh_from_db()
        assert shifting.applied(regrade) == told


def test_a_dry_run_writes_nothing(course):
    stood = rows()

    for kind, proposal in proposals(course)[2:]:
        rehearsing.rehearse(course.given, course.revisions[kind]).of(proposal)

    stood["Revision"], stood["Option"], stood["OptionKey"] = (
        rows()[name] for name in ("Revision", "Option", "OptionKey")
    )
    assert rows() == stood


def test_what_counts_is_told_beside_each_score(course):
    Attempt.objects.update(number=1)
    course.given.attempts_allowed = 2
    course.given.save()
    course.hand_in(course.students[0], {"single": {1}, "several": {0, 2}})

    told = rehearsing.rehearse(course.given, course.revisions["single"]).of(
        Proposal("credit", "", credits=[option(2)])
    )

    [change] = told.changes
    [(number, before, after)] = change.scores
    assert number == 1
    assert before < after
    assert change.before == change.after == WHOLE * 3 // 5


@pytest.mark.parametrize("by_hand", [None, WHOLE // 4])
def test_what_counts_is_the_mark_of_the_gradebook(by_hand):
    """Less what being late costs, and a mark that was set by hand stays."""
    course = Course(students=1, late_days=3, late_percent=20, score_from=1)
    [student] = course.students
    course.tick(days=7)
    course.hand_in(student, {"single": {2}, "several": {0, 2}, "short_text": "Iakir"})
    if by_hand is not None:
        overriding.override(course.given, student, by_hand, "Agreed.", course.lecturer, course.at)
    proposal = Proposal("credit", "", credits=[option(2)])

    [change] = rehearsing.rehearse(course.given, course.revisions["single"]).of(proposal).changes

    mark = [gradebook.of_class(course.room, course.at).columns()[0].marks]
    course.regrade("single", "credit", credits=[option(2)])
    mark += [gradebook.of_class(course.room, course.at).columns()[0].marks]
    assert mark == [[change.before], [change.after]]
    [(_number, score, _after)] = change.scores
    assert change.before == (by_hand or score * 80 // 100)


@pytest.mark.parametrize("counting", ["best", "last", "first", "mean"])
def test_what_counted_is_told_when_it_is_applied_as_before_and_for_ever(counting):
    """Of late attempts, of a mark that was set by hand, and after whatever came later."""
    course = Course(students=2, attempts_allowed=2, counting=counting, late_days=3, late_percent=20)
    one, other = course.students
    for days in (1, 5):
        course.tick(days=days)
        for student in course.students:
            course.hand_in(student, {"single": {2}, "several": {0, 2} if days == 5 else {1}})
    overriding.override(course.given, other, WHOLE // 4, "Agreed.", course.lecturer, course.at)
    proposal = Proposal("credit", "", credits=[option(2)])
    told = rehearsing.rehearse(course.given, course.revisions["single"]).of(proposal)
    before = gradebook.of_class(course.room, course.at).columns()[0].marks

    done = course.regrade("single", "credit", credits=[option(2)])
    assert shifting.applied(done) == told
    after = gradebook.of_class(course.room, course.at).columns()[0].marks
    later = course.regrade("several", "everyone")
    overriding.override(course.given, one, 0, "Copied.", course.lecturer, course.tick())

    assert shifting.applied(done) == told
    assert [change.learner for change in told.changes] == course.students
    assert [len(change.scores) for change in told.changes] == [2, 2]
    assert sorted(change.before for change in told.changes) == before
    assert sorted(change.after for change in told.changes) == after
    assert shifting.applied(later) != told
    assert [change.is_by_hand for change in told.changes] == [False, True]


def test_the_answers_that_were_given_are_offered_the_most_frequent_first(course):
    answers = rehearsing.rehearse(course.given, course.revisions["several"]).answers()

    assert [(one.words, one.people) for one in answers] == [
        ("Option 0 of several", 2),
        ("Option 2 of several", 1),
        ("Option 1 of several", 1),
    ]


@pytest.mark.parametrize("students", [1, 12])
def test_a_dry_run_costs_the_same_for_any_number(students):
    course = Course(students=students)
    for student in course.students:
        course.hand_in(student, {"single": {2}})

    with CaptureQueriesContext(connection) as asked:
        rehearsal = rehearsing.rehearse(course.given, course.revisions["single"])
        rehearsal.of(Proposal("everyone", ""))

    assert len(asked) == 6
