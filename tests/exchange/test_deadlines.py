"""A calendar of deadlines, read back as a calendar program reads it."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
from icalendar import Calendar

from quizzes.assessment.models import Assignment
from quizzes.cards import planning
from quizzes.people import accommodating, examining, subscribing
from quizzes.people.models import Classroom, User
from tests.bookshelf import make_book, make_study_book
from tests.examining import make_assignment, make_item, make_quiz

pytestmark = pytest.mark.django_db

A_DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def _at_noon(time_machine, noon):
    time_machine.move_to(noon, tick=False)


@pytest.fixture
def subscribed(company, classroom, noon):
    """The student with a key; their class is in Berlin, and they have two days more."""
    Classroom.objects.filter(pk=classroom.pk).update(time_zone="Europe/Berlin")
    place = classroom.enrollments.get(user=company["student"])
    accommodating.accommodate(place, time_percent=100, extra_days=2, has_no_limit=False)
    return subscribing.renew(company["student"])


def read(client, person):
    """The events by what they are about: title, start."""
    answer = client.get(f"/calendar/{person.calendar_key}.ics")
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    calendar = Calendar.from_ical(answer.content)
    return {
        str(event["uid"]): (str(event["summary"]), event.decoded("dtstart"))
        for event in calendar.walk("VEVENT")
    }


def give(classroom, noon, slug="asked"):
    classroom.refresh_from_db()
    book = make_study_book(1) if slug == "asked" else classroom.book
    return make_assignment(classroom, make_quiz(book, make_item(book, slug), slug=slug), noon)


def test_each_deadline_is_there_by_the_learners_own_dates(client, subscribed, classroom, noon):
    given = give(classroom, noon)
    examining.set_exam(classroom, date(2026, 6, 1), subscribed, noon)
    plan = planning.start(subscribed, given.quiz.book, noon)
    planning.aim(plan, noon.date(), exam_on=date(2026, 7, 1))

    events = read(client, subscribed)

    title = given.quiz.title
    closes = noon + 9 * A_DAY
    assert events == {
        f"opens-{given.uid}@localhost": (f"“{title}” opens (Ours)", noon),
        f"closes-{given.uid}@localhost": (f"“{title}” closes (Ours)", closes),
        f"exam-{classroom.uid}@localhost": ("Exam: Ours", date(2026, 6, 1)),
        f"plan-exam-{plan.pk}@localhost": (
            f"Exam: {given.quiz.book.title}",
            date(2026, 7, 1),
        ),
    }
    assert str(events[f"closes-{given.uid}@localhost"][1].tzinfo) == "Europe/Berlin"
    assert b"TZID:Europe/Berlin" in client.get(f"/calendar/{subscribed.calendar_key}.ics").content


def test_what_moves_keeps_its_identity_and_what_is_withdrawn_goes(
    client, subscribed, classroom, noon
):
    given = give(classroom, noon)
    before = read(client, subscribed)
    Assignment.objects.update(closes_at=noon + 20 * A_DAY)
    moved = read(client, subscribed)
    Assignment.objects.update(withdrawn_at=noon)

    assert before.keys() == moved.keys()
    assert moved[f"closes-{given.uid}@localhost"][1] == noon + 22 * A_DAY
    assert read(client, subscribed) == {}


def test_only_the_key_in_force_opens_it(client, subscribed, noon):
    old = subscribed.calendar_key
    assert client.get(f"/calendar/{old}.ics").status_code == 200

    subscribing.renew(subscribed)

    assert client.get(f"/calendar/{old}.ics").status_code == 404
    assert client.get(f"/calendar/{uuid4()}.ics").status_code == 404
    key = subscribed.calendar_key
    assert client.get(f"/calendar/{key}.ics").status_code == 200
    User.objects.filter(pk=subscribed.pk).update(is_active=False)
    assert client.get(f"/calendar/{key}.ics").status_code == 404
    User.objects.filter(pk=subscribed.pk).update(is_active=True)
    subscribing.end(subscribed)
    assert client.get(f"/calendar/{key}.ics").status_code == 404


def test_it_costs_the_same_however_much_is_on_it(
    client, subscribed, classroom, noon, django_assert_num_queries
):
    give(classroom, noon)
    with django_assert_num_queries(6):
        read(client, subscribed)
    book = make_book("more", "More")
    for number in range(5):
        item = make_item(book, f"more-{number}", position=90 + number)
        make_assignment(classroom, make_quiz(book, item, slug=f"more-{number}"), noon)
    with django_assert_num_queries(6):
        assert len(read(client, subscribed)) == 12
