"""A pack of a book that the site does not have becomes a book of its sender's own."""

from datetime import timedelta

import pytest

from quizzes.assessment import discarding
from quizzes.cards import planning
from quizzes.content.models import Book, Fact, PackCopy, Term
from quizzes.exchange import exporting, undoing, uploading
from quizzes.people.models import User
from tests.exchange.sending import QUESTIONS, everything, exported, in_force

pytestmark = pytest.mark.django_db


def renamed(files):
    """The same pack of a book that the site does not have."""
    pack = files["pack.yaml"].replace("slug: gull-point", "slug: gull-rock")
    return {**files, "pack.yaml": pack}


def test_a_pack_of_an_unknown_book_becomes_one_s_own(author, noon, send, files):
    sent = {**renamed(files), "own-questions.yaml": QUESTIONS}
    copy = send(sent, author)
    shown = uploading.preview(copy, author, noon)
    assert not Book.objects.exists()

    outcome = uploading.load(copy, author, noon)

    book = Book.objects.get()
    assert (book.owner, book.about, book.slug.startswith("gull-rock-")) == (author, None, True)
    assert outcome == shown
    assert book.facts.count() == 22
    assert book.items.filter(origin="pack").count() == 13
    assert book.items.get(slug="q-new").origin == "imported"
    assert exported(book, author) == sent | {
        "own-questions.yaml": exported(book, author)["own-questions.yaml"]
    }


def test_a_book_of_one_s_own_goes_out_and_in_with_the_same_bytes(author, noon, send, files):
    sent = {**renamed(files), "own-questions.yaml": QUESTIONS}
    uploading.load(send(sent, author), author, noon)
    first = exporting.export(Book.objects.get(), author)
    assert first is not None
    other = User.objects.create_user("other")

    copy = uploading.receive(first.archive, "pack.zip", other, noon)
    uploading.load(copy, other, noon)

    second = exporting.export(Book.objects.get(owner=other), other)
    assert second is not None
    assert second.archive == first.archive


def test_sent_again_it_brings_the_same_book_up_to_date_and_undo_brings_the_old_one_back(
    author, noon, send, files
):
    first = renamed(files)
    uploading.load(send(first, author), author, noon)
    book = Book.objects.get()
    planning.start(author, book, noon)
    stood, old = everything(), in_force(book)
    changed = {**first, "terms.yaml": first["terms.yaml"].replace("The later order", "The order")}
    copy = send(changed, author)
    shown = uploading.preview(copy, author, noon + timedelta(hours=1))

    outcome = uploading.load(copy, author, noon + timedelta(hours=1))

    assert outcome == shown
    assert [(c.of, c.fate, c.slug) for c in outcome.changes] == [("facts", "changed", "blackout")]
    assert Book.objects.count() == 1
    terms = Term.objects.filter(fact__slug="blackout").values_list("definition", flat=True)
    assert terms.get().startswith("The order")
    undoing.undo(copy, noon + timedelta(days=1))
    assert terms.get().startswith("The later order")
    assert in_force(book) == old
    assert everything() == stood


def test_undoing_the_first_load_of_a_book_retires_all_that_is_in_it(author, noon, send, files):
    copy = send(renamed(files), author)
    uploading.load(copy, author, noon)
    book = Book.objects.get()

    undoing.undo(copy, noon + timedelta(days=1))

    assert not book.items.exclude(state="retired").exists()
    assert not Fact.objects.filter(book=book).current().exists()
    assert not book.quizzes.filter(retired_at=None).exists()


def test_nobody_loads_over_somebody_else_s_book(author, noon, send, files):
    other = User.objects.create_user("other")
    uploading.load(send(renamed(files), other), other, noon)
    theirs = Book.objects.get()
    rows = list(theirs.items.order_by("pk").values())

    uploading.load(send(renamed(files), author), author, noon)

    assert list(theirs.items.order_by("pk").values()) == rows
    assert set(Book.objects.values_list("owner__username", flat=True)) == {"other", "author"}


def test_only_staff_load_for_the_site(author, noon, send, files):
    staff = User.objects.create_user("staff", is_staff=True)

    uploading.load(send(renamed(files), author), author, noon, is_site=True)
    uploading.load(send(renamed(files), staff), staff, noon, is_site=True)

    assert Book.objects.get(owner=None).slug == "gull-rock"
    assert Book.objects.get(owner=author).slug != "gull-rock"


def test_a_book_of_one_s_own_that_came_with_a_pack_can_be_deleted(author, noon, send, files):
    uploading.load(send(renamed(files), author), author, noon)

    discarding.discard(Book.objects.get())

    assert not Fact.objects.exists()
    assert not PackCopy.objects.exists()
