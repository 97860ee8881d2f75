"""The gradebook's page, and the files that say the same cell by cell."""

from datetime import timedelta
from html.parser import HTMLParser

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from quizzes.assessment import overriding
from quizzes.exchange.formats import tables
from quizzes.people.models import Classroom, Enrollment, Notice, User
from tests.analytics.test_gradebook import crowd
from tests.bookshelf import make_study_book
from tests.examining import make_assignment, make_item, make_quiz, sit_through
from tests.web.test_review import text

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_noon")]
WEEK, DAY = timedelta(days=7), timedelta(days=1)


@pytest.fixture
def room(company, classroom):
    book = make_study_book(3)
    Classroom.objects.filter(pk=classroom.pk).update(book=book)
    return Classroom.objects.select_related("book").get(pk=classroom.pk)


@pytest.fixture
def quiz(room):
    items = [make_item(room.book, f"q{n}") for n in range(3)]
    return make_quiz(room.book, *items, make_item(room.book, "essay", "essay"), slug="=1+1")


@pytest.fixture
def instructor(client, company):
    client.force_login(company["instructor"])
    return company["instructor"]


@pytest.fixture
def busy(room, quiz, company, instructor, noon):
    """A class in which everything has happened that a cell can tell."""
    long_ago = noon - 2 * WEEK
    terms = {"attempts_allowed": 3, "late_days": 7, "late_percent": 10}
    given = [make_assignment(room, quiz, long_ago, **terms), make_assignment(room, quiz, noon)]
    make_assignment(room, quiz, noon + DAY, is_graded=False)
    student, classmate = company["student"], company["classmate"]
    sit_through(student, given[0], long_ago, right=["q0"])
    sit_through(student, given[0], long_ago + 8 * DAY, right=["q0", "q1", "q2"])
    overriding.override(given[0], classmate, 8_000_000, "An appeal.", instructor, noon)
    gone = User.objects.create_user("gone", display_name="=cmd|' /C calc'!A0")
    place = Enrollment.objects.create(classroom=room, user=gone, joined_at=long_ago)
    sit_through(gone, given[0], long_ago)
    place.role = Enrollment.Role.FORMER
    place.save()
    for n in range(60):
        name = "-2+3" if n == 30 else f"Nobody {n:02}"
        extra = User.objects.create_user(f"n{n}", display_name=name)
        Enrollment.objects.create(classroom=room, user=extra, joined_at=noon)
    return given


class Reader(HTMLParser):
    """The table of the page: for each line its cells' values and notes."""

    def __init__(self):
        super().__init__()
        self.lines, self.part = [], None

    def handle_starttag(self, tag, attrs):
        if tag == "tr":
            self.lines.append([])
        elif tag in {"td", "th"} and self.lines:
            self.lines[-1].append({"mark-value": "", "mark-note": ""})
        elif tag == "span":
            name = dict(attrs).get("class", "")
            self.part = name if name.startswith("mark-") else None

    def handle_endtag(self, tag):
        self.part = None if tag == "span" else self.part

    def handle_data(self, data):
        if self.part and self.lines and self.lines[-1]:
            self.lines[-1][-1][self.part] += data


def table_of(page):
    reader = Reader()
    html = page.content.decode()
    reader.feed(html[html.index("<table") : html.index("</table>")])
    return [
        [part for cell in line for part in (cell["mark-value"], cell["mark-note"])]
        for line in reader.lines
    ]


def url(room, end=""):
    return f"/classes/{room.uid}/gradebook/{end}"


def whole_page(client, room, query=""):
    """The lines of all pages as if they were one: those who left and the figures come once."""
    first = table_of(client.get(url(room, f"?{query}")))
    second = table_of(client.get(url(room, f"?page=2&{query}")))
    tail = len(second) - 1 - 12
    assert first[-tail:] == second[-tail:]
    return first[:-tail] + second[1:]


def test_the_parsed_file_equals_the_parsed_page_cell_by_cell(client, room, busy):
    page = whole_page(client, room)

    plain, excel = (client.get(url(room, f"csv/{query}")) for query in ("", "?for=excel"))

    parsed = tables.csv_rows(plain.content)
    assert len(parsed) == 1 + 62 + 1 + 3
    assert parsed[1:] == page[1:]
    assert parsed[0][::2] == page[0][::2]
    assert excel.content == b"\xef\xbb\xbf" + plain.content
    flat = {cell for line in parsed for cell in line}
    assert {"=cmd|' /C calc'!A0", "-2+3", "A quiz: =1+1", "67.5", "80"} <= flat
    assert {"2 attempts · late by 1 day · 2 essays to mark", "set by hand"} <= flat
    assert b"'=cmd" in plain.content
    assert b"'-2+3" in plain.content


def test_the_workbook_equals_the_file_and_has_no_formula(client, room, busy):
    parsed = tables.csv_rows(client.get(url(room, "csv/")).content)

    book = tables.xlsx_rows(client.get(url(room, "xlsx/")).content)

    assert [["" if cell is None else str(cell) for cell in line] for line in book] == parsed
    assert {type(line[2]) for line in book[1:] if line[2] is not None} == {int, float}


@pytest.mark.parametrize("show", ["missing", "late", "to-mark"])
def test_a_file_has_the_rows_that_the_page_was_asked_for(client, room, busy, show):
    parsed = tables.csv_rows(client.get(url(room, f"csv/?show={show}")).content)

    names = [line[0] for line in table_of(client.get(url(room, f"?show={show}")))]
    assert names == [line[0] for line in parsed][: len(names) - 4] + names[-4:]
    expected = {"missing": 60, "late": 1, "to-mark": 1}[show]
    assert len(parsed) == 1 + expected + 1 + 3


def test_a_file_has_a_name_of_letters_alone(client, room, instructor):
    Classroom.objects.update(name='A "class"\r\nX: y')

    sent = client.get(url(room, "csv/"))

    assert sent["Content-Disposition"] == 'attachment; filename="gradebook-a-class-x-y.csv"'


def test_names_are_hidden_until_they_are_shown_again(client, room, busy):
    page = text(client.get(url(room, "?names=off")))
    still = text(client.get(url(room)))
    shown = text(client.get(url(room, "?names=on")))

    for hidden in (page, still):
        assert "Student 7" in hidden
        assert "Nobody" not in hidden
        assert "classmate" not in hidden
    assert "Nobody 01" in shown


def test_a_column_says_what_its_class_sees_and_what_stands_in_the_way(client, room, busy):
    page = text(client.get(url(room)))

    assert "Students can’t see this yet" in page
    assert "1 answer is to be marked first" not in page
    assert "3 answers are to be marked first." in page
    assert "Mark 3 essays" in page
    assert "Not graded: it tells its results by its own terms." in page


def test_results_are_released_from_the_gradebook(client, room, company, instructor, noon):
    quiz = make_quiz(room.book, make_item(room.book, "only"))
    given = make_assignment(room, quiz, noon - 2 * WEEK)
    sit_through(company["student"], given, noon - 2 * WEEK)
    assert "Release : A quiz: quiz" in text(client.get(url(room)))

    sent = client.post(
        f"/classes/{room.uid}/assignments/{given.uid}/release/", {"in_gradebook": "1"}
    )

    assert sent["Location"] == url(room)
    page = text(client.get(url(room)))
    assert "can’t see" not in page
    assert {one.link for one in Notice.objects.all()} == {f"/classes/{room.uid}/marks/"}


@pytest.mark.parametrize("name", ["?show=some", "csv/?show=some"])
def test_rows_of_no_kind_are_nonsense(client, room, instructor, name):
    assert client.get(url(room, name)).status_code == 400


def test_an_empty_class_is_told_what_to_do(client, room, quiz, instructor, noon):
    assert "Nothing is given to the class yet." in text(client.get(url(room)))
    make_assignment(room, quiz, noon)
    Enrollment.objects.filter(role="student").delete()

    assert "Nobody has joined yet." in text(client.get(url(room)))


@pytest.mark.parametrize("end", ["", "csv/"])
def test_the_page_takes_as_many_queries_for_one_as_for_a_hundred(
    client, room, quiz, instructor, noon, end
):
    taken = []
    for count in (1, 10, 100):
        with transaction.atomic():
            crowd(room, quiz, count, noon)
            with CaptureQueriesContext(connection) as captured:
                page = client.get(url(room, end))
            transaction.set_rollback(True)
        assert page.status_code == 200
        taken.append(len([one for one in captured if "SAVEPOINT" not in one["sql"]]))

    assert taken == [8, 8, 8]
