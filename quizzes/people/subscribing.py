"""Subscribing: the address at which calendar programs read somebody's deadlines.

The address is its own key, because a calendar program signs in nowhere: so it can be changed, and
taken back.
"""

from uuid import uuid4

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from quizzes.people.models import User
from quizzes.refusal import Refusal


class NothingToSubscribeTo(Refusal):
    """A guest is in no class, and so has no deadlines."""


@transaction.atomic
def open_calendar(person: User) -> User:
    """A new address for the deadlines; the one before is worth nothing from now on.

    Refuses with `NothingToSubscribeTo`.
    """
    if person.is_guest:
        raise NothingToSubscribeTo(_("Create an account to have a calendar of deadlines."))
    person.calendar_key = uuid4()  # all of it by chance: a UUIDv7 tells when it was made
    person.save(update_fields=["calendar_key"])
    return person


@transaction.atomic
def close_calendar(person: User) -> User:
    """Let nobody read the deadlines any more."""
    person.calendar_key = None
    person.save(update_fields=["calendar_key"])
    return person
