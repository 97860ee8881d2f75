"""Overruling: what the regrades in force make of a grade.

They are taken in the order in which they were applied, and the last one counts. One that never
lowers gives way where the grade would be higher without it.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from operator import itemgetter
from typing import Any

from django.db.models import F

from quizzes.assessment import grading
from quizzes.assessment.answering import Answer
from quizzes.assessment.grading import Credit, Grade, Key
from quizzes.assessment.models import Regrade
from quizzes.assessment.models.regrades import RegradeQuerySet
from quizzes.assessment.sheets import Question

Policy = Regrade.Policy


@dataclass(frozen=True, slots=True)
class Ruling:
    """One way of marking a question otherwise, in force or only thought of."""

    policy: str
    never_lowers: bool = True
    key_revision: int | None = None
    key_kind: str = ""
    credits: frozenset[Credit] = field(default_factory=frozenset)
    reason: str = ""

    @property
    def is_mute(self) -> bool:
        """Whether the question says nothing of anybody's memory under it."""
        return self.policy in {Policy.EVERYONE, Policy.DROP}

    def grade(
        self, own: Grade, keys: Mapping[int, Key], own_key: int, answer: Answer | None
    ) -> Grade:
        """The grade under this ruling alone, by the keys of the revisions concerned."""
        match self.policy:
            case Policy.EVERYONE:
                return grading.GIVEN
            case Policy.KEY if self.key_revision:
                return grading.grade(keys[self.key_revision], answer)
            case Policy.CREDIT:
                return grading.grade(grading.credited(keys[own_key], answer, self.credits), answer)
        return own


type Rulings = Mapping[tuple[int | None, int], Sequence[Ruling]]
"""The rulings in force by assignment and asked revision, those applied last at the end."""


def over(questions: Iterable[Question]) -> Rulings:
    """What is in force over these questions; one query, or none where nothing was assigned."""
    assignments = {one.served.attempt.assignment_id for one in questions} - {None}
    return in_force([pk for pk in assignments if pk]) if assignments else {}


def in_force(assignments: Collection[int]) -> Rulings:
    """What is in force in these assignments; one query."""
    return _read(Regrade.objects.filter(assignment__in=assignments).in_force())


def after_applying(regrade: Regrade) -> Rulings:
    """What will be in force in its assignment once a regrade is applied; one query."""
    return _read(_beside(regrade).in_force() | _beside(regrade).filter(pk=regrade.pk))


def after_undoing(regrade: Regrade) -> Rulings:
    """What will be in force in its assignment once a regrade is undone; one query."""
    return _read(_beside(regrade).in_force().exclude(pk=regrade.pk))


def of(rulings: Rulings, question: Question) -> Sequence[Ruling]:
    """What is in force over one question."""
    served = question.served
    return rulings.get((served.attempt.assignment_id, served.revision_id), ())


def newest(rulings: Rulings, question: Question) -> Ruling | None:
    """The ruling that counts over one question, if there is one."""
    return next(reversed(of(rulings, question)), None)


def told_key(rulings: Rulings, question: Question) -> int:
    """The revision whose key is told of a question: the one that it is marked by."""
    ruling = newest(rulings, question)
    return (ruling and ruling.key_revision) or question.served.revision_id


def key_kinds(rulings: Rulings, asked: Collection[int]) -> dict[int, str]:
    """The revisions whose keys decide instead of those asked, with their kinds."""
    return {
        one.key_revision: one.key_kind
        for (_assignment, revision), those in rulings.items()
        for one in those
        if revision in asked and one.key_revision
    }


def overruled(
    own: Grade,
    rulings: Sequence[Ruling],
    keys: Mapping[int, Key],
    question: Question,
    answer: Answer | None,
) -> Grade:
    """The grade that stands after all rulings on an answer that is graded `own` by its own key."""
    stands = own
    for ruling in rulings:
        if ruling.policy == Policy.DROP:
            continue  # it takes the question out of the score, and leaves its mark alone
        grade = ruling.grade(own, keys, question.served.revision_id, answer)
        is_better = not ruling.never_lowers or _worth(grade) > _worth(stands)
        stands = grade if is_better else stands
    return stands


def _worth(grade: Grade) -> tuple[int, bool]:
    return (-1 if grade.fraction is None else grade.fraction, grade.is_given)


_COLUMNS = (
    *("pk", "assignment", "revision", "policy", "never_lowers", "key_revision"),
    *("key_revision__kind", "reason", "credits__part", "credits__position", "credits__text"),
)


def _beside(regrade: Regrade) -> RegradeQuerySet:
    return Regrade.objects.filter(assignment=regrade.assignment_id)


def _read(regrades: RegradeQuerySet) -> Rulings:
    rows = regrades.values(*_COLUMNS)
    return _rulings(rows.order_by(F("applied_at").asc(nulls_last=True), "pk", "credits__pk"))


def _rulings(rows: Iterable[dict[str, Any]]) -> Rulings:
    """Rows come regrade by regrade, one for each credit."""
    found: dict[tuple[int | None, int], list[Ruling]] = defaultdict(list)
    for _pk, lines in groupby(rows, key=itemgetter("pk")):
        [first, *more] = lines
        ruling = Ruling(
            policy=first["policy"],
            never_lowers=first["never_lowers"],
            key_revision=first["key_revision"],
            key_kind=first["key_revision__kind"] or "",
            credits=frozenset(one for row in (first, *more) if (one := _credit(row))),
            reason=first["reason"],
        )
        found[first["assignment"], first["revision"]].append(ruling)
    return {**found}


def _credit(row: dict[str, Any]) -> Credit | None:
    if row["credits__part"] is None:
        return None
    position = row["credits__position"]
    return Credit(row["credits__part"], row["credits__text"] if position is None else position)
