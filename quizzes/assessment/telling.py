"""Telling: answers and faults in words, for people."""

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from quizzes.assessment import sheets
from quizzes.assessment.answering import LONGEST_TEXT, Answer, Chosen, Fault
from quizzes.assessment.sheets import Question

_REASONS: dict[Fault, str | Promise] = {
    Fault.NOT_AN_ANSWER: gettext_lazy("This is no answer to this question."),
    Fault.NO_SUCH_OPTION: gettext_lazy("There is no such option."),
    Fault.ONE_ONLY: gettext_lazy("Choose one option."),
    Fault.CHOSEN_TWICE: gettext_lazy("An option is chosen twice."),
    Fault.TOO_LONG: gettext_lazy("Write at most %(limit)s letters."),
    Fault.NOT_A_NUMBER: gettext_lazy("Write a number, such as 35,000."),
    Fault.SEVERAL_NUMBERS: gettext_lazy("Write one number only."),
    Fault.NOT_A_DATE: gettext_lazy("Write a date with its year, such as June 1937 or the 1930s."),
}


def reason(fault: Fault) -> str:
    """What is wrong with an answer, and what to write instead."""
    return str(_REASONS[fault]) % {"limit": LONGEST_TEXT}


def words(answer: Answer | None, options: list[str]) -> str:
    """An answer in words, its options in their own order; nothing if there is none."""
    if isinstance(answer, Chosen):
        return "; ".join(options[place] for place in sorted(answer.positions))
    return answer.text if answer else ""


def both(question: Question, answer: Answer) -> str:
    """That a question has a newer answer, and both answers; one query."""
    options = sheets.option_texts([question])[question.served.revision_id]
    return _(
        "Question %(number)s was answered elsewhere meanwhile: “%(theirs)s”. "
        "Here you gave “%(yours)s”. Load the page again to answer it anew."
    ) % {
        "number": question.position,
        "theirs": words(question.answer, options),
        "yours": words(answer, options),
    }
