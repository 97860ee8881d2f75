"""The demo shows each thing that those who teach can do, and what came of it."""

from datetime import timedelta

import pytest

from quizzes.analytics import item_analysis
from quizzes.analytics.advising import Matter, advise
from quizzes.assessment.models import Assignment, CardAssignment, Extension, Override, Quiz
from quizzes.items.models import ErrorReport, Item
from quizzes.management import demo_course
from quizzes.people import joining
from quizzes.people.models import Announcement, Classroom, User
from tests.bookshelf import make_study_book
from tests.examining import make_item


@pytest.fixture
def classroom(db, noon) -> Classroom:
    """The demo's class after two weeks of its course."""
    book = make_study_book(12)
    for n in range(7):
        make_item(book, f"ask-{n}", position=n)
    instructor = User.objects.create_user("instructor")
    room = joining.open_classroom(instructor, book, "Ours", noon - timedelta(days=30))
    for n in range(5):
        student = User.objects.create_user(f"student-{n}")
        joining.enroll(room, student, noon - timedelta(days=30))
    demo_course.teach(room, instructor, noon)
    return room


def test_its_analysis_speaks_first_of_the_question_whose_key_is_doubtful(classroom, noon):
    given = Assignment.objects.get(quiz__title="Seminar quiz")

    first = item_analysis.of_assignment(given).questions[0]

    [said, *_others] = advise(first.evidence)
    assert said.matter == Matter.KEY
    assert ErrorReport.objects.open().get().item_id == first.wording.item
    assert given.attempts.handed_in().count() == 12
    assert given.released_at


def test_it_shows_what_can_be_done_for_one_student_and_for_all(classroom, noon):
    given = Assignment.objects.get(quiz__title="Seminar quiz")
    regrade = given.regrades.get()

    assert regrade.applied_at
    assert regrade.changes.exists()
    assert [one.days_late for one in given.attempts.filter(days_late__gt=0)] == [2]
    assert Extension.objects.filter(closes_at__gt=given.closes_at).get().assignment == given
    assert Override.objects.get().assignment == given
    assert CardAssignment.objects.get().classroom == classroom
    assert Announcement.objects.get().classroom == classroom
    assert Classroom.objects.get().exam_on == (noon + timedelta(days=21)).date()
    assert Classroom.objects.joinable(noon).get() == classroom


def test_its_questions_and_quizzes_have_a_history(classroom):
    own = Item.objects.filter(book__about=classroom.book).order_by("position")

    assert [one.revisions.count() for one in own] == [3, 1, 2]
    drawn = Quiz.objects.get(title="Before the exam").slots.filter(item=None)
    assert sum(slot.count for slot in drawn) == 4
