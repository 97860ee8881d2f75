from datetime import timedelta
from uuid import uuid4

import pytest

from quizzes.assessment import attempting, checking
from quizzes.cards.models import Review
from quizzes.items.models import AcceptedAnswer, Option
from tests.examining import (
    RIGHT_GAPS,
    RIGHT_TEXTS,
    RIGHTS,
    WRONG_GAPS,
    WRONG_TEXTS,
    make_item,
    make_quiz,
)

pytestmark = pytest.mark.django_db


def check(item, raw, at, learner=None):
    [found] = checking.checked(learner, [(item, raw)], at)
    return found


@pytest.mark.parametrize("kind", RIGHT_TEXTS)
def test_what_is_typed_is_right_or_wrong(book, noon, kind):
    item = make_item(book, kind, kind)

    assert check(item, {"text": RIGHT_TEXTS[kind]}, noon) is True
    assert check(item, {"text": WRONG_TEXTS[kind]}, noon) is False
    assert check(item, {"text": "who knows"}, noon) is False
    assert check(item, {"text": " "}, noon) is False


@pytest.mark.parametrize("kind", RIGHTS)
def test_what_is_chosen_is_right_only_as_a_whole(book, noon, kind):
    item = make_item(book, kind, kind)
    rights = sorted(RIGHTS[kind])

    assert check(item, {"chosen": rights}, noon) is True
    assert check(item, {"chosen": []}, noon) is False
    assert check(item, {"chosen": [1 - min(rights[0], 1)]}, noon) is False
    if kind == "several":
        assert check(item, {"chosen": rights[:1]}, noon) is False


def test_nothing_can_be_told_where_nothing_was_laid_down_or_given(book, noon):
    item = make_item(book, "essay", "essay")
    open_text = make_item(book, "open", "short_text")
    AcceptedAnswer.objects.filter(revision=open_text.revision).delete()

    assert check(item, {"text": "anything"}, noon) is None
    assert check(open_text, {"text": "anything"}, noon) is None
    assert check(item, None, noon) is None


@pytest.mark.parametrize("part", [0, 1, 2])
def test_the_one_gap_of_a_text_is_filled_with_what_is_typed(book, noon, part):
    item = make_item(book, "gap", "cloze")
    Option.objects.filter(revision=item.revision).delete()
    AcceptedAnswer.objects.filter(revision=item.revision).exclude(part=part).delete()
    AcceptedAnswer.objects.update(part=0)

    assert check(item, {"text": RIGHT_GAPS[part]}, noon) is True
    assert check(item, {"text": WRONG_GAPS[part]}, noon) is False
    assert check(item, {"text": " "}, noon) is False


@pytest.mark.parametrize("kind", ["matching", "ordering", "cloze"])
def test_of_what_has_several_parts_one_line_tells_nothing(book, noon, kind):
    item = make_item(book, kind, kind)

    assert check(item, {"text": "Fel'dman"}, noon) is None
    assert check(item, {"chosen": [0]}, noon) is None


def test_an_option_that_is_none_is_neither_right_nor_wrong(book, noon):
    assert check(make_item(book, "one"), {"chosen": [17]}, noon) is None


def test_nothing_is_told_of_what_an_open_quiz_asks(book, learner, noon):
    asked, other = make_item(book, "asked"), make_item(book, "other")
    attempting.start(learner, make_quiz(book, asked), noon, uuid4())

    def told(item, at):
        return check(item, {"chosen": [1]}, at, learner)

    assert told(asked, noon) is None
    assert told(other, noon) is True
    assert told(asked, noon + timedelta(days=2)) is True


def test_many_answers_cost_as_much_as_one(book, learner, noon, django_assert_num_queries):
    items = [make_item(book, f"{kind}-{n}", kind) for kind in ("single", "date") for n in range(9)]
    answers = [
        (item, {"text": "1938"} if item.slug[0] == "d" else {"chosen": [1]}) for item in items
    ]

    with django_assert_num_queries(3):
        checking.checked(learner, answers, noon)
    with django_assert_num_queries(0):
        checking.checked(learner, [(item, None) for item in items], noon)


@pytest.mark.parametrize(
    ("raw", "is_one"),
    [
        ({"text": "so"}, True),
        ({"text": "a" * 300}, True),
        ({"text": "a" * 301}, False),
        ({"text": "\x00"}, False),
        ({"text": 7}, False),
        ({"chosen": [0, 3]}, True),
        ({"chosen": []}, True),
        ({"chosen": [-1]}, False),
        ({"chosen": [True]}, False),
        ({"chosen": "1"}, False),
        ({"chosen": [1], "text": "so"}, False),
        ({}, False),
        ("so", False),
        (None, False),
    ],
)
def test_an_answer_has_one_of_two_shapes(raw, is_one):
    assert checking.is_answer(raw) is is_one


def test_evidence_is_what_was_done():
    assert checking.evidence(None) == Review.Evidence.SELF
    assert checking.evidence({"text": ""}) == Review.Evidence.TYPED
    assert checking.evidence({"chosen": []}) == Review.Evidence.CHOICE
