"""Informing: students are told that a regrade changed their score, from what to what, and why."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from datetime import datetime
from typing import NamedTuple

from django.utils.translation import gettext as _

from quizzes.assessment import disclosing, reserving
from quizzes.assessment.marking_anew import Shift
from quizzes.assessment.models import Assignment
from quizzes.items.fractions import percent
from quizzes.people import notifying
from quizzes.people.models import Enrollment

ROOM_FOR_MOVES = 30
"""So many letters has “: from 33.33% to 66.67%. ”, and some to spare."""


class Message(NamedTuple):
    """What those whose score changes are told, where it leads, and why it was changed.

    The text has no stop: from what to what the score changed is told after it.
    """

    text: str
    link: str
    why: str = ""


def inform(given: Assignment, shifts: Collection[Shift], message: Message, at: datetime) -> int:
    """A line to each student of the class whose score changed; how many. At most five queries.

    While something else keeps back what a quiz asked that is not released, the lines say only that
    the score changed: whoever sits the other could tell from it what is right.
    """
    students = Enrollment.objects.students().filter(classroom=given.classroom_id)
    present = set(students.values_list("user", flat=True))
    is_told = _is_released(given, at) or not reserving.is_kept_back(
        given, students.order_by().values("user"), at
    )
    by_learner: dict[int, list[Shift]] = defaultdict(list)
    for shift in shifts:
        if shift.attempt.learner_id in present:
            by_learner[shift.attempt.learner_id].append(shift)
    texts = {
        learner: _said(message, _moves(those) if is_told else "")
        for learner, those in by_learner.items()
    }
    return notifying.tell_each(texts, message.link, at)


def _is_released(given: Assignment, at: datetime) -> bool:
    return given.is_graded and disclosing.has_closed(given, at)


def text(said: str, quiz: str, why: str) -> str:
    """What a message says of a quiz: of a long title no more than leaves room for the reason."""
    beside = len(said % {"quiz": ""}) + len(why) + ROOM_FOR_MOVES
    return said % {"quiz": notifying.brief(quiz, beside)}


def _said(message: Message, moves: str) -> str:
    """Moves that leave no room for the reason are left out: the page it leads to has them."""
    plain = f"{_('%(what)s.') % {'what': message.text}} {message.why}".strip()
    if not moves:
        return plain
    said = _("%(what)s: %(moves)s.") % {"what": message.text, "moves": moves}
    whole = f"{said} {message.why}".strip()
    return whole if len(whole) <= notifying.LONGEST else plain


def _moves(shifts: Sequence[Shift]) -> str:
    """“from 32% to 50%”; of later attempts, or several, with their numbers."""
    if len(shifts) == 1 and shifts[0].attempt.number == 1:
        return _move(shifts[0])
    in_order = sorted(shifts, key=lambda one: one.attempt.number)
    return "; ".join(
        _("attempt %(number)s %(move)s") % {"number": one.attempt.number, "move": _move(one)}
        for one in in_order
    )


def _move(shift: Shift) -> str:
    return _("from %(before)s%% to %(after)s%%") % {
        "before": percent(shift.before),
        "after": percent(shift.after),
    }
