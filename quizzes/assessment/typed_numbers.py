"""Numbers as learners type them, and on which side of them the word beside them points.

Pure. Commas and spaces part thousands, a point parts decimals; digits that fit neither (“1,5”,
“35k”) are refused sooner than misread. Numbers in words are read by `numerals`.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from quizzes.content.packs.numerals import SCALES, numerals


class Bound(StrEnum):
    """Which numbers are meant when one is named."""

    EXACTLY = "exactly"
    ABOUT = "about"
    NEARLY = "nearly"
    OVER = "over"
    AT_LEAST = "at_least"
    UNDER = "under"
    AT_MOST = "at_most"


@dataclass(frozen=True, slots=True)
class Said:
    """A number, and its bound if one was said."""

    value: Decimal
    bound: Bound | None = None


_BEFORE = {
    Bound.EXACTLY: ("exactly", "exact", "precisely"),
    Bound.ABOUT: (
        *("about", "around", "approximately", "approx", "approx.", "roughly", "some"),
        *("circa", "ca", "ca.", "c", "~", "≈"),
    ),
    Bound.NEARLY: ("nearly", "almost", "close to", "not quite"),
    Bound.OVER: ("over", "more than", "greater than", "above", "upwards of", ">"),
    Bound.AT_LEAST: (
        *("at least", "at the least", "at the very least", "no fewer than", "not fewer than"),
        *("no less than", "not less than", "not under", "a minimum of", "≥", ">="),
    ),
    Bound.UNDER: ("under", "less than", "fewer than", "below", "<"),
    Bound.AT_MOST: (
        *("at most", "at the most", "at the very most", "no more than", "not more than"),
        *("not over", "up to", "a maximum of", "≤", "<="),
    ),
}
_AFTER = {
    Bound.EXACTLY: ("exactly", "precisely"),
    Bound.ABOUT: ("or so", "approximately", "roughly"),
    Bound.OVER: ("and more",),
    Bound.AT_LEAST: ("or more", "or over", "at least", "at the least", "at the very least", "+"),
    Bound.AT_MOST: ("or fewer", "or less", "or under", "at most", "at the most"),
}
_UP = frozenset({Bound.OVER, Bound.AT_LEAST})
_DOWN = frozenset({Bound.UNDER, Bound.AT_MOST, Bound.NEARLY})

_DIGITS = re.compile(
    r"(?:(?<!\w)(?P<minus>[-−]|minus ))?(?<![\w.,])"
    r"(?P<digits>(?:\d{1,3}(?:[, \u00a0\u2009\u202f]\d{3})+|\d+)(?:\.\d+)?)(?![.,]?\d)"
    rf"(?:[ -](?P<scale>{'|'.join(SCALES)})\b)?(?!\w)",
    re.IGNORECASE,
)
_NOTHING = re.compile(r"\s*(?:no|none|nothing|nil)\s*\.?\s*", re.IGNORECASE)


def _any_of(phrases: Iterable[str]) -> str:
    escaped = (re.escape(phrase).replace(r"\ ", r"\s+") for phrase in phrases)
    return "|".join(sorted(escaped, key=len, reverse=True))


_BOUNDS_BEFORE = {said: bound for bound, phrases in _BEFORE.items() for said in phrases}
_BOUNDS_AFTER = {said: bound for bound, phrases in _AFTER.items() for said in phrases}
_JUST_BEFORE = re.compile(rf"(?<!\w)(?:{_any_of(_BOUNDS_BEFORE)})\s*$", re.IGNORECASE)
_AT_THE_END = re.compile(rf"(?:(?<!\w)|^)(?:{_any_of(_BOUNDS_AFTER)})(?=\W*$)", re.IGNORECASE)


def numbers(text: str) -> list[Said]:
    """Every number that a text says; “none” alone says 0."""
    if _NOTHING.fullmatch(text):
        return [Said(Decimal(0))]
    found = [(_in_digits(match), *match.span()) for match in _DIGITS.finditer(text)]
    words = re.sub(r"\d", " ", _DIGITS.sub(_blank, text))
    found += [(Decimal(one.value), one.start, one.end) for one in numerals(words)]
    return [Said(value, _bound(text[:start], text[end:])) for value, start, end in found]


def read(text: str) -> Said | None:
    """The number that a text says, where it says one and no more."""
    found = numbers(text)
    return found[0] if len(found) == 1 else None


def named(phrase: str) -> Bound | None:
    """The bound that a word or a phrase names: “over”, “at most”, “more_than”."""
    return _BOUNDS_BEFORE.get(" ".join(phrase.replace("_", " ").casefold().split()))


def agrees(said: Bound | None, meant: Bound) -> bool:
    """Whether a bound may be said of a number that is meant with another.

    It may be left out, softened to “about”, and weakened on its own side (“at least” for “over”);
    “nearly” passes for a number without a side. What points to the other side of the number, or
    to a side where none is meant, or claims to be exact where that is not meant, is not so.
    """
    if said in (None, Bound.ABOUT, meant):
        return True
    if meant in _UP:
        return said in _UP
    if meant in _DOWN:
        return said in _DOWN
    return said is Bound.NEARLY


def _in_digits(match: re.Match[str]) -> Decimal:
    digits = Decimal(re.sub(r"[,\s]", "", match["digits"]))
    return (-digits if match["minus"] else digits) * SCALES.get((match["scale"] or "").lower(), 1)


def _blank(match: re.Match[str]) -> str:
    return " " * len(match[0])


def _bound(before: str, after: str) -> Bound | None:
    if found := _JUST_BEFORE.search(before):
        return _BOUNDS_BEFORE[_plain(found[0])]
    found = _AT_THE_END.search(after)
    return _BOUNDS_AFTER[_plain(found[0])] if found else None


def _plain(phrase: str) -> str:
    return " ".join(phrase.casefold().split())
