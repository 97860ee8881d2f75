"""Any item's wording becomes a slip of one's own."""

import pytest

from quizzes.items import copying
from quizzes.items.models import AcceptedAnswer, Item, Key
from quizzes.items.slips import Kind, Slip
from tests.bookshelf import make_study_book
from tests.examining import make_item

pytestmark = pytest.mark.django_db


@pytest.fixture
def book():
    return make_study_book(1)


def test_a_card_is_copied_with_its_reason(book):
    assert copying.slip_of(book.items.get()) == Slip(
        kind=Kind.BASIC,
        front="What does the book say of “Term 0”, and on which pages?",
        back="That is the answer to Term 0.",
        remark="The keepers said so themselves.",
    )


@pytest.mark.parametrize(
    ("kind", "copied"),
    [
        ("single", Kind.BASIC),
        ("true_false", Kind.BASIC),
        ("short_text", Kind.TYPED),
        ("number", Kind.TYPED),
        ("date", Kind.TYPED),
    ],
)
def test_what_is_typed_stays_typed_and_all_else_is_front_and_back(book, kind, copied):
    slip = copying.slip_of(make_item(book, "asked", kind))

    assert slip
    assert (slip.kind, slip.back) == (copied, "The answer to asked.")
    assert bool(slip.accepted) == (copied is Kind.TYPED)


def test_gaps_of_several_answers_become_front_and_back(book):
    item = make_item(book, "asked", "short_text")
    assert item.revision
    AcceptedAnswer.objects.create(revision=item.revision, part=1, position=0, text="two")

    slip = copying.slip_of(item)

    assert slip
    assert (slip.kind, slip.accepted) == (Kind.BASIC, ())


def test_what_is_to_be_matched_is_listed_under_the_question(book):
    slip = copying.slip_of(make_item(book, "asked", "matching"))

    assert slip
    question, lefts, rights = slip.front.replace("---\n\n", "").split("\n\n")
    assert question == "What of asked?"
    assert lefts.startswith("- Left 0 of asked\n- Left 1 of asked")
    assert rights.startswith("- Right 0 of asked\n- Right 1 of asked")
    assert slip.back == "The answer to asked."


def test_a_slip_that_is_known_is_not_copied_as_an_answer(book):
    item = make_item(book, "asked", "short_text")
    assert item.revision
    AcceptedAnswer.objects.create(revision=item.revision, position=9, text="Kork", fraction=0)

    slip = copying.slip_of(item)

    assert slip
    assert "Kork" not in slip.accepted


def test_words_of_a_recipe_stay_what_they_say(book):
    item = book.items.get()
    Item.objects.filter(pk=item.pk).update(origin=Item.Origin.GENERATED, recipe="x")
    Key.objects.filter(revision=item.revision).update(answer="2 * 3 and *this* [1]")
    item.refresh_from_db()

    slip = copying.slip_of(item)

    assert slip
    assert slip.back == r"2 \* 3 and \*this\* \[1\]"


def test_an_item_without_a_wording_cannot_be_copied(book):
    item = book.items.get()
    Item.objects.filter(pk=item.pk).update(revision=None)
    item.refresh_from_db()

    assert copying.slip_of(item) is None
