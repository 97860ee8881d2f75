"""What those who report a question were asked of it in their class, and what they answered."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from quizzes.assessment import sheets, telling
from quizzes.assessment.models import Assignment, Attempt, Served
from quizzes.assessment.sheets import Question
from quizzes.items.models import ErrorReport, Revision
from quizzes.people.models import Classroom, Enrollment


@dataclass(frozen=True, slots=True)
class Answer:
    """A question as somebody was asked it in an attempt that was handed in, and their answer."""

    question: Question
    words: str
    """Empty where there is no answer."""

    @property
    def revision(self) -> Revision:
        return self.question.served.revision

    @property
    def attempt(self) -> Attempt:
        return self.question.served.attempt

    @property
    def assignment(self) -> Assignment | None:
        return self.attempt.assignment


@dataclass(frozen=True, slots=True)
class Said:
    """A report, and what its learner had answered; nothing where the class knows nothing of it."""

    report: ErrorReport
    answer: Answer | None

    @property
    def asked(self) -> int:
        """The wording that it is about, by its primary key."""
        return self.answer.revision.pk if self.answer else self.report.revision_id


def of(reports: Collection[ErrorReport], room: Classroom | None) -> list[Said]:
    """Reports with what their learners answered to the same question in this class; two queries.

    That is in the last attempt that they had begun before, and in the wording that they report, if
    there is such a one. What is practiced, and what is not handed in, is nobody else's affair.
    """
    found = _answers(reports, room) if room and reports else {}
    return [Said(one, _of(one, found.get((one.learner_id, one.item_id), ()))) for one in reports]


def _of(report: ErrorReport, answers: Iterable[Answer]) -> Answer | None:
    before = [one for one in answers if one.attempt.started_at <= report.created_at]
    same = [one for one in before if one.revision.pk == report.revision_id]
    return next(reversed(same or before), None)


def _answers(
    reports: Collection[ErrorReport], room: Classroom
) -> Mapping[tuple[int, int], list[Answer]]:
    """By the learner and the item, the first attempt first."""
    students = room.enrollments.filter(role__in=Enrollment.SAT_BY).order_by()
    those = {one.learner_id for one in reports}
    rows = Served.objects.filter(
        attempt__assignment__classroom=room,
        attempt__handed_in_at__isnull=False,
        attempt__learner__in=students.filter(user__in=those).values("user"),
        revision__item__in={one.item_id for one in reports},
    )
    questions = sheets.questions(rows.order_by("attempt__started_at", "attempt", "position"))
    options = sheets.options(questions)
    found: dict[tuple[int, int], list[Answer]] = defaultdict(list)
    for one in questions:
        served = one.served
        words = telling.words(one.answer, options[served.revision_id])
        found[served.attempt.learner_id, served.revision.item_id].append(Answer(one, words))
    return found
