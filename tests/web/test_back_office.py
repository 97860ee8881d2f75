"""The back office deletes a person with all that is theirs, after a page that says how much."""

import pytest

from quizzes.content.models import Book
from quizzes.people.models import Classroom, User
from tests.cards.acting import GOOD, study
from tests.decks import add, basic, make_deck

PEOPLE = "/admin/quizzes/user/"

pytestmark = pytest.mark.django_db


@pytest.fixture
def vera(noon):
    """Somebody with a card of her own that she studied."""
    vera = User.objects.create_user("vera")
    [card] = add(vera, make_deck(vera, noon), noon, basic())
    study(vera, card, GOOD, at=noon)
    return vera


def test_a_person_with_cards_of_ones_own_can_be_deleted(admin_client, vera):
    asked = admin_client.get(f"{PEOPLE}{vera.pk}/delete/").text
    assert "vera" in asked
    assert "Cannot delete" not in asked

    admin_client.post(f"{PEOPLE}{vera.pk}/delete/", {"post": "yes"})

    assert not User.objects.filter(pk=vera.pk).exists()
    assert not Book.objects.exists()


def test_people_can_be_deleted_together(admin_client, vera):
    chosen = {"action": "delete_selected", "_selected_action": [vera.pk], "post": "yes"}

    admin_client.post(PEOPLE, chosen)

    assert not User.objects.filter(pk=vera.pk).exists()


def test_whose_book_a_class_reads_stays(admin_client, vera, noon):
    Classroom.objects.create(book=Book.objects.get(), name="Ours", created_at=noon)

    answer = admin_client.post(f"{PEOPLE}{vera.pk}/delete/", {"post": "yes"})

    assert answer.status_code == 409
    assert User.objects.filter(pk=vera.pk).exists()
