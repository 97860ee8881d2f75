"""Dates as learners type them: abbreviations, ordinals, ranges and halves of a year.

Pure. What is left when the spelling is put right is read by `content.dates`.
"""

import re
from datetime import date

from quizzes.content.dates import MONTHS, FuzzyDate, Precision, parse

_DASHES = re.compile(r"\s*[‐‑‒–—―−]\s*")
_LEAD = re.compile(
    r"^(?:(?:(?:in|on|about|around|circa|ca|c|the|during|of|from|between)\s+)|(?:ca?\.\s*))+"
)
_ORDINAL = re.compile(r"(?<=\d)(?:st|nd|rd|th)\b(?:\s+of\b)?")
_MONTH = re.compile(r"\b(" + "|".join(f"{name[:3].lower()}" for name in MONTHS) + r")[a-z]*\.?")
_NUMERIC = re.compile(r"(\d{1,2})[./](\d{1,2})[./](\d{4})")
_HALF = re.compile(r"(?:the )?(first|second) half of (?:the year )?([12]\d{3})")
_SLASH = re.compile(r"\b(\d{4})/(\d{2}|\d{4})\b")
_SHORT_END = re.compile(r"(\d{2})(\d{2})\s*-\s*(\d{2})(?!\d)")
_JOIN = re.compile(r"\s+(?:to|and|until|till|through)\s+|(?<=[\da-z])\s*-\s*(?=[\da-z])")
_YEAR = re.compile(r"\d{4}s?$")
_PART = re.compile(r"(early|mid|late)-?")


def read(text: str) -> FuzzyDate | None:
    """The date that a learner means, or nothing; a range that runs backwards is none."""
    words = _spelled_out(text)
    if half := _HALF.fullmatch(words):
        return _half(half[1] == "first", int(half[2]))
    return _parsed(words) or _range(words)


def _spelled_out(text: str) -> str:
    """Lower case, whole months, plain dashes, nothing before the date and no stop after it."""
    words = " ".join(_DASHES.sub(" - ", text.casefold()).split()).rstrip(".? ")
    words = _SLASH.sub(r"\1-\2", words).replace("fall", "autumn")
    words = re.sub(r"[ -]+(to|and)[ -]+", r" \1 ", words)
    words = re.sub(r"(?<=\w) - (?=\w)", "-", words)
    words = _ORDINAL.sub("", words)
    words = _NUMERIC.sub(_in_words, words)
    words = _MONTH.sub(_whole_month, words)
    return _LEAD.sub("", words)


def _in_words(match: re.Match[str]) -> str:
    month = int(match[2])
    return f"{match[1]} {MONTHS[month - 1]} {match[3]}" if 1 <= month <= len(MONTHS) else match[0]


def _whole_month(match: re.Match[str]) -> str:
    """A month or its abbreviation in full; a word that only begins like one stays."""
    said = match[0].rstrip(".")
    name = next(name for name in MONTHS if name.lower().startswith(match[1]))
    return name.lower() if name.lower().startswith(said) or said == "sept" else match[0]


def _parsed(words: str) -> FuzzyDate | None:
    return parse(words) or parse(words.removeprefix("the "))


def _half(is_first: bool, year: int) -> FuzzyDate:
    first, last = ((1, 1), (6, 30)) if is_first else ((7, 1), (12, 31))
    return FuzzyDate(Precision.RANGE, date(year, *first), date(year, *last))


def _range(words: str) -> FuzzyDate | None:
    """Two dates with a word or a dash between them; the first may leave its year to the second."""
    words = _SHORT_END.sub(r"\1\2 - \1\3", words)
    for join in _JOIN.finditer(words):
        first, last = words[: join.start()], _LEAD.sub("", words[join.end() :])
        found = _between(_completed(first, last), last)
        if found:
            return found
    return None


def _completed(first: str, last: str) -> str:
    """“june”, before “november 1938”, is June 1938; “early”, before “mid-1930s”, early 1930s."""
    year = _YEAR.search(last)
    if not year or re.search(r"\d{4}", first):
        return first
    part = _PART.fullmatch(first.strip())
    return f"{part[1] if part else first} {year.group()}".replace("mid ", "mid-")


def _between(first: str, last: str) -> FuzzyDate | None:
    begins, ends = _parsed(first), _parsed(last)
    if not (begins and ends and begins.bounds and ends.bounds):
        return None
    bounds = begins.bounds[0], ends.bounds[1]
    is_forward = begins.bounds[0] <= ends.bounds[0] and begins.bounds[1] <= ends.bounds[1]
    return FuzzyDate(Precision.RANGE, *bounds) if is_forward else None
