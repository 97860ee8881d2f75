"""Preferring: how a person wants to be addressed and shown the site, and when there is study."""

from typing import TypedDict, Unpack

from django.db import transaction

from quizzes.people.models import User


class Choices(TypedDict, total=False):
    """What people may choose about how the site treats them."""

    display_name: str
    time_zone: str
    day_rollover_hour: int
    week: str
    theme: str
    has_single_keys: bool


@transaction.atomic
def prefer(person: User, **choices: Unpack[Choices]) -> User:
    """Keep a person's choices; days already studied stay the days they were.

    `ValidationError` where a value is none of those offered.
    """
    for name, value in choices.items():
        setattr(person, name, value)
    person.clean_fields(exclude={field.name for field in User._meta.fields} - choices.keys())
    person.save(update_fields=list(choices))
    return person
