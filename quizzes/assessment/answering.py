"""Answering: what a client sends for one question, checked for its shape and for nothing else.

Pure. A raw answer is JSON: `{"chosen": [2]}` names options by the places in which they were
shown, `{"text": "about 35,000"}` is what was typed. An empty answer is lawful: it takes the one
before it back.
"""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Any

from quizzes.content.packs.numerals import SCALES, numerals

CHOICE_KINDS = frozenset({"single", "several", "true_false", "classify"})
TYPED_KINDS = frozenset({"short_text", "number", "date"})
MARKABLE = CHOICE_KINDS | TYPED_KINDS
"""The kinds of question that a machine can mark."""

LONGEST_TEXT = 300
UNSTORABLE = re.compile("[\x00\ud800-\udfff]")
"""What no database takes as text: a zero byte, and halves of letters."""

_YEAR = re.compile(r"\d{2,4}")
_DIGITS = re.compile(
    r"(?:(?<!\w)(?P<minus>[-−]|minus ))?(?<![\w.,])"
    r"(?P<digits>(?:\d{1,3}(?:[, \u00a0\u2009\u202f]\d{3})+|\d+)(?:\.\d+)?)(?![.,]?\d)"
    rf"(?:[ -](?P<scale>{'|'.join(SCALES)})\b)?(?!\w)",
    re.IGNORECASE,
)
_NOTHING = re.compile(r"\s*(?:no|none|nothing|nil)\s*\.?\s*", re.IGNORECASE)


class Fault(StrEnum):
    """Why something is no answer to its question."""

    NOT_AN_ANSWER = "not_an_answer"
    NO_SUCH_OPTION = "no_such_option"
    ONE_ONLY = "one_only"
    CHOSEN_TWICE = "chosen_twice"
    TOO_LONG = "too_long"
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


type Answer = Chosen | Typed


def read(kind: str, order: Sequence[int], raw: object) -> Answer:
    """The answer that was sent to a question of a kind; raises `UnreadableError`.

    `order` gives each option's own place by the place in which it was shown.
    """
    if not isinstance(raw, Mapping) or len(raw) != 1:
        raise UnreadableError(Fault.NOT_AN_ANSWER)
    if kind in CHOICE_KINDS:
        return _chosen(kind, order, raw.get("chosen"))
    return _typed(kind, raw.get("text"))


def stored(order: Sequence[int], raw: Mapping[str, Any]) -> Answer:
    """An answer that was read and kept: it is never refused again, whatever the rules become."""
    if "chosen" in raw:
        return Chosen(frozenset(order[place] for place in raw["chosen"]))
    return Typed(raw["text"])


def is_blank(answer: Answer) -> bool:
    """Whether the answer takes back the one before it."""
    return not answer.positions if isinstance(answer, Chosen) else not answer.text.strip()


def number(text: str) -> Decimal:
    """The one number that a text says, whatever stands around it; raises `UnreadableError`.

    Commas and spaces part thousands, a point parts decimals; digits that fit neither (“1,5”,
    “35k”) are refused sooner than misread. Words are read by `numerals`.
    """
    if _NOTHING.fullmatch(text):
        return Decimal(0)
    words = re.sub(r"\d", " ", _DIGITS.sub(" ", text))
    found = [_in_digits(match) for match in _DIGITS.finditer(text)]
    found += [Decimal(one.value) for one in numerals(words)]
    if not found:
        raise UnreadableError(Fault.NOT_A_NUMBER)
    if len(found) > 1:
        raise UnreadableError(Fault.SEVERAL_NUMBERS)
    return found[0]


def _in_digits(match: re.Match[str]) -> Decimal:
    digits = Decimal(re.sub(r"[,\s]", "", match["digits"]))
    return (-digits if match["minus"] else digits) * SCALES.get((match["scale"] or "").lower(), 1)


def _chosen(kind: str, order: Sequence[int], places: object) -> Chosen:
    if not isinstance(places, list) or any(type(place) is not int for place in places):
        raise UnreadableError(Fault.NOT_AN_ANSWER)
    if any(not 0 <= place < len(order) for place in places):
        raise UnreadableError(Fault.NO_SUCH_OPTION)
    if len(set(places)) < len(places):
        raise UnreadableError(Fault.CHOSEN_TWICE)
    if len(places) > 1 and kind != "several":
        raise UnreadableError(Fault.ONE_ONLY)
    return Chosen(frozenset(order[place] for place in places))


def _typed(kind: str, text: object) -> Typed:
    if not isinstance(text, str) or not _is_text(text):
        raise UnreadableError(Fault.NOT_AN_ANSWER)
    if len(text) > LONGEST_TEXT:
        raise UnreadableError(Fault.TOO_LONG)
    if text.strip() and kind == "number":
        number(text)
    if text.strip() and kind == "date" and not _YEAR.search(text):
        raise UnreadableError(Fault.NOT_A_DATE)
    return Typed(text)


def _is_text(text: str) -> bool:
    """Nothing that a keyboard cannot type: no control characters, no halves of letters."""
    return all(
        letter.isspace() or unicodedata.category(letter) not in {"Cc", "Cs"} for letter in text
    )
