"""Unsubscribing: a letter carries the way to have no more of its kind, without signing in.

Whoever holds the letter may end it: the token in its link is signed, names one person and one
kind of letter, and is good for nothing else.
"""

from django.core import signing
from django.db import transaction

from quizzes.people.models import Reminder, User

_SALT = "letters"
_WISHES = {
    Reminder.Kind.CARDS: "reminds_of_cards",
    Reminder.Kind.CLOSING: "reminds_of_closings",
    Reminder.Kind.RESULTS: "reminds_of_results",
}


def token(person: User, kind: Reminder.Kind) -> str:
    """What ends letters of this kind to this person; good for as long as the site signs so."""
    return signing.Signer(salt=_SALT).sign(f"{person.pk}:{kind}")


def read(signed: str) -> tuple[User, Reminder.Kind] | None:
    """Whose letters of which kind a token ends; nothing for one that we did not sign. One query."""
    try:
        pk, kind = signing.Signer(salt=_SALT).unsign(signed).split(":")
    except signing.BadSignature:
        return None
    person = User.objects.filter(pk=pk, is_active=True).first()
    return (person, Reminder.Kind(kind)) if person else None


def is_wished(person: User, kind: Reminder.Kind) -> bool:
    """Whether a person gets letters of this kind."""
    return bool(getattr(person, _WISHES[kind]))


@transaction.atomic
def stop(person: User, kind: Reminder.Kind) -> None:
    """No more letters of this kind, until the person wishes for them again."""
    setattr(person, _WISHES[kind], False)
    person.save(update_fields=[_WISHES[kind]])
