"""Reminding: letters that people wished for, each sent once however often this is run.

The row that says that a letter was sent is written in the transaction that enqueues it. A letter
says what waits and leads to it; no answer, score or question is in it.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import transaction
from django.db.models import F, QuerySet
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from quizzes.analytics import progress, study_days
from quizzes.assessment import reserving
from quizzes.cards import queueing
from quizzes.cards.days import learner_day
from quizzes.cards.models import DayOff
from quizzes.jobs import deadlines
from quizzes.people import unsubscribing
from quizzes.people.models import Reminder, User

type Post = Callable[[list[list[str]]], object]

Kind = Reminder.Kind

PATIENCE = timedelta(hours=3)
"""How long after a learner's hour a letter about cards may still come: not in the night."""
_DAY_OFF = "o"


@dataclass(frozen=True, slots=True)
class Letter:
    """What one person is to be told: about what, its subject, and what its text says."""

    person: User
    kind: Kind
    about: str
    subject: str
    link: str
    says: dict[str, Any] = field(default_factory=dict)


def remind(at: datetime, post: Post) -> int:
    """Enqueue by `post` every letter that is due at a moment and was not sent; how many."""
    letters = [*_of_cards(at), *_of_closings(at), *_of_results(at)]
    return sum(_send(letter, at, post) for letter in letters)


def reachable() -> QuerySet[User]:
    """Who can be written to: by an address that is theirs, where addresses are verified."""
    people = User.objects.filter(is_active=True, is_guest=False).exclude(email="")
    if settings.ACCOUNT_EMAIL_VERIFICATION != "none":
        people = people.filter(emailaddress__verified=True, emailaddress__email__iexact=F("email"))
    return people.order_by("pk")


def comes_at(person: User, day: date) -> datetime:
    """When the letter about a study day is due: at the person's hour, on their clock."""
    is_next = person.reminder_hour < person.day_rollover_hour  # the small hours end the study day
    on = day + timedelta(days=is_next)
    return datetime.combine(on, time(person.reminder_hour), ZoneInfo(person.time_zone))


def _of_cards(at: datetime) -> Iterator[Letter]:
    """For whoever has cards to repeat today, and whose hour it is."""
    for person in reachable().filter(reminds_of_cards=True):
        day = learner_day(at, person.time_zone, person.day_rollover_hour)
        since = at - comes_at(person, day)
        is_time = timedelta(0) <= since < PATIENCE
        if is_time and not _is_off(person, day) and not _was_sent(person, Kind.CARDS, str(day)):
            yield from _about_cards(person, day, at)


def _about_cards(person: User, day: date, at: datetime) -> Iterator[Letter]:
    left = queueing.counts(person, at, reserved=reserving.reserved(person, at))
    if due := left.learning + left.review:
        minutes = study_days.calendar(progress.cells(person, day), day, ()).minutes_for(due)
        said = ngettext("%(n)s card is due", "%(n)s cards are due", due) % {"n": due}
        says = {"due": due, "new": left.new, "minutes": minutes}
        yield Letter(person, Kind.CARDS, str(day), said, reverse("today"), says)


def _is_off(person: User, day: date) -> bool:
    is_weekly = person.week[day.weekday()] == _DAY_OFF
    return is_weekly or DayOff.objects.filter(learner=person, day=day).exists()


def _was_sent(person: User, kind: Kind, about: str) -> bool:
    return Reminder.objects.filter(user=person, kind=kind, about=about).exists()


def _of_closings(at: datetime) -> Iterator[Letter]:
    """For whoever has a day left for a quiz, by their own closing, and has not handed it in."""
    for one in deadlines.closing(reachable().filter(reminds_of_closings=True), at):
        title = one.assignment.quiz.title
        yield Letter(
            one.person,
            Kind.CLOSING,
            str(one.assignment.uid),
            _("“%(quiz)s” closes soon") % {"quiz": title},
            reverse("assignment", args=[one.assignment.uid]),
            {"quiz": title, "classroom": one.assignment.classroom.name, "due_at": one.due_at},
        )


def _of_results(at: datetime) -> Iterator[Letter]:
    """For whoever handed in what was released in the last days."""
    for person, assignment in deadlines.released(reachable().filter(reminds_of_results=True), at):
        title = assignment.quiz.title
        yield Letter(
            person,
            Kind.RESULTS,
            str(assignment.uid),
            _("The results of “%(quiz)s” are released") % {"quiz": title},
            reverse("assignment", args=[assignment.uid]),
            {"quiz": title, "classroom": assignment.classroom.name},
        )


@transaction.atomic
def _send(letter: Letter, at: datetime, post: Post) -> bool:
    person, kind = letter.person, letter.kind
    _row, is_new = Reminder.objects.get_or_create(
        user=person, kind=kind, about=letter.about, defaults={"sent_at": at}
    )
    if is_new:
        way_out = reverse("stop-letters", args=[unsubscribing.token(person, kind)])
        context = {"person": person, "link": settings.ADDRESS + letter.link, **letter.says}
        context["way_out"] = settings.ADDRESS + way_out
        text = render_to_string(f"quizzes/letters/{kind}.txt", context)
        subject = " ".join(letter.subject.split())
        post([[person.email, subject, text.strip() + "\n", context["way_out"]]])
    return is_new
