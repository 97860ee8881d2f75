from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from quizzes.cards.models import Action, Card
from quizzes.content.models import Book
from quizzes.items.models import Item
from quizzes.people.models import User
from tests.api.asking import faults, post

pytestmark = pytest.mark.django_db


@pytest.fixture
def items(plan, book):
    return list(book.items.in_order())


def entry(item, kind="flag", value: object = 3, minutes_ago=0, **changes):
    at = datetime(2026, 3, 2, 12, tzinfo=UTC) - timedelta(minutes=minutes_ago)
    given = {"uid": str(uuid4()), "item": str(item.uid), "kind": kind, "value": value}
    return given | {"done_at": at.isoformat()} | changes


def hand_in(client, *entries):
    return post(client, "acts", {"acts": list(entries)})


def card_of(item):
    return Card.objects.get(item=item)


def test_a_batch_of_every_kind_is_written(signed_in, items):
    burial = entry(items[1], "bury")
    del burial["value"]

    answer = hand_in(
        signed_in,
        entry(items[0], "flag", 5),
        entry(items[0], "suspend", True),
        entry(items[0], "note", "Compare p. 12.\n"),
        burial,
    )

    assert answer.status_code == 200
    card, buried = card_of(items[0]), card_of(items[1])
    assert (card.flag, card.is_suspended, card.note) == (5, True, "Compare p. 12.")
    assert buried.buried_until.isoformat() == "2026-03-03"


def test_what_was_done_last_counts_in_whatever_order_it_comes(signed_in, items):
    hand_in(signed_in, entry(items[0], value=3, minutes_ago=1), entry(items[0], minutes_ago=9))
    hand_in(signed_in, entry(items[0], value=7, minutes_ago=5))

    assert card_of(items[0]).flag == 3


@pytest.mark.parametrize("kind", ["note", "\ud83d"])
def test_half_a_letter_is_refused_wherever_it_stands(signed_in, items, kind):
    answer = hand_in(signed_in, entry(items[0]), entry(items[1], kind, "a \ud83d"))

    assert answer.status_code == 400
    assert {index for index, _field in faults(answer)} == {1}
    assert not Action.objects.exists()


def test_what_is_handed_in_is_told_in_the_order_of_the_batch(signed_in, items):
    late, early = entry(items[0], minutes_ago=1), entry(items[1], "suspend", False, minutes_ago=20)

    told = hand_in(signed_in, late, early).json()["acts"]

    assert told == [
        {
            "uid": one["uid"],
            "item": one["item"],
            "kind": one["kind"],
            "done_at": one["done_at"].replace("+00:00", "Z"),
            "is_new": True,
            "is_taken_back": False,
        }
        for one in (late, early)
    ]


def test_the_same_act_sent_ten_times_is_one_row(signed_in, items, time_machine):
    given = entry(items[0])
    answers = []
    for _ in range(10):
        answers += hand_in(signed_in, given).json()["acts"]
        time_machine.shift(60)

    assert [answer.pop("is_new") for answer in answers] == [True] + [False] * 9
    assert all(answer == answers[0] for answer in answers)
    assert Action.objects.count() == 1


def test_an_act_that_was_undone_stays_so(signed_in, items):
    given = entry(items[0])
    hand_in(signed_in, given)

    undone = post(signed_in, "undo", {"uid": given["uid"]}).json()
    [again] = hand_in(signed_in, given).json()["acts"]

    assert (undone["kind"], undone["act"]) == ("flag", given["uid"])
    assert (again["is_new"], again["is_taken_back"]) == (False, True)
    assert card_of(items[0]).flag == 0


def test_an_undo_may_be_sent_twice(signed_in, items):
    given = entry(items[0])
    hand_in(signed_in, given, entry(items[1]))

    answers = [post(signed_in, "undo", {"uid": given["uid"]}) for _ in range(2)]

    assert answers[0].json() == answers[1].json()
    assert card_of(items[1]).flag == 3


def test_an_undo_of_what_was_never_done_is_refused(signed_in, items):
    hand_in(signed_in, entry(items[0]))

    answer = post(signed_in, "undo", {"uid": str(uuid4())})

    assert (answer.status_code, answer.json()["code"]) == (409, "no_such_act")
    assert card_of(items[0]).flag == 3


def test_a_clock_that_is_ahead_counts_as_now(signed_in, items):
    [stored] = hand_in(signed_in, entry(items[0], minutes_ago=-600)).json()["acts"]

    assert stored["done_at"] == "2026-03-02T12:00:00Z"


SPOILED = [
    ({"kind": "burn"}, "kind"),
    ({"kind": "edit"}, "kind"),
    ({"kind": "move", "value": "2026-04-01"}, "kind"),
    ({"kind": "rate", "value": 3}, "kind"),
    ({"value": 8}, "value"),
    ({"value": -1}, "value"),
    ({"value": True}, "value"),
    ({"value": "3"}, "value"),
    ({"value": None}, "value"),
    ({"kind": "suspend", "value": 1}, "value"),
    ({"kind": "suspend", "value": "true"}, "value"),
    ({"kind": "suspend", "value": None}, "value"),
    ({"kind": "note", "value": 7}, "value"),
    ({"kind": "note", "value": None}, "value"),
    ({"kind": "note", "value": "a\x00b"}, "value"),
    ({"kind": "note", "value": "\ud800"}, "value"),
    ({"kind": "note", "value": "x" * 10_001}, "value"),
    ({"kind": "note", "value": {}}, "value"),
    ({"kind": "bury", "value": "2026-04-01"}, "value"),
    ({"uid": "no-uuid"}, "uid"),
    ({"item": None}, "item"),
    ({"done_at": "yesterday"}, "done_at"),
    ({"done_at": "2026-03-02T12:00:00"}, "done_at"),
    ({"learner": 1}, "learner"),
    ({"batch": str(uuid4())}, "batch"),
]


@pytest.mark.parametrize(("changes", "field"), SPOILED)
def test_a_bad_act_is_named_by_index_and_field_and_nothing_is_written(
    signed_in, items, changes, field
):
    answer = hand_in(signed_in, entry(items[0]), entry(items[1]), entry(items[2]) | changes)

    assert answer.status_code == 400
    assert faults(answer) == [(2, field)]
    assert not Action.objects.exists()


@pytest.mark.parametrize("field", ["uid", "item", "kind", "done_at", "value"])
def test_what_an_act_needs_is_asked_for(signed_in, items, field):
    given = entry(items[0])
    del given[field]

    assert faults(hand_in(signed_in, given)) == [(0, field)]


@pytest.mark.parametrize("count", [0, 101])
def test_a_batch_holds_one_to_a_hundred(signed_in, items, count):
    answer = hand_in(signed_in, *(entry(items[0]) for _ in range(count)))

    assert faults(answer) == [(None, "acts")]


def test_the_card_of_another_is_not_there_and_nothing_is_written(signed_in, items):
    hidden = items[3]
    theirs = Book.objects.create(slug="theirs", title="T", owner=User.objects.create_user("ida"))
    Item.objects.filter(pk=hidden.pk).update(book=theirs)

    answers = [
        hand_in(signed_in, entry(items[0]), one)
        for one in (entry(hidden), entry(items[1]) | {"item": str(uuid4())})
    ]

    assert [answer.status_code for answer in answers] == [404, 404]
    assert answers[0].json() == answers[1].json()
    assert faults(answers[0]) == [(1, "item")]
    assert not Action.objects.exists()


def test_nobody_can_hand_acts_in_and_a_session_needs_the_token_of_its_pages(client, items, olga):
    assert hand_in(client, entry(items[0])).status_code == 401

    strict = Client(enforce_csrf_checks=True)
    strict.force_login(olga)
    assert hand_in(strict, entry(items[0])).status_code == 403
    assert not Action.objects.exists()


def test_a_batch_costs_the_same_for_one_act_and_a_hundred(signed_in, items):
    def cost(count):
        batch = [entry(items[n % 12], minutes_ago=n) for n in range(count)]
        with CaptureQueriesContext(connection) as queries:
            assert hand_in(signed_in, *batch).status_code == 200
        return len(queries)

    assert cost(1) == cost(10) == cost(100)
