"""What a page tells of a regrade: each way beside the others, and whose score changes."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from quizzes.assessment.answering import CLOZE
from quizzes.assessment.models import Regrade
from quizzes.assessment.overruling import Policy
from quizzes.assessment.regrading import Proposal
from quizzes.assessment.rehearsing import Answered, Rehearsal
from quizzes.assessment.shifting import Outcome
from quizzes.items import fractions
from quizzes.items.filling import GAP
from quizzes.items.models import Key, Option, Revision
from quizzes.web.projecting import Names
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
        Policy.KEY: _keys(form, rehearsal, asked, revisions),
        Policy.CREDIT: _answers(form, rehearsal, asked, answers),
    }
    chosen = form.chosen
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


def _keys(
    form: RegradeForm, rehearsal: Rehearsal, asked: Revision, revisions: Sequence[Revision]
) -> list[Part]:
    chosen = form["key"].value()
    texts = _texts(revisions)
    return [
        Part(
            name=str(one.pk),
            words=_of_key(one, asked, texts),
            outcome=rehearsal.of(Proposal(Policy.KEY, "", key_revision=one)),
            is_chosen=str(one.pk) == chosen,
        )
        for one in revisions
    ]


def key_in_words(regrade: Regrade) -> str:
    """Whose key marks instead, and what it says; at most one query."""
    key = regrade.key_revision
    return _of_key(key, regrade.revision, _texts([key])) if key else ""


def _texts(revisions: Sequence[Revision]) -> dict[int, str]:
    return dict(Key.objects.filter(pk__in=revisions).values_list("pk", "answer"))


def _of_key(key: Revision, asked: Revision, texts: Mapping[int, str]) -> str:
    is_copy = key.item_id != asked.item_id
    said = _("An adapted copy: %(answer)s") if is_copy else _("Version %(number)s: %(answer)s")
    return said % {"number": key.number, "answer": texts.get(key.pk, "")}


def _answers(
    form: RegradeForm, rehearsal: Rehearsal, asked: Revision, answers: Sequence[Answered]
) -> list[Part]:
    chosen = form["credit"].value() or ()
    return [
        Part(
            name=name_of(one.credit),
            words=_within(asked, one.credit.part, one.words),
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
    return [
        _within(
            regrade.revision,
            row.part,
            row.text if row.position is None else texts[row.part, row.position],
        )
        for row in rows
    ]


def _within(asked: Revision, part: int, words: str) -> str:
    """An answer with the number of its gap, where there are several."""
    if asked.kind != CLOZE or asked.stem.count(GAP) < 2:
        return words
    return _("Gap %(number)s: %(answer)s") % {"number": part + 1, "answer": words}


@dataclass(frozen=True, slots=True)
class Move:
    """A score or a mark before and after, in per cent, and which way it goes."""

    before: str
    after: str
    way: str
    """“up”, “down” or “same”."""
    attempt: int = 0


@dataclass(frozen=True, slots=True)
class Row:
    """One student whose scores change: attempt by attempt, and the mark that counts."""

    name: str
    moves: Sequence[Move]
    mark: Move
    is_by_hand: bool


def rows(outcome: Outcome, names: Names) -> list[Row]:
    """A line for each student whose score changes, with what counts of it in the gradebook."""
    return [
        Row(
            name=names.of_person(one.learner),
            moves=[_move(before, after, attempt) for attempt, before, after in one.scores],
            mark=_move(one.before, one.after),
            is_by_hand=one.is_by_hand,
        )
        for one in sorted(outcome.changes, key=lambda one: names.number(one.learner))
    ]


def _move(before: int, after: int, attempt: int = 0) -> Move:
    way = "same" if before == after else "up" if after > before else "down"
    return Move(percent(before), percent(after), way, attempt)


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
