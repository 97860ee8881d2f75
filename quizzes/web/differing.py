"""How what was typed differs from the answer, letter by letter."""

from dataclasses import dataclass
from difflib import SequenceMatcher


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of both texts (`same`), of what was typed alone (`extra`), of the answer alone."""

    kind: str
    text: str


_LEAST_ALIKE = 0.5


def pieces(typed: str, answer: str) -> list[Piece]:
    """What was typed, turned into the answer.

    The pieces that are not missing give the first, those that are not extra the second. Two that
    have little in common are not compared: what was typed is one piece.
    """
    found = []
    matcher = SequenceMatcher(None, typed, answer, autojunk=False)
    if matcher.ratio() < _LEAST_ALIKE:
        return [Piece("same", typed)]
    for tag, start, end, wanted_start, wanted_end in matcher.get_opcodes():
        if tag == "equal":
            found.append(Piece("same", typed[start:end]))
            continue
        if end > start:
            found.append(Piece("extra", typed[start:end]))
        if wanted_end > wanted_start:
            found.append(Piece("missing", answer[wanted_start:wanted_end]))
    return found
