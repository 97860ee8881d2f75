"""Answering: what a client sends for one question, checked for its shape and for nothing else.

Pure. A raw answer is JSON and speaks of places as they were shown: `{"chosen": [2]}` names
options, `{"pairs": [2, null, 0]}` gives each left side its right side, `{"order": [2, 0, 1]}` goes
from first to last, `{"gaps": ["1937", 2]}` fills each gap with a text or with one of its options,
and `{"text": "about 35,000"}` is what was typed. What is read speaks of the options' own places.
An empty answer is lawful: it takes the one before it back.
"""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Any

from quizzes.assessment import typed_numbers

CHOICE_KINDS = frozenset({"single", "several", "true_false", "classify"})
TYPED_KINDS = frozenset({"short_text", "number", "date"})
CLOZE, ESSAY = "cloze", "essay"
MARKABLE = CHOICE_KINDS | TYPED_KINDS | {"matching", "ordering", CLOZE}
"""The kinds of question that a machine can mark; an essay needs a person."""

LONGEST_TEXT, LONGEST_ESSAY = 300, 10_000
UNSTORABLE = re.compile("[\x00\ud800-\udfff]")
"""What no database takes as text: a zero byte, and halves of letters."""

_YEAR = re.compile(r"\d{2,4}")


class Fault(StrEnum):
    """Why something is no answer to its question."""

    NOT_AN_ANSWER = "not_an_answer"
    NO_SUCH_OPTION = "no_such_option"
    ONE_ONLY = "one_only"
    CHOSEN_TWICE = "chosen_twice"
    TOO_LONG = "too_long"
    ESSAY_TOO_LONG = "essay_too_long"
    NOT_ALL_ORDERED = "not_all_ordered"
    NOT_A_NUMBER = "not_a_number"
    SEVERAL_NUMBERS = "several_numbers"
    NOT_A_DATE = "not_a_date"


class UnreadableError(Exception):
    """What was sent is no answer; `fault` says why."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(fault)
        self.fault = fault


@dataclass(frozen=True, slots=True)
class Chosen:
    """The options that were chosen, by their own places in the revision."""

    positions: frozenset[int]


@dataclass(frozen=True, slots=True)
class Typed:
    """What was typed."""

    text: str


@dataclass(frozen=True, slots=True)
class Matched:
    """For each left side, by its own place, the own place of its right side, if it has one."""

    rights: tuple[int | None, ...]


@dataclass(frozen=True, slots=True)
class Ordered:
    """The own places of all lines, from first to last; none if nothing was put in order."""

    places: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Filled:
    """What fills each gap: a text, an option's own place, or nothing."""

    gaps: tuple[str | int | None, ...]


type Answer = Chosen | Typed | Matched | Ordered | Filled
type Orders = Sequence[Sequence[int]]
"""Each part's own places as they were shown; empty where a part is typed."""


def read(kind: str, orders: Orders, raw: object) -> Answer:
    """The answer that was sent to a question of a kind; raises `UnreadableError`.

    Parts: the options of a choice or an ordering are the first; a matching question's left sides
    are the first and its right sides the second; each gap is one.
    """
    if not isinstance(raw, Mapping) or len(raw) != 1:
        raise UnreadableError(Fault.NOT_AN_ANSWER)
    if kind in CHOICE_KINDS:
        return _chosen(kind, orders[0], raw.get("chosen"))
    match kind:
        case "matching":
            return _matched(orders[0], orders[1], raw.get("pairs"))
        case "ordering":
            return _ordered(orders[0], raw.get("order"))
        case "cloze":
            return _filled(orders, raw.get("gaps"))
    return _typed(kind, raw.get("text"))


def stored(kind: str, orders: Orders, raw: Mapping[str, Any]) -> Answer:
    """An answer that was read and kept: it is never refused again, whatever the rules become."""
    if kind in CHOICE_KINDS:
        return Chosen(frozenset(orders[0][place] for place in raw["chosen"]))
    match kind:
        case "matching":
            return _by_own_left(orders[0], orders[1], raw["pairs"])
        case "ordering":
            return Ordered(tuple(orders[0][place] for place in raw["order"]))
        case "cloze":
            return Filled(tuple(map(_gap_stored, orders, raw["gaps"])))
    return Typed(raw["text"])


def is_blank(answer: Answer) -> bool:
    """Whether the answer takes back the one before it."""
    match answer:
        case Chosen(positions):
            return not positions
        case Matched(rights):
            return all(right is None for right in rights)
        case Ordered(places):
            return not places
        case Filled(gaps):
            return all(gap is None for gap in gaps)
        case Typed(text):
            return not text.strip()


def number(text: str) -> Decimal:
    """The one number that a text says, whatever stands around it; raises `UnreadableError`."""
    found = typed_numbers.numbers(text)
    if not found:
        raise UnreadableError(Fault.NOT_A_NUMBER)
    if len(found) > 1:
        raise UnreadableError(Fault.SEVERAL_NUMBERS)
    return found[0].value


def _chosen(kind: str, order: Sequence[int], places: object) -> Chosen:
    chosen = _places(order, places)
    if len(set(chosen)) < len(chosen):
        raise UnreadableError(Fault.CHOSEN_TWICE)
    if len(chosen) > 1 and kind != "several":
        raise UnreadableError(Fault.ONE_ONLY)
    return Chosen(frozenset(chosen))


def _matched(lefts: Sequence[int], rights: Sequence[int], pairs: object) -> Matched:
    """One right side may go with several left ones."""
    if not isinstance(pairs, list) or len(pairs) != len(lefts):
        raise UnreadableError(Fault.NOT_AN_ANSWER)
    _places(rights, [place for place in pairs if place is not None])
    return _by_own_left(lefts, rights, pairs)


def _by_own_left(
    lefts: Sequence[int], rights: Sequence[int], pairs: Sequence[int | None]
) -> Matched:
    found = {
        left: None if place is None else rights[place]
        for left, place in zip(lefts, pairs, strict=False)
    }
    return Matched(tuple(found.get(left) for left in range(len(lefts))))


def _ordered(order: Sequence[int], places: object) -> Ordered:
    ordered = _places(order, places)
    if ordered and sorted(ordered) != sorted(order):
        raise UnreadableError(Fault.NOT_ALL_ORDERED)
    return Ordered(tuple(ordered))


def _filled(orders: Orders, gaps: object) -> Filled:
    if not isinstance(gaps, list) or len(gaps) != len(orders):
        raise UnreadableError(Fault.NOT_AN_ANSWER)
    return Filled(tuple(map(_gap, orders, gaps)))


def _gap(order: Sequence[int], said: object) -> str | int | None:
    if said is None or said == "":
        return None
    if order:
        return _places(order, [said])[0]
    return _gap_stored(order, _text(said, LONGEST_TEXT, Fault.TOO_LONG))


def _gap_stored(order: Sequence[int], said: str | int | None) -> str | int | None:
    """A gap with nothing but spaces in it is not filled."""
    if isinstance(said, int):
        return order[said]
    return said if said and said.strip() else None


def _places(order: Sequence[int], places: object) -> list[int]:
    """The own places of what is named by its places as shown."""
    if not isinstance(places, list) or any(type(place) is not int for place in places):
        raise UnreadableError(Fault.NOT_AN_ANSWER)
    if any(not 0 <= place < len(order) for place in places):
        raise UnreadableError(Fault.NO_SUCH_OPTION)
    return [order[place] for place in places]


def _typed(kind: str, said: object) -> Typed:
    if kind == ESSAY:
        return Typed(_text(said, LONGEST_ESSAY, Fault.ESSAY_TOO_LONG))
    text = _text(said, LONGEST_TEXT, Fault.TOO_LONG)
    if text.strip() and kind == "number":
        number(text)
    if text.strip() and kind == "date" and not _YEAR.search(text):
        raise UnreadableError(Fault.NOT_A_DATE)
    return Typed(text)


def _text(said: object, longest: int, fault: Fault) -> str:
    if not isinstance(said, str) or not _is_text(said):
        raise UnreadableError(Fault.NOT_AN_ANSWER)
    if len(said) > longest:
        raise UnreadableError(fault)
    return said


def _is_text(text: str) -> bool:
    """Nothing that a keyboard cannot type: no control characters, no halves of letters."""
    return all(
        letter.isspace() or unicodedata.category(letter) not in {"Cc", "Cs"} for letter in text
    )
