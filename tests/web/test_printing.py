"""A sample of a quiz, on screen and on paper: the key has a sheet of its own."""

import re

import pytest

from quizzes.assessment.models import Attempt, Served
from quizzes.assessment.withholding import WHY
from quizzes.people.models import Classroom
from tests.bookshelf import make_study_book
from tests.enrolling import examine
from tests.examining import ALL_KINDS, MACHINE_KINDS, MATCHES, make_item, make_quiz
from tests.web.lessons import give
from tests.web.test_review import text

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_noon")]
KEYS = (
    "The answer to",
    "Because the book says",
    "is wrong for",
    "Fel'dman",
    "35,000",
    "early 1938",
)


@pytest.fixture
def given(client, company, classroom, noon):
    client.force_login(company["instructor"])
    book = make_study_book(3)
    Classroom.objects.filter(pk=classroom.pk).update(book=book)
    items = [make_item(book, f"p-{kind.replace('_', '-')}", kind) for kind in ALL_KINDS]
    return give(Classroom.objects.get(pk=classroom.pk), make_quiz(book, *items), noon)


def url(given, tail):
    return f"/classes/{given.classroom.uid}/assignments/{given.uid}/{tail}"


def letters(page, option):
    """The letter that stands before an option on paper."""
    [letter] = re.findall(rf'<b>(\w)</b> <span dir="auto">{option}<', page.content.decode())
    return letter


def test_a_preview_shows_every_question_and_saves_nothing(client, given):
    told = text(client.get(url(given, "preview/")))

    assert "This is a preview: nothing is saved, and nothing counts." in told
    assert told.count("What of p-") == len(ALL_KINDS) - 1  # a text with gaps begins otherwise
    assert not Attempt.objects.exists()
    assert not Served.objects.exists()


@pytest.mark.parametrize("tail", ["preview/", "print/a/", "print/b/"])
def test_no_key_stands_on_what_a_student_may_be_given(client, given, tail):
    page = client.get(url(given, tail)).content.decode()

    assert [key for key in KEYS if key in page] == []


@pytest.mark.parametrize("version", ["a", "b"])
def test_the_key_belongs_to_its_version(client, given, version):
    sheet = client.get(url(given, f"print/{version}/"))
    key = text(client.get(url(given, f"print/{version}/key/")))
    stem = r'id="number-(\d+)">(?:(?!id="number).)*?What of p-single'
    [number] = re.findall(stem, sheet.content.decode(), re.DOTALL)

    right = letters(sheet, "Option 1 of p-single")

    assert f"{number}. {right} The answer to p-single." in key
    assert all(f"The answer to p-{kind.replace('_', '-')}." in key for kind in MACHINE_KINDS)


@pytest.mark.parametrize("version", ["a", "b"])
def test_the_key_of_what_is_to_be_matched_tells_the_letters_on_paper(client, given, version):
    sheet = client.get(url(given, f"print/{version}/"))
    key = text(client.get(url(given, f"print/{version}/key/")))

    sides = [f"Right {right} of p-matching" for right in MATCHES]
    letters_right = ", ".join(letters(sheet, side) for side in sides)

    assert f"{letters_right} The answer to p-matching." in key


def test_of_what_the_reader_may_be_asked_neither_letters_nor_words_are_printed(
    client, company, given, noon
):
    kept = given.quiz.slots.get(item__slug="p-single").item
    examine(company["instructor"], make_quiz(given.quiz.book, kept, slug="exam"), noon)
    sheet = client.get(url(given, "print/a/")).content.decode()
    stem = r'id="number-(\d+)">(?:(?!id="number).)*?What of p-single'
    [number] = re.findall(stem, sheet, re.DOTALL)

    key = text(client.get(url(given, "print/a/key/")))

    assert f"{number}. {WHY}" in key
    assert "The answer to p-single." not in key
    assert "The answer to p-several." in key
    examine(company["instructor"], given.quiz, noon)
    assert str(WHY) in text(client.get(url(given, "preview/")))


def test_two_versions_ask_the_same_in_another_order_and_each_stays_the_same(client, given):
    sheets = [text(client.get(url(given, f"print/{version}/"))) for version in "aab"]
    asked = [re.findall(r"What of (p-[\w-]+)\?", sheet) for sheet in sheets]

    assert sheets[0] == sheets[1]
    assert asked[0] != asked[2]
    assert sorted(asked[0]) == sorted(asked[2])


def test_the_sheet_has_a_line_for_the_name_and_the_time(client, given):
    told = text(client.get(url(given, "print/a/")))

    assert "11 questions · 11 points · 30 minutes Name Date" in told
    assert "Mark all that are right." in told
    assert "Write a letter beside each." in told
    assert "Number them: 1 comes first." in told


@pytest.mark.parametrize("tail", ["print/c/", "print/c/key/", "print/ab/"])
def test_there_is_no_other_version(client, given, tail):
    assert client.get(url(given, tail)).status_code == 404


@pytest.mark.parametrize("tail", ["preview/", "print/a/", "print/a/key/"])
def test_a_student_of_the_class_sees_none_of_it(client, company, given, tail):
    client.force_login(company["student"])

    assert client.get(url(given, tail)).status_code == 404
