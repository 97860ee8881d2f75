"""Examining: a class says on which day its exam is, for everybody who teaches it."""

from datetime import date, datetime

from django.db import transaction
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from quizzes.people import auditing
from quizzes.people.models import Classroom, User


@transaction.atomic
def set_exam(classroom: Classroom, exam_on: date | None, actor: User, at: datetime) -> Classroom:
    """Put down the exam's day, or that there is none; the same day again changes nothing."""
    if classroom.exam_on == exam_on:
        return classroom
    classroom.exam_on = exam_on
    classroom.save(update_fields=["exam_on"])
    said = _("The exam is on %(day)s.") % {"day": date_format(exam_on, "j F Y")} if exam_on else ""
    auditing.note(actor, "exam", classroom.uid, said or _("No exam any more."), at, classroom)
    return classroom
