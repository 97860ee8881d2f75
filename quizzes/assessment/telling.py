"""Telling: answers and faults in words, for people."""

from collections.abc import Sequence

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from quizzes.assessment import sheets
from quizzes.assessment.answering import (
    LONGEST_ESSAY,
    LONGEST_TEXT,
    Answer,
    Chosen,
    Fault,
    Filled,
    Matched,
    Ordered,
    Typed,
)
from quizzes.assessment.sheets import Parts, Question

_REASONS: dict[Fault, str | Promise] = {
    Fault.NOT_AN_ANSWER: gettext_lazy("This is no answer to this question."),
    Fault.NO_SUCH_OPTION: gettext_lazy("There is no such option."),
    Fault.ONE_ONLY: gettext_lazy("Choose one option."),
    Fault.CHOSEN_TWICE: gettext_lazy("An option is chosen twice."),
    Fault.TOO_LONG: gettext_lazy("Write at most %(limit)s letters."),
    Fault.ESSAY_TOO_LONG: gettext_lazy("Write at most %(essay_limit)s letters."),
    Fault.NOT_ALL_ORDERED: gettext_lazy("Give every line a place of its own, from 1 on."),
    Fault.NOT_A_NUMBER: gettext_lazy("Write a number, such as 35,000."),
    Fault.SEVERAL_NUMBERS: gettext_lazy("Write one number only."),
    Fault.NOT_A_DATE: gettext_lazy("Write a date with its year, such as June 1937 or the 1930s."),
}


NOTHING = "—"
"""What stands for a left side or a gap without an answer."""


def reason(fault: Fault) -> str:
    """What is wrong with an answer, and what to write instead."""
    limits = {"limit": LONGEST_TEXT, "essay_limit": f"{LONGEST_ESSAY:,}"}
    return str(_REASONS[fault]) % limits


def words(answer: Answer | None, options: Parts) -> str:
    """An answer in words; nothing if there is none."""
    match answer:
        case None:
            return ""
        case Typed(text):
            return text
        case Chosen(positions):
            return "; ".join(options[0][place] for place in sorted(positions))
        case Matched(rights):
            pairs = zip(options[0], rights, strict=False)
            return "; ".join(f"{left}: {_said(options[1], right)}" for left, right in pairs)
        case Ordered(places):
            lines = (options[0][place] for place in places)
            return "; ".join(f"{number}. {line}" for number, line in enumerate(lines, start=1))
        case Filled(gaps):
            return "; ".join(map(_said, options, gaps))


def _said(options: Sequence[str], said: str | int | None) -> str:
    if said is None:
        return NOTHING
    return options[said] if isinstance(said, int) else said


def both(question: Question, answer: Answer) -> str:
    """That a question has a newer answer, and both answers; one query."""
    options = sheets.options([question])[question.served.revision_id]
    return _(
        "Question %(number)s was answered elsewhere meanwhile: “%(theirs)s” is saved, "
        "and here you gave “%(yours)s”"
    ) % {
        "number": question.position,
        "theirs": words(question.answer, options),
        "yours": words(answer, options),
    }
