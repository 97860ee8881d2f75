"""Announcing: those who teach a class tell all of it something."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from quizzes.people import admitting, auditing, notifying
from quizzes.people.models import Announcement, Classroom, User


@transaction.atomic
def announce(
    classroom: Classroom, author: User, title: str, text: str, at: datetime, link: str = ""
) -> Announcement:
    """Tell it to the class: it stands on its page, and every student gets a notice with the link.

    It is written down as well.
    A fixed number of queries. Refuses with `admitting.NoMorePeople` in a class of the past.
    """
    admitting.ensure_live(classroom)
    made = Announcement.objects.create(
        classroom=classroom, author=author, title=title, text=text, created_at=at
    )
    students = classroom.enrollments.students().values_list("user", flat=True)
    said = _("%(room)s: %(title)s") % {"room": classroom.name, "title": title}
    notifying.tell(students, said, link, at)
    told = _("Announced: “%(title)s”.") % {"title": title}
    auditing.note(author, "announce", classroom.uid, told, at, classroom)
    return made


@transaction.atomic
def withdraw(announcement: Announcement, actor: User, at: datetime) -> Announcement:
    """Take it off the class's page; the notices that were sent stay."""
    if announcement.withdrawn_at is None:
        announcement.withdrawn_at = at
        announcement.save(update_fields=["withdrawn_at"])
        room = announcement.classroom
        said = _("The announcement “%(title)s” is withdrawn.") % {"title": announcement.title}
        auditing.note(actor, "withdraw-announcement", room.uid, said, at, room)
    return announcement
