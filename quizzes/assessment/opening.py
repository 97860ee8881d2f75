"""Opening: the students of a class are told what it was given, and when.

They get a notice at once where it opens within a day, else when it opens; so that a term that is
laid out on its first day comes one thing after the other. Each is told until when they have: extra
time, extra days and a closing of their own are in it, as they are at that moment. A line in the
class's log says that they were told, and they are told once. Of what is withdrawn or over nothing
is told.
"""

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from itertools import chain

from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext as _

from quizzes.assessment import differing, timing
from quizzes.assessment.models import Assignment, CardAssignment, Extension
from quizzes.people import auditing, notifying
from quizzes.people.models import AuditLine, Classroom, Enrollment

type Given = Assignment | CardAssignment
type Student = tuple[Enrollment, Extension | None]
"""A place in the class, and what it has of its own at an assignment."""

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
    dues = _dues(given, _students(given))
    words = {due_at: _in_room(given, _said(given, due_at, at)) for due_at in set(dues.values())}
    return notifying.tell_each({user: words[due] for user, due in dues.items()}, link, at)


@transaction.atomic
def tell_anew(before: Assignment, after: Assignment, at: datetime, link: str) -> int:
    """Tell the students of other dates if they knew the old ones, else of it if it is time.

    Told is whoever has another opening or another closing than before. Tells how many.
    """
    if before.opens_at > at and not _was_told(after):
        return tell(after, at, link)
    moved = _moved(before, after)
    if not moved:
        return 0
    room = Classroom.objects.select_for_update(no_key=True).get(pk=after.classroom_id)
    if not _was_told(after):
        _write_down(after, room, at)
    words = {due_at: _said_anew(after, due_at, at) for due_at in set(moved.values())}
    return notifying.tell_each({user: words[due] for user, due in moved.items()}, link, at)


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
    return ", ".join(filter(None, (_begins(given, at), _due(given, _due_at(given), at))))


def _is_time(given: Given, at: datetime) -> bool:
    is_standing = given.withdrawn_at is None and not _is_over(_due_at(given), at)
    return is_standing and given.opens_at <= at + SOON


def _is_over(due_at: datetime | None, at: datetime) -> bool:
    return due_at is not None and due_at <= at


def _was_told(given: Given) -> bool:
    return AuditLine.objects.filter(about=given.uid, act=ACT).exists()


def _write_down(given: Given, room: Classroom, at: datetime) -> None:
    said = _("The students have a notice of %(what)s.") % {"what": _name(given)}
    auditing.note(None, ACT, given.uid, said, at, room)


def _students(given: Given) -> list[Student]:
    """Who studies in the class now, with what they have of their own; two queries at most."""
    places = Enrollment.objects.students().filter(classroom=given.classroom_id)
    if isinstance(given, CardAssignment):
        return [(place, None) for place in places]
    own = {one.learner_id: one for one in Extension.objects.filter(assignment=given)}
    return [(place, own.get(place.user_id)) for place in places]


def _dues(given: Given, students: Iterable[Student]) -> dict[int, datetime | None]:
    """Until when each of these students has, by primary key."""
    if isinstance(given, CardAssignment):
        return {place.user_id: given.due_at for place, _own in students}
    return {place.user_id: timing.due(given, place, own) for place, own in students}


def _moved(before: Assignment, after: Assignment) -> dict[int, datetime | None]:
    """The same, of those for whom a date is another than it was."""
    students = _students(after)
    was, has_moved = _dues(before, students), before.opens_at != after.opens_at
    dues = _dues(after, students)
    return {user: due for user, due in dues.items() if has_moved or was[user] != due}


def _in_room(given: Given, said: str) -> str:
    return _("%(room)s: %(said)s") % {"room": given.classroom.name, "said": said}


def _said_anew(given: Given, due_at: datetime | None, at: datetime) -> str:
    return _in_room(given, _("other dates: %(what)s") % {"what": _said(given, due_at, at)})


def _said(given: Given, due_at: datetime | None, at: datetime) -> str:
    """“Week one”, open now, due 9 March, 18:00 (Europe/Berlin)."""
    begins, due = _begins(given, at), _due(given, due_at, at)
    if _is_over(due_at, at):
        begins = _("no longer open")
    elif given.opens_at <= at:
        begins = _("open now")
    when, zone = ", ".join(filter(None, (begins, due))), given.classroom.time_zone
    return _("%(what)s, %(when)s (%(zone)s).") % {"what": _name(given), "when": when, "zone": zone}


def _name(given: Given) -> str:
    if isinstance(given, Assignment):
        return _("“%(quiz)s”") % {"quiz": given.quiz.title}
    return _("cards of “%(chapter)s”") % {"chapter": given.chapter.title}


def _begins(given: Given, at: datetime) -> str:
    return _("opens %(when)s") % {"when": differing.moment(given.opens_at, given.classroom, at)}


def _due(given: Given, due_at: datetime | None, at: datetime) -> str:
    if due_at is None:
        return ""
    return _("due %(when)s") % {"when": differing.moment(due_at, given.classroom, at)}


def _due_at(given: Given) -> datetime | None:
    """Until when the class has."""
    return given.closes_at if isinstance(given, Assignment) else given.due_at


def _due_column(given: Given) -> str:
    return "closes_at" if isinstance(given, Assignment) else "due_at"
