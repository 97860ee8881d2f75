"""Typed answers compared as a reader would: marks, capitals and spacing do not count.

Pure. Recipes use it to keep options apart, and grading to compare what was typed.
"""

import re
import unicodedata
from functools import lru_cache

_APOSTROPHES = "'’‘‛ʼʹʻ′`´＇"
_HYPHENS = "‐‑‒–—―−"
_FOLDED = str.maketrans(dict.fromkeys(_APOSTROPHES, "") | dict.fromkeys(_HYPHENS, "-"))
_PUNCTUATION = re.compile(r"[^\w\s\u0300-\u036f]|_")
"""Marks on letters are none of it: they are gone by then, or are to stay."""
_ARTICLE = re.compile(r"^(?:the|a|an) (?=.)", re.IGNORECASE)


def normalized(text: str, *, keeps_capitals: bool = False, keeps_accents: bool = False) -> str:
    """The text without diacritics, apostrophes, capitals or spare whitespace.

    “Fel’dman” and “feldman”, “Beneš” and “BENES” come out equal; dashes become hyphens. Capitals
    and diacritics stay where that is asked for. Applying it twice changes nothing.
    Method: Unicode NFKD (UAX #15), then casefold.
    """
    folded = unicodedata.normalize("NFKD", text.translate(_FOLDED))
    folded = folded if keeps_capitals else folded.casefold()
    decomposed = unicodedata.normalize("NFKD", folded)
    bare = decomposed if keeps_accents else _without_marks(decomposed)
    return " ".join(bare.translate(_FOLDED).split())


def _without_marks(decomposed: str) -> str:
    return "".join(mark for mark in decomposed if not unicodedata.combining(mark))


@lru_cache(maxsize=16_384)
def answer_key(text: str, *, keeps_capitals: bool = False, keeps_accents: bool = False) -> str:
    """What makes two answers the same answer: `normalized`, less punctuation and the article.

    Two options with one key would be one option; an answer whose key changed means another thing.
    """
    said = normalized(text, keeps_capitals=keeps_capitals, keeps_accents=keeps_accents)
    words = " ".join(_PUNCTUATION.sub(" ", said).split())
    return _ARTICLE.sub("", words)
