"""Gaps in a text, as their author writes them.

Pure. `{{Tukhachevsky}}` is a gap, `{{1937::which year?}}` one with a hint. Each gap asks a card
of its own. `{{1:Kork}} and {{1:Eideman}}` share the number 1: they go together, as one card. A gap
written without a number is given one when it is saved, and the number stays in the text, so that
however the text is changed around it a card goes on asking for the same gap.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from quizzes.items.normalizing import answer_key

MOST_GAPS = 30
OPEN, CLOSE = "{{", "}}"

_GAP = re.compile(
    r"\{\{(?:c(?P<other>\d{1,3})::|(?P<number>\d{1,3}):(?!:))?"
    r"(?P<text>(?:(?!\{\{|\}\}|::).)*)(?:::(?P<hint>(?:(?!\{\{|\}\}).)*))?\}\}",
    re.DOTALL,
)


class Fault(StrEnum):
    """What can be wrong with a text with gaps."""

    NONE = "none"
    EMPTY = "empty"
    TORN = "torn"
    NUMBER = "number"
    MANY = "many"


@dataclass(frozen=True, slots=True)
class Gap:
    """One gap: its number, the words that fill it, and a hint at them."""

    number: int
    text: str
    hint: str = ""

    @property
    def written(self) -> str:
        """The gap as it stands in a saved text."""
        hint = f"::{self.hint}" if self.hint else ""
        return f"{OPEN}{self.number}:{self.text}{hint}{CLOSE}"


type Piece = str | Gap


def fault(text: str) -> Fault | None:
    """What is wrong with a text with gaps, if anything is."""
    found = list(_GAP.finditer(text))
    rest = _GAP.sub("", text)
    if OPEN in rest or CLOSE in rest:
        return Fault.TORN
    if not found:
        return Fault.NONE
    if not all(one["text"].strip() for one in found):
        return Fault.EMPTY
    if any(_number(one) == 0 for one in found):
        return Fault.NUMBER
    numbers = [_number(one) for one in found]
    is_many = len(set(numbers) - {None}) + numbers.count(None) > MOST_GAPS
    return Fault.MANY if is_many else None


def pieces(text: str, known: Mapping[int, str] | None = None) -> list[Piece]:
    """A text cut at its gaps, each of which has a number.

    `known` are the gaps that the text had before, by number, with the words that filled them: a
    gap without a number takes up the one with the same words, and never another's.
    """
    found = list(_GAP.finditer(text))
    taken = {number for one in found if (number := _number(one)) is not None}
    free = _Numbers(taken, known or {})
    cut: list[Piece] = []
    end = 0
    for one in found:
        cut.append(text[end : one.start()])
        words = one["text"].strip()
        cut.append(Gap(_number(one) or free.take(words), words, (one["hint"] or "").strip()))
        end = one.end()
    return [piece for piece in [*cut, text[end:]] if piece != ""]


def written(cut: list[Piece]) -> str:
    """The text that these pieces are cut from, with a number in each gap."""
    return "".join(piece if isinstance(piece, str) else piece.written for piece in cut)


def answers(cut: list[Piece]) -> dict[int, list[str]]:
    """The words of each gap by its number, in the order of the text."""
    found: dict[int, list[str]] = {}
    for piece in cut:
        if isinstance(piece, Gap):
            found.setdefault(piece.number, []).append(piece.text)
    return dict(sorted(found.items()))


def _number(found: re.Match[str]) -> int | None:
    digits = found["number"] or found["other"]
    return int(digits) if digits else None


class _Numbers:
    """Numbers for gaps that have none."""

    def __init__(self, taken: set[int], known: Mapping[int, str]) -> None:
        self._taken = taken
        self._known = {
            answer_key(words): number for number, words in known.items() if number not in taken
        }
        self._next = 1 + max([0, *known]) if known else 1

    def take(self, words: str) -> int:
        number = self._known.pop(answer_key(words), None)
        while number is None or number in self._taken:
            number = self._next
            self._next += 1
        self._taken.add(number)
        return number
