"""Typed answers compared as a reader would: marks, capitals and spacing do not count.

Pure. Recipes use it to keep options apart, and grading to compare what was typed.
"""

import re
import unicodedata
from functools import lru_cache

_APOSTROPHES = "'’‘‛ʼʹʻ′`´＇"
_HYPHENS = "‐‑‒–—―−"
_FOLDED = str.maketrans(dict.fromkeys(_APOSTROPHES, "") | dict.fromkeys(_HYPHENS, "-"))
_PUNCTUATION = re.compile(r"[^\w\s]|_")
_ARTICLE = re.compile(r"^(?:the|a|an) (?=.)")


def normalized(text: str) -> str:
    """The text without diacritics, apostrophes, capitals or spare whitespace.

    “Fel’dman” and “feldman”, “Beneš” and “BENES” come out equal; dashes become hyphens.
    Applying it twice changes nothing. Method: Unicode NFKD (UAX #15), then casefold.
    """
    folded = unicodedata.normalize("NFKD", text.translate(_FOLDED)).casefold()
    decomposed = unicodedata.normalize("NFKD", folded)
    bare = "".join(mark for mark in decomposed if not unicodedata.combining(mark))
    return " ".join(bare.translate(_FOLDED).split())


@lru_cache(maxsize=16_384)
def answer_key(text: str) -> str:
    """What makes two answers the same answer: `normalized`, less punctuation and the article.

    Two options with one key would be one option; an answer whose key changed means another thing.
    """
    words = " ".join(_PUNCTUATION.sub(" ", normalized(text)).split())
    return _ARTICLE.sub("", words)
