"""Pages of a class that are shown to a room: nobody's name, and the same number on every page."""

import re

import pytest

from quizzes.assessment import extending, overriding
from quizzes.assessment.models import Attempt
from quizzes.items import reporting
from quizzes.items.models import ErrorReport
from quizzes.people import placing
from quizzes.people.models import Classroom, Enrollment
from quizzes.people.models.classrooms import BY_NUMBER
from quizzes.web import projecting
from tests.bookshelf import make_study_book
from tests.cards.acting import AGAIN, rate
from tests.enrolling import enroll
from tests.examining import make_item, make_quiz
from tests.web.lessons import DAY, give, sit_through
from tests.web.test_review import text

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_noon")]
NAMES = ("Anna", "Boris", "Canary", "Dora", "Emil", "Fanya", "Gleb", "Hanna")
REASON = "She was ill."


@pytest.fixture
def room(company, classroom):
    """The class without its usual students."""
    classroom.enrollments.students().delete()
    Classroom.objects.filter(pk=classroom.pk).update(book=make_study_book(20))
    return Classroom.objects.get(pk=classroom.pk)


@pytest.fixture
def students(room, noon):
    return {name: enroll(room, name.lower(), noon) for name in NAMES}


@pytest.fixture
def given(room, noon):
    return give(room, make_quiz(room.book, make_item(room.book, "ask")), noon)


@pytest.fixture
def busy(client, company, room, students, given, noon):
    """Whose number is the last sat the quiz, is stuck, reported a question, and has an own mark.

    They have an own deadline too, Boris has left, and the instructor looks on.
    """
    instructor, places = company["instructor"], room.enrollments.students()
    place = max(places.exclude(user=students["Boris"]), key=lambda one: projecting.rank(one.pk))
    attempt = sit_through(place.user, given, noon)
    for item in room.book.items.in_order()[:20]:
        rate(place.user, item, AGAIN, noon)
    more = {"closes_at": noon + 2 * DAY, "attempts_allowed": None, "link": ""}
    extending.extend(given, place, instructor, noon, **more)
    overriding.override(given, place.user, 9_000_000, REASON, instructor, noon)
    reporting.report(place.user, attempt.served.get().revision.item, "The year is wrong.", noon)
    ErrorReport.objects.update(classroom=room)
    placing.leave(room.enrollments.get(user=students["Boris"]), noon)
    client.force_login(instructor)
    return place


def pages(room, given, place):
    own = f"/classes/{room.uid}/"
    sat = f"{own}assignments/{given.uid}/"
    return {
        "overview": own,
        "progress": f"{own}progress/?sort=-reviews",
        "student": f"{own}progress/{place.pk}/",
        "gradebook": f"{own}gradebook/",
        "paper": f"{sat}attempts/{Attempt.objects.get().uid}/",
        "cell": f"{own}gradebook/{place.pk}/{given.uid}/",
        "quiz": sat,
        "preview": f"{sat}preview/?as=student-{place.pk}",
        "live": f"{sat}live/?show=handed_in",
        "deadlines": f"{sat}extensions/",
        "deadline": f"{sat}extensions/{place.pk}/",
        "analysis": f"{sat}analysis/",
        "essays": f"{sat}essays/",
        "reports": f"{own}reports/",
        "log": f"{own}audit/",
    }


def test_no_page_that_is_shown_to_a_room_names_a_student(client, room, given, busy):
    """Nor says why a mark was set by hand."""
    client.get(f"/classes/{room.uid}/?names=off")

    for name, where in pages(room, given, busy).items():
        page = client.get(where)
        assert page.status_code == 200
        assert [one for one in (*NAMES, REASON) if one in text(page)] == [], name

    client.get(f"/classes/{room.uid}/?names=on")
    named = ("progress", "gradebook", "quiz", "preview", "live", "deadlines", "reports", "log")
    found = {name: text(client.get(url)) for name, url in pages(room, given, busy).items()}
    assert [name for name in named if busy.user.name not in found[name]] == []
    assert [name for name in found if REASON in found[name]] == ["paper", "cell", "log"]


def test_a_preview_tells_no_closing_of_ones_own_where_names_are_hidden(client, room, given, busy):
    where = pages(room, given, busy)["preview"]

    shown, hidden = (text(client.get(f"{where}&names={names}")) for names in ("on", "off"))

    [own], [usual] = (re.findall(r"It closes on ([^.]+)\.", page) for page in (shown, hidden))
    assert own not in hidden
    assert usual not in shown
    assert "Any student:" in hidden


def test_a_student_has_the_same_number_on_every_page(client, room, given, busy):
    """By it those figures are found that only one of them has."""
    client.get(f"/classes/{room.uid}/?names=off")
    found = {name: text(client.get(url)) for name, url in pages(room, given, busy).items()}
    patterns = {
        "progress": r"Student (\d+) \d+ \d+ \d+ \d+ 20",
        "student": r"Student (\d+)",
        "gradebook": r"Student (\d+) 90",
        "quiz": r"Student (\d+) Handed in",
        "live": r"Student (\d+) Handed in",
        "deadline": r"Own deadline of Student (\d+)",
    }

    told = {name: re.findall(pattern, found[name])[:1] for name, pattern in patterns.items()}

    number = projecting.numbers(
        room.enrollments.filter(role__in=Enrollment.SAT_BY).values_list("pk", flat=True)
    )[busy.pk]
    assert told == {name: [str(number)] for name in patterns}


def test_numbers_follow_no_order_of_names_and_pages_are_in_the_order_of_numbers(
    client, room, students, given
):
    by_name = list(room.enrollments.students().by_name().values_list("pk", flat=True))
    numbers = projecting.numbers(by_name)
    in_order = room.enrollments.students().order_by(BY_NUMBER)

    assert sorted(numbers.values()) == list(range(1, len(NAMES) + 1))
    assert [numbers[one.pk] for one in in_order] == sorted(numbers.values())
    assert sorted(by_name, key=projecting.rank) != by_name


def test_the_log_says_what_kind_of_act_it_was_and_names_those_who_teach(client, room, given, busy):
    page = text(client.get(f"/classes/{room.uid}/audit/?names=off"))

    assert "A student’s own deadline was changed." in page
    assert "A mark was set by hand, or taken back." in page
    assert REASON not in page
    assert "instructor" in page
    assert re.search(r"Somebody left\. Student \d", page)
    assert Enrollment.objects.filter(user__username="boris", role="former").exists()
