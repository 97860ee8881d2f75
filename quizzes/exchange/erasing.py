"""Erasing: a person goes, and what a class rests on stays under a name that tells nobody.

It goes in two steps. Asking ends every way in at once. The rest is a job that may be run again
whenever it was cut off: names are hidden first, while they are still known, then rows go, and the
person's own row is emptied last. `possessing` has decided what becomes of each table.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from functools import reduce
from operator import or_
from typing import Any, NamedTuple
from uuid import uuid4

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from quizzes.assessment import discarding
from quizzes.assessment.models import Attempt, Regrade
from quizzes.cards.models import Card, Review
from quizzes.content.models import Book
from quizzes.exchange import engines, handing_over, hiding, possessing
from quizzes.exchange.decisions import Act, Possession
from quizzes.people import placing, running, signing_out
from quizzes.people.models import Classroom, Enrollment, Invitation, User
from quizzes.refusal import Refusal

type Asked = list[tuple[int, datetime]]
"""People by primary key, each with when they joined, which nobody else of that key did."""

_AT_ONCE = 2_000
_AT_ASKING = (
    *("is_active", "is_staff", "is_superuser", "password", "calendar_key"),
    "erasure_asked_at",
)


class LeadsAClass(Refusal):
    """A class with students is not left without anybody who runs it."""


@dataclass(frozen=True, slots=True)
class Going:
    """What erasing would take away, and what would stay."""

    cards: int
    reviews: int
    books: list[Book]
    books_kept: list[Book]
    attempts_kept: int
    classes: list[Classroom]
    led_alone: list[Classroom]
    """Those of them that want another instructor first."""


class Again(NamedTuple):
    """How many a backup brought back, and by primary key whom a class would be left without."""

    asked_for: int
    kept: list[int]


def going(person: User) -> Going:
    """What would go and what would stay."""
    kept = _read_by_classes(person)
    books = list(Book.objects.owned_by(person).order_by("title", "pk"))
    places = list(_places(person))
    return Going(
        cards=Card.objects.filter(learner=person).count(),
        reviews=Review.objects.filter(learner=person).count(),
        books=[book for book in books if book.pk not in kept],
        books_kept=[book for book in books if book.pk in kept],
        attempts_kept=Attempt.objects.filter(learner=person).count(),
        classes=[place.classroom for place in places],
        led_alone=[place.classroom for place in places if _is_needed(place)],
    )


@transaction.atomic
def ask(person: User, at: datetime) -> None:
    """Let nobody in as this person from now on, and let them be in no class.

    A guest goes at once and altogether. Refuses with `LeadsAClass`.
    """
    if person.is_guest:
        handing_over.discard_all(person)
        discarding.discard_people([person])
        return
    for place in _places(person):
        _leave(place, person, at)
    signing_out.sign_out([person.pk])
    possessing.rows(possessing.DECISIONS["mfa.Authenticator"], person).delete()
    person.is_active = person.is_staff = person.is_superuser = False
    person.set_unusable_password()  # with it every session ends
    person.calendar_key = None
    person.erasure_asked_at = at
    person.save(update_fields=_AT_ASKING)


def erase(person: User, at: datetime) -> None:
    """All that `ask` has left over; nothing if it is done already, or was never asked for."""
    if person.erased_at or not person.erasure_asked_at:
        return
    _forget_numbers(person)
    hiding.hide(person)
    for session in possessing.sessions(person):
        session.delete()
    _forget_jobs(person)
    handing_over.discard_all(person)
    handing_over.discard_naming(person)
    kept = _read_by_classes(person)
    for book in Book.objects.owned_by(person).exclude(pk__in=kept).order_by("pk"):
        discarding.discard(book)
    for possession in reversed(possessing.DECISIONS.values()):
        if possession.goes:
            _delete(possessing.rows(possession, person))
    _empty(person, at)
    engines.in_use().forget_deleted()


def asked() -> Asked:
    """Who asked to be erased, told so that it can be found out in a backup from before."""
    rows = User.objects.filter(erasure_asked_at__isnull=False).order_by("pk")
    return list(rows.values_list("pk", "date_joined"))


def ask_again(asked: Asked, at: datetime) -> Again:
    """Ask for those whom a backup from before has brought back; their jobs do the rest."""
    asked_for, kept = 0, []
    for pk, joined_at in asked:
        back = User.objects.filter(pk=pk, date_joined=joined_at, erasure_asked_at=None).first()
        try:
            if back:
                ask(back, at)
                asked_for += 1
        except LeadsAClass:
            kept.append(pk)
    return Again(asked_for, kept)


def unfinished() -> QuerySet[User]:
    """Who asked to be erased, and is not yet."""
    return User.objects.filter(erasure_asked_at__isnull=False, erased_at=None).order_by("pk")


def _places(person: User) -> QuerySet[Enrollment]:
    present = Enrollment.objects.filter(user=person, role__in=Enrollment.PRESENT)
    return present.select_related("classroom").order_by("classroom__name", "pk")


def _is_alone(place: Enrollment) -> bool:
    others = place.classroom.enrollments.instructors().exclude(pk=place.pk)
    return place.role == Enrollment.Role.INSTRUCTOR and not others.exists()


def _is_needed(place: Enrollment) -> bool:
    room = place.classroom
    is_live = room.archived_at is None and room.enrollments.students().exists()
    return is_live and _is_alone(place)


def _leave(place: Enrollment, person: User, at: datetime) -> None:
    """Out of the class; one that has nobody else is over."""
    if _is_needed(place):
        said = _("“%(classroom)s” has no other instructor. Hand it over or archive it first.")
        raise LeadsAClass(said % {"classroom": place.classroom.name})
    if _is_alone(place):
        running.archive(place.classroom, person, at)
        Enrollment.objects.filter(pk=place.pk).update(role=Enrollment.Role.FORMER)
    else:
        placing.leave(place, at)


def _read_by_classes(person: User) -> Collection[int]:
    """The own books that classes study, were given quizzes of, or are asked or marked from.

    These stay with the classes.
    """
    own = Book.objects.owned_by(person).order_by()
    studied = own.filter(classrooms__isnull=False).values_list("pk", flat=True)
    asked = own.filter(quizzes__assignments__isnull=False).values_list("pk", flat=True)
    lent = Regrade.objects.filter(key_revision__item__book__in=own)
    keys = lent.values_list("key_revision__item__book", flat=True)
    return {*studied, *asked, *keys, *discarding.asked_elsewhere(list(own))}


def _forget_numbers(person: User) -> None:
    """The student numbers that invitations bear, of their address or of a class of theirs."""
    addresses = (Q(email__iexact=one) for one in hiding.names(person).addresses)
    theirs = reduce(or_, addresses, Q(accepted_by=person))
    places = Enrollment.objects.filter(user=person).exclude(student_number="").order_by()
    for room, number in places.values_list("classroom", "student_number"):
        theirs |= Q(classroom=room, student_number__iexact=number)
    Invitation.objects.filter(theirs).update(student_number="")


def _forget_jobs(person: User) -> None:
    """What the machine was asked to do for them, and what is over and names them.

    The job that erases is not one of these.
    """
    jobs = possessing.jobs(person) | possessing.jobs_over(hiding.names(person).all)
    jobs.exclude(task_path__endswith=".erase", finished_at=None).delete()


def _delete(rows: QuerySet[Any]) -> None:
    """Rows in portions, so that nobody else waits long."""
    while some := list(rows.order_by().values_list("pk", flat=True)[:_AT_ONCE]):
        with transaction.atomic():
            rows.model._base_manager.filter(pk__in=some).delete()


@transaction.atomic
def _empty(person: User, at: datetime) -> None:
    """The columns that tell who it was, of the person's own row and of what else stays."""
    for possession in possessing.DECISIONS.values():
        if possession.fate.act is Act.BLANK and possession.model != "quizzes.User":
            columns = set(possession.fate.columns) - {"role"}
            possessing.rows(possession, person).update(**_defaults(possession, columns))
    Enrollment.objects.filter(user=person).update(role=Enrollment.Role.FORMER)
    account = possessing.DECISIONS["quizzes.User"]
    for column, value in _defaults(account, account.fate.columns).items():
        setattr(person, column, value)
    mark = uuid4().hex
    person.username = f"gone-{mark}"
    person.display_name = _("Former member %(mark)s") % {"mark": mark[:4]}
    person.set_unusable_password()
    person.erased_at = at
    person.save()


def _defaults(possession: Possession, columns: Collection[str]) -> dict[str, Any]:
    blank = possessing.model_of(possession)()
    return {column: getattr(blank, column) for column in columns}
