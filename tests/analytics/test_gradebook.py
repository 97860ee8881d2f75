"""The gradebook: one reading of all marks of a class."""

from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from quizzes.analytics import gradebook, mark_histories, rosters
from quizzes.analytics.marks import Show
from quizzes.assessment import assigning, overriding
from quizzes.assessment.models import Attempt, Extension
from quizzes.identifiers import uuid7
from quizzes.people import joining
from quizzes.people.models import Enrollment, User
from tests.bookshelf import make_study_book
from tests.examining import make_assignment, make_item, make_quiz, sit, sit_through

pytestmark = pytest.mark.django_db
DAY, WEEK = timedelta(days=1), timedelta(days=7)


@pytest.fixture
def book(db):
    return make_study_book(4)


@pytest.fixture
def quiz(book):
    return make_quiz(book, *(make_item(book, f"q{n}") for n in range(4)))


@pytest.fixture
def ivo(db):
    return User.objects.create_user("ivo")


@pytest.fixture
def room(ivo, book, noon):
    return joining.open_classroom(ivo, book, "History 214", noon)


@pytest.fixture
def people(room, noon):
    """Four students by name."""
    found = {}
    for name in ("anna", "boris", "clara", "david"):
        found[name] = User.objects.create_user(name, display_name=name.title())
        joining.enroll(room, found[name], noon)
    return found


@pytest.fixture
def exam(room, quiz, noon):
    return make_assignment(room, quiz, noon, attempts_allowed=2, late_days=3, late_percent=10)


def sat(learner, exam, right, at):
    return sit_through(learner, exam, at, right=[f"q{n}" for n in range(right)])


def cells(room, at):
    book = gradebook.of_class(room, at)
    return {
        place.user.username: [*book.row(place).cells] for place in (*book.students, *book.former)
    }


def test_a_cell_has_the_mark_that_counts_and_how_it_stands(room, exam, people, ivo, noon):
    sat(people["anna"], exam, 2, noon)
    sat(people["anna"], exam, 3, noon)
    sat(people["boris"], exam, 4, noon + WEEK + DAY)
    sit(people["clara"], exam, noon)
    overriding.override(exam, people["david"], 3_333_333, "Ill.", ivo, noon)

    [anna], [boris], [clara], [david] = cells(room, noon + WEEK + DAY).values()

    assert (anna.percent, len(anna.attempts), anna.days_late) == (75, 2, 0)
    assert (boris.percent, boris.days_late) == (90, 1)
    assert (clara.percent, clara.is_running, clara.is_missing) == (None, True, False)
    assert (david.percent, david.override.reason, david.is_missing) == (33.3, "Ill.", False)


def test_a_row_has_the_mean_of_its_graded_marks(room, quiz, exam, people, noon):
    second = make_assignment(room, quiz, noon + DAY)
    practice = make_assignment(room, quiz, noon + DAY, is_graded=False)
    make_assignment(room, quiz, noon + DAY)
    for given, right in ((exam, 4), (second, 1), (practice, 0)):
        sat(people["anna"], given, right, noon + DAY)

    book = gradebook.of_class(room, noon + DAY)
    row = book.row(book.students[0])

    assert [one.percent for one in row.cells] == [100, 25, 0, None]
    assert row.mean_percent == 62.5


def test_a_column_has_mean_median_and_number_of_the_students_marks(room, exam, people, noon):
    for name, right in (("anna", 1), ("boris", 2), ("clara", 4), ("david", 4)):
        sat(people[name], exam, right, noon)
    room.enrollments.filter(user=people["david"]).update(role=Enrollment.Role.FORMER)

    [column] = gradebook.of_class(room, noon).columns()
    room.enrollments.update(role=Enrollment.Role.STUDENT)
    [of_four] = gradebook.of_class(room, noon).columns()

    assert (column.mean_percent, column.median_percent, len(column.marks)) == (58.3, 50, 3)
    assert (of_four.mean_percent, of_four.median_percent, len(of_four.marks)) == (68.8, 75, 4)


def test_who_left_stands_apart_and_only_with_something_to_show(room, exam, people, noon):
    sat(people["anna"], exam, 4, noon)
    gone = room.enrollments.filter(user__in=[people["anna"], people["boris"]])
    gone.update(role=Enrollment.Role.FORMER)

    book = gradebook.of_class(room, noon)

    assert [place.user.username for place in book.students] == ["clara", "david"]
    assert [place.user.username for place in book.former] == ["anna"]


def test_rows_are_chosen_by_what_waits_in_them(room, book, people, noon):
    essay = make_quiz(book, make_item(book, "essay", "essay"), slug="essay")
    given = make_assignment(room, essay, noon, late_days=3, late_percent=10)
    sit_through(people["anna"], given, noon)
    sit_through(people["boris"], given, noon + WEEK + DAY)
    Extension.objects.create(
        assignment=given,
        learner=people["clara"],
        closes_at=noon + 3 * WEEK,
        given_at=noon,
    )

    found = gradebook.of_class(room, noon + 2 * WEEK)

    chosen = {show: [one.user.username for one in found.chosen(show)] for show in Show}
    assert chosen == {
        "all": ["anna", "boris", "clara", "david"],
        "missing": ["david"],
        "late": ["boris"],
        "to-mark": ["anna", "boris"],
    }
    assert found.columns()[0].unmarked == 2
    assert found.last_closing(given) == noon + 3 * WEEK + 3 * DAY


def test_what_was_withdrawn_stays_if_somebody_sat_it(room, quiz, exam, people, noon):
    unsat = make_assignment(room, quiz, noon)
    sat(people["anna"], exam, 4, noon)
    for given in (exam, unsat):
        assigning.withdraw(given, noon)

    assert gradebook.of_class(room, noon).assignments == [exam]


def test_every_reading_tells_the_same_mark(room, exam, people, ivo, noon):
    sat(people["anna"], exam, 3, noon + WEEK + DAY)
    sat(people["boris"], exam, 1, noon)
    overriding.override(exam, people["boris"], 5_000_000, "Appeal.", ivo, noon)

    seats = {one.place.user.username: one.percent for one in rosters.seats(exam, noon)}
    found = gradebook.of_class(room, noon)
    rows = {one.user.username: found.row(one).cells[0].percent for one in found.students}
    own = {
        one.user.username: gradebook.of_student(one, noon).row(one).cells[0].percent
        for one in found.students
    }

    assert rows == {"anna": 67.5, "boris": 50, "clara": None, "david": None}
    assert seats == rows == own


@pytest.mark.parametrize(
    ("how", "counting"), [("best", [2]), ("last", [3]), ("first", [1]), ("mean", [1, 2, 3])]
)
def test_a_history_says_which_attempts_count(room, quiz, people, noon, how, counting):
    exam = make_assignment(room, quiz, noon, attempts_allowed=3, counting=how)
    for right in (1, 3, 2):
        sat(people["anna"], exam, right, noon)

    history = mark_histories.own([exam], people["anna"], noon)[exam.pk]

    assert [one.attempt.number for one in history.counted] == counting


def crowd(room, quiz, count, at, *, is_tallied=True):
    """As many students, assignments, and an attempt of each at each."""
    users = User.objects.bulk_create(User(username=f"s{n}") for n in range(count))
    Enrollment.objects.bulk_create(
        Enrollment(classroom=room, user=user, joined_at=at) for user in users
    )
    given = [make_assignment(room, quiz, at) for _n in range(min(count, 20))]
    Attempt.objects.bulk_create(
        Attempt(
            start_uid=uuid7(),
            learner=user,
            quiz=quiz,
            assignment=one,
            number=1,
            started_at=at,
            handed_in_at=at,
            learner_day=at.date(),
            score=5_000_000,
            is_tallied=is_tallied,
        )
        for user in users
        for one in given
    )


@pytest.mark.parametrize(("is_tallied", "queries"), [(True, 5), (False, 6)])
def test_the_reading_takes_as_many_queries_for_one_as_for_a_hundred(
    room, quiz, noon, is_tallied, queries
):
    taken = []
    for count in (1, 10, 100):
        with transaction.atomic():
            crowd(room, quiz, count, noon, is_tallied=is_tallied)
            with CaptureQueriesContext(connection) as captured:
                found = gradebook.of_class(room, noon)
                rows = [found.row(one) for one in found.students]
                columns = found.columns()
            transaction.set_rollback(True)
        assert len(rows) == count
        assert {one.mean_percent for one in columns} == {50}
        taken.append(len(captured))

    assert taken == [queries] * 3
