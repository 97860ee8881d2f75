"""A slip: what somebody writes once, to be asked in one way or in several.

A slip has no row of its own. Each way of asking it is an item, and those of one slip share their
`siblings` group: they are written, changed, moved and retired together. What was typed stands in
the stem of each item's revision, so that the slip can be read back from them.
"""

import html
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from quizzes.items import gaps, rendering
from quizzes.items.gaps import Gap, Piece
from quizzes.items.normalizing import answer_key
from quizzes.items.rendering import Pictures
from quizzes.items.wordings import AnswerWording, Wording

LONGEST_SIDE, LONGEST_ANSWER, MOST_ANSWERS = 20_000, 300, 20

# Code points that are no characters: Markdown makes none of them of “&#xFDD0;” either.
_FRONT_MARK, _BACK_OPEN, _BACK_CLOSE = "\ufdd0", "\ufdd1", "\ufdd2"
_MARKS = dict.fromkeys(map(ord, (_FRONT_MARK, _BACK_OPEN, _BACK_CLOSE)))


class Kind(StrEnum):
    """How a slip is asked."""

    BASIC = "basic"
    REVERSED = "reversed"
    TYPED = "typed"
    CLOZE = "cloze"


class Side(StrEnum):
    """What a slip is made of, and what can be wrong with it."""

    FRONT = "front"
    BACK = "back"
    ACCEPTED = "accepted"


@dataclass(frozen=True, slots=True, kw_only=True)
class Slip:
    """What was typed: two sides in Markdown, or a text with gaps in front and nothing behind.

    `accepted` are further answers that count where one is typed; `remark` is shown with the
    answer.
    """

    kind: Kind
    front: str
    back: str = ""
    accepted: tuple[str, ...] = ()
    remark: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Face:
    """One way of asking a slip: the item's name within its group, and its wording."""

    name: str
    direction: str
    wording: Wording


@dataclass(frozen=True, slots=True)
class Doubt:
    """What keeps a slip from being asked: the side, and what is wrong with it."""

    side: Side
    reason: str


def doubts(slip: Slip) -> list[Doubt]:
    """Everything that is wrong with a slip; none, and it can be asked."""
    sides = ((Side.FRONT, slip.front), (Side.BACK, slip.back))
    found = [Doubt(side, "long") for side, text in sides if len(text) > LONGEST_SIDE]
    if found:
        return found
    if not slip.front.strip():
        found.append(Doubt(Side.FRONT, "empty"))
    elif slip.kind is Kind.CLOZE and (fault := gaps.fault(slip.front)):
        found.append(Doubt(Side.FRONT, f"gaps-{fault.value}"))
    if slip.kind is not Kind.CLOZE and not slip.back.strip():
        found.append(Doubt(Side.BACK, "empty"))
    return found + _doubts_of_answers(slip)


def _doubts_of_answers(slip: Slip) -> list[Doubt]:
    found = []
    if any(len(one) > LONGEST_ANSWER for one in typed_answers(slip)):
        found.append(Doubt(Side.ACCEPTED, "long"))
    if len(slip.accepted) > MOST_ANSWERS:
        found.append(Doubt(Side.ACCEPTED, "many"))
    return found


def typed_answers(slip: Slip) -> list[str]:
    """The answers that count where one is typed: the back's own words first."""
    if slip.kind is not Kind.TYPED:
        return []
    texts = [rendering.bare(rendering.markdown(slip.back)), *slip.accepted]
    return _distinct(text.strip() for text in texts)


def numbered(slip: Slip, known: Mapping[int, str] | None = None) -> Slip:
    """The slip as it is saved: without marks of our own, each gap with its number."""
    cut = gaps.pieces(slip.front.translate(_MARKS), known)
    is_cloze = slip.kind is Kind.CLOZE
    return Slip(
        kind=slip.kind,
        front=gaps.written(cut) if is_cloze else slip.front.translate(_MARKS),
        back="" if is_cloze else slip.back.translate(_MARKS),
        accepted=tuple(slip.accepted) if slip.kind is Kind.TYPED else (),
        remark=slip.remark.translate(_MARKS),
    )


def faces(slip: Slip, pictures: Pictures | None = None) -> list[Face]:
    """The ways of asking a numbered slip, in order."""
    if slip.kind is Kind.CLOZE:
        cut = gaps.pieces(slip.front)
        return [
            _gap_face(slip, cut, number, words, pictures or {})
            for number, words in gaps.answers(cut).items()
        ]
    there = _face("forward", slip, slip.front, slip.back, pictures or {})
    if slip.kind is not Kind.REVERSED:
        return [there]
    return [there, _face("reverse", slip, slip.back, slip.front, pictures or {})]


def _face(direction: str, slip: Slip, stem: str, answer: str, pictures: Pictures) -> Face:
    wording = Wording(
        kind="short_text",
        stem=stem,
        stem_html=rendering.markdown(stem, pictures),
        answer=answer,
        answer_html=rendering.markdown(answer, pictures),
        rationale=slip.remark,
        rationale_html=rendering.markdown(slip.remark, pictures),
        accepted=tuple(AnswerWording(text=text) for text in typed_answers(slip)),
    )
    return Face(name=direction, direction=direction, wording=wording)


def _gap_face(
    slip: Slip, cut: Sequence[Piece], number: int, words: Sequence[str], pictures: Pictures
) -> Face:
    bare = [rendering.bare(rendering.markdown(text)) for text in words]
    answer = "; ".join(filter(None, bare))
    wording = Wording(
        kind="cloze",
        stem=slip.front,
        stem_html=_front(cut, number, pictures),
        answer=answer,
        answer_html=_back(cut, number, pictures),
        rationale=slip.remark,
        rationale_html=rendering.markdown(slip.remark, pictures),
        accepted=(AnswerWording(text=answer[:LONGEST_ANSWER]),) if answer else (),
    )
    return Face(name=f"gap-{number}", direction="cloze", wording=wording)


def _front(cut: Sequence[Piece], asked: int, pictures: Pictures) -> str:
    """The text with the asked gap open, its hint in it, and all others filled."""
    hints = []
    text = ""
    for piece in cut:
        if isinstance(piece, Gap) and piece.number == asked:
            hints.append(piece.hint)
            text += _FRONT_MARK
        else:
            text += _filled(piece)
    opened = rendering.markdown(text, pictures)
    for hint in hints:  # the first mark is the first gap's, and so on
        gap = f"<strong>[{html.escape(hint) or '…'}]</strong>"
        opened = opened.replace(_FRONT_MARK, gap, 1)
    return rendering.cleaned(opened)


def _back(cut: Sequence[Piece], asked: int, pictures: Pictures) -> str:
    """The text with every gap filled, the asked one in bold."""
    text = "".join(
        f"{_BACK_OPEN}{piece.text}{_BACK_CLOSE}"
        if isinstance(piece, Gap) and piece.number == asked
        else _filled(piece)
        for piece in cut
    )
    shown = rendering.markdown(text, pictures)
    return rendering.cleaned(
        shown.replace(_BACK_OPEN, "<strong>").replace(_BACK_CLOSE, "</strong>")
    )


def _filled(piece: Piece) -> str:
    return piece if isinstance(piece, str) else piece.text


def _distinct(texts: Iterable[str]) -> list[str]:
    """Texts that count as different answers, the first of each."""
    kept: dict[str, str] = {}
    for text in texts:
        kept.setdefault(answer_key(text) or text, text)
    return [text for text in kept.values() if text]
