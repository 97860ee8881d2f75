"""The standing cast: who walks through the tests, and the classes that bind some of them."""

from datetime import datetime

import pytest

from quizzes.content.models import Book
from quizzes.people import guesting
from quizzes.people.models import Classroom, Enrollment, User

MEMBERS = (
    "anonymous",
    "guest",
    "student",
    "classmate",
    "stranger",
    "assistant",
    "instructor",
    "colleague",
    "staff",
)
"""Stranger and colleague are student and instructor of another class of the book; staff may open
the back office and is in no class."""

PASSWORD = "the same for everyone"

type Company = dict[str, User | None]

_ROLES = {
    "student": Enrollment.Role.STUDENT,
    "classmate": Enrollment.Role.STUDENT,
    "assistant": Enrollment.Role.ASSISTANT,
    "instructor": Enrollment.Role.INSTRUCTOR,
}


@pytest.fixture
def company(db: None, noon: datetime) -> Company:
    """Every member of the cast by name; anonymous is nobody."""
    people = {name: User.objects.create_user(name, password=PASSWORD) for name in MEMBERS[2:]}
    people["staff"].is_staff = True
    people["staff"].save(update_fields=["is_staff"])
    return {"anonymous": None, "guest": guesting.begin(noon), **people}


@pytest.fixture
def classroom(company: Company, noon: datetime) -> Classroom:
    """The class of student, classmate, assistant and instructor; the others are in another."""
    book = Book.objects.create(slug="class-book", title="What the class reads")
    ours, theirs = (
        Classroom.objects.create(book=book, name=name, created_at=noon)
        for name in ("Ours", "Theirs")
    )
    places = [(ours, name, role) for name, role in _ROLES.items()]
    places.append((theirs, "stranger", Enrollment.Role.STUDENT))
    places.append((theirs, "colleague", Enrollment.Role.INSTRUCTOR))
    Enrollment.objects.bulk_create(
        Enrollment(classroom=room, user=company[name], role=role, joined_at=noon)
        for room, name, role in places
    )
    return ours
