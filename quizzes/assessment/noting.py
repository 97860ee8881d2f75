"""Noting: what changed in a quiz that classes have is written down where they look for it."""

from datetime import datetime

from quizzes.assessment.models import Quiz
from quizzes.people import auditing
from quizzes.people.models import Classroom, User

ACT = "change-quiz"


def note(quiz: Quiz, author: User, what: str, reason: str, at: datetime) -> None:
    """Write a change down with the quiz, and in the log of each class that was given it.

    Why it was made is for those who teach with its author: a reason may name somebody.
    """
    why = f"{what} {reason}"
    auditing.note(author, ACT, quiz.uid, why, at)
    given = quiz.assignments.filter(withdrawn_at=None).select_related("classroom")
    newest = {one.classroom: one.uid for one in given.order_by("opens_at", "pk")}
    taught = set(Classroom.objects.taught_by(author).filter(pk__in=[room.pk for room in newest]))
    ours = [(uid, room) for room, uid in newest.items() if room in taught]
    others = [(uid, room) for room, uid in newest.items() if room not in taught]
    auditing.note_each(author, ACT, why, at, ours)
    auditing.note_each(author, ACT, what, at, others)
