"""What a page tells of a regrade: each way beside the others, and whose score changes."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from quizzes.assessment.models import Regrade, RegradeChange
from quizzes.assessment.overruling import Policy
from quizzes.assessment.regrading import Proposal
from quizzes.assessment.rehearsing import Answered, Change, Outcome, Rehearsal
from quizzes.items import fractions
from quizzes.items.models import Key, Option, Revision
from quizzes.web.regrading_forms import RegradeForm, name_of, policies

LABELS: dict[str, str | Promise] = {
    Policy.KEY: gettext_lazy("Use another key"),
    Policy.CREDIT: gettext_lazy("Also credit some answers"),
    Policy.EVERYONE: gettext_lazy("Full marks for everyone"),
    Policy.DROP: gettext_lazy("Take the question out"),
}
HINTS: dict[str, str | Promise] = {
    Policy.KEY: gettext_lazy("Every answer is marked by the key that you choose."),
    Policy.CREDIT: gettext_lazy("What you tick earns full marks; the key stays as it is."),
    Policy.EVERYONE: gettext_lazy("Also for those who left it blank. Tries cost nothing."),
    Policy.DROP: gettext_lazy("The score is worked out from the other questions."),
}


@dataclass(frozen=True, slots=True)
class Part:
    """One key, or one answer, to choose: in words, and what it would change alone."""

    name: str
    words: str
    outcome: Outcome
    people: int = 0
    is_chosen: bool = False


@dataclass(frozen=True, slots=True)
class Way:
    """One way of marking a question, with what it would change; none where that is the parts'."""

    policy: str
    label: str
    hint: str
    is_chosen: bool
    outcome: Outcome | None
    parts: Sequence[Part] = ()


def ways(
    form: RegradeForm, rehearsal: Rehearsal, asked: Revision, answers: Sequence[Answered]
) -> list[Way]:
    """Every way that is open for a question, side by side; one query."""
    revisions = list(form.revisions.values())
    parts = {
        Policy.KEY: _keys(form, rehearsal, revisions),
        Policy.CREDIT: _answers(form, rehearsal, answers),
    }
    chosen = form["policy"].value()
    return [
        Way(
            policy=policy,
            label=str(LABELS[policy]),
            hint=str(HINTS[policy]),
            is_chosen=policy == chosen,
            outcome=None if policy in parts else rehearsal.of(Proposal(policy, "")),
            parts=parts.get(policy, ()),
        )
        for policy in policies(asked, revisions, answers)
    ]


def _keys(form: RegradeForm, rehearsal: Rehearsal, revisions: Sequence[Revision]) -> list[Part]:
    texts = dict(Key.objects.filter(pk__in=revisions).values_list("pk", "answer"))
    chosen = form["key"].value() or next(iter(form.revisions), "")
    return [
        Part(
            name=str(one.pk),
            words=_("Version %(number)s: %(answer)s")
            % {"number": one.number, "answer": texts.get(one.pk, "")},
            outcome=rehearsal.of(Proposal(Policy.KEY, "", key_revision=one)),
            is_chosen=str(one.pk) == chosen,
        )
        for one in revisions
    ]


def _answers(form: RegradeForm, rehearsal: Rehearsal, answers: Sequence[Answered]) -> list[Part]:
    chosen = form["credit"].value() or ()
    return [
        Part(
            name=name_of(one.credit),
            words=one.words,
            outcome=rehearsal.of(Proposal(Policy.CREDIT, "", credits=[one.credit])),
            people=one.people,
            is_chosen=name_of(one.credit) in chosen,
        )
        for one in answers
    ]


def credited(regrade: Regrade) -> list[str]:
    """The answers that a regrade credits, in words; two queries."""
    rows = list(regrade.credits.order_by("pk"))
    texts = {
        (part, position): text
        for part, position, text in Option.objects.filter(revision=regrade.revision_id).values_list(
            "part", "position", "text"
        )
    }
    return [row.text if row.position is None else texts[row.part, row.position] for row in rows]


def of_changes(regrade: Regrade) -> Outcome:
    """What a regrade did when it was applied, as it was written down then; two queries."""
    rows = RegradeChange.objects.filter(regrade=regrade).select_related("attempt__learner")
    shifts = [row.score_after - row.score_before for row in rows]
    asked = regrade.assignment.attempts.handed_in().filter(served__revision=regrade.revision_id)
    changes = [
        Change(
            row.attempt.learner,
            [(row.attempt.number, row.score_before, row.score_after)],
            row.score_before,
            row.score_after,
        )
        for row in rows
    ]
    return Outcome(
        up=sum(shift > 0 for shift in shifts),
        down=sum(shift < 0 for shift in shifts),
        same=asked.distinct().count() - len(shifts),
        changes=sorted(changes, key=lambda one: (one.learner.name.casefold(), one.learner.pk)),
    )


@dataclass(frozen=True, slots=True)
class Row:
    """One student whose score changes: per cent by attempt before and after, and what counts."""

    name: str
    scores: Sequence[tuple[int, str, str]]
    counts: tuple[str, str] | None
    is_up: bool


def rows(outcome: Outcome, *, is_named: bool) -> list[Row]:
    """A line for each student whose score changes; what counts is told where that is another."""
    return [
        Row(
            name=one.learner.name if is_named else _("Student %(n)s") % {"n": number},
            scores=[(n, percent(before), percent(after)) for n, before, after in one.scores],
            counts=_counts(one),
            is_up=sum(after - before for _n, before, after in one.scores) > 0,
        )
        for number, one in enumerate(outcome.changes, start=1)
    ]


def _counts(one: Change) -> tuple[str, str] | None:
    is_same = [(before, after) for _n, before, after in one.scores] == [(one.before, one.after)]
    return None if is_same else (percent(one.before), percent(one.after))


def percent(score: int) -> str:
    """“66.7%” of a score in units of 10⁻⁷."""
    return f"{fractions.percent(score)}%"


@dataclass(frozen=True, slots=True)
class Work:
    """How many attempts were worked out so far, of how many."""

    done: int
    all: int


def work(regrade: Regrade) -> Work:
    """How far the worker is with a regrade; two queries."""
    asked = regrade.assignment.attempts.filter(served__revision=regrade.revision_id)
    done = 0 if regrade.applied_at else regrade.changes.count()
    return Work(done, asked.distinct().count())


def done(changed: int) -> str:
    """How many scores were changed, in words."""
    return ngettext("Done: %(n)s score changed.", "Done: %(n)s scores changed.", changed) % {
        "n": changed
    }
