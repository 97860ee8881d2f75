"""Admitting: the code by which a class is joined, and from when to when it lets people in.

Ten symbols out of 31 are 49.5 bits. None of them looks like another when it is read from a
screen or said aloud: no I, L, O, 0 and 1.
"""

import secrets
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from quizzes.people import auditing
from quizzes.people.models import Classroom, User
from quizzes.refusal import Refusal

ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
LENGTH = 10
_GROUPS = (3, 4, 3)


class NoMorePeople(Refusal):
    """Nobody comes into a class of the past."""


def draw_code() -> str:
    """A code that nobody can guess."""
    return "".join(secrets.choice(ALPHABET) for _symbol in range(LENGTH))


def normalized(typed: str) -> str:
    """A code as it is kept, however it was typed: in small letters, with spaces or dashes."""
    return "".join(symbol for symbol in typed.upper() if symbol.isalnum())


def grouped(code: str | None) -> str:
    """A code as it is read aloud: “K7Q-F2MZ-T9W”; nothing where there is none."""
    parts, rest = [], code or ""
    for size in _GROUPS:
        parts.append(rest[:size])
        rest = rest[size:]
    return "-".join(part for part in [*parts, rest] if part)


def is_open(classroom: Classroom, at: datetime) -> bool:
    """Whether the code lets people in at this moment; no query."""
    opens, closes = classroom.join_opens_at, classroom.join_closes_at
    is_between = (opens is None or opens <= at) and (closes is None or closes > at)
    return bool(classroom.join_code) and classroom.archived_at is None and is_between


@transaction.atomic
def rotate(classroom: Classroom, actor: User, at: datetime) -> Classroom:
    """A new code in place of the old one, which lets nobody in from now on.

    Whether the class is open to join stays as it was. Refuses with `NoMorePeople`.
    """
    ensure_live(classroom)
    classroom.join_code = draw_code()
    classroom.save(update_fields=["join_code"])
    auditing.note(actor, "join-code", classroom.uid, _("A new join code."), at, classroom)
    return classroom


@transaction.atomic
def open_door(
    classroom: Classroom, actor: User, at: datetime, until: datetime | None = None
) -> Classroom:
    """Let people join by code from now on, until a moment or until it is closed.

    Refuses with `NoMorePeople`, and where the moment has passed already.
    """
    ensure_live(classroom)
    if until is not None and until <= at:
        raise NoMorePeople(_("Choose a day that lies ahead."))
    classroom.join_code = classroom.join_code or draw_code()
    classroom.join_opens_at, classroom.join_closes_at = at, until
    classroom.save(update_fields=["join_code", "join_opens_at", "join_closes_at"])
    auditing.note(actor, "join-code", classroom.uid, _("Opened to join by code."), at, classroom)
    return classroom


@transaction.atomic
def close_door(classroom: Classroom, actor: User, at: datetime) -> Classroom:
    """Let nobody in by code from now on; invitations stand."""
    classroom.join_closes_at = at
    classroom.save(update_fields=["join_closes_at"])
    auditing.note(actor, "join-code", classroom.uid, _("Closed to join by code."), at, classroom)
    return classroom


def ensure_live(classroom: Classroom) -> None:
    """Refuse with `NoMorePeople` where the class is archived."""
    if classroom.archived_at:
        raise NoMorePeople(_("This class is archived. Nobody joins it any more."))
