"""Auditing: who did what to something that others rely on is written down, and stays."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet

from quizzes.people.models import AuditLine, Classroom, User

LONGEST = 500


def note(
    actor: User | None,
    act: str,
    about: UUID,
    text: str,
    at: datetime,
    classroom: Classroom | None = None,
) -> AuditLine:
    """Write down one act in words; `act` is a slug such as `regrade`, `about` the object's uid.

    The caller's transaction holds it, so that nothing is done without its line. What is too long
    is cut. What the site does by itself has no actor.
    """
    return AuditLine.objects.create(
        actor=actor, act=act, about=about, text=text[:LONGEST], done_at=at, classroom=classroom
    )


def note_each(
    actor: User, act: str, text: str, at: datetime, places: Iterable[tuple[UUID, Classroom]]
) -> None:
    """Write the same down in several classes, of what each of them has; one statement."""
    AuditLine.objects.bulk_create(
        AuditLine(
            actor=actor,
            act=act,
            about=about,
            text=text[:LONGEST],
            done_at=at,
            classroom=classroom,
        )
        for about, classroom in places
    )


def of(about: UUID) -> QuerySet[AuditLine]:
    """What was done to an object, the newest first, with who did it."""
    lines = AuditLine.objects.filter(about=about).select_related("actor")
    return lines.order_by("-done_at", "-pk")


def in_class(classroom: Classroom) -> QuerySet[AuditLine]:
    """What was done in a class, the newest first, with who did it."""
    lines = AuditLine.objects.filter(classroom=classroom).select_related("actor")
    return lines.order_by("-done_at", "-pk")
