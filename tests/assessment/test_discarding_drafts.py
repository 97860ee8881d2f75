"""A draft that nobody was ever asked can be thrown away; all else stays."""

import pytest

from quizzes.assessment import discarding
from quizzes.assessment.discarding import NotToBeDiscarded
from quizzes.cards import setting_aside
from quizzes.items import contributing, reporting
from quizzes.items.models import Item, Manuscript, Revision
from tests.banked import keep
from tests.bookshelf import make_book
from tests.examining import make_item, make_quiz, take

pytestmark = pytest.mark.django_db


@pytest.fixture
def book(db):
    return make_book()


@pytest.fixture
def author(company):
    return company["instructor"]


@pytest.fixture
def draft(author, book):
    return keep(author, book, "draft", state="draft")


def test_a_draft_goes_with_its_versions_and_what_was_typed_of_it(draft, author, book, noon):
    other = make_item(book, "other")
    Manuscript.objects.create(author=author, book=book, item=draft, typed={}, saved_at=noon)
    copy = contributing.adapt(draft, author, book, noon)

    discarding.discard_draft(draft)
    discarding.discard_draft(draft)

    assert set(Item.objects.all()) == {other, copy}
    assert set(Revision.objects.values_list("item", flat=True)) == {other.pk, copy.pk}
    assert not Manuscript.objects.exists()
    copy.refresh_from_db()
    assert copy.adapted_from is None


def test_what_is_no_draft_stays(author, book):
    for state in ("ready", "retired"):
        with pytest.raises(NotToBeDiscarded):
            discarding.discard_draft(keep(author, book, state, state=state))


def test_what_hangs_on_a_question_keeps_it(company, author, book, noon):
    student = company["student"]

    def serve(item):
        take(student, make_quiz(book, item), noon).quiz.slots.all().delete()

    ways = {
        "asked": lambda item: make_quiz(book, item, slug="asking"),
        "served": serve,
        "reported": lambda item: reporting.report(student, item, "Wrong.", noon),
        "studied": lambda item: setting_aside.flag(student, item, 1, noon),
    }
    for slug, use in ways.items():
        item = keep(author, book, slug, is_card=True)
        use(item)
        Item.objects.filter(pk=item.pk).update(state="draft")

        with pytest.raises(NotToBeDiscarded):
            discarding.discard_draft(item)

        assert Item.objects.filter(pk=item.pk).exists(), slug
