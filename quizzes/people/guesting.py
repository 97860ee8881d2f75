"""Guests: learners without credentials, whose work becomes theirs when they sign up.

A guest is an ordinary row of `User`, so that a review by a guest is an ordinary review: signing
up changes the row and moves nothing.
"""

from datetime import datetime, timedelta

from django.contrib.auth.hashers import make_password
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import QuerySet

from quizzes.identifiers import uuid7
from quizzes.people.models import User, validate_time_zone

KEPT_DAYS = 30
"""How long a guest's work is kept after the last sign of life."""

_AT_ONCE = 100


def begin(at: datetime, time_zone: str = "") -> User:
    """A new guest, with nothing to sign in by; a time zone that is not one becomes UTC."""
    return User.objects.create(
        username=f"guest-{uuid7().hex}",
        password=make_password(None),
        time_zone=known_time_zone(time_zone),
        is_guest=True,
        date_joined=at,
        last_login=at,
    )


def known_time_zone(name: str) -> str:
    """The name if the time-zone database knows it, else UTC: a device may tell us anything."""
    try:
        validate_time_zone(name)
    except ValidationError:
        return "UTC"
    return name


def idle(at: datetime) -> QuerySet[User]:
    """Guests who came, and last rated a card or began a quiz, more than 30 days ago."""
    last_kept = at - timedelta(days=KEPT_DAYS)
    guests = User.objects.filter(is_guest=True, last_login__lt=last_kept)
    guests = guests.exclude(reviews__received_at__gte=last_kept)
    return guests.exclude(attempts__started_at__gte=last_kept).order_by("pk")


def purge(at: datetime) -> int:
    """Delete idle guests with all that is theirs, a few in each transaction; says how many."""
    purged = 0
    while some := list(idle(at).values_list("pk", flat=True)[:_AT_ONCE]):
        with transaction.atomic():
            idle(at).filter(pk__in=some).delete()
        purged += len(some)
    return purged


@transaction.atomic
def dismiss(guest: User) -> None:
    """Delete a guest whose reviews have found another home; an account is left alone."""
    User.objects.filter(pk=guest.pk, is_guest=True).delete()
