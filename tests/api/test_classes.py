"""Classes through the API: what those who teach them read on their pages, and nobody else."""

from datetime import timedelta

import pytest

from quizzes.analytics import gradebook
from quizzes.assessment import overriding
from quizzes.people import joining, placing
from quizzes.people.models import User
from tests.api.asking import address, cost
from tests.crowds import crowd
from tests.examining import make_assignment, make_item, make_quiz, sit_through

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def room(olga, book, noon):
    """A class that Olga teaches: one has sat twice and late, one was marked by hand and left."""
    room = joining.open_classroom(olga, book, "Ours", noon - 20 * DAY, "Europe/Berlin")
    quiz = make_quiz(book, *(make_item(book, f"q{n}") for n in range(3)))
    terms = {"attempts_allowed": 2, "late_days": 7, "late_percent": 10}
    given = make_assignment(room, quiz, noon - 14 * DAY, **terms)
    make_assignment(room, quiz, noon + DAY)
    anna = User.objects.create_user("anna", display_name="Anna Weiss", issued_by=room)
    boris = User.objects.create_user("boris")
    places = [joining.enroll(room, one, noon - 20 * DAY) for one in (anna, boris)]
    room.enrollments.filter(pk=places[0].pk).update(student_number="0017", extra_days=1)
    sit_through(anna, given, noon - 14 * DAY, right=["q0"])
    sit_through(anna, given, noon - 5 * DAY)
    overriding.override(given, boris, 8_000_000, "An appeal.", olga, noon)
    placing.remove(places[1], olga, noon)
    return room


def test_the_classes_that_one_teaches_are_listed(signed_in, olga, room, book, noon):
    other = joining.open_classroom(User.objects.create_user("vera"), book, "Theirs", noon)
    joining.enroll(other, olga, noon)

    [listed] = signed_in.get(address("classes")).json()["classes"]

    assert listed == {
        "uid": str(room.uid),
        "name": "Ours",
        "book": book.slug,
        "time_zone": "Europe/Berlin",
        "archived_at": None,
        "role": "instructor",
    }
    for part in ("students", "assignments", "gradebook"):
        assert signed_in.get(address(f"class-{part}", other.uid)).status_code == 404


def test_students_are_listed_with_their_numbers(signed_in, room):
    answer = signed_in.get(address("class-students", room.uid)).json()

    [anna] = answer["results"]
    assert (answer["count"], anna["name"], anna["student_number"]) == (1, "Anna Weiss", "0017")
    assert (anna["signs_in_as"], anna["role"], anna["extra_days"]) == ("anna", "student", 1)


def test_the_gradebook_is_that_of_the_pages(signed_in, room, noon):
    [given, later] = signed_in.get(address("class-assignments", room.uid)).json()["assignments"]
    answer = signed_in.get(address("class-gradebook", room.uid)).json()

    book = gradebook.of_class(room, noon)
    rows = [book.row(place) for place in (*book.students, *book.former)]
    assert [one["student"]["role"] for one in answer["results"]] == ["student", "former"]
    for told, row in zip(answer["results"], rows, strict=True):
        assert told["student"]["place"] == row.place.pk
        assert told["mean"] == row.marks[0] / 10_000_000
        assert [one["assignment"] for one in told["marks"]] == [given["uid"], later["uid"]]
        assert [one["mark"] for one in told["marks"]] == [row.marks[0] / 10_000_000, None]
    [first, second] = (one["marks"][0] for one in answer["results"])
    assert (first["attempts"], first["days_late"], first["is_set_by_hand"]) == (2, 1, False)
    assert (second["mark"], second["attempts"], second["is_set_by_hand"]) == (0.8, 0, True)
    assert (given["released_at"], given["is_graded"]) == (None, True)


def test_a_class_of_hundreds_is_told_in_pages_at_the_same_cost(signed_in, room, noon):
    urls = [address(f"class-{part}", room.uid) for part in ("students", "gradebook")]
    before = [cost(signed_in, url) for url in urls]

    crowd(room, 120, noon)

    assert [cost(signed_in, url, page=2) for url in urls] == before
    for url, size in zip(urls, (121, 122), strict=True):
        last = signed_in.get(url, {"page": 3}).json()
        assert (last["count"], len(last["results"]), last["next"]) == (size, size - 100, None)
        assert signed_in.get(url, {"page": 4}).status_code == 404
