"""Rows that are added to, and rows that are only put in place of what was read."""

import pytest

from quizzes.cards.models import Card, DayTally
from quizzes.upserting import upsert
from tests.cards.acting import make_book, make_items

pytestmark = pytest.mark.django_db
KEY = ("learner", "item")


@pytest.fixture
def learner(django_user_model):
    return django_user_model.objects.create_user("olga")


@pytest.fixture
def item(db):
    return make_items(make_book("red-army"), 1)[0]


def card(learner, item, version, flag=1):
    return Card(learner=learner, item=item, version=version, flag=flag)


def put(row):
    return upsert([row], KEY, put=["flag", "version"], grows="version", returning=["item", "id"])


def test_nothing_is_written_of_nothing(db):
    assert upsert([], KEY, put=["flag"], returning=["id"]) == []


def test_a_new_row_is_inserted_and_its_key_told(learner, item):
    assert put(card(learner, item, 1)) == [(item.pk, Card.objects.get().pk)]


def test_a_row_one_change_older_is_put_in_place(learner, item):
    put(card(learner, item, 1))
    before = Card.objects.get()

    assert put(card(learner, item, 2, flag=5)) == [(item.pk, before.pk)]

    after = Card.objects.get()
    assert (after.flag, after.version, after.uid) == (5, 2, before.uid)


@pytest.mark.parametrize("version", [1, 2, 4])
def test_a_row_that_was_changed_otherwise_is_left_alone(learner, item, version):
    put(card(learner, item, 2))

    assert put(card(learner, item, version, flag=5)) == []
    assert Card.objects.get().flag == 1


def test_numbers_are_added_to_those_that_stand(learner, item, noon):
    row = {
        "learner": learner,
        "day": noon.date(),
        "chapter": item.chapter,
        "kind": "term",
    }

    for reviews in (2, 3, -1):
        DayTally.objects.add([DayTally(**row, reviews=reviews, recalled=1)])

    kept = DayTally.objects.get()
    assert (kept.reviews, kept.recalled, kept.introduced) == (4, 3, 0)
