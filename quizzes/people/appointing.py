"""Appointing: whoever runs the site gets an account that opens the back office and classes."""

from datetime import datetime

from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.utils.translation import gettext as _

from quizzes.people.models import User
from quizzes.refusal import Refusal


class HasNoAccount(Refusal):
    """A guest keeps nothing, and so is nobody to run a site."""


@transaction.atomic
def appoint(name: str, at: datetime, email: str = "") -> tuple[User, bool]:
    """The account of this name with every right in the back office; whether it is new.

    A new one has nothing to sign in by yet. What an old one signs in by stays, and so does its
    address. Refuses with `HasNoAccount`; `ValidationError` where name or address is none.
    """
    person = User.objects.select_for_update().filter(username=name).first()
    if person is None:
        return _new(name, email, at), True
    if person.is_guest:
        raise HasNoAccount(_("This is a guest without an account."))
    person.is_staff = person.is_superuser = person.is_active = True
    person.save(update_fields=["is_staff", "is_superuser", "is_active"])
    return person, False


def _new(name: str, email: str, at: datetime) -> User:
    person = User(
        username=name,
        email=email,
        password=make_password(None),
        is_staff=True,
        is_superuser=True,
        date_joined=at,
    )
    person.full_clean()
    person.save()
    return person
