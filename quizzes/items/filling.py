"""A pack's cloze: a stem whose gaps stand open, or filled with their answers, as HTML."""

import re
from collections.abc import Sequence

from quizzes.items import rendering

GAP = "___"
"""What a stem shows in place of the words that a cloze asks for."""

_ESCAPED = r"\_\_\_"
_SPECIAL = re.compile(r"([\\`*_\[\]<>~|])")


def opened(stem: str, pictures: rendering.Pictures | None = None) -> str:
    """The stem as it is asked: each gap is three underscores still, whatever stands beside it."""
    return rendering.markdown(stem.replace(GAP, _ESCAPED), pictures)


def filled(stem: str, answers: Sequence[str]) -> str:
    """The stem with each gap's answer in bold."""
    pieces = stem.split(GAP)
    said = [f"**{_SPECIAL.sub(r'\\\1', answer)}**" for answer in answers]
    ends = [*said, *[""] * len(pieces)]
    return rendering.markdown(
        "".join(piece + end for piece, end in zip(pieces, ends, strict=False))
    )
