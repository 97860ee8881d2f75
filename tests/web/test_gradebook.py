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
    place = Enrollment.objects.create(
        classroom=room, user=gone, joined_at=long_ago, student_number="0017"
    )
    sit_through(gone, given[0], long_ago)
    place.role = Enrollment.Role.FORMER
    place.save()
    for n in range(60):
        name = "-2+3" if n == 30 else f"Nobody {n}"
        ours = {"issued_by": room} if n == 31 else {}
        extra = User.objects.create_user(f"n{n}", display_name=name, **ours)
        more_time = 150 if n == 31 else 100
        number = "=7+31" if n == 31 else ""
        Enrollment.objects.create(
            classroom=room,
            user=extra,
            joined_at=noon,
            time_percent=more_time,
            student_number=number,
        )
    return given


class Reader(HTMLParser):
    """The table of the page: for each line what its cells say, part by part."""

    def __init__(self):
        super().__init__()
        self.lines, self.is_told = [], False

    def handle_starttag(self, tag, attrs):
        if tag == "tr":
            self.lines.append([])
        elif tag in {"td", "th"} and self.lines:
            self.lines[-1].append([])
        elif tag == "span":
            self.is_told = dict(attrs).get("class", "").startswith("mark-")
            if self.is_told and self.lines:
                self.lines[-1][-1].append("")

    def handle_endtag(self, tag):
        self.is_told = self.is_told and tag != "span"

    def handle_data(self, data):
        if self.is_told and self.lines:
            self.lines[-1][-1][-1] += data


def table_of(page):
    """Each line with its name's five parts, and the value and the note of every other cell."""
    reader = Reader()
    html = page.content.decode()
    reader.feed(html[html.index("<table") : html.index("</table>")])
    return [
        [part for place, cell in enumerate(line) for part in (cell + [""] * 5)[: 2 if place else 5]]
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

    head, *parsed = tables.csv_rows(plain.content)
    gap = parsed.index([""] * len(head))
    assert gap == 62 + 1
    assert parsed[:gap] + parsed[gap + 1 : -1] == page[1:]
    assert head[:5] == ["Name", "Student number", "Signs in as", "More time", "Left the class"]
    assert head[5::2] == page[0][5::2]
    assert [parsed[-1][0], *parsed[-1][5::2]] == ["Results", *page[0][6::2]]
    assert excel.content == b"\xef\xbb\xbf" + plain.content
    flat = {cell for line in (head, *parsed) for cell in line}
    assert {"=cmd|' /C calc'!A0", "-2+3", "A quiz: =1+1", "67.5", "80"} <= flat
    assert {"2 attempts · late by 1 day · 2 essays to mark", "set by hand"} <= flat
    assert ["Nobody 31", "=7+31", "n31", "×1.5 time", ""] in [line[:5] for line in parsed]
    assert parsed[gap - 1][:5] == ["=cmd|' /C calc'!A0", "0017", "", "", "no longer in the class"]
    assert parsed[-1][5:9] == ["Students can’t see this yet", ""] * 2
    assert b"'=cmd" in plain.content
    assert b"'-2+3" in plain.content
    assert b"'=7+31" in plain.content


def test_the_workbook_equals_the_file_and_has_no_formula(client, room, busy):
    parsed = tables.csv_rows(client.get(url(room, "csv/")).content)

    book = tables.xlsx_rows(client.get(url(room, "xlsx/")).content)

    lines = [["" if cell is None else str(cell) for cell in line] for line in book]
    assert [line or [""] * len(parsed[0]) for line in lines] == parsed
    assert {type(line[5]) for line in book[1:-1] if line and line[5] is not None} == {int, float}
    assert [] in book


@pytest.mark.parametrize("show", ["missing", "late", "to-mark"])
def test_a_file_has_the_rows_that_the_page_was_asked_for(client, room, busy, show):
    parsed = tables.csv_rows(client.get(url(room, f"csv/?show={show}")).content)

    names = [line[0] for line in table_of(client.get(url(room, f"?show={show}")))]
    assert names == [line[0] for line in parsed][: len(names) - 4] + names[-4:]
    expected = {"missing": 60, "late": 1, "to-mark": 1}[show]
    assert len(parsed) == 1 + expected + 1 + 1 + 4


def test_the_whole_class_is_in_the_order_of_a_column_on_the_page_and_in_the_file(
    client, room, busy, company
):
    def names(sort):
        file = tables.csv_rows(client.get(url(room, f"csv/?sort={sort}")).content)
        return [line[0] for line in file[1:63]]

    by_name, falling = names("name"), names("-name")
    student, classmate = company["student"].name, company["classmate"].name

    assert falling == by_name[::-1]
    assert by_name.index("Nobody 9") + 1 == by_name.index("Nobody 10")
    for column in (busy[0].uid, "mean"):
        assert names(column)[:2] == [student, classmate]
        assert names(f"-{column}")[:2] == [classmate, student]
        assert names(f"-{column}")[2:] == [
            one for one in by_name if one not in (student, classmate)
        ]
    assert names("nonsense") == by_name
    page = client.get(url(room, "?sort=-mean"))
    assert 'aria-sort="descending"' in page.content.decode()
    assert [line[0] for line in table_of(page)[1:51]] == names("-mean")[:50]


def test_students_are_found_by_name_and_not_while_names_are_hidden(client, room, busy):
    def names(query):
        return [line[0] for line in table_of(client.get(url(room, query)))[1:-3]]

    assert names("?q=NOBODY+5&sort=-name") == [
        f"Nobody {n}" for n in (59, 58, 57, 56, 55, 54, 53, 52, 51, 50, 5)
    ]
    assert names("?q=calc") == names("?q=0017") == ["=cmd|' /C calc'!A0"]
    file = tables.csv_rows(client.get(url(room, "csv/?q=nobody+5")).content)
    assert [line[0] for line in file[1:3]] == ["Nobody 5", "Nobody 50"]
    assert "No student of this name or number is here." in text(client.get(url(room, "?q=x%00y")))
    assert len(names("?q=calc&names=off")) == 51


def test_a_name_is_found_alike_in_the_gradebook_and_in_progress(
    client, room, quiz, company, instructor, noon
):
    make_assignment(room, quiz, noon)
    User.objects.filter(pk=company["student"].pk).update(display_name="Анна Иванов")

    for asked in ("иванов", "ИВАН", "анна иванов", "Иванов"):
        for page in ("gradebook", "progress"):
            said = text(client.get(f"/classes/{room.uid}/{page}/", {"q": asked}))
            assert "Анна Иванов" in said, (asked, page)
            assert company["classmate"].name not in said, (asked, page)


def test_a_file_has_a_name_of_letters_alone(client, room, instructor):
    Classroom.objects.update(name='A "class"\r\nX: y')

    sent = client.get(url(room, "csv/"))

    assert sent["Content-Disposition"] == 'attachment; filename="gradebook-a-class-x-y.csv"'


def test_names_are_hidden_until_they_are_shown_again(client, room, busy):
    page = text(client.get(url(room, "?names=off")))
    still = text(client.get(url(room)))
    by_mark = text(client.get(url(room, "?sort=-mean")))
    shown = text(client.get(url(room, "?names=on")))

    for hidden in (page, still, by_mark):
        assert "Student 7" in hidden
        assert "Nobody" not in hidden
        assert "classmate" not in hidden
        assert "=7+31" not in hidden
    assert "Nobody 1" in shown


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
