"""Numbers said in English text, in digits or words."""

import re
from dataclasses import dataclass

SMALL = {
    word: number
    for number, word in enumerate(
        "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen "
        "fifteen sixteen seventeen eighteen nineteen twenty".split()
    )
} | {"a": 1, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80}
SCALES = {"hundred": 100, "thousand": 1000, "million": 1_000_000, "billion": 1_000_000_000}

_SCALE = rf"(?:[ -](?P<scale>{'|'.join(SCALES)})\b)"
_DIGITS = re.compile(
    rf"(?<![\w.,])(?P<digits>\d{{1,3}}(?:[, \u00a0\u202f]\d{{3}})+|\d+(?:\.\d+)?)"
    rf"{_SCALE}?(?![\d%])",
    re.IGNORECASE,
)
_WORDS = re.compile(rf"\b(?P<word>{'|'.join(SMALL)}){_SCALE}?(?!\w)", re.IGNORECASE)


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
