"""Placing: who holds which place in a class, who leaves it, and who comes back.

Whoever leaves becomes a former member: the row stays with its accommodation, attempts and marks
stay, and nothing of the class reaches them any more. A class is never without an instructor. When
an instructor is one no more, the invitations to teach the class that they made end.
"""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from quizzes.people import admitting, auditing, issuing
from quizzes.people.models import Classroom, Enrollment, Invitation, User
from quizzes.refusal import Refusal

Role = Enrollment.Role


class NoInstructor(Refusal):
    """A class is never without an instructor."""


class NotTheirs(Refusal):
    """What is asked does not go with the place that they hold."""


@transaction.atomic
def change_role(place: Enrollment, actor: User, role: str, at: datetime) -> Enrollment:
    """Another role for somebody who is in the class. Refuses with `NoInstructor`, `NotTheirs`."""
    room = _held(place)
    if place.role == Role.FORMER or role not in Enrollment.PRESENT:
        raise NotTheirs(_("Take them back into the class first."))
    _put(place, role, at)
    _ensure_led(room)
    said = _("%(who)s: %(role)s.") % {"who": place.user.name, "role": Role(role).label}
    auditing.note(actor, "change-role", room.uid, said, at, room)
    return place


@transaction.atomic
def remove(place: Enrollment, actor: User, at: datetime) -> Enrollment:
    """Out of the class, with everything kept that they did. Refuses with `NoInstructor`."""
    room = _held(place)
    _put(place, Role.FORMER, at)
    _ensure_led(room)
    said = _("%(who)s is removed from the class.") % {"who": place.user.name}
    auditing.note(actor, "remove", room.uid, said, at, room)
    return place


@transaction.atomic
def take_back(place: Enrollment, actor: User, at: datetime) -> Enrollment:
    """A student again, with the accommodation they had.

    Refuses with `NotTheirs` unless they had left and have an account still, and with
    `admitting.NoMorePeople`.
    """
    room = _held(place)
    admitting.ensure_live(room)
    if place.role != Role.FORMER:
        raise NotTheirs(_("They are in the class already."))
    if place.user.erasure_asked_at:
        raise NotTheirs(_("They have closed their account."))
    _put(place, Role.STUDENT, at)
    said = _("%(who)s is taken back into the class.") % {"who": place.user.name}
    auditing.note(actor, "take-back", room.uid, said, at, room)
    return place


@transaction.atomic
def leave(place: Enrollment, at: datetime) -> Enrollment:
    """Out of the class by one's own will; an account that a class made is one's own from then on.

    Refuses with `NoInstructor`.
    """
    room = _held(place)
    _put(place, Role.FORMER, at)
    _ensure_led(room)
    issuing.take_over(place.user)
    said = _("%(who)s left the class.") % {"who": place.user.name}
    auditing.note(place.user, "leave", room.uid, said, at, room)
    return place


@transaction.atomic
def hand_over(place: Enrollment, to: Enrollment, at: datetime, *, stays: bool) -> Enrollment:
    """Somebody else runs the class; one stays as an assistant, or leaves.

    Refuses with `NotTheirs` unless one is an instructor of it, and the other is in it too.
    """
    room = _held(place)
    to.refresh_from_db(fields=["role"])
    is_other = to.classroom_id == place.classroom_id and to.pk != place.pk
    if place.role != Role.INSTRUCTOR or to.role not in Enrollment.PRESENT or not is_other:
        raise NotTheirs(_("An instructor hands a class over to somebody who is in it."))
    _put(to, Role.INSTRUCTOR, at)
    _put(place, Role.ASSISTANT if stays else Role.FORMER, at)
    said = _("%(who)s handed the class over to %(to)s.")
    told = said % {"who": place.user.name, "to": to.user.name}
    auditing.note(place.user, "hand-over", room.uid, told, at, room)
    return to


def _held(place: Enrollment) -> Classroom:
    """The class, in which no other place changes meanwhile, and the place as it is now."""
    rooms = Classroom.objects.select_for_update(of=("self",), no_key=True)
    room = rooms.get(pk=place.classroom_id)
    place.refresh_from_db(fields=["role"])
    return room


def _put(place: Enrollment, role: str, at: datetime) -> None:
    """Another role; who runs the class no more has offered nobody to teach it, least themselves."""
    place.role = role
    place.save(update_fields=["role"])
    if role != Role.INSTRUCTOR:
        offered = Invitation.objects.standing(at).filter(role__in=Enrollment.TEACHING).order_by()
        mine = offered.filter(classroom=place.classroom_id, made_by=place.user_id)
        mine.update(withdrawn_at=at)


def _ensure_led(room: Classroom) -> None:
    if not room.enrollments.filter(role=Role.INSTRUCTOR).exists():
        raise NoInstructor(_("A class needs an instructor. Hand it over first."))
