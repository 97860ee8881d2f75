"""What a device is given to keep: the day's cards, and what their buttons will say."""

from datetime import datetime, timedelta
from uuid import uuid4

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from quizzes.cards import planning, reviewing
from quizzes.cards.models import Review, StudyPlan
from quizzes.cards.reviewing import Given
from quizzes.cards.scheduling import Rating
from quizzes.items.models import Item
from quizzes.people.models import User
from tests.bookshelf import make_study_book

pytestmark = pytest.mark.django_db

AHEAD = "/review/ahead/"


@pytest.fixture(autouse=True)
def _at_noon(time_machine, noon):
    time_machine.move_to(noon, tick=False)


@pytest.fixture
def student(noon):
    student = User.objects.create_user("olga", time_zone="Europe/Berlin")
    planning.start(student, make_study_book(12), noon)
    return student


@pytest.fixture
def signed_in(client, student):
    client.force_login(student)
    return client


def test_the_cards_of_the_day_are_given_as_the_page_shows_them(signed_in):
    told = signed_in.get(AHEAD).json()

    assert [card["phase"] for card in told["cards"]] == ["new"] * 10
    assert "Term 0" in told["cards"][0]["html"]
    assert 'id="rating"' in told["cards"][0]["html"]
    assert told["counts"] == {"new": 10, "learning": 0, "review": 0}
    assert told["pause"] == ""


def test_the_card_that_is_asked_for_comes_first(signed_in):
    wanted = signed_in.get(AHEAD).json()["cards"][4]["item"]

    told = signed_in.get(AHEAD, {"item": wanted}).json()

    assert told["cards"][0]["item"] == wanted
    assert len(told["cards"]) == 10
    assert signed_in.get(AHEAD, {"item": "none"}).status_code == 400


def test_promises_hold_until_the_day_after_is_over(signed_in, noon):
    told = signed_in.get(AHEAD).json()

    # In Berlin, where the study day turns at four, it is the third of March after the second.
    assert datetime.fromisoformat(told["holds_until"]).isoformat() == "2026-03-04T03:00:00+00:00"


@pytest.mark.parametrize("has_four_ratings", [False, True])
def test_what_is_foreseen_is_what_comes(signed_in, student, noon, time_machine, has_four_ratings):
    StudyPlan.objects.update(has_four_ratings=has_four_ratings)
    card = signed_in.get(AHEAD).json()["cards"][0]
    item, at, then = Item.objects.get(uid=card["item"]), noon, card["then"]
    for _ in range(3):
        foreseen = then["1"]
        at += timedelta(minutes=11)
        reviewing.review_batch(student, [Given(item, Rating.AGAIN, uuid4(), at, interval=0)], at)
        time_machine.move_to(at + timedelta(minutes=11), tick=False)
        [now] = [one for one in signed_in.get(AHEAD).json()["cards"] if one["item"] == card["item"]]

        assert now["phase"] == foreseen["phase"]
        assert Review.objects.latest("answered_at").step_minutes == foreseen["minutes"]
        for rating, button in foreseen["buttons"].items():
            assert f'name="interval_{rating}" value="{button["days"]}"' in now["html"]
            assert f">{button['says']}<" in now["html"]
        then = foreseen["then"]
    assert then == {}


def test_when_all_is_done_the_end_is_given(signed_in):
    StudyPlan.objects.update(new_a_day=0)

    told = signed_in.get(AHEAD).json()

    assert told["cards"] == []
    assert "Done until 04:00." in told["pause"]


def test_a_step_that_is_not_over_is_given_and_waited_for(signed_in, student, noon):
    StudyPlan.objects.update(new_a_day=1, learning_minutes=45)
    item = Item.objects.order_by("position")[0]
    reviewing.review(student, item, Rating.AGAIN, at=noon, uid=uuid4(), version=0)

    told = signed_in.get(AHEAD).json()

    [card] = told["cards"]
    assert datetime.fromisoformat(card["due_at"]) == noon + timedelta(minutes=45)
    assert "Done until 13:45." in told["pause"]  # noon in UTC is 13:00 for her


def test_a_stranger_is_given_nothing(client, student):
    answer = client.get(AHEAD)

    assert (answer.status_code, answer.json()) == (401, {})


def test_undo_by_script_gives_the_card_back_with_all_that_follows(signed_in, student, noon):
    first = signed_in.get(AHEAD).json()["cards"][0]["item"]
    item = Item.objects.get(uid=first)
    reviewing.review(student, item, Rating.GOOD, at=noon, uid=uuid4(), version=0)

    told = signed_in.post("/review/undo/", headers={"accept": "application/json"}).json()

    assert told["said"] == "Undid “Remembered”. It is back."
    assert told["undone"] == told["cards"][0]["item"] == first


def test_a_hundred_cards_cost_as_much_as_two(client, noon):
    def cost(count):
        with transaction.atomic():
            book = make_study_book(count)
            student = User.objects.create_user("olga")
            planning.change(planning.start(student, book, noon), new_a_day=count)
            client.force_login(student)
            with CaptureQueriesContext(connection) as queries:
                cards = client.get(AHEAD).json()["cards"]
            transaction.set_rollback(True)
        return len(cards), len(queries)

    (few, few_queries), (many, many_queries), (most, _queries) = cost(2), cost(90), cost(120)

    assert (few, many, most) == (2, 90, 100)
    assert few_queries == many_queries


def test_a_page_of_somebody_else_is_given_nothing_and_undoes_nothing(signed_in, student, noon):
    item = Item.objects.order_by("pk")[0]
    reviewing.review(student, item, Rating.GOOD, at=noon, uid=uuid4(), version=0)
    other = {"X-Learner": str(student.pk + 1), "accept": "application/json"}
    own = {"X-Learner": str(student.pk)}

    assert signed_in.get(AHEAD, headers=other).status_code == 401
    assert signed_in.post("/review/undo/", headers=other).status_code == 401
    assert signed_in.get(AHEAD, headers=own).status_code == 200
    assert Review.objects.standing().count() == 1
