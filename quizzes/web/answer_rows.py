"""Answers as rows: where they are put, and what stands below those that are told."""

from collections.abc import Iterator, Sequence

from django.utils.text import Truncator
from django.utils.translation import gettext as _

from quizzes.analytics.advising import Choice
from quizzes.analytics.item_analysis import Asked
from quizzes.assessment.answering import CLOZE, TYPED_KINDS
from quizzes.assessment.grading import Credit
from quizzes.items.models import Revision
from quizzes.web import regrading_forms

LONGEST_SHOWN = 80


def heading(asked: Asked, part: int, choices: Sequence[Choice]) -> str:
    """What a place is, in words; nothing where an option is chosen, and there is but one place."""
    match asked.wording.kind:
        case kind if kind == CLOZE:
            return _("Gap %(number)s") % {"number": part + 1}
        case Revision.Kind.ORDERING:
            return _("Place %(number)s") % {"number": part + 1}
        case Revision.Kind.MATCHING:
            return choices[0].place if choices else ""
        case kind if kind in TYPED_KINDS:
            return _("Answer")
    return ""


def prefix(asked: Asked, title: str) -> str:
    """The heading of a place before what was put in it, where there are several places."""
    return "" if not title or asked.wording.kind in TYPED_KINDS else f"{title}: "


def text(choice: Choice) -> str:
    """What was chosen, or as much of it as a line has room for."""
    return Truncator(choice.text).chars(LONGEST_SHOWN) if choice.is_typed else choice.text


def named(asked: Asked, choice: Choice) -> str:
    """An answer in words, with the place in which it was put where that tells more."""
    if choice.place:
        return f"{choice.place} – {text(choice)}"
    if asked.wording.kind == Revision.Kind.ORDERING:
        return f"{choice.part + 1}. {text(choice)}"
    return text(choice)


def credit(choice: Choice) -> str:
    """The name by which a regrade credits a wrong text; nothing of what is no such text."""
    is_wrong_text = choice.is_typed and not choice.is_right and choice.chosen
    return regrading_forms.name_of(Credit(choice.part, choice.text)) if is_wrong_text else ""


def left(asked: Asked, part: int, choices: Sequence[Choice]) -> Iterator[tuple[str, Choice]]:
    """Those of whom no answer is told: the other answers, if there are any, and who left it out."""
    empty = asked.left_out[part]
    omitted = asked.evidence.omitted + empty.chosen
    upper = asked.upper_omitted + empty.upper
    others = asked.n - omitted - sum(one.chosen for one in choices)
    if others > 0:  # it is less where somebody has handed in between two reads
        of_upper = asked.upper - upper - sum(one.upper for one in choices)
        yield _("Other answers"), Choice(part, 0, "", is_key=False, chosen=others, upper=of_upper)
    yield _("Left out"), Choice(part, 0, "", is_key=False, chosen=omitted, upper=upper)
