from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from quizzes.cards.models import Card, Review
from quizzes.content.models import Book, Chapter, Section
from quizzes.items.models import Item
from quizzes.people.models import User
from tests.api.asking import address, faults, post

pytestmark = pytest.mark.django_db


@pytest.fixture
def items(plan, book):
    return list(book.items.in_order())


@pytest.fixture
def foreign_item(db):
    """A card in somebody else's own book."""
    book = Book.objects.create(slug="theirs", title="Theirs", owner=User.objects.create_user("ida"))
    chapter = Chapter.objects.create(book=book, number=0, slug="all", title="All")
    section = Section.objects.create(
        book=book, chapter=chapter, slug="all", title="All", position=0
    )
    return Item.objects.create(
        book=book, chapter=chapter, section=section, slug="one", position=0, origin="authored"
    )


def entry(card, rating=3, minutes_ago=0, **changes):
    at = datetime(2026, 3, 2, 12, tzinfo=UTC) - timedelta(minutes=minutes_ago)
    given = {"uid": str(uuid4()), "item": str(card.uid), "rating": rating}
    return given | {"answered_at": at.isoformat()} | changes


def hand_in(client, *entries):
    return post(client, "reviews", {"reviews": list(entries)})


def log(learner):
    return list(Review.objects.filter(learner=learner).order_by("pk"))


def test_a_batch_is_written_in_the_order_of_its_answers(signed_in, items, olga):
    late, early = entry(items[0], 3, minutes_ago=1), entry(items[0], 1, minutes_ago=20)

    answer = hand_in(signed_in, late, early)

    assert answer.status_code == 200
    assert [one["uid"] for one in answer.json()["reviews"]] == [late["uid"], early["uid"]]
    card = Card.objects.get(learner=olga, item=items[0])
    assert (card.reps, card.phase) == (2, "review")
    assert [r.phase_before for r in Review.objects.order_by("answered_at")] == ["new", "learning"]


def test_the_interval_that_was_offered_is_what_is_stored(signed_in, items, olga):
    card = signed_in.get(address("review-queue"), {"limit": 1}).json()["cards"][0]
    good = next(offer for offer in card["offers"] if offer["rating"] == 3)

    given = entry(items[0], 3, version=card["version"], interval=good["days"])
    [stored] = hand_in(signed_in, given).json()["reviews"]

    assert (stored["interval"], stored["minutes"]) == (good["days"], 0)
    assert Card.objects.get(learner=olga).interval_days == good["days"]


def test_the_same_review_sent_ten_times_is_one_row(signed_in, items, olga):
    given = entry(items[0])

    answers = [hand_in(signed_in, given).json()["reviews"][0] for _ in range(10)]

    assert [answer.pop("is_new") for answer in answers] == [True] + [False] * 9
    assert all(answer == answers[0] for answer in answers)
    assert len(log(olga)) == 1
    assert Card.objects.get(learner=olga).reps == 1


def test_the_same_review_twice_in_a_batch_is_one_row(signed_in, items, olga):
    given = entry(items[0])

    stored = hand_in(signed_in, given, given).json()["reviews"]

    assert [one["is_new"] for one in stored] == [True, False]
    assert len(log(olga)) == 1


def test_a_batch_half_of_which_is_known_writes_the_other_half(signed_in, items, olga, time_machine):
    known, fresh = entry(items[0]), entry(items[1])
    hand_in(signed_in, known)
    time_machine.shift(60)

    stored = hand_in(signed_in, known, fresh).json()["reviews"]

    assert [one["is_new"] for one in stored] == [False, True]
    assert len(log(olga)) == 2


def test_the_uid_of_another_learner_is_free(client, items, olga, noon):
    ida, given = User.objects.create_user("ida"), entry(items[0])

    for learner in (olga, ida):
        client.force_login(learner)
        assert hand_in(client, given).json()["reviews"][0]["is_new"]

    assert (len(log(olga)), len(log(ida))) == (1, 1)


def test_a_card_that_changed_since_it_was_shown_is_refused(signed_in, items, olga):
    hand_in(signed_in, entry(items[0], minutes_ago=5))

    answer = hand_in(signed_in, entry(items[0], version=0))

    assert answer.status_code == 409
    assert answer.json()["code"] == "already_answered"
    assert len(log(olga)) == 1


def test_an_interval_that_was_never_offered_is_refused(signed_in, items, olga):
    answer = hand_in(signed_in, entry(items[0], version=0, interval=300))

    assert answer.status_code == 409
    assert answer.json()["code"] == "stale_offer"
    assert not log(olga)


def test_an_answer_from_a_fast_clock_counts_as_now(signed_in, items, noon):
    [stored] = hand_in(signed_in, entry(items[0], minutes_ago=-600)).json()["reviews"]

    assert stored["answered_at"] == "2026-03-02T12:00:00Z"


def test_an_offset_is_understood(signed_in, items):
    given = entry(items[0], answered_at="2026-03-02T13:30:00+05:00")

    [stored] = hand_in(signed_in, given).json()["reviews"]

    assert stored["answered_at"] == "2026-03-02T08:30:00Z"


SPOILED = [
    ("rating", 0),
    ("rating", 5),
    ("rating", "3"),
    ("rating", 3.0),
    ("rating", True),
    ("rating", None),
    ("uid", "no-uuid"),
    ("uid", 7),
    ("uid", ["3"]),
    ("item", ""),
    ("item", None),
    ("answered_at", "yesterday"),
    ("answered_at", "2026-03-02T12:00:00"),
    ("answered_at", "2026-02-30T12:00:00Z"),
    ("answered_at", "0001-01-01T00:00:00+14:00"),
    ("answered_at", "9999-12-31T23:59:59-12:00"),
    ("answered_at", 1772452800),
    ("version", -1),
    ("version", "0"),
    ("interval", -1),
    ("interval", 1.5),
    ("interval", 10**30),
    ("duration_ms", -1),
    ("duration_ms", "fast"),
    ("learner", 1),
    ("stability", 1000.0),
    ("affects_schedule", False),
    ("received_at", "2020-01-01T00:00:00Z"),
]


@pytest.mark.parametrize(("field", "value"), SPOILED)
def test_a_bad_entry_is_named_by_index_and_field_and_nothing_is_written(
    signed_in, items, olga, field, value
):
    good = [entry(item) for item in items[:3]]

    answer = hand_in(signed_in, *good, entry(items[3], **{field: value}))

    assert answer.status_code == 400
    assert faults(answer) == [(3, field)]
    assert not log(olga)


@pytest.mark.parametrize("field", ["uid", "item", "rating", "answered_at"])
def test_what_a_review_needs_is_asked_for(signed_in, items, field):
    given = entry(items[0])
    del given[field]

    answer = hand_in(signed_in, given)

    assert answer.status_code == 400
    assert faults(answer) == [(0, field)]


@pytest.mark.parametrize("body", [{}, {"reviews": []}, {"reviews": {}}, {"reviews": None}])
def test_a_batch_of_nothing_is_refused(signed_in, body):
    answer = post(signed_in, "reviews", body)

    assert answer.status_code == 400
    assert faults(answer) == [(None, "reviews")]


@pytest.mark.parametrize("one", [None, 7, "again", []])
def test_an_entry_that_is_no_object_is_refused_by_its_index(signed_in, items, one):
    answer = hand_in(signed_in, entry(items[0]), one)

    assert answer.status_code == 400
    assert [index for index, _field in faults(answer)] == [1]


def test_a_batch_holds_at_most_a_hundred(signed_in, items, olga):
    answer = hand_in(signed_in, *(entry(items[0], minutes_ago=n) for n in range(101)))

    assert answer.status_code == 400
    assert faults(answer) == [(None, "reviews")]
    assert not log(olga)


def test_a_version_is_for_a_batch_of_one(signed_in, items):
    answer = hand_in(signed_in, entry(items[0]), entry(items[1], version=0))

    assert answer.status_code == 400
    assert faults(answer) == [(1, "version")]


@pytest.mark.parametrize("body", ["", "[", "[]", '"text"', "NaN", "[" * 100_000, '{"a": 1} x'])
def test_what_is_no_json_object_is_refused(signed_in, body):
    answer = signed_in.post(address("reviews"), body, content_type="application/json")

    assert answer.status_code == 400
    assert answer.json()["detail"]


def test_a_body_beyond_the_limit_is_not_read(signed_in, settings):
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 100

    answer = post(signed_in, "reviews", {"reviews": ["x" * 100]})

    assert answer.status_code == 413
    assert answer.json()["code"] == "too_large"


def test_a_form_is_not_understood(signed_in):
    assert signed_in.post(address("reviews"), {"rating": 3}).status_code == 415


def test_the_card_of_another_is_not_there_and_nothing_is_written(
    signed_in, items, olga, foreign_item
):
    theirs = hand_in(signed_in, entry(items[0]), entry(foreign_item))
    unknown = hand_in(signed_in, entry(items[0]), entry(items[1], item=str(uuid4())))

    assert (theirs.status_code, unknown.status_code) == (404, 404)
    assert theirs.json() == unknown.json()
    assert faults(theirs) == [(1, "item")]
    assert not log(olga)


@pytest.mark.parametrize("columns", [{"is_card": False}, {"state": "draft"}])
def test_what_is_no_flashcard_cannot_be_rated(signed_in, items, columns):
    Item.objects.filter(pk=items[0].pk).update(**columns)

    assert hand_in(signed_in, entry(items[0])).status_code == 404


def test_a_card_that_was_retired_while_a_device_was_offline_is_still_taken(signed_in, items):
    Item.objects.filter(pk=items[0].pk).update(state=Item.State.RETIRED)

    assert hand_in(signed_in, entry(items[0], minutes_ago=60)).status_code == 200


def test_nobody_can_hand_anything_in(client, items):
    assert hand_in(client, entry(items[0])).status_code == 401
    assert post(client, "undo", {}).status_code == 401


def test_a_session_needs_the_token_of_its_pages(items, olga):
    client = Client(enforce_csrf_checks=True)
    client.force_login(olga)

    assert hand_in(client, entry(items[0])).status_code == 403
    assert post(client, "undo", {}).status_code == 403
    assert not log(olga)


def test_undo_takes_back_the_newest_rating(signed_in, items, olga, time_machine):
    hand_in(signed_in, entry(items[0], minutes_ago=2))
    time_machine.shift(60)
    last = entry(items[1], 1)
    hand_in(signed_in, last)

    answer = post(signed_in, "undo", {})

    assert answer.json() == {
        "kind": "rate",
        "item": last["item"],
        "rating": 1,
        "review": last["uid"],
        "act": None,
    }
    assert [review.card.item for review in Review.objects.standing()] == [items[0]]


def test_with_nothing_to_undo_undo_is_refused(signed_in):
    answer = post(signed_in, "undo", {})

    assert answer.status_code == 409
    assert answer.json() == {"detail": "There is nothing to undo.", "code": "nothing_to_undo"}


def test_undo_takes_no_arguments(signed_in, items, olga):
    hand_in(signed_in, entry(items[0]))

    assert faults(post(signed_in, "undo", {"review": str(uuid4())})) == [(None, "review")]
    assert len(Review.objects.standing()) == 1


def test_a_batch_costs_the_same_for_one_card_ten_and_a_hundred(client, book, items, noon):
    """One learner each; the batches hold one to twelve cards, rated up to a hundred times."""

    def costs(learner, count):
        client.force_login(User.objects.create_user(learner))
        batch = [entry(items[n % 12], minutes_ago=count - n) for n in range(count)]
        with CaptureQueriesContext(connection) as queries:
            assert hand_in(client, *batch).status_code == 200
        return len(queries)

    assert costs("one", 1) == costs("ten", 10) == costs("hundred", 100)


def test_a_device_that_means_somebody_else_hands_nothing_in(signed_in, items, olga):
    sent = {"reviews": [entry(items[0])]}

    refused = post(signed_in, "reviews", sent, HTTP_X_LEARNER=str(olga.pk + 1))
    taken = post(signed_in, "reviews", sent, HTTP_X_LEARNER=str(olga.pk))

    assert (refused.status_code, taken.status_code) == (403, 200)
    assert len(log(olga)) == 1
