"""Judging: a person marks what no machine can, by a rubric or as a whole."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from quizzes.assessment import disclosing, overruling, remarking, sheets, tallying
from quizzes.assessment.models import Assignment, Attempt, CriterionMark, Mark, Served
from quizzes.assessment.sheets import Question, Sheet
from quizzes.items.fractions import FULL_FRACTION, percent
from quizzes.items.models import Criterion, Revision
from quizzes.people import auditing, notifying
from quizzes.people.models import Enrollment, User
from quizzes.refusal import Refusal

type Levels = Mapping[int, int]
"""A level of `CriterionMark.Level` by the criterion's primary key."""


class NothingToMark(Refusal):
    """No essay was handed in here."""


class NotARubric(Refusal):
    """The levels are not one for each line of the question's rubric."""


class MarkedMeanwhile(Refusal):
    """Another mark stands than the one that the marker has seen."""


@transaction.atomic
def judge(
    served: Served,
    marker: User,
    levels: Levels | None,
    fraction: int | None,
    comment: str,
    at: datetime,
    *,
    after: int | None = None,
    link: str = "",
) -> Mark:
    """Mark an essay: its fraction is what is given, or else what the levels come to.

    `after` is the mark that the marker has seen, by its primary key, and 0 where there was none:
    so nothing is replaced unseen. A regrade that is in force stands above a mark. The attempt's
    score and its quiz's tallies follow at once; earlier marks are kept, the newest counts. One that
    replaces a mark of results that are out is written into the audit, and the student gets a notice
    with this link if the score may be told. Refuses with `NothingToMark`, with `MarkedMeanwhile`,
    and with `NotARubric` where there is neither a fraction nor a level for each line.
    """
    Attempt.objects.filter(pk=served.attempt_id).update(saves=F("saves") + 1)  # one marker at once
    (sheet, question), before = _essay(served), _seen(served, after)
    criteria = {one.pk: one for one in Criterion.objects.filter(revision=served.revision_id)}
    if levels is not None and set(levels) != set(criteria):
        raise NotARubric(_("Give each line of the rubric a level."))
    earned = _of_levels(criteria, levels) if fraction is None else fraction
    mark = Mark.objects.create(
        served=served, marker=marker, fraction=earned, comment=comment, marked_at=at
    )
    CriterionMark.objects.bulk_create(
        CriterionMark(mark=mark, criterion=criteria[pk], level=level)
        for pk, level in (levels or {}).items()
    )
    _count(sheet, question)
    if before and (before.fraction, before.comment) != (earned, comment):
        _announce(sheet, before, mark, link)
    return mark


def _essay(served: Served) -> tuple[Sheet, Question]:
    """The attempt that it was handed in with, read anew, and the question."""
    sheet = sheets.of(served.attempt)
    question = sheet.by_position[served.position]
    is_essay = question.kind == Revision.Kind.ESSAY
    if not (is_essay and sheet.attempt.handed_in_at and question.is_answered):
        raise NothingToMark(_("There is no essay to mark here."))
    return sheet, question


def _seen(served: Served, after: int | None) -> Mark | None:
    """The mark that stands, which is the one that the marker has seen."""
    before = served.marks.order_by("pk").last()
    if after is not None and after != (before.pk if before else 0):
        raise MarkedMeanwhile(_("Somebody has marked this meanwhile: look at that mark first."))
    return before


def _of_levels(criteria: Mapping[int, Criterion], levels: Levels | None) -> int:
    """The weighted share of the rubric that is met; partly is half."""
    if not levels:
        raise NotARubric(_("Give each line of the rubric a level, or the whole a mark."))
    met = sum(criteria[pk].weight * level for pk, level in levels.items())
    whole = sum(one.weight for one in criteria.values()) * CriterionMark.Level.FULLY
    return FULL_FRACTION * met // whole


def _count(sheet: Sheet, question: Question) -> None:
    """Let the question's mark, the score and the tallies follow what a person found."""
    attempt, rulings = sheet.attempt, overruling.over(sheet.questions)
    before = tallying.counted(sheet)
    [stand] = remarking.standings([sheet], rulings, [question.served.revision_id])
    remarking.save(remarking.put(sheet, stand))
    attempt.score = tallying.score(sheet.questions)
    attempt.is_tallied = tallying.is_counted(sheet)
    attempt.save(update_fields=["score", "is_tallied"])
    tallying.replace(before, tallying.counted(sheet))


def _announce(sheet: Sheet, before: Mark, mark: Mark, link: str) -> None:
    """Write down that a mark took the place of another, once its student may know that one."""
    given, learner, at = sheet.attempt.assignment, sheet.attempt.learner, mark.marked_at
    if given is None or mark.marker is None or (given.is_graded and not given.released_at):
        return
    shares = {"before": percent(before.fraction), "after": percent(mark.fraction)}
    said = _("Marked an essay again: %(after)s%%, before %(before)s%%.") % shares
    auditing.note(mark.marker, "judge", given.uid, said, at, given.classroom)
    if _studies(learner, given) and given.pk in disclosing.marks(learner, [given], at):
        told = _("Your essay in “%(quiz)s” was marked again: %(after)s%%, before %(before)s%%.")
        notifying.tell([learner.pk], told % {"quiz": given.quiz.title, **shares}, link, at)


def _studies(learner: User, given: Assignment) -> bool:
    """Whether somebody still is a student of the class."""
    places = Enrollment.objects.filter(classroom=given.classroom_id, user=learner)
    return places.filter(role=Enrollment.Role.STUDENT).exists()
