"""A class by chapter, by week and in every order: the same as rows counted one by one."""

from collections import Counter
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from quizzes.analytics import class_chapters, class_order, class_progress, class_weeks
from quizzes.analytics.class_order import Column, Order
from quizzes.people import joining
from quizzes.people.models import Enrollment, User
from tests.bookshelf import make_book, make_study_book
from tests.cards.acting import due
from tests.crowds import crowd, study
from tests.enrolling import enroll
from tests.examining import make_item, make_quiz, take

pytestmark = pytest.mark.django_db

DAYS = 150


@pytest.fixture
def classroom(noon):
    book = make_study_book(6)
    return joining.open_classroom(User.objects.create_user("ivo"), book, "History 214", noon)


@pytest.fixture
def people(classroom, noon):
    """Twelve students, a former one and a stranger, who all studied this book and another."""
    people = crowd(classroom, 14, noon)
    study(classroom, people, noon, DAYS)
    other = joining.open_classroom(people[0], make_book("other", "Another book"), "Other", noon)
    study(other, people, noon, DAYS, seed=2)
    classroom.enrollments.filter(user=people[12]).update(role=Enrollment.Role.FORMER)
    classroom.enrollments.filter(user=people[13]).delete()
    return people[:12]


def rows(classroom, sql):
    """What the database answers to a question about the tallies of the class's students."""
    of_class = f"""
        FROM quizzes_daytally t
        JOIN quizzes_chapter c ON c.id = t.chapter_id
        JOIN quizzes_enrollment e ON e.user_id = t.learner_id
        WHERE c.book_id = {classroom.book_id} AND e.classroom_id = {classroom.pk}
          AND e.role = 'student'"""
    with connection.cursor() as cursor:
        cursor.execute(sql.replace("OF_CLASS", of_class))
        return cursor.fetchall()


def as_date(day):
    return day if isinstance(day, date) else date.fromisoformat(day)


def test_weeks_are_as_the_tallies_say_one_by_one(classroom, people, noon):
    told = class_weeks.of_class(classroom, noon.date())

    every = rows(classroom, "SELECT t.day, t.learner_id, t.reviews, t.known_change OF_CLASS")
    assert [one.monday for one in told[-2:]] == [date(2026, 2, 23), date(2026, 3, 2)]
    assert len(told) == 18
    assert {one.students for one in told} == {12}
    for one in told:
        after = one.monday + timedelta(days=7)
        week = [row for row in every if one.monday <= as_date(row[0]) < after]
        assert one.active == len({row[1] for row in week if row[2]}) > 0
        assert one.reviews == sum(row[2] for row in week)
        assert one.newly_known == sum(row[3] for row in week)
        assert one.known == sum(row[3] for row in every if as_date(row[0]) < after)
        assert one.mean_known == one.known / 12


def test_a_day_that_has_begun_where_a_student_is_belongs_to_this_week(classroom, people, noon):
    sunday = noon.date() - timedelta(days=1)

    told = class_weeks.of_class(classroom, sunday)

    [(whole,)] = rows(classroom, "SELECT sum(t.known_change) OF_CLASS")
    assert told[-1].monday == date(2026, 2, 23)
    assert told[-1].known == whole


def test_chapters_and_kinds_are_as_the_tallies_say(classroom, people):
    found = class_chapters.of_class(classroom)

    [row] = found  # all cards are in the first chapter
    assert {kind: share.total for kind, share in row.kinds.items()} == {"term": 5, "argument": 1}
    sums = {
        kind: (known, learning)
        for kind, known, learning in rows(
            classroom,
            "SELECT t.kind, sum(t.known_change), sum(t.learning_change) OF_CLASS "
            "AND c.number = 0 GROUP BY t.kind",
        )
    }
    for kind, share in row.kinds.items():
        known, learning = sums[kind]
        assert (share.known, share.learning) == (
            min(known, 12 * share.total), min(learning, 12 * share.total),
        )  # fmt: skip
        assert share.known + share.learning + share.new >= share.whole
    assert row.whole.total == 6


def test_one_students_rows_add_up_to_the_classs(classroom, people, noon):
    today = noon.date()
    weeks = [class_weeks.of_student(classroom, one, today) for one in people]

    for place, one in enumerate(class_weeks.of_class(classroom, today)):
        alone = [student[place] for student in weeks]
        assert sum(week.reviews for week in alone) == one.reviews
        assert sum(week.known for week in alone) == one.known
        assert sum(week.active for week in alone) == one.active


FIGURES = {
    Column.KNOWN: lambda one: one.cards.known,
    Column.LEARNING: lambda one: one.cards.learning,
    Column.NEW: lambda one: one.cards.new,
    Column.WAITING: lambda one: one.waiting,
    Column.REVIEWS: lambda one: one.recent_reviews,
    Column.QUIZZES: lambda one: one.quiz_count,
    Column.MEAN: lambda one: one.mean_percent,
    Column.LAST: lambda one: one.last_day,
}


def test_every_column_orders_the_whole_class_by_what_it_shows(classroom, people, noon):
    book, today = classroom.book, noon.date()
    quiz = make_quiz(book, make_item(book, "one"), make_item(book, "two"))
    for n, right in enumerate((["one"], ["one", "two"], [])):
        take(people[n], quiz, noon, right=right)
    due(people[4], book.items.get(slug="item-0"), today)

    for column, figure in FIGURES.items():
        for is_falling in (True, False):
            listed = list(class_order.ordered(classroom, Order(column, is_falling), today))
            shown = [figure(one) for one in class_progress.students(classroom, listed, today)]
            told = [one for one in shown if one is not None]
            assert told == sorted(told, reverse=is_falling), column
            assert shown[: len(told)] == told, "who has no figure comes last"
            assert Counter(one.user_id for one in listed) == Counter(one.pk for one in people)
    by_name = class_order.ordered(classroom, Order(is_falling=True), today)
    names = [one.user.name for one in by_name]
    assert names == sorted(names, reverse=True)


def test_a_class_without_students_has_no_weeks_and_no_chapters(classroom, noon):
    assert class_weeks.of_class(classroom, noon.date()) == []
    assert class_chapters.of_class(classroom) == []


@pytest.fixture
def visit(classroom, client, time_machine, noon):
    """What a page of the class's progress says, and how many queries that takes."""
    time_machine.move_to(noon, tick=False)
    client.force_login(User.objects.get(username="ivo"))

    def go(part=""):
        with CaptureQueriesContext(connection) as captured:
            answer = client.get(f"/classes/{classroom.uid}/progress/{part}")
        assert answer.status_code == 200
        return answer.content.decode(), len(captured)

    return go


def test_each_page_takes_as_many_queries_for_ten_as_for_hundreds(classroom, visit, noon):
    olga = enroll(classroom, "olga", noon)
    place = classroom.enrollments.get(user=olga).pk
    parts = ("", "?sort=-known", "?sort=last", "?q=Student", "chapters/", "weeks/", f"{place}/")
    counts = []
    for first, more in ((0, 10), (10, 90), (100, 200)):
        people = crowd(classroom, more, noon, first)
        study(classroom, people, noon, days=2, seed=first)
        counts.append([visit(part)[1] for part in parts])

    assert counts[0] == counts[1] == counts[2]
    assert max(counts[0]) <= 11, counts
    page, _queries = visit("?sort=-known")
    assert "301 students" in page
    assert "1 of 7" in page
    assert page.count('scope="row"') == 50


def test_students_are_found_by_name_unless_names_are_hidden(classroom, visit, noon):
    for name in ("olga", "vera"):
        enroll(classroom, name, noon)

    found, _queries = visit("?q=olg&sort=-known")
    nobody, _queries = visit("?q=nobody")
    hidden, _queries = visit("?q=olg&names=off")

    assert "Olga" in found
    assert "Vera" not in found
    assert "No student of this name or number is here." in nobody
    assert "Olga" not in hidden
    assert "2 students" in hidden


def test_weeks_are_a_file_too(classroom, people, visit, noon):
    page, _queries = visit("weeks/")
    file, _queries = visit("weeks/?csv=known")

    week = class_weeks.of_class(classroom, noon.date())[-1]
    line = f"2026-03-02,{week.newly_known},{week.known},{round(week.mean_known, 1)}"
    assert file.splitlines()[-1] == line
    assert f"{week.known:,}" in page


def test_a_file_of_chapters_has_a_line_for_every_cell(classroom, people, visit):
    place = classroom.enrollments.get(user=people[0])
    for part, found in (
        ("chapters/", class_chapters.of_class(classroom)),
        (f"{place.pk}/", class_chapters.of_student(classroom, people[0])),
    ):
        file, _queries = visit(f"{part}?csv=kinds")

        lines = [line.split(",") for line in file.splitlines()[1:]]
        told = {tuple(map(int, numbers)) for _chapter, _kind, *numbers in lines}
        cells = [share for row in found for share in row.kinds.values()]
        assert len(lines) == len(cells)
        assert told == {(one.whole, one.known, one.learning, one.new) for one in cells}
