"""Rehearsing: whose score a regrade would change, and by how much; nothing is written."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from django.db.models import Q

from quizzes.assessment import marking, overriding, overruling, remarking, sheets, shifting
from quizzes.assessment.answering import Answer, Chosen, Filled, Typed
from quizzes.assessment.grading import Credit, Key
from quizzes.assessment.models import Assignment, Attempt, Override, Regrade, Served
from quizzes.assessment.overruling import Policy, Ruling, Rulings
from quizzes.assessment.regrading import Proposal
from quizzes.assessment.remarking import Part
from quizzes.assessment.sheets import Parts, Question
from quizzes.assessment.shifting import Outcome, Sittings
from quizzes.items.models import Revision
from quizzes.items.normalizing import normalized

MOST_ANSWERS = 20
"""So many different answers are offered for credit."""


class Answered(NamedTuple):
    """An answer that was given to the question, in words, and by how many."""

    credit: Credit
    words: str
    people: int


class _Served(NamedTuple):
    """What was served, as a score knows it."""

    pk: int
    revision: int
    weight: int
    fraction: int


@dataclass(frozen=True, slots=True)
class Rehearsal:
    """All that was handed in of an assignment that asked one question, ready to be marked anew."""

    assignment: Assignment
    asked: Sequence[Question]
    served: Mapping[int, Sequence[_Served]]
    """By attempt."""
    attempts: Sittings
    rulings: Rulings
    keys: Mapping[int, Key]
    judged: Mapping[int, int]
    overrides: Mapping[tuple[int, int], Override]
    """Marks set by hand, by assignment and learner."""

    def of(self, proposed: Proposal) -> Outcome:
        """What one way of marking it would come to; no query."""
        rulings = self._with(ruling(proposed))
        marks, moved = dict[int, int](), set[int]()
        for one in self.asked:
            those = overruling.of(rulings, one)
            stand = remarking.standing(one, those, self.keys, self.judged.get(one.served.pk))
            marks[one.served.pk] = stand.now or 0
            if stand.drop or one.served.is_dropped or stand.now != one.served.fraction:
                moved.add(one.served.attempt_id)
        scores = {
            attempt: remarking.score(
                [self._part(one, marks, rulings) for one in self.served[attempt]]
            )
            for attempt in moved
        }
        return shifting.outcome(
            self.assignment, self.attempts, scores, self.overrides, asked=len(self.served)
        )

    def answers(self) -> list[Answered]:
        """What was answered, the most frequent first, as far as it can be credited.

        Texts that are spelled nearly alike are one, and it is told as it was typed first.
        """
        options = sheets.options(self.asked)
        firsts: dict[tuple[int, int | str], Credit] = {}
        counts = Counter[tuple[int, int | str]]()
        for credit in (credit for one in self.asked for credit in _credits(one.answer)):
            said = credit.said if isinstance(credit.said, int) else normalized(credit.said)
            firsts.setdefault((credit.part, said), credit)
            counts[credit.part, said] += 1
        return [
            Answered(firsts[place], _words(firsts[place], options, self.asked[0]), count)
            for place, count in counts.most_common(MOST_ANSWERS)
        ]

    def _with(self, newest: Ruling) -> Rulings:
        """The rulings in force, and this one as the newest over the question."""
        revisions = {one.served.revision_id for one in self.asked}
        places = [(self.assignment.pk, pk) for pk in revisions]
        found: dict[tuple[int | None, int], Sequence[Ruling]] = {**self.rulings}
        for place in places:
            found[place] = (*found.get(place, ()), newest)
        return found

    def _part(self, one: _Served, marks: Mapping[int, int], rulings: Rulings) -> Part:
        newest = next(reversed(rulings.get((self.assignment.pk, one.revision), ())), None)
        drop = newest if newest and newest.policy == Policy.DROP else None
        return Part(one.weight, marks.get(one.pk, one.fraction), drop)


def rehearse(
    assignment: Assignment, revision: Revision, others: Iterable[Revision] = ()
) -> Rehearsal:
    """Read what was handed in, as it stands, and the keys of the `others` that may mark it.

    At most ten queries, whatever the number.
    """
    done = Attempt.objects.handed_in().filter(assignment=assignment)
    rows = Served.objects.filter(attempt__in=done)
    asked = sheets.questions(rows.filter(revision=revision).order_by("attempt", "position"))
    served: dict[int, list[_Served]] = defaultdict(list)
    with_it = rows.filter(attempt__in=rows.filter(revision=revision).values("attempt"))
    columns = ("attempt", "pk", "revision", "weight", "fraction")
    for attempt, pk, of, weight, fraction in with_it.values_list(*columns).order_by("pk"):
        served[attempt].append(_Served(pk, of, weight, fraction or 0))
    attempts = shifting.sittings(done.select_related("learner").order_by("learner", "number"))
    rulings = overruling.in_force([assignment.pk])
    kinds = {one.pk: one.kind for one in (revision, *others)}
    keys = marking.keys(kinds | overruling.key_kinds(rulings, kinds))
    judged = remarking.marks_of(asked)
    overrides = overriding.standing(Q(assignment=assignment))
    return Rehearsal(assignment, asked, served, attempts, rulings, keys, judged, overrides)


def _credits(answer: Answer | None) -> list[Credit]:
    """What of an answer may be credited: options and texts, by their parts."""
    match answer:
        case Chosen(positions):
            return [Credit(0, place) for place in positions]
        case Typed(text):
            return [Credit(0, text.strip())]
        case Filled(gaps):
            return [
                Credit(part, said if isinstance(said, int) else said.strip())
                for part, said in enumerate(gaps)
                if said is not None
            ]
    return []


def _words(credit: Credit, options: Mapping[int, Parts], question: Question) -> str:
    if isinstance(credit.said, str):
        return credit.said
    return options[question.served.revision_id][credit.part][credit.said]


def ruling(regrade: Proposal) -> Ruling:
    """A regrade that is only thought of, as if it were in force."""
    key = regrade.key_revision if regrade.policy == Policy.KEY else None
    return Ruling(
        policy=regrade.policy,
        never_lowers=regrade.never_lowers,
        key_revision=key.pk if key else None,
        key_kind=key.kind if key else "",
        credits=frozenset(regrade.credits),
        reason=regrade.reason,
    )


def proposal(regrade: Regrade) -> Proposal:
    """What a regrade that was written down proposes; one query for its credits."""
    rows = regrade.credits.order_by("pk").values_list("part", "position", "text")
    those = [Credit(part, text if place is None else place) for part, place, text in rows]
    return Proposal(
        regrade.policy, regrade.reason, regrade.never_lowers, regrade.key_revision, those
    )
