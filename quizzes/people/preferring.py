"""Preferring: how people are addressed, when they study, and of what letters remind them."""

from typing import TypedDict, Unpack

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from quizzes.people.models import User
from quizzes.refusal import Refusal


class NoAddress(Refusal):
    """A letter needs an e-mail address to go to."""


class Choices(TypedDict, total=False):
    """What people may choose about how the site treats them."""

    display_name: str
    time_zone: str
    day_rollover_hour: int
    week: str
    theme: str
    has_single_keys: bool
    reminds_of_cards: bool
    reminds_of_closings: bool
    reminds_of_results: bool
    reminder_hour: int


_LETTERS = {"reminds_of_cards", "reminds_of_closings", "reminds_of_results"}


@transaction.atomic
def prefer(person: User, **choices: Unpack[Choices]) -> User:
    """Keep a person's choices; days already studied stay the days they were.

    Refuses with `NoAddress` who wishes for letters without an e-mail address; `ValidationError`
    where a value is none of those offered.
    """
    if not person.email and any(choices.get(letter) for letter in _LETTERS):
        raise NoAddress(_("Add an e-mail address first: letters go there."))
    for name, value in choices.items():
        setattr(person, name, value)
    person.clean_fields(exclude={field.name for field in User._meta.fields} - choices.keys())
    person.save(update_fields=list(choices))
    return person
