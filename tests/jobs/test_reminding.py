"""Letters that people wished for: to whom, when, and never twice."""

import email.policy
import re
from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.test import Client

from quizzes import jobs
from quizzes.assessment import extending, releasing
from quizzes.cards import planning, resting
from quizzes.cards.models import Card
from quizzes.jobs import reminding
from quizzes.people import accommodating
from quizzes.people.models import Enrollment, Reminder, User
from tests.bookshelf import make_study_book
from tests.examining import make_assignment, make_item, make_quiz, sit_through

pytestmark = pytest.mark.django_db

AN_HOUR, A_DAY = timedelta(hours=1), timedelta(days=1)


def remind(at):
    """Send what is due at a moment; the addresses and subjects."""
    mail.outbox.clear()
    reminding.remind(at, post=jobs.send_letters.func)
    return [(letter.to[0].split("@")[0], letter.subject) for letter in mail.outbox]


def wish(person, **wishes):
    person.email = f"{person.username}@example.org"
    for name, value in wishes.items():
        setattr(person, name, value)
    person.save()
    return person


@pytest.fixture
def studied(company, noon):
    """The student with one card that is due on the next study day, in a plan of ten."""
    student, book = wish(company["student"], reminds_of_cards=True), make_study_book(3)
    planning.start(student, book, noon)
    item = book.items.in_order()[0]
    Card.objects.create(
        learner=student,
        item=item,
        phase=Card.Phase.REVIEW,
        stability=1.0,
        difficulty=5.0,
        last_day=noon.date(),
        last_at=noon,
        due_day=noon.date() + A_DAY,
        reps=1,
    )
    return student


def test_cards_that_are_due_are_told_once_a_study_day_at_the_persons_hour(studied, noon):
    studied = wish(studied, time_zone="America/New_York", reminder_hour=18)
    six_there = noon + A_DAY + 11 * AN_HOUR  # 23:00 UTC

    assert remind(noon + 11 * AN_HOUR) == []  # nothing is due on that day
    assert remind(six_there - timedelta(minutes=1)) == []
    assert remind(six_there) == [("student", "1 card is due")]
    assert "1 card is due today, about 1 minute. 2 new cards wait as well." in mail.outbox[0].body
    assert remind(six_there + timedelta(minutes=15)) == []
    assert remind(six_there + A_DAY) == [("student", "1 card is due")]
    assert remind(six_there + 2 * A_DAY + 3 * AN_HOUR) == []  # nobody is written to in the night


def test_small_hours_belong_to_the_study_day_that_ends(studied, noon):
    wish(studied, reminder_hour=2)

    assert remind(noon + 14 * AN_HOUR) == []  # 02:00 of the study day on which nothing is due
    assert remind(noon + A_DAY + 14 * AN_HOUR) == [("student", "1 card is due")]


def test_nobody_is_written_to_about_cards_without_reason(studied, noon):
    at = noon + A_DAY + 5 * AN_HOUR  # 17:00 on a Tuesday
    reasons: dict[str, dict[str, Any]] = {
        "no wish": {"reminds_of_cards": False},
        "day off": {"week": "nonnnnn"},
        "gone": {"is_active": False},
        "no address": {"email": ""},
    }
    before = {name: getattr(studied, name) for way in reasons.values() for name in way}

    for reason, columns in reasons.items():
        User.objects.filter(pk=studied.pk).update(**before | columns)
        assert remind(at) == [], reason
    User.objects.filter(pk=studied.pk).update(**before)
    resting.rest(studied, at.date(), at.date())
    assert remind(at) == []
    resting.resume(studied, at.date(), at.date())
    assert remind(at) == [("student", "1 card is due")]


def test_addresses_must_be_their_own_where_that_is_verified(studied, noon, settings):
    settings.ACCOUNT_EMAIL_VERIFICATION = "optional"
    at = noon + A_DAY + 5 * AN_HOUR

    address = studied.emailaddress_set.create(email="student@example.org", verified=False)
    assert remind(at) == []
    address.verified = True
    address.save()
    assert remind(at) == [("student", "1 card is due")]


@pytest.fixture
def given(classroom, company, noon):
    """A quiz of the class, which closes in a week; classmate and student wish for all letters."""
    for name in ("student", "classmate"):
        wish(company[name], reminds_of_closings=True, reminds_of_results=True)
    book = make_study_book(1)
    return make_assignment(classroom, make_quiz(book, make_item(book, "asked")), noon)


def test_a_quiz_that_closes_within_a_day_is_told_by_each_ones_own_closing(
    given, classroom, company, noon
):
    place = classroom.enrollments.get(user=company["classmate"])
    accommodating.accommodate(place, time_percent=100, extra_days=2, has_no_limit=False)
    closes, said = noon + 7 * A_DAY, f"“{given.quiz.title}” closes soon"

    assert remind(closes - A_DAY - AN_HOUR) == []
    assert remind(closes - A_DAY) == [("student", said)]
    assert "Monday 9 March, 12:00 (UTC)" in mail.outbox[0].body
    assert remind(closes - AN_HOUR) == []
    assert remind(closes + A_DAY) == [("classmate", said)]
    assert Reminder.objects.filter(about=str(given.uid)).count() == 2


def test_an_own_closing_is_told_as_such(given, classroom, company, noon):
    place = classroom.enrollments.get(user=company["student"])
    own = noon + 20 * A_DAY
    extending.extend(
        given, place, company["instructor"], noon, closes_at=own, attempts_allowed=None, link=""
    )

    assert [name for name, _said in remind(noon + 7 * A_DAY - AN_HOUR)] == ["classmate"]
    assert [name for name, _said in remind(own - AN_HOUR)] == ["student"]


def test_what_is_handed_in_or_withdrawn_is_not_told(given, company, noon):
    sit_through(company["student"], given, noon)
    near = noon + 7 * A_DAY - AN_HOUR
    Enrollment.objects.filter(user=company["classmate"]).update(role=Enrollment.Role.FORMER)

    assert remind(near) == []


def test_released_results_are_told_to_those_who_sat(given, company, noon):
    sit_through(company["student"], given, noon)
    wish(company["classmate"], reminds_of_closings=False)
    over = noon + 8 * A_DAY

    assert remind(over) == []
    releasing.release(given, over)
    assert remind(over) == [("student", f"The results of “{given.quiz.title}” are released")]
    assert f"http://localhost:8000/assignments/{given.uid}/" in mail.outbox[0].body
    assert remind(over + AN_HOUR) == []


def test_letters_of_any_number_of_people_cost_the_same_queries(
    given, classroom, noon, django_assert_num_queries
):
    for number in range(20):
        more = User.objects.create_user(f"more-{number}", email=f"more-{number}@example.org")
        preferring_all = {"reminds_of_closings": True, "reminds_of_results": True}
        User.objects.filter(pk=more.pk).update(**preferring_all)
        Enrollment.objects.create(classroom=classroom, user=more, role="student", joined_at=noon)

    near = noon + 7 * A_DAY - AN_HOUR
    assert len(remind(near)) == 22

    with django_assert_num_queries(9):
        assert remind(near + timedelta(minutes=15)) == []


def test_whoever_has_the_letter_ends_it_without_signing_in(studied, noon):
    at = noon + A_DAY + 5 * AN_HOUR
    remind(at)
    [letter] = mail.outbox
    [way_out] = re.findall(r"http://localhost:8000(/letters/\S+)", str(letter.body))
    program = Client(enforce_csrf_checks=True)

    sent = letter.message(policy=email.policy.SMTP).as_bytes().decode()
    assert f"\r\nList-Unsubscribe: <http://localhost:8000{way_out}>\r\n" in sent
    assert "\r\nList-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n" in sent
    assert "No more of these letters?" in program.get(way_out).content.decode()
    assert remind(at + A_DAY) != []  # looking stops nothing
    ended = program.post(way_out, {"List-Unsubscribe": "One-Click"})
    assert ended.status_code == 200
    assert "You get no more of these letters" in ended.content.decode()
    assert remind(at + 2 * A_DAY) == []
    assert program.get(way_out.replace(":cards", ":closing")).status_code == 404
    User.objects.filter(pk=studied.pk).update(is_active=False)
    assert program.get(way_out).status_code == 404
