"""Remarking: what each question of an attempt earns by its raw answer and the key in force.

Every mark that stands in an attempt comes from here or is what this would give: the mark of a
question is a function of the newest answer, the tries and the hint that it took, a person's mark
if it has one, and the regrades in force. Only of a closed attempt is a question given to whoever
left it blank, or taken out of the score.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from quizzes.assessment import deducting, grading, marking, overruling, tallying
from quizzes.assessment.answering import ESSAY
from quizzes.assessment.grading import Grade, Key
from quizzes.assessment.models import Mark, Regrade, Served
from quizzes.assessment.overruling import Policy, Ruling, Rulings
from quizzes.assessment.sheets import Question, Sheet


@dataclass(frozen=True, slots=True)
class Standing:
    """How a question stands: what it earned by its own key, and what it earns now."""

    own: int | None
    now: int | None
    rulings: Sequence[Ruling] = ()

    @property
    def is_mute(self) -> bool:
        """Whether it says nothing of its learner's memory."""
        return bool(self.rulings) and self.rulings[-1].is_mute

    @property
    def drop(self) -> Ruling | None:
        """What would take it out of the score, if anything does."""
        newest = self.rulings[-1] if self.rulings else None
        return newest if newest and newest.policy == Policy.DROP else None


type Standings = Mapping[int, Standing]
"""How questions of an attempt stand, by their position; the others are as their rows say."""


class Part(NamedTuple):
    """A question as the score knows it."""

    weight: int
    fraction: int
    drop: Ruling | None


def standings(
    found: Sequence[Sheet], rulings: Rulings, afresh: Collection[int] | None = None
) -> list[Standings]:
    """How the questions stand that rulings are over, and those of the revisions to mark `afresh`.

    Without revisions to mark afresh that is every question. At most four queries.
    """
    concerned = [
        one
        for sheet in found
        for one in sheet.questions
        if afresh is None or one.served.revision_id in afresh or overruling.of(rulings, one)
    ]
    keys, judged = keys_of(concerned, rulings), marks_of(concerned)
    stand = {
        one.served.pk: standing(one, overruling.of(rulings, one), keys, judged.get(one.served.pk))
        for one in concerned
    }
    return [
        {one.position: stand[one.served.pk] for one in sheet.questions if one.served.pk in stand}
        for sheet in found
    ]


def keys_of(questions: Collection[Question], rulings: Rulings) -> Mapping[int, Key]:
    """The keys that these questions are marked by under these rulings; at most three queries."""
    asked = {one.served.revision_id: one.kind for one in questions}
    return marking.keys(asked | overruling.key_kinds(rulings, asked))


def marks_of(questions: Iterable[Question]) -> Mapping[int, int]:
    """The newest mark that a person gave, by what was served; one query, or none."""
    essays = [one.served.pk for one in questions if one.kind == ESSAY]
    rows = Mark.objects.filter(served__in=essays).order_by("pk") if essays else Mark.objects.none()
    return dict(rows.values_list("served", "fraction"))


def standing(
    question: Question, rulings: Sequence[Ruling], keys: Mapping[int, Key], judged: int | None
) -> Standing:
    """How one question stands; what is open is given to nobody who left it blank."""
    answer, key = question.answer, keys[question.served.revision_id]
    own = grading.grade(key, answer) if judged is None else Grade(judged)
    now = overruling.overruled(own, rulings, keys, question, answer)
    is_open = question.served.attempt.handed_in_at is None
    is_given = now.is_given and not is_open
    return Standing(
        own=None if answer is None else deducting.earned(question, own),
        now=None if answer is None and not is_given else deducting.earned(question, now),
        rulings=rulings,
    )


def put(sheet: Sheet, stand: Standings) -> list[Served]:
    """Give questions the marks that they stand at; the rows that changed by it, not saved."""
    before = {one.position: (one.served.fraction, one.served.is_dropped) for one in sheet.questions}
    for one in sheet.questions:
        if one.position in stand:
            one.served.fraction = stand[one.position].now
    out = _out(sheet, stand)
    for one, is_out in zip(sheet.questions, out, strict=True):
        one.served.is_dropped = is_out
    return [
        one.served
        for one in sheet.questions
        if before[one.position] != (one.served.fraction, one.served.is_dropped)
    ]


def _out(sheet: Sheet, stand: Standings) -> list[bool]:
    """Which questions are out of the score; of an attempt that is open none is."""
    if sheet.attempt.handed_in_at is None:
        return [False] * len(sheet.questions)
    return dropped(
        [
            Part(
                one.served.weight,
                one.served.fraction or 0,
                stand[one.position].drop if one.position in stand else None,
            )
            for one in sheet.questions
        ]
    )


def dropped(parts: Sequence[Part]) -> list[bool]:
    """Which questions of an attempt are taken out of its score.

    Where nobody is to lose by it, only those are that earned no more than the whole did: the mean
    of what is left is then no lower. If nothing else were left, they stay.
    """
    kept = [one for one in parts if one.drop is None or one.drop.never_lowers]
    weight = sum(one.weight for one in kept)
    earned = sum(one.weight * one.fraction for one in kept)
    out = [
        one.drop is not None and (not one.drop.never_lowers or one.fraction * weight <= earned)
        for one in parts
    ]
    if all(out):
        return [one.drop is not None and not one.drop.never_lowers for one in parts]
    return out


def close(sheet: Sheet) -> Standings:
    """Mark a sheet that was just closed as the regrades have it that bear on its assignment.

    Its learner's answers are the same, but a regrade may have come or gone since it was read. The
    caller's transaction holds the attempt. One query where its assignment was never regraded.
    """
    attempt = sheet.attempt
    ever = Regrade.objects.filter(assignment=attempt.assignment, applied_at__isnull=False)
    if attempt.assignment is None or not ever.exists():
        return {}
    rulings = overruling.in_force([attempt.assignment.pk])
    _refresh(sheet)
    [stand] = standings([sheet], rulings)
    save(put(sheet, stand))
    attempt.score, attempt.is_tallied = tallying.score(sheet.questions), tallying.is_counted(sheet)
    attempt.save(update_fields=["score", "is_tallied"])
    return stand


def _refresh(sheet: Sheet) -> None:
    rows = Served.objects.filter(attempt=sheet.attempt)
    now = rows.in_bulk()
    for one in sheet.questions:
        one.served.fraction = now[one.served.pk].fraction
        one.served.is_dropped = now[one.served.pk].is_dropped


def save(changed: Iterable[Served]) -> None:
    """Write marks: those that came out alike together, so that it takes a few statements."""
    alike: dict[tuple[int | None, bool], list[int]] = defaultdict(list)
    for served in changed:
        alike[served.fraction, served.is_dropped].append(served.pk)
    for (fraction, is_dropped), those in alike.items():
        rows = Served.objects.filter(pk__in=those)
        rows.update(fraction=fraction, is_dropped=is_dropped)
