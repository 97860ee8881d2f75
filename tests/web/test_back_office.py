"""The back office shows what there is, and deletes a person with all that is theirs."""

import pytest
from django.contrib import admin
from django.urls import reverse

from quizzes.content.models import Book
from quizzes.people import inviting
from quizzes.people.inviting import Offer
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


def test_every_list_opens_and_is_searched(admin_client):
    models = [one for one in admin.site._registry if one._meta.app_label == "quizzes"]

    lists = [reverse(f"admin:quizzes_{one._meta.model_name}_changelist") for one in models]

    assert len(lists) > 30
    assert {admin_client.get(one, {"q": "none"}).status_code for one in lists} == {200}


def test_whoever_looks_at_an_invitation_does_not_hold_it(admin_client, classroom, company, noon):
    offer = Offer("Olga", "olga@example.org")
    [made] = inviting.invite(classroom, company["instructor"], [offer], noon)

    page = admin_client.get(reverse("admin:quizzes_invitation_change", args=[made.pk])).text

    assert "olga@example.org" in page
    assert made.secret not in page
