from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.management import call_command

from quizzes import jobs
from quizzes.cards import reviewing
from quizzes.cards.models import Card, Review
from quizzes.cards.scheduling import Rating
from quizzes.people import guesting
from quizzes.people.models import User
from tests.bookshelf import make_study_book

pytestmark = pytest.mark.django_db

A_DAY = timedelta(days=1)


def rate(guest, at):
    item = make_study_book(2).items.earliest("position")
    reviewing.review(guest, item, Rating.GOOD, at=at, uid=uuid4(), version=0)


def test_a_guest_has_nothing_to_sign_in_by(noon):
    guest = guesting.begin(noon, "Europe/Berlin")

    assert guest.is_guest
    assert not guest.has_usable_password()
    assert (guest.email, guest.time_zone) == ("", "Europe/Berlin")


@pytest.mark.parametrize("told", ["", "Mars/Olympus", "../etc/passwd", "x" * 500])
def test_a_time_zone_that_is_none_becomes_utc(noon, told):
    assert guesting.begin(noon, told).time_zone == "UTC"


def test_guests_do_not_share_a_name(noon):
    assert guesting.begin(noon).username != guesting.begin(noon).username


def test_a_guest_is_kept_for_thirty_days(noon):
    guesting.begin(noon)

    assert guesting.purge(noon + 30 * A_DAY) == 0
    assert guesting.purge(noon + 30 * A_DAY + timedelta(seconds=1)) == 1
    assert not User.objects.exists()


def test_a_review_keeps_a_guest_for_another_thirty_days(noon):
    guest = guesting.begin(noon)
    rate(guest, noon + 20 * A_DAY)

    assert guesting.purge(noon + 40 * A_DAY) == 0
    assert guesting.purge(noon + 51 * A_DAY) == 1


def test_a_purged_guest_takes_cards_and_reviews_along(noon):
    rate(guesting.begin(noon), noon)

    guesting.purge(noon + 60 * A_DAY)

    assert not Card.objects.exists()
    assert not Review.objects.exists()


def test_an_account_is_never_purged(noon):
    User.objects.create_user("olga", last_login=noon)

    assert guesting.purge(noon + 1000 * A_DAY) == 0


def test_only_a_guest_can_be_dismissed(noon):
    guest, account = guesting.begin(noon), User.objects.create_user("olga")

    guesting.dismiss(guest)
    guesting.dismiss(account)

    assert list(User.objects.all()) == [account]


def test_the_command_tells_how_many_guests_went(noon, capsys):
    guesting.begin(noon - 400 * A_DAY)

    call_command("purge_guests")
    first = capsys.readouterr().out
    call_command("purge_guests")
    second = capsys.readouterr().out

    assert "1 guest " in first
    assert "0 guests" in second


def test_the_job_purges_as_of_the_moment_it_was_asked_at(noon):
    guesting.begin(noon)

    assert jobs.purge_guests.func(noon.isoformat()) == 0
    assert jobs.purge_guests.func((noon + 31 * A_DAY).isoformat()) == 1
