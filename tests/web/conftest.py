"""Pages of a small book, as a student and a stranger see them at noon."""

import gzip
import re

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils.html import strip_tags

from quizzes.assessment import building, founding
from quizzes.assessment.building import Edit, Settings
from quizzes.cards import planning
from quizzes.people import joining
from quizzes.people.models import Classroom, User
from tests.assessment.regraded import Course
from tests.bookshelf import make_study_book
from tests.examining import make_item


@pytest.fixture
def at_noon(time_machine, noon):
    time_machine.move_to(noon, tick=False)
    return noon


@pytest.fixture
def reader(db):
    return User.objects.create_user("vera", time_zone="Europe/Berlin")


@pytest.fixture
def queries_at(client):
    """How many queries an address takes with so many facts on the shelf."""

    def count(address, facts, prepare=lambda book: None):
        with transaction.atomic():
            prepare(make_study_book(facts))
            with CaptureQueriesContext(connection) as captured:
                page = client.get(address)
            transaction.set_rollback(True)
        assert page.status_code == 200
        return len([one for one in captured if "SAVEPOINT" not in one["sql"]])

    return count


@pytest.fixture
def weight(client):
    """The bytes of a page as the network carries it."""
    return lambda address: len(gzip.compress(client.get(address).content, 6))


@pytest.fixture
def book(db):
    return make_study_book(4)


@pytest.fixture
def item(book):
    return book.items.in_order()[0]


@pytest.fixture
def olga(book, noon):
    olga = User.objects.create_user("olga", time_zone="Europe/Berlin")
    planning.start(olga, book, noon)
    return olga


@pytest.fixture
def told(client, olga, item):
    """The words of the page of the card."""
    client.force_login(olga)

    def words():
        answer = client.get(f"/cards/{item.uid}/")
        assert answer.status_code == 200
        return re.sub(r"\s+", " ", strip_tags(answer.content.decode().replace("<", " <")))

    return words


@pytest.fixture
def instructor(client, company):
    client.force_login(company["instructor"])
    return company["instructor"]


@pytest.fixture
def desk(client, company, book, noon):
    """The browser of the instructor, who teaches the book."""
    joining.open_classroom(company["instructor"], book, "History 214", noon)
    client.force_login(company["instructor"])
    return client


@pytest.fixture
def asks(book):
    """Three questions that a quiz may ask."""
    return [make_item(book, f"ask-{n}", position=10 + n) for n in range(3)]


@pytest.fixture
def quiz(instructor, book):
    """One that the instructor begins to build."""
    return founding.begin(instructor, book, Settings("Week one"))


@pytest.fixture
def edit(instructor, noon):
    return Edit(instructor, noon)


@pytest.fixture
def ready(quiz, edit, asks, noon):
    """The quiz, published."""
    building.add(quiz, edit, asks)
    return building.publish(quiz, noon)


@pytest.fixture
def room(classroom, book):
    """The class of the cast, which studies the book, in New York."""
    Classroom.objects.filter(pk=classroom.pk).update(book=book, time_zone="America/New_York")
    return Classroom.objects.get(pk=classroom.pk)


@pytest.fixture
def course(client, time_machine):
    """Two chose option 2 and one the right one; the results are told after handing in."""
    course = Course(is_graded=False, score_from=1, correctness_from=1, key_from=1)
    for student, place in zip(course.students, (2, 2, 1), strict=True):
        course.hand_in(student, {"single": {place}, "several": {0, 2}, "short_text": "Fel'dman"})
    time_machine.move_to(course.tick(), tick=False)
    client.force_login(course.lecturer)
    return course
