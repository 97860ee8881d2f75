"""What the editor says: of a question's faults, of its versions, and of what cannot be saved."""

from collections.abc import Iterator, Sequence

from django.core.exceptions import ValidationError
from django.forms import Form
from django.utils.formats import number_format
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from quizzes.items.criticizing import Fault, Remark
from quizzes.items.differing import Part, Piece
from quizzes.items.revising import Version

LOST = _("“%(said)s” cannot be read as what is typed here: a number in figures, or a date.")
UNREADY = _("It cannot be asked yet. %(fault)s Mend that, or keep it as a draft.")
TOO_LONG = _("at most %(most)s characters, and there are %(count)s.")
OVERTAKEN = _(
    "The question was changed elsewhere since you opened it. Save again to put yours in place "
    "of that version."
)

FAULTS: dict[Fault, str | Promise] = {
    Fault.NO_STEM: _("There is no question yet."),
    Fault.NO_KEY: _("Nothing is wholly right yet: mark the right answer."),
    Fault.TWO_KEYS: _("Only one option can be chosen, and these are correct: %(said)s."),
    Fault.FEW_OPTIONS: _("There is nothing to choose from: write at least two options."),
    Fault.EQUAL_OPTIONS: _("Two options say the same: “%(said)s”."),
    Fault.NO_GAP: _("The text has no gap: write ___ where it is."),
    Fault.GAP_WITHOUT_KEY: _("Nothing is right in gap %(said)s yet."),
    Fault.UNREADABLE: _("“%(said)s” cannot be read: write a number in figures, or a date."),
    Fault.SAME_ACCEPTED: _("Two accepted answers are the same: “%(said)s”."),
    Fault.HALF_A_PAIR: _("“%(said)s” has no match."),
    Fault.FEW_PAIRS: _("Write at least two pairs."),
    Fault.EQUAL_PAIRS: _("“%(said)s” stands there twice."),
    Fault.FEW_LINES: _("Write at least two lines, one after the other."),
    Fault.EQUAL_LINES: _("Two lines say the same: “%(said)s”."),
    Fault.NO_EXPLANATION: _("No explanation: tell why the right answer is right."),
    Fault.NO_CRITERION: _("No criterion: tell what those who mark look for."),
    Fault.LENGTH: _("Its length gives the answer away: “%(said)s”."),
    Fault.ALL_OF_THE_ABOVE: _("“%(said)s”: better one more option that says something."),
    Fault.ABSOLUTE: _("“%(said)s”: such absolute words are seldom true, and students know it."),
    Fault.NEGATED: _("“%(said)s” is easily overlooked: write **%(said)s**."),
    Fault.ALSO_TRUE: _("By the book’s facts this option is right too: “%(said)s”."),
    Fault.UNFRAMED: _("This is asked as a fact, and the book does not make it one: “%(said)s”."),
    Fault.NO_FACT: _("No fact is named that it tests: then no card learns from it."),
}

ROWS: dict[str, str | Promise] = {
    "option": _("Option"),
    "answer": _("Answer"),
    "pair": _("Pair"),
    "spare": _("Right side without a match"),
    "line": _("Line"),
    "criterion": _("Criterion"),
}

PARTS: dict[Part, str | Promise] = {
    Part.KIND: _("Kind"),
    Part.STEM: _("Question"),
    Part.OPTIONS: _("Options"),
    Part.ACCEPTED: _("Accepted answers"),
    Part.CRITERIA: _("Criteria"),
    Part.ANSWER: _("Answer"),
    Part.EXPLANATION: _("Explanation"),
    Part.HINT: _("Hint"),
    Part.RULES: _("Rules"),
}


def told(remark: Remark) -> str:
    """A remark in words."""
    words = str(FAULTS[remark.fault])
    return words % {"said": remark.said} if "%(said)s" in words else words


def unready(remark: Remark) -> str:
    """Why a question cannot be ready, by its first fault."""
    return UNREADY % {"fault": told(remark)}


def row_name(name: str, gap: int = 0) -> str:
    """What rows of one list are called, with a place for each one's number."""
    called = f"{ROWS[name]} %(number)s"
    return f"{_('Gap')} {gap}, {called}" if gap else called


def slips(row: Form, name: str) -> Iterator[str]:
    """What of a row cannot be read, each with the row's name, its field and the limit."""
    for field, errors in row.errors.as_data().items():
        for error in errors:
            yield f"{name}, {row.fields[field].label}: {_reason(error)}"


def _reason(error: ValidationError) -> str:
    if error.code != "max_length":
        return " ".join(error.messages)
    said = error.params or {}
    limits = {"most": said["limit_value"], "count": said["show_value"]}
    return TOO_LONG % {name: number_format(n, force_grouping=True) for name, n in limits.items()}


def changes(version: Version) -> list[tuple[str | Promise, Sequence[Piece]]]:
    """What a version changed: each part in words, and its pieces."""
    return [(PARTS[one.part], one.pieces) for one in version.differences]
