"""Typed answers as a key holds them: a number with its bound word, a date with its days.

Pure.
"""

import re
from decimal import Decimal, InvalidOperation

from quizzes.content.dates import FuzzyDate
from quizzes.content.packs.numerals import numerals
from quizzes.items.phrasing import QUALIFIERS, bounded, numeral
from quizzes.items.wordings import AnswerWording

_FIGURES = re.compile(r"-?\d{1,3}(?:,\d{3})+(?:\.\d+)?|-?\d+(?:\.\d+)?")
_MOST, _DECIMALS = Decimal(10) ** 14, 6
"""Where the database's numbers end."""


def counted(value: Decimal, bound: str, text: str | None = None) -> AnswerWording:
    """A number as it is read, with its bound word; an exact one needs no bound."""
    is_whole = value == value.to_integral_value()
    said = bounded(bound, int(value), None, None) if is_whole else f"{value.normalize():f}"
    return AnswerWording(
        text=text or said or numeral(int(value)),
        number=value,
        bound=bound if bound in QUALIFIERS else "",
    )


def dated(when: FuzzyDate) -> AnswerWording:
    """A date as exact as it was given."""
    return AnswerWording(
        text=when.label,
        precision=when.precision.value,
        not_before=when.not_before,
        not_after=when.not_after,
    )


def number(said: str) -> Decimal | None:
    """The number that a whole text is, in figures or in words; none if it is something else."""
    text = " ".join(said.split())
    if _FIGURES.fullmatch(text):
        return _kept(text.replace(",", ""))
    found = numerals(text)
    is_all = len(found) == 1 and (found[0].start, found[0].end) == (0, len(text))
    return _kept(str(found[0].value)) if is_all else None


def _kept(figures: str) -> Decimal | None:
    """The number, if it can be kept without loss."""
    try:
        value = Decimal(figures)
    except InvalidOperation:
        return None
    exponent = value.normalize().as_tuple().exponent
    is_fine = isinstance(exponent, int) and exponent >= -_DECIMALS
    return value if is_fine and abs(value) < _MOST else None
