"""Announcing: those who teach a class tell all of it something, and put right what they told."""

from datetime import datetime
from hashlib import blake2b
from typing import NamedTuple

from django.db import transaction
from django.utils.translation import gettext as _

from quizzes.people import admitting, auditing, notifying
from quizzes.people.models import Announcement, Classroom, User
from quizzes.refusal import Refusal


class Withdrawn(Refusal):
    """What the class reads no more is not put right."""


class ChangedMeanwhile(Refusal):
    """Nobody's words give way to those of somebody who has not seen them."""


class Words(NamedTuple):
    """What is announced."""

    title: str
    text: str


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
    _tell(made, _("%(room)s: %(title)s"), link, at)
    told = _("Announced: “%(title)s”.") % {"title": title}
    auditing.note(author, "announce", classroom.uid, told, at, classroom)
    return made


@transaction.atomic
def edit(
    announcement: Announcement,
    editor: User,
    words: Words,
    at: datetime,
    *,
    seen: str,
    link: str = "",
) -> Announcement:
    """Put other words in its place, for everybody who reads it from now on; when and by whom.

    `seen` is the digest of the words that the editor had before them. With a link every student
    gets a notice; it is written down. What says the same is no change. Refuses with `Withdrawn`,
    `ChangedMeanwhile`, and with `admitting.NoMorePeople` in a class of the past.
    """
    held = _held(announcement)
    admitting.ensure_live(held.classroom)
    if held.withdrawn_at:
        raise Withdrawn(_("This announcement is withdrawn meanwhile: nobody would read it."))
    if seen != digest(held):
        raise ChangedMeanwhile(_("Somebody has changed it meanwhile: look at their words first."))
    if words == Words(held.title, held.text):
        return held
    said = _changed(held.title, words.title)
    held.title, held.text = words
    held.edited_at, held.edited_by = at, editor
    held.save(update_fields=["title", "text", "edited_at", "edited_by"])
    auditing.note(editor, "edit-announcement", held.classroom.uid, said, at, held.classroom)
    if link:
        _tell(held, _("%(room)s: changed: %(title)s"), link, at)
    return held


@transaction.atomic
def withdraw(announcement: Announcement, actor: User, at: datetime, link: str = "") -> Announcement:
    """Take it off the class's page, and tell every student; the notices that were sent stay.

    Done twice, it is done once.
    """
    held = _held(announcement)
    if held.withdrawn_at is None:
        held.withdrawn_at = at
        held.save(update_fields=["withdrawn_at"])
        room = held.classroom
        said = _("The announcement “%(title)s” is withdrawn.") % {"title": held.title}
        auditing.note(actor, "withdraw-announcement", room.uid, said, at, room)
        _tell(held, _("%(room)s: withdrawn: %(title)s"), link, at)
    return held


def digest(announcement: Announcement) -> str:
    """By which its words are told from any others."""
    words = f"{announcement.title}\0{announcement.text}"
    return blake2b(words.encode(), digest_size=16).hexdigest()


def _held(announcement: Announcement) -> Announcement:
    """As it stands; nobody else changes it meanwhile."""
    held = Announcement.objects.select_for_update(of=("self",), no_key=True)
    return held.select_related("classroom").get(pk=announcement.pk)


def _changed(before: str, after: str) -> str:
    if before == after:
        return _("The announcement “%(title)s” is changed.") % {"title": before}
    said = _("The announcement “%(before)s” is changed, and is “%(after)s” now.")
    return said % {"before": before, "after": after}


def _tell(announcement: Announcement, said: str, link: str, at: datetime) -> None:
    """A notice for every student who is in the class now."""
    room = announcement.classroom
    students = room.enrollments.students().values_list("user", flat=True)
    notifying.tell(students, said % {"room": room.name, "title": announcement.title}, link, at)
