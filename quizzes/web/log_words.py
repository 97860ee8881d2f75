"""A class's log as it is shown; where names are hidden in words that name nobody."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from quizzes.assessment import opening, overriding
from quizzes.assessment.models import Assignment
from quizzes.people.models import AuditLine, Classroom, Enrollment
from quizzes.web.projecting import Names

ACTS: dict[str, str | Promise] = {
    "accept-invitation": _("Somebody came by an invitation."),
    "accommodate": _("More time for a student was changed."),
    "announce": _("Something was announced."),
    "answer-reports": _("Reports were answered."),
    "archive": _("The class was archived."),
    "change-quiz": _("A quiz was changed."),
    "change-role": _("A role was changed."),
    "change-terms": _("Terms were changed."),
    "class-data": _("The class’s data was taken away."),
    "copy": _("The class was copied."),
    "edit-announcement": _("An announcement was changed."),
    "enlist": _("Students were added."),
    "exam": _("The day of the exam was changed."),
    "extend": _("A student’s own deadline was changed."),
    "give": _("A quiz was given."),
    "give-cards": _("Cards were given."),
    "hand-over": _("The class was handed over."),
    "invite": _("Somebody was invited."),
    "issue-slips": _("Sign-in slips were made."),
    "join-code": _("The join code was changed."),
    "judge": _("A mark of an essay was replaced."),
    "leave": _("Somebody left."),
    "number": _("A student number was changed."),
    "override": _("A mark was set by hand, or taken back."),
    "regrade": _("A question was regraded."),
    "release": _("Results were released."),
    "remove": _("Somebody was removed."),
    "settle": _("The settings were changed."),
    "take-back": _("Somebody was taken back in."),
    "tell-given": _("Students were told of what they were given."),
    "unarchive": _("The class was taken out of the archive."),
    "undo-regrade": _("A regrade was undone."),
    "withdraw": _("What was given was withdrawn."),
    "withdraw-announcement": _("An announcement was withdrawn."),
    "withdraw-cards": _("Cards that were given were withdrawn."),
    "withdraw-invitation": _("An invitation was withdrawn."),
}


@dataclass(frozen=True, slots=True)
class Line:
    """What was done, by whom, and what was given if it is about that.

    If it is about a mark, also whose it is.
    """

    text: str
    actor: str
    done_at: datetime
    given: Assignment | None
    student: Enrollment | None
    """Whose mark was set by hand."""
    student_name: str


def lines(room: Classroom, found: Sequence[AuditLine], names: Names) -> list[Line]:
    """What was written down, with where a mark leads that was set by hand; at most three queries.

    Where names are hidden it is told only what kind of act each was, and so it is of a line that
    has `is_kept`.
    """
    about = room.assignments.filter(uid__in=[one.about for one in found]).select_related("quiz")
    given, marked = {one.uid: one for one in about}, overriding.told_by(found)
    places = room.enrollments.filter(user__in=set(marked.values())).select_related("user")
    students = {one.user_id: one for one in places} if marked else {}
    return [
        _line(one, given.get(one.about), students.get(marked.get(one.pk, 0)), names)
        for one in found
    ]


def _line(
    found: AuditLine, given: Assignment | None, student: Enrollment | None, names: Names
) -> Line:
    return Line(
        text=said(found, hides_words=names.are_hidden),
        actor=names.of_person(found.actor) if found.actor else _nobody(found),
        done_at=found.done_at,
        given=given,
        student=student if given else None,
        student_name=names.of(student) if student else "",
    )


def said(found: Any, *, hides_words: bool = False) -> str:
    """What a line says, or only what kind of act it is about: also where its words are kept."""
    if hides_words or found.is_kept:
        return str(ACTS.get(found.act, _("Something was done.")))
    return str(found.text)


def _nobody(found: AuditLine) -> str:
    """Who did what no person stands for."""
    return str(_("by itself") if found.act == opening.ACT else _("somebody who is gone"))
