"""How one text became another, word by word, for pages that show both."""

import re
from dataclasses import dataclass
from difflib import SequenceMatcher

_WORDS = re.compile(r"\s+|[\w'’-]+|[^\w\s]")
_LONGEST = 8_000
"""Longer texts are shown one after the other: comparing them would keep the page waiting."""


@dataclass(frozen=True, slots=True)
class Piece:
    """Words of both texts (`same`), of the old one (`gone`), of the new one (`new`)."""

    kind: str
    text: str


def pieces(before: str, after: str) -> list[Piece]:
    """The old text turned into the new one: without what is new it is the first of the two."""
    if max(len(before), len(after)) > _LONGEST:
        return [Piece("gone", before), Piece("new", after)]
    old, new = _WORDS.findall(before), _WORDS.findall(after)
    found = []
    for tag, start, end, first, last in SequenceMatcher(None, old, new, False).get_opcodes():
        if tag == "equal":
            found.append(Piece("same", "".join(old[start:end])))
            continue
        if end > start:
            found.append(Piece("gone", "".join(old[start:end])))
        if last > first:
            found.append(Piece("new", "".join(new[first:last])))
    return found
