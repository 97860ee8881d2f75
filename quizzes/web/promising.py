"""Promising: in plain words, what a learner is told of an attempt, and when."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils.functional import Promise as Lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from quizzes.assessment.disclosing import Told
from quizzes.assessment.terms import Moment, Terms

PARTS: dict[str, str | Lazy] = {
    "answer": gettext_lazy("what you answered"),
    "correctness": gettext_lazy("which answers are right"),
    "score": gettext_lazy("your score"),
    "key": gettext_lazy("the right answers"),
    "explanation": gettext_lazy("the explanations"),
}
"""What can be told of an attempt, by its name in the terms."""


@dataclass(frozen=True, slots=True)
class Promise:
    """From when on some parts are told: “After you hand in”, “your score and the right answers”."""

    when: str
    what: str


def promises(terms: Terms, *, is_graded: bool, closes: str = "") -> list[Promise]:
    """Everything that terms tell, the earliest first; `closes` says when it closes for all."""
    return _promises(PARTS, terms, is_graded=is_graded, closes=closes)


def to_come(terms: Terms, told: Told, now: Moment, *, is_graded: bool) -> list[Promise]:
    """What is not told yet, and when it will be; what a quiz elsewhere holds back is said last."""
    missing = [part for part in PARTS if not getattr(told.attempt, part)]
    later = [part for part in missing if _moment(terms, part) > now]
    held = [part for part in missing if part not in later]
    said = _promises(later, terms, is_graded=is_graded)
    if held:
        said.append(
            Promise(_("Once a quiz that was given to you no longer asks the same"), _listed(held))
        )
    elif kept := _kept(told):
        said.append(
            Promise(
                _("Of the questions that a quiz given to you asks now, once it no longer does"),
                _listed(kept),
            )
        )
    return said


def _kept(told: Told) -> list[str]:
    """What is told of the attempt, and not of each of its questions."""
    of_each = [part for part in PARTS if part not in {"answer", "score"}]
    return [
        part
        for part in of_each
        if getattr(told.attempt, part)
        and not all(getattr(one, part) for one in told.questions.values())
    ]


def _moment(terms: Terms, part: str) -> Moment:
    return Moment(getattr(terms, f"{part}_from"))


def _promises(
    parts: Iterable[str], terms: Terms, *, is_graded: bool, closes: str = ""
) -> list[Promise]:
    named = list(parts)
    found = []
    for moment in Moment:
        of_it = [part for part in named if _moment(terms, part) == moment]
        if of_it:
            found.append(Promise(_when(moment, is_graded=is_graded, closes=closes), _listed(of_it)))
    return found


def _when(moment: Moment, *, is_graded: bool, closes: str) -> str:
    if moment == Moment.CLOSED and is_graded:
        return _("Once your instructor releases the results")
    if moment == Moment.CLOSED and closes:
        return _("After it has closed for everybody: %(closes)s") % {"closes": closes}
    return {
        Moment.DURING: _("As soon as a question is checked"),
        Moment.HANDED_IN: _("As soon as you hand in"),
        Moment.CLOSED: _("After it has closed for everybody"),
        Moment.NEVER: _("Not at all"),
    }[moment]


def _listed(parts: Sequence[str]) -> str:
    """“a”, “a and b”, “a, b and c”."""
    words = [str(PARTS[part]) for part in parts]
    if len(words) == 1:
        return words[0]
    return _("%(first)s and %(last)s") % {"first": ", ".join(words[:-1]), "last": words[-1]}
