from typing import Any

import pytest
from rest_framework.exceptions import ErrorDetail, ValidationError

from quizzes.api import errors
from quizzes.refusal import Refusal
from tests.api.asking import address

pytestmark = pytest.mark.django_db


class DoorIsShut(Refusal):
    """A refusal of this test."""


def test_a_refusal_is_a_409_named_after_its_rule():
    answer = errors.answer(DoorIsShut("The door is shut."), {})

    assert answer is not None
    assert answer.status_code == 409
    assert answer.data == {"detail": "The door is shut.", "code": "door_is_shut"}


def test_a_fault_of_ours_is_not_dressed_up():
    assert errors.answer(RuntimeError("bug"), {}) is None


def test_every_message_of_a_nested_answer_is_kept():
    detail: dict[str, Any] = {
        "a": ["first", ErrorDetail("second", code="odd")],
        "b": [{}, {"c": ["third"]}],
        "d": {3: {"non_field_errors": ["fourth"]}},
        "non_field_errors": ["fifth"],
    }

    answer = errors.answer(ValidationError(detail), {})

    assert answer is not None
    told = answer.data["errors"]

    assert [(e["index"], e["field"], e["message"], e["code"]) for e in told] == [
        (None, "a", "first", "invalid"),
        (None, "a", "second", "odd"),
        (1, "c", "third", "invalid"),
        (3, "d", "fourth", "invalid"),
        (None, "", "fifth", "invalid"),
    ]


def test_a_404_does_not_say_what_was_looked_for(client):
    assert client.get(address("book", "no-such-book")).json() == {
        "detail": "Not found.",
        "code": "not_found",
    }


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_a_method_that_is_not_there_is_a_405_in_the_same_shape(client, method):
    answer = getattr(client, method)(address("books"))

    assert answer.status_code == 405
    assert answer.json()["code"] == "method_not_allowed"


def test_what_can_be_read_can_be_asked_for_its_head(client):
    answer = client.head(address("books"))

    assert (answer.status_code, answer.content) == (200, b"")
