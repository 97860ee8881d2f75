"""Running: a class's name and clock, and its end, which can be taken back."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from quizzes.people import auditing
from quizzes.people.models import Classroom, User


@transaction.atomic
def settle(
    classroom: Classroom, actor: User, at: datetime, *, name: str, time_zone: str
) -> Classroom:
    """A class's name, and the zone whose clock its dates are on; moments that are set stay.

    `ValidationError` where a value is out of its bounds.
    """
    classroom.name, classroom.time_zone = name, time_zone
    classroom.full_clean()
    classroom.save(update_fields=["name", "time_zone"])
    said = _("Settings: “%(name)s”, %(zone)s.") % {"name": name, "zone": time_zone}
    auditing.note(actor, "settle", classroom.uid, said, at, classroom)
    return classroom


@transaction.atomic
def archive(classroom: Classroom, actor: User, at: datetime) -> Classroom:
    """From now on everything of the class can be read, and nothing of it changes."""
    if classroom.archived_at is None:
        _mark(classroom, at)
        auditing.note(actor, "archive", classroom.uid, _("Archived."), at, classroom)
    return classroom


@transaction.atomic
def unarchive(classroom: Classroom, actor: User, at: datetime) -> Classroom:
    """The class goes on; its code lets in again whomever it would let in."""
    if classroom.archived_at is not None:
        _mark(classroom, None)
        auditing.note(actor, "unarchive", classroom.uid, _("No longer archived."), at, classroom)
    return classroom


def _mark(classroom: Classroom, at: datetime | None) -> None:
    classroom.archived_at = at
    classroom.save(update_fields=["archived_at"])
