"""What a question is answered with: its options, rows and gaps, and what stands in them now."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import zip_longest
from typing import Any

from django.utils.html import format_html_join
from django.utils.safestring import SafeString

from quizzes.assessment.sheets import Question
from quizzes.items.models import Revision
from quizzes.templatetags import safety

Kind = Revision.Kind
type Raw = Mapping[str, Any]
type Texts = Sequence[Sequence[str]]
"""The options of a question by part, in their own order."""


@dataclass(frozen=True, slots=True)
class Choice:
    """One option, known by the place in which it is shown."""

    place: int
    text: str
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class Pair:
    """A left side, and what may be matched with it."""

    place: int
    text: str
    choices: list[Choice]


@dataclass(frozen=True, slots=True)
class Step:
    """A row to be put in order; `rank` counts from 1, and is none while nothing was put."""

    place: int
    text: str
    rank: int | None


@dataclass(frozen=True, slots=True)
class Gap:
    """A gap in a text: to be typed in, or with options."""

    place: int
    kind: str
    text: str
    choices: list[Choice]

    @property
    def number(self) -> int:
        return self.place + 1


@dataclass(frozen=True, slots=True)
class Piece:
    """Some of a text, and the gap that follows it."""

    html: SafeString
    gap: Gap | None


@dataclass(frozen=True, slots=True)
class Filling:
    """Everything to answer one question with; what its kind has no use for is empty."""

    choices: list[Choice] = field(default_factory=list)
    pairs: list[Pair] = field(default_factory=list)
    steps: list[Step] = field(default_factory=list)
    pieces: list[Piece] = field(default_factory=list)
    text: str = ""


def filling(question: Question, raw: Raw, texts: Texts, gap_kinds: Sequence[str]) -> Filling:
    """What a question of any kind is answered with, filled as `raw` says, however it is wrong."""
    orders = question.served.orders
    match question.kind:
        case Kind.MATCHING:
            return Filling(pairs=_pairs(orders, texts, raw.get("pairs") or []))
        case Kind.ORDERING:
            return Filling(steps=_steps(orders[0], texts[0], raw.get("order") or []))
        case Kind.CLOZE:
            gaps = _gaps(orders, texts, gap_kinds, raw.get("gaps") or [])
            return Filling(pieces=_pieces(question.served.revision.stem_html, gaps))
        case Kind.SINGLE | Kind.SEVERAL | Kind.TRUE_FALSE | Kind.CLASSIFY:
            return Filling(choices=_choices(orders[0], texts[0], raw.get("chosen") or []))
        case _:
            return Filling(text=raw.get("text", ""))


def _choices(order: Sequence[int], texts: Sequence[str], chosen: Sequence[Any]) -> list[Choice]:
    return [Choice(place, texts[own], place in chosen) for place, own in enumerate(order)]


def _pairs(orders: Sequence[Sequence[int]], texts: Texts, pairs: Sequence[Any]) -> list[Pair]:
    lefts = enumerate(orders[0])
    return [
        Pair(place, texts[0][own], _choices(orders[1], texts[1], [right]))
        for (place, own), right in zip_longest(lefts, pairs[: len(orders[0])])
    ]


def _steps(order: Sequence[int], texts: Sequence[str], put: Sequence[int]) -> list[Step]:
    """The rows in the order in which they were put, or else as they are shown at first."""
    ranks = {place: rank for rank, place in enumerate(put, start=1)}
    return [
        Step(place, texts[order[place]], ranks.get(place)) for place in put or range(len(order))
    ]


def _gaps(
    orders: Sequence[Sequence[int]], texts: Texts, kinds: Sequence[str], filled: Sequence[Any]
) -> list[Gap]:
    gaps = []
    for place, kind in enumerate(kinds):
        said = filled[place] if place < len(filled) else ""
        order = orders[place] if place < len(orders) else ()
        choices = _choices(order, texts[place], [said]) if order else []
        gaps.append(Gap(place, kind, "" if choices else str(said or ""), choices))
    return gaps


def _pieces(stem_html: str, gaps: Sequence[Gap]) -> list[Piece]:
    """The stem with its gaps in it; a gap that it has no place for stands at its end."""
    parts = safety.parted(stem_html)
    before, rest = parts[: len(gaps)], parts[len(gaps) :]
    before += [SafeString()] * (len(gaps) - len(before))
    pieces = [Piece(part, gap) for part, gap in zip(before, gaps, strict=True)]
    return [*pieces, Piece(format_html_join(safety.GAP, "{}", ((part,) for part in rest)), None)]
