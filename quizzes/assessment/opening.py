"""Opening: the students of a class are told what it was given, and when.

They get a notice at once where it opens within a day, else when it opens; so that a term that is
laid out on its first day comes one thing after the other. A line in the class's log says that they
were told, and they are told once. Of what is withdrawn or over nothing is told.
"""

from collections.abc import Iterator
from copy import copy
from datetime import datetime, timedelta
from itertools import chain

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _

from quizzes.assessment import differing
from quizzes.assessment.models import Assignment, CardAssignment, Extension
from quizzes.people import auditing, notifying
from quizzes.people.models import AuditLine, Classroom

type Given = Assignment | CardAssignment

SOON = timedelta(days=1)
"""So long before its opening it is told at once; so long after it, it is still told."""
ACT = "tell-given"


@transaction.atomic
def tell(given: Given, at: datetime, link: str) -> int:
    """Tell the students what their class was given, if it is time and nobody has; how many.

    Done twice, it is done once.
    """
    room = Classroom.objects.select_for_update(no_key=True).get(pk=given.classroom_id)
    given.refresh_from_db(fields=["opens_at", "withdrawn_at", _due_column(given)])
    if room.archived_at or not _is_time(given, at) or _was_told(given):
        return 0
    _write_down(given, room, at)
    students = room.enrollments.students().values_list("user", flat=True)
    return notifying.tell(students, _in_room(given, _said(given, at)), link, at)


@transaction.atomic
def tell_anew(before: Assignment, after: Assignment, at: datetime, link: str) -> int:
    """Tell the students of other dates if they knew the old ones, else of it if it is time.

    Who has a closing of their own, which stays, is told of another opening alone. Tells how many.
    """
    if before.opens_at > at and not _was_told(after):
        return tell(after, at, link)
    if (before.opens_at, before.closes_at) == (after.opens_at, after.closes_at):
        return 0
    room = Classroom.objects.select_for_update(no_key=True).get(pk=after.classroom_id)
    if not _was_told(after):
        _write_down(after, room, at)
    students = room.enrollments.students().values_list("user", flat=True)
    texts = dict.fromkeys(students, _said_anew(after, at))
    for own in _own_closings(after):
        if texts.pop(own.learner_id, "") and before.opens_at != after.opens_at:
            texts[own.learner_id] = _said_anew(_closing_at(after, own.closes_at), at)
    return notifying.tell_each(texts, link, at)


def waiting(at: datetime) -> Iterator[Given]:
    """What has opened since a day ago, and was not told; two queries."""
    fresh = Q(opens_at__gt=at - SOON, opens_at__lte=at, withdrawn_at=None)
    told = Exists(AuditLine.objects.filter(about=OuterRef("uid"), act=ACT))
    untold = fresh & Q(classroom__archived_at=None) & ~Q(told)
    quizzes, cards = Assignment.objects.filter(untold), CardAssignment.objects.filter(untold)
    return chain(
        quizzes.select_related("classroom", "quiz").order_by("opens_at", "pk"),
        cards.select_related("classroom", "chapter").order_by("opens_at", "pk"),
    )


def dates(given: Given, at: datetime) -> str:
    """“opens 2 March, 07:00, due 9 March, 18:00”, on the class's clock."""
    opens = _("opens %(when)s") % {"when": differing.moment(given.opens_at, given.classroom, at)}
    return ", ".join(filter(None, (opens, _due(given, at))))


def _is_time(given: Given, at: datetime) -> bool:
    is_standing = given.withdrawn_at is None and not _is_over(given, at)
    return is_standing and given.opens_at <= at + SOON


def _is_over(given: Given, at: datetime) -> bool:
    due_at = getattr(given, _due_column(given))
    return due_at is not None and due_at <= at


def _was_told(given: Given) -> bool:
    return AuditLine.objects.filter(about=given.uid, act=ACT).exists()


def _write_down(given: Given, room: Classroom, at: datetime) -> None:
    said = _("The students have a notice of %(what)s.") % {"what": _name(given)}
    auditing.note(None, ACT, given.uid, said, at, room)


def _own_closings(given: Assignment) -> QuerySet[Extension]:
    """Those that hold still: which of two is later does, and what stays open does so for all."""
    own = Extension.objects.filter(assignment=given)
    return own.filter(closes_at__gt=given.closes_at) if given.closes_at else own.none()


def _closing_at(given: Assignment, closes_at: datetime | None) -> Assignment:
    """As it is for somebody; it is not to be saved."""
    theirs = copy(given)
    theirs.closes_at = closes_at
    return theirs


def _in_room(given: Given, said: str) -> str:
    return _("%(room)s: %(said)s") % {"room": given.classroom.name, "said": said}


def _said_anew(given: Assignment, at: datetime) -> str:
    return _in_room(given, _("other dates: %(what)s") % {"what": _said(given, at)})


def _said(given: Given, at: datetime) -> str:
    """“Week one”, open now, due 9 March, 18:00 (Europe/Berlin)."""
    when, zone = dates(given, at), given.classroom.time_zone
    if _is_over(given, at):
        when = _("no longer open, %(due)s") % {"due": _due(given, at)}
    elif given.opens_at <= at:
        when = ", ".join(filter(None, (_("open now"), _due(given, at))))
    return _("%(what)s, %(when)s (%(zone)s).") % {"what": _name(given), "when": when, "zone": zone}


def _name(given: Given) -> str:
    if isinstance(given, Assignment):
        return _("“%(quiz)s”") % {"quiz": given.quiz.title}
    return _("cards of “%(chapter)s”") % {"chapter": given.chapter.title}


def _due(given: Given, at: datetime) -> str:
    due_at = getattr(given, _due_column(given))
    if due_at is None:
        return ""
    return _("due %(when)s") % {"when": differing.moment(due_at, given.classroom, at)}


def _due_column(given: Given) -> str:
    return "closes_at" if isinstance(given, Assignment) else "due_at"
