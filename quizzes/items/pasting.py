"""A list that somebody pastes: “term - definition”, a card a line.

Pure. Every line is told, with its number, as a card or with what is wrong with it; blank lines are
none. Two lines with the same front are one card, and the second says so.
"""

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from enum import StrEnum

from quizzes.items.normalizing import normalized

MOST_LINES, LONGEST_LINE, LONGEST_OWN = 2_000, 2_000, 10


class Separator(StrEnum):
    """What parts the two sides of a line."""

    TAB = "tab"
    DASH = "dash"
    SEMICOLON = "semicolon"
    COLON = "colon"
    BAR = "bar"
    OWN = "own"


class Fault(StrEnum):
    """Why a line is no new card."""

    NO_SEPARATOR = "no-separator"
    NO_FRONT = "no-front"
    NO_BACK = "no-back"
    LONG = "long"
    TWICE = "twice"
    KNOWN = "known"


@dataclass(frozen=True, slots=True)
class Line:
    """One line: its number from 1, its text, its two sides, and what keeps it from being added."""

    number: int
    text: str
    front: str = ""
    back: str = ""
    fault: Fault | None = None


_PATTERNS = {
    Separator.TAB: r"\t",
    Separator.DASH: r"\s[-–—]\s",
    Separator.SEMICOLON: ";",
    Separator.COLON: ":",
    Separator.BAR: r"\|",
}


def parting(separator: Separator, own: str = "") -> re.Pattern[str]:
    """What parts a line, without the spaces around it: a run of those is looked at only once."""
    return re.compile(_PATTERNS.get(separator) or re.escape(own))


def lines(
    text: str,
    separator: Separator,
    own: str = "",
    known: Collection[str] = (),
    *,
    is_back_first: bool = False,
) -> list[Line]:
    """The lines of a text, parted at the first `separator` (`own` where it is one's own).

    `known` are fronts that are there already, as `front_key` gives them.
    """
    pattern = parting(separator, own)
    seen = set[str]()
    found = []
    for number, raw in enumerate(text.splitlines(), start=1):
        if not raw.strip():
            continue
        line = _parted(number, raw, pattern, is_back_first=is_back_first)
        found.append(_judged(line, seen, known))
        seen.add(front_key(line.front))
    return found


def front_key(front: str) -> str:
    """What makes two fronts the same front, whatever their capitals and spaces."""
    return normalized(front)


def new(found: Iterable[Line]) -> list[Line]:
    """The lines that are new cards."""
    return [line for line in found if line.fault is None]


def at_fault(found: Iterable[Line]) -> list[Line]:
    """The lines that are no cards at all; those that are there already are none of them."""
    return [line for line in found if line.fault not in (None, Fault.KNOWN, Fault.TWICE)]


def _parted(number: int, raw: str, pattern: re.Pattern[str], *, is_back_first: bool) -> Line:
    if len(raw) > LONGEST_LINE:
        return Line(number, raw, fault=Fault.LONG)
    text = raw if pattern.pattern == r"\t" else raw.strip()
    parts = [part.strip() for part in pattern.split(text, maxsplit=1)]
    if len(parts) < 2:
        return Line(number, raw, fault=Fault.NO_SEPARATOR)
    front, back = reversed(parts) if is_back_first else parts
    if not front:
        return Line(number, raw, front, back, Fault.NO_FRONT)
    return Line(number, raw, front, back, None if back else Fault.NO_BACK)


def _judged(line: Line, seen: Collection[str], known: Collection[str]) -> Line:
    key = front_key(line.front)
    if line.fault or not (key in seen or key in known):
        return line
    fault = Fault.KNOWN if key in known else Fault.TWICE
    return Line(line.number, line.text, line.front, line.back, fault)
