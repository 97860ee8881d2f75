"""Subscribing: the key by which a calendar program reads deadlines without signing in."""

from uuid import UUID, uuid4

from django.db import transaction

from quizzes.people.models import User


@transaction.atomic
def renew(person: User) -> User:
    """A new key; with the one before nothing is read any more."""
    return _keep(person, uuid4())


@transaction.atomic
def end(person: User) -> User:
    """No key: nobody reads the calendar."""
    return _keep(person, None)


def holder(key: UUID) -> User | None:
    """Whose calendar a key opens; one query."""
    return User.objects.filter(calendar_key=key, is_active=True).first()


def _keep(person: User, key: UUID | None) -> User:
    person.calendar_key = key
    person.save(update_fields=["calendar_key"])
    return person
