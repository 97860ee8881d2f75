"""Numbers said in English text, in digits or words."""

import re
from dataclasses import dataclass

_ONES = "one two three four five six seven eight nine".split()
_TEENS = "ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen".split()
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()
SMALL = (
    {"zero": 0, "a": 1}
    | {word: number for number, word in enumerate([*_ONES, *_TEENS], start=1)}
    | {ten: 10 * number for number, ten in enumerate(_TENS, start=2)}
    | {
        f"{ten}{mark}{one}": 10 * tens + ones
        for tens, ten in enumerate(_TENS, start=2)
        for ones, one in enumerate(_ONES, start=1)
        for mark in "- "
    }
)
SCALES = {"hundred": 100, "thousand": 1000, "million": 1_000_000, "billion": 1_000_000_000}

_SCALE = rf"(?:[ -](?P<scale>{'|'.join(SCALES)})\b)"
_DIGITS = re.compile(
    rf"(?<![\w.,])(?P<digits>\d{{1,3}}(?:[, \u00a0\u202f]\d{{3}})+|\d+(?:\.\d+)?)"
    rf"{_SCALE}?(?![\d%])",
    re.IGNORECASE,
)
_LONGEST_FIRST = "|".join(sorted(SMALL, key=len, reverse=True))
_WORDS = re.compile(rf"\b(?P<word>{_LONGEST_FIRST}){_SCALE}?(?!\w)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Numeral:
    """A number and where in the text it is said."""

    value: int
    start: int
    end: int


def numerals(text: str) -> list[Numeral]:
    """Every whole number said in a text; a bare "a" is none, and neither is a decimal."""
    found = [_digits(match) for match in _DIGITS.finditer(text)]
    found += [_words(match) for match in _WORDS.finditer(text)]
    return sorted((n for n in found if n is not None), key=lambda n: n.start)


def _digits(match: re.Match[str]) -> Numeral | None:
    digits = re.sub(r"[,\s]", "", match["digits"])
    value = float(digits) * SCALES.get((match["scale"] or "").lower(), 1)
    return Numeral(int(value), *match.span()) if value == int(value) else None


def _words(match: re.Match[str]) -> Numeral | None:
    word, scale = match["word"].lower(), match["scale"]
    if word == "a" and not scale:
        return None
    return Numeral(SMALL[word] * (SCALES[scale.lower()] if scale else 1), *match.span())
