"""Students are told what their class is given: when it is time, once, and of other dates."""

from dataclasses import replace
from datetime import timedelta

import pytest

from quizzes.assessment import assigning, assigning_cards, extending, opening
from quizzes.assessment.assigning import Plan
from quizzes.jobs import heralding
from quizzes.people import auditing, joining, placing, running
from quizzes.people.models import User

pytestmark = pytest.mark.django_db
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


@pytest.fixture
def told(learner, room):
    """The notices of the learner, the newest last, without the name of the class."""

    def told():
        found = learner.notices.order_by("pk").values_list("text", flat=True)
        return [text.removeprefix(f"{room.name}: ") for text in found]

    return told


def give(room, quiz, at, opens_in=timedelta(0), **terms):
    plan = {"closes_at": at + opens_in + 7 * DAY} | terms
    return assigning.assign(room, quiz, Plan(at + opens_in, **plan), at)


def tell(given, at):
    return opening.tell(given, at, heralding.page(given))


def test_what_opens_within_a_day_is_told_at_once_and_once(room, quiz, told, learner, noon):
    given = give(room, quiz, noon, HOUR)

    assert (tell(given, noon), tell(given, noon)) == (1, 0)
    assert heralding.herald(noon + 2 * HOUR) == 0
    [said] = told()
    assert said == f"“{quiz}”, opens 2 March, 13:00, due 9 March, 13:00 (UTC)."
    assert learner.notices.get().link == f"/assignments/{given.uid}/"
    assert auditing.in_class(room).get(act=opening.ACT).about == given.uid


def test_each_is_told_until_when_they_have(room, quiz, told, lecturer, learner, allow, noon):
    """Alike when it is given and when its dates or its limit change."""
    others = [User.objects.create_user(name) for name in ("usual", "own")]
    usual, own = (joining.enroll(room, one, noon) for one in others)
    allow(extra_days=2, time_percent=150)
    given, plan = give(room, quiz, noon, HOUR, time_limit_minutes=60), Plan(noon + HOUR)
    more = {"closes_at": noon + 20 * DAY, "attempts_allowed": None, "link": ""}
    extending.extend(given, own, lecturer, noon, **more)
    before = others[1].notices.count()
    newest = lambda one: one.notices.latest("pk").text.rpartition(", due ")[2]  # noqa: E731

    tell(given, noon)
    assert [newest(one) for one in (learner, *others)] == [
        "11 March, 13:30 (UTC).",
        "9 March, 13:00 (UTC).",
        "22 March, 12:00 (UTC).",
    ]

    for closes, minutes in ((9, 60), (9, 120), (9, 120)):
        plan = replace(plan, closes_at=noon + closes * DAY, time_limit_minutes=minutes)
        assigning.change(given, plan, noon, lecturer, "/there/")
    assert [text.rpartition(", due ")[2] for text in told()[1:]] == [
        "13 March, 12:30 (UTC).",
        "13 March, 13:00 (UTC).",
    ]
    assert newest(usual.user) == "11 March, 12:00 (UTC)."
    assert (usual.user.notices.count(), others[1].notices.count()) == (2, before + 1)


def test_what_opens_later_is_told_when_it_opens(room, quiz, told, noon):
    given = give(room, quiz, noon, 3 * DAY, closes_at=None)

    assert tell(given, noon) == 0
    assert heralding.herald(noon + 3 * DAY - HOUR) == 0
    assert [heralding.herald(noon + 3 * DAY + n * HOUR) for n in range(3)] == [1, 0, 0]
    assert told() == [f"“{quiz}”, open now (UTC)."]


def test_cards_are_told_alike_and_lead_to_the_class(room, book, told, learner, lecturer, noon):
    chapter = book.chapters.first()
    now = assigning_cards.assign(
        room, chapter, noon, opens_at=noon, due_at=noon + 7 * DAY, by=lecturer
    )

    assert tell(now, noon) == 1
    assert told() == [f"cards of “{chapter}”, open now, due 9 March, 12:00 (UTC)."]
    assert learner.notices.get().link == f"/classes/{room.uid}/"
    assigning_cards.withdraw(now, noon, lecturer)
    assigning_cards.assign(room, chapter, noon, opens_at=noon + 2 * DAY)
    assert heralding.herald(noon + 2 * DAY) == 1


def test_nothing_is_told_of_what_is_withdrawn_over_or_of_the_past(room, quiz, told, lecturer, noon):
    withdrawn, over, archived = (give(room, quiz, noon, 2 * DAY) for _n in range(3))
    assigning.withdraw(withdrawn, noon, lecturer)
    over.closes_at = noon + 2 * DAY + HOUR
    over.save()
    at = noon + 2 * DAY + 2 * HOUR

    assert [tell(one, at) for one in (withdrawn, over)] == [0, 0]
    running.archive(room, lecturer, noon)
    assert tell(archived, at) == 0
    assert heralding.herald(at) == 0
    assert told() == []


def test_only_who_studies_there_then_is_told(room, quiz, lecturer, learner, noon):
    give(room, quiz, noon, 2 * DAY)
    joined, left = User.objects.create_user("joined"), User.objects.create_user("left")
    placing.leave(joining.enroll(room, left, noon), noon)
    joining.enroll(room, joined, noon + DAY)

    heralding.herald(noon + 2 * DAY)

    told = {one.username for one in (joined, left, lecturer, learner) if one.notices.exists()}
    assert told == {"joined", learner.username}


def test_other_dates_are_told_to_who_knew_the_old_ones(room, quiz, told, lecturer, noon):
    given, plan = give(room, quiz, noon, closes_at=noon + 365 * DAY), Plan(noon)
    tell(given, noon)

    assigning.change(given, replace(plan, closes_at=noon + 9 * DAY), noon, lecturer, "/there/")
    assigning.change(
        given, replace(plan, closes_at=noon + 9 * DAY, time_limit_minutes=9), noon, lecturer
    )

    assert told() == [
        f"“{quiz}”, open now, due 2 March 2027, 12:00 (UTC).",
        f"other dates: “{quiz}”, open now, due 11 March, 12:00 (UTC).",
    ]
    closed = replace(plan, closes_at=noon + HOUR)
    assigning.change(given, closed, noon + DAY, lecturer, "/there/")
    assert told()[2:] == [f"other dates: “{quiz}”, no longer open, due 2 March, 13:00 (UTC)."]


def test_dates_that_nobody_knew_are_told_when_it_is_time(room, quiz, told, lecturer, noon):
    given, plan = give(room, quiz, noon, 5 * DAY), Plan(noon + 6 * DAY)
    assigning.change(given, plan, noon, lecturer, "/there/")
    assert told() == []

    assigning.change(given, replace(plan, opens_at=noon + HOUR), noon, lecturer, "/there/")

    assert told() == [f"“{quiz}”, opens 2 March, 13:00 (UTC)."]
    assert heralding.herald(noon + 2 * HOUR) == 0


def test_other_dates_of_what_has_just_opened_are_told_once(room, quiz, told, lecturer, noon):
    given = give(room, quiz, noon)
    plan = Plan(noon, closes_at=noon + 9 * DAY)

    assigning.change(given, plan, noon + HOUR, lecturer, "/there/")

    assert heralding.herald(noon + HOUR) == 0
    assert told() == [f"other dates: “{quiz}”, open now, due 11 March, 12:00 (UTC)."]


def test_who_has_a_closing_of_their_own_is_told_no_other(room, quiz, told, learner, lecturer, noon):
    given, place = give(room, quiz, noon, HOUR), room.enrollments.get(user=learner)
    tell(given, noon)
    own = {"closes_at": noon + 20 * DAY, "attempts_allowed": None, "link": ""}
    extending.extend(given, place, lecturer, noon, **own)
    before, plan = len(told()), Plan(noon + HOUR, closes_at=noon + 9 * DAY)

    assigning.change(given, plan, noon, lecturer, "/there/")
    assert told()[before:] == []
    plan = replace(plan, opens_at=noon + 2 * HOUR)
    assigning.change(given, plan, noon, lecturer, "/there/")
    assigning.change(given, replace(plan, closes_at=noon + 21 * DAY), noon, lecturer, "/there/")

    assert told()[before:] == [
        f"other dates: “{quiz}”, opens 2 March, 14:00, due 22 March, 12:00 (UTC).",
        f"other dates: “{quiz}”, opens 2 March, 14:00, due 23 March, 12:00 (UTC).",
    ]
