"""What a class has done goes out as its document says: whole, the same each time, and no more."""

import csv
import io
import json
import re
from collections import Counter
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from jsonschema import Draft202012Validator

from quizzes.assessment import attempting
from quizzes.assessment.models import Quiz, Served
from quizzes.cards import undoing
from quizzes.cards.models import DayTally
from quizzes.exchange import chronicling, leafing
from quizzes.exchange.chronicling import Wish
from quizzes.items.models import Item
from quizzes.people import joining
from quizzes.people.models import User
from tests.bookshelf import make_study_book
from tests.cards.acting import AGAIN, GOOD, make_book, make_items, rate
from tests.crowds import crowd, study
from tests.enrolling import enroll, examine
from tests.examining import answer, make_assignment, make_item, make_quiz, sit, sit_through

pytestmark = pytest.mark.django_db

HOME = "https://reading.example/"
DAY = timedelta(days=1)


@pytest.fixture
def room(noon):
    """A class in which two students did everything that a row can tell of."""
    book = make_study_book(4)
    room = joining.open_classroom(User.objects.create_user("ivo"), book, "History 214", noon)
    asked = [make_item(book, kind, kind) for kind in ("single", "essay", "date")]
    quiz = make_quiz(book, *asked, is_shuffled=False)
    Quiz.objects.filter(pk=quiz.pk).update(pass_fraction=5_000_000)
    given = make_assignment(room, quiz, noon, attempts_allowed=3, asks_confidence=True)
    olga, vera = enroll(room, "olga", noon), enroll(room, "vera", noon)
    attempting.hand_in(answer(sit(olga, given, noon), noon, ["single"]), noon + 12 * DAY / 1_440)
    sit(olga, given, noon + DAY)
    attempting.hand_in(sit(vera, given, noon), noon)
    for item, rating in zip(book.items.in_order(), (GOOD, AGAIN, GOOD), strict=False):
        rate(olga, item, rating, noon - 3 * DAY, duration_ms=4_250)
        rate(olga, item, GOOD, noon - DAY)
    return room


def teacher(room):
    return User.objects.get(enrollments__in=room.enrollments.instructors())


def files(room, **wish):
    """The texts of the files by their names; as many rows as were foretold."""
    content = chronicling.content(room, Wish(HOME, **wish), teacher(room), room.created_at)
    found, rows = {}, 0
    for file in content.files:
        chunks = list(file.chunks)
        rows += sum(chunk.rows for chunk in chunks)
        found[file.name] = b"".join(chunk.data for chunk in chunks).decode()
    assert rows == content.rows
    return found


def table(text):
    return list(csv.DictReader(io.StringIO(text, newline="")))


def statements(texts):
    return [json.loads(line) for line in texts["statements.jsonl"].splitlines()]


def told(texts):
    """How many statements there are of each verb and category."""
    return Counter(
        (
            one["verb"]["display"]["en"],
            *(kind["id"].rpartition("/")[2] for kind in _activities(one).get("category", ())),
        )
        for one in statements(texts)
    )


def _activities(statement):
    return statement["context"]["contextActivities"]


def test_every_act_is_a_statement_that_the_schema_takes(room, root, noon):
    schema = json.loads((root / "docs/class-data.schema.json").read_text())
    Draft202012Validator.check_schema(schema)
    validator = Draft202012Validator(schema)

    for has_names in (False, True):
        texts = files(room, has_names=has_names)
        faults = [
            error.message for one in statements(texts) for error in validator.iter_errors(one)
        ]
        assert faults == []
        assert told(texts) == {
            ("initialized",): 3, ("completed",): 2, ("answered", "quiz"): 3,
            ("answered", "flashcard"): 6,
        }  # fmt: skip
    done = next(one for one in statements(texts) if one["verb"]["display"]["en"] == "completed")
    assert done["result"] == {
        "completion": True, "score": {"scaled": 0.3333333}, "success": False, "duration": "PT720S",
        "extensions": {
            "tag:reading-room,2026:attempt": 1,
            "tag:reading-room,2026:days-late": 0,
            "tag:reading-room,2026:timed-out": False,
        },
    }  # fmt: skip


def test_an_answer_tells_what_it_earned_and_nothing_of_what_it_said(room):
    texts = files(room)

    answered = {
        one["object"]["definition"]["name"]["en"]: one["result"]
        for one in statements(texts)
        if one["verb"]["display"]["en"] == "answered" and "parent" in _activities(one)
    }
    assert answered["What of single?"]["success"] is True
    assert answered["What of date?"]["score"] == {"scaled": 0.0}
    assert "score" not in answered["What of essay?"]
    whole = "".join(texts.values())
    for secret in (
        "The answer to",
        "Because the book",
        "I was not there",
        "Option 1",
        "early 1938",
    ):
        assert secret not in whole


def test_of_what_its_reader_may_be_asked_it_tells_not_whether_an_answer_was_right(room, noon):
    asked = Item.objects.get(slug="single")
    examine(teacher(room), make_quiz(room.book, asked, slug="exam"), noon)

    texts = files(room)

    uid = str(asked.uid)
    rows = [(one["item"] == uid, one["is_answered"], one["fraction"]) for one in _outcomes(texts)]
    assert {fraction for is_kept, _answered, fraction in rows if is_kept} == {""}
    assert (True, "yes", "") in rows
    assert (False, "yes", "0.0") in rows
    told = [
        one["result"]
        for one in statements(texts)
        if one["object"]["definition"]["name"]["en"] == "What of single?"
        and "parent" in _activities(one)
    ]
    assert len(told) == 1
    assert not {"score", "success"} & told[0].keys()


def _outcomes(texts):
    return table(texts["outcomes.csv"])


def test_a_second_file_is_the_same_and_names_change_no_id(room):
    first, second, named = files(room), files(room), files(room, has_names=True)

    assert first == second
    ids = [one["id"] for one in statements(first)]
    assert len(set(ids)) == len(ids)
    assert ids == [one["id"] for one in statements(named)]
    assert not re.search("olga|vera", "".join(first.values()), re.IGNORECASE)
    assert {one["actor"]["name"] for one in statements(named)} == {"Olga", "Vera"}
    accounts = [one["actor"].pop("name") and one["actor"] for one in statements(named)]
    assert accounts == [one["actor"] for one in statements(first)]
    assert [row["name"] for row in table(named["students.csv"])] == ["Olga", "Vera"]


def test_a_mark_that_changes_later_keeps_its_id(room, noon):
    before = {one["id"]: one for one in statements(files(room))}
    Served.objects.filter(fraction=0).update(fraction=10_000_000)

    after = {one["id"]: one for one in statements(files(room))}

    changed = [uid for uid in before if before[uid] != after[uid]]
    assert before.keys() == after.keys()
    assert len(changed) == 1


def test_the_tables_are_what_the_database_says(room):
    texts = files(room)
    olga = next(row for row in table(texts["students.csv"]) if row["reviews"] != "0")
    days = [row for row in table(texts["days.csv"]) if row["student"] == olga["student"]]

    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*), sum(CASE WHEN rating > 1 THEN 1 ELSE 0 END) "
            "FROM quizzes_review WHERE source = 'flashcard'"
        )
        [reviews, recalled] = cursor.fetchone()
        cursor.execute("SELECT count(*) FROM quizzes_card WHERE phase = 'review'")
        [known] = cursor.fetchone()
    assert (reviews, recalled) == (6, 5)
    assert [int(olga[name]) for name in ("reviews", "recalled", "known")] == [6, 5, known]
    for name in ("reviews", "recalled"):
        assert sum(int(row[name]) for row in days) == int(olga[name])
    assert sum(int(row["known_change"]) for row in days) == known
    scores = [row["score"] for row in table(texts["attempts.csv"])]
    assert sorted(scores) == ["", "0.0", "0.3333333"]
    outcomes = table(texts["outcomes.csv"])
    assert [(row["kind"], row["is_answered"], row["fraction"]) for row in outcomes] == [
        ("single", "yes", "1.0"), ("essay", "yes", ""), ("date", "yes", "0.0"),
        ("single", "no", ""), ("essay", "no", ""), ("date", "no", ""),
    ]  # fmt: skip


def test_only_the_classs_students_and_only_its_book_are_told_of(room, noon):
    before = files(room)
    olga = User.objects.get(username="olga")
    other = make_book("own", owner=olga)
    rate(olga, make_items(other, 1)[0], GOOD, noon)
    elsewhere = joining.open_classroom(olga, room.book, "Elsewhere", noon)
    away = make_assignment(elsewhere, Quiz.objects.get(), noon)
    nina, former = enroll(elsewhere, "nina", noon), enroll(room, "anna", noon)
    sit_through(nina, away, noon)
    sit_through(former, room.assignments.get(), noon)
    rate(former, room.book.items.in_order()[0], GOOD, noon)
    room.enrollments.filter(user=former).update(role="former")
    undone = rate(olga, room.book.items.in_order()[0], GOOD, noon + DAY)
    assert undone
    undoing.undo(olga, noon + DAY)

    assert files(room) == before
    accounts = {one["actor"]["account"]["name"] for one in statements(files(elsewhere))}
    assert len(accounts) == 1
    assert not accounts & {one["actor"]["account"]["name"] for one in statements(before)}


def test_each_piece_takes_one_query_however_many_rows_there_are(room, noon, monkeypatch):
    monkeypatch.setattr(leafing, "ROWS_AT_ONCE", 100)
    study(room, crowd(room, 100, noon), noon, days=20)
    content = chronicling.content(room, Wish(HOME), teacher(room), noon)
    pieces = {}

    for file in content.files:
        largest = 0
        with CaptureQueriesContext(connection) as captured:
            chunks = 0
            for chunk in file.chunks:
                chunks, largest = chunks + 1, max(largest, chunk.rows)
        pieces[file.name] = (chunks, len(captured), largest)

    assert pieces["days.csv"][0] > DayTally.objects.count() // 100
    for chunks, queries, largest in pieces.values():
        assert largest <= 100
        assert queries <= 2 * chunks + 24  # a group of twenty students without rows has a query too


def test_the_document_names_every_column_and_no_other(root):
    document = (root / "docs/class-data.md").read_text()
    for name, columns in chronicling.HEADS.items():
        section = document.partition(f"## {name}\n")[2].partition("\n## ")[0]
        named = re.findall(r"^\| `(\w+)` \|", section, re.MULTILINE)
        more = chronicling.NAMES if name == "students.csv" else ()
        assert named == [*columns, *more]
