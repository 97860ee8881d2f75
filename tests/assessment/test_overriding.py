"""Marks set by hand: kept for ever, the newest counts, and told when the results are."""

from datetime import timedelta

import pytest
from django.db.models import Q

from quizzes.assessment import overriding, releasing
from quizzes.assessment.models import Attempt, Override
from quizzes.assessment.overriding import NoReason, NotAScore, NothingToTakeBack, NotOfThisClass
from quizzes.items.fractions import FULL_FRACTION
from quizzes.people.models import AuditLine, Enrollment, Notice
from tests.examining import make_assignment, sit_through

pytestmark = pytest.mark.django_db
WEEK, DAY = timedelta(days=7), timedelta(days=1)
HALF = FULL_FRACTION // 2


@pytest.fixture
def exam(room, quiz, noon):
    return make_assignment(room, quiz, noon, attempts_allowed=3)


@pytest.fixture
def put(exam, learner, lecturer, noon):
    """Sets the learner's mark."""

    def put(score, reason="Ill that day.", at=noon, learner=learner):
        return overriding.override(exam, learner, score, reason, lecturer, at, "/marks/")

    return put


def mark_of(exam, learner):
    attempts = exam.attempts.filter(learner=learner).order_by("number")
    standing = overriding.standing(Q(assignment=exam))
    return overriding.mark(attempts, exam, standing.get((exam.pk, learner.pk)))


def test_an_override_counts_before_every_attempt_and_the_newest_before_others(
    exam, learner, put, noon
):
    sit_through(learner, exam, noon)
    put(HALF)
    put(HALF + 1)

    sit_through(learner, exam, noon + DAY)

    assert mark_of(exam, learner) == HALF + 1
    assert Attempt.objects.filter(score=FULL_FRACTION).count() == 2


def test_taken_back_what_was_counted_counts_and_every_step_is_kept(exam, learner, put, noon):
    sit_through(learner, exam, noon)
    put(HALF)

    put(None, "It was a slip.")

    assert mark_of(exam, learner) == FULL_FRACTION
    assert list(Override.objects.order_by("pk").values_list("score", "reason")) == [
        (HALF, "Ill that day."),
        (None, "It was a slip."),
    ]


def test_who_never_sat_may_get_a_mark(exam, learner, put):
    put(0)

    assert mark_of(exam, learner) == 0


def test_a_step_is_written_down_without_the_students_name(exam, learner, lecturer, put, noon):
    put(HALF)

    line = AuditLine.objects.get()
    assert (line.act, line.about, line.actor, line.done_at) == (
        "override",
        exam.uid,
        lecturer,
        noon,
    )
    assert "50%" in line.text
    assert learner.name not in line.text


def test_before_the_release_the_student_hears_nothing(learner, put):
    put(HALF)

    assert not Notice.objects.exists()


def test_after_the_release_the_student_has_a_notice_of_each_step(exam, learner, put, noon):
    sit_through(learner, exam, noon)
    releasing.release(exam, noon + WEEK + DAY)
    Notice.objects.all().delete()
    exam.quiz.title = "Long " * 40
    exam.quiz.save()

    put(HALF, at=noon + WEEK + DAY)
    put(None, "It was a slip. " * 14, at=noon + WEEK + DAY)

    first, second = Notice.objects.order_by("pk")
    assert (first.user, first.link) == (learner, "/marks/")
    assert "set to 50%: Ill that day." in first.text
    assert second.text.endswith("what was counted again:" + " It was a slip." * 14)


@pytest.mark.parametrize(
    ("score", "reason", "refusal"),
    [
        (HALF, "  ", NoReason),
        (FULL_FRACTION + 1, "More than all.", NotAScore),
        (-1, "Less than nothing.", NotAScore),
        (None, "There is none.", NothingToTakeBack),
    ],
)
def test_what_is_refused_leaves_nothing(put, score, reason, refusal):
    with pytest.raises(refusal):
        put(score, reason)

    assert not Override.objects.exists()
    assert not AuditLine.objects.exists()


def test_what_is_taken_back_is_not_taken_back_again(put):
    put(HALF)
    put(None, "A slip.")

    with pytest.raises(NothingToTakeBack):
        put(None, "A slip.")


def test_nobody_outside_the_class_gets_a_mark_but_who_has_left_it_may(room, learner, lecturer, put):
    with pytest.raises(NotOfThisClass):
        put(HALF, learner=lecturer)

    room.enrollments.filter(user=learner).update(role=Enrollment.Role.FORMER)
    assert put(HALF).score == HALF


def test_being_late_costs_what_the_assignment_says(room, quiz, learner, noon):
    exam = make_assignment(room, quiz, noon, late_days=3, late_percent=10)
    sit_through(learner, exam, noon)
    exam.attempts.update(days_late=2)

    assert mark_of(exam, learner) == FULL_FRACTION * 8 // 10
