"""Questions as a pack writes them: from a wording to the values of its entry, and what is lost.

The inverse of `items.keying`: what is written here and read there says the same. `comparable` is
what two wordings must share to be the same question; the words of an answer that is made of its
options, and the stop at the end of a feedback, are no part of it.
"""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from enum import StrEnum
from typing import Any

from quizzes.items.fractions import FULL_FRACTION
from quizzes.items.phrasing import sentence
from quizzes.items.recipes.stances import CLASSES
from quizzes.items.wordings import AnswerWording, OptionWording, Wording

READ = {"short_text", "cloze"}
"""The kinds in which words are typed."""
CHOSEN = {"single", "several", "true_false", "classify"}
_PICTURE = "](media:"

type Values = dict[str, Any]
type Slugs = Mapping[int, str]
"""Facts' slugs by primary key."""


class Doubt(StrEnum):
    """What of a wording a pack has no words for."""

    SHARE = "share"
    ORDER = "order"
    GAP = "gap"
    PICTURE = "picture"
    FEEDBACK = "feedback"
    RECIPE = "recipe"
    OTHER = "other"


class UnsayableError(Exception):
    """A pack has no words for this; `doubt` says for what."""

    def __init__(self, doubt: Doubt) -> None:
        super().__init__(doubt)
        self.doubt = doubt


def written(wording: Wording, slugs: Slugs) -> Values:
    """What of an entry says how a question is asked and marked; raises `UnsayableError`."""
    texts = (wording.stem, wording.rationale, wording.hint, *(o.text for o in wording.options))
    if any(_PICTURE in text for text in texts):
        raise UnsayableError(Doubt.PICTURE)
    values: Values = {"kind": wording.kind, "stem": wording.stem.strip()}
    values |= _key(wording, slugs)
    if wording.kind in READ:
        values |= {
            name: True for name in ("is_case_exact", "is_accent_exact") if getattr(wording, name)
        }
    if wording.is_shuffled != (wording.kind not in ("true_false", "classify")):
        values["is_shuffled"] = wording.is_shuffled
    if hint := wording.hint.strip():
        values["hint"] = hint
    return values | {"explanation": wording.rationale.strip()}


def comparable(wording: Wording) -> tuple[object, ...]:
    """All that makes a wording this question, spelled in one way."""
    return (
        wording.kind,
        *(text.strip() for text in (wording.stem, wording.rationale, wording.hint)),
        wording.is_shuffled,
        wording.kind in READ and (wording.is_case_exact, wording.is_accent_exact),
        _compared_options(wording),
        tuple(_compared_answer(one) for one in wording.accepted),
        wording.criteria,
        wording.answer.strip() if wording.kind == "essay" else "",
    )


def _compared_options(wording: Wording) -> object:
    if wording.kind == "matching":
        pairs, extra = _paired(wording)
        sides = [(_compared(left), right.text.strip()) for left, right in pairs]
        return sides, sorted((one.text.strip(), _said(one.feedback)) for one in extra)
    if wording.kind == "ordering":
        texts = [one.text for one in wording.options]
        placed = sorted((one.rank or 0, one.text, one.fact or 0) for one in wording.options)
        return placed, sorted((texts[first], texts[last]) for first, last in wording.precedes)
    return [(one.part, one.fraction, *_compared(one)) for one in wording.options]


def _compared(one: OptionWording) -> tuple[object, ...]:
    return one.text.strip(), _said(one.feedback), one.fact


def _compared_answer(one: AnswerWording) -> tuple[object, ...]:
    return (
        *(one.text.strip(), one.part, one.number, one.tolerance, one.bound, one.precision),
        *(one.not_before, one.not_after, one.fraction, _said(one.feedback)),
    )


def _said(feedback: str) -> str:
    return sentence(feedback) if feedback else ""


def _key(wording: Wording, slugs: Slugs) -> Values:
    if wording.kind == "classify" and _is_left_to_its_fact(wording):
        return {}
    if wording.kind in CHOSEN:
        return {"options": _choices(wording.options, slugs)}
    if wording.kind == "matching":
        return _matching(wording, slugs)
    if wording.kind == "ordering":
        return {"order": _order(wording, slugs)}
    if wording.kind == "cloze":
        return {"gaps": _gaps(wording, slugs)}
    if wording.kind == "essay":
        return _essay(wording)
    return {"accepted": [_accepted(one) for one in wording.accepted]}


def _is_left_to_its_fact(wording: Wording) -> bool:
    """Whether its classes are those of every book, without a word on any."""
    texts = [one.text for one in wording.options]
    return texts == list(CLASSES.values()) and not any(one.feedback for one in wording.options)


def _choices(options: Sequence[OptionWording], slugs: Slugs) -> list[Values]:
    right = [one for one in options if one.fraction > 0]
    worth = FULL_FRACTION // max(1, len(right))
    if any(one.fraction not in (0, worth) for one in options):
        raise UnsayableError(Doubt.SHARE)
    return [
        {"text": one.text.strip()}
        | _fact(one, slugs)
        | {"correct": one.fraction > 0}
        | _why(one.feedback)
        for one in options
    ]


def _fact(one: OptionWording, slugs: Slugs) -> Values:
    slug = slugs.get(one.fact) if one.fact is not None else None
    return {"fact": slug} if slug else {}


def _why(feedback: str) -> Values:
    return {"why": _said(feedback)} if feedback.strip() else {}


def _paired(
    wording: Wording,
) -> tuple[list[tuple[OptionWording, OptionWording]], list[OptionWording]]:
    """Left sides with their right ones, and the right sides that belong to nothing."""
    lefts = [one for one in wording.options if one.part == 0]
    rights = [one for one in wording.options if one.part == 1]
    used = [one.match for one in lefts]
    if any(place is None or place >= len(rights) for place in used):
        raise UnsayableError(Doubt.OTHER)
    pairs = [(one, rights[one.match or 0]) for one in lefts]
    return pairs, [one for place, one in enumerate(rights) if place not in used]


def _matching(wording: Wording, slugs: Slugs) -> Values:
    pairs, extra = _paired(wording)
    said: Values = {
        "pairs": [
            {"left": left.text.strip(), "right": right.text.strip()}
            | _fact(left, slugs)
            | _why(left.feedback)
            for left, right in pairs
        ]
    }
    others = [{"text": one.text.strip()} | _why(one.feedback) for one in extra]
    return said | ({"distractors": others} if others else {})


def _order(wording: Wording, slugs: Slugs) -> list[str | list[str]]:
    """The facts by their ranks; what shares a rank stands together."""
    if any(one.fact not in slugs or one.rank is None for one in wording.options):
        raise UnsayableError(Doubt.ORDER)
    if any(one.feedback for one in wording.options):
        raise UnsayableError(Doubt.FEEDBACK)
    ranks = sorted({one.rank or 0 for one in wording.options})
    groups = [
        [slugs[one.fact or 0] for one in wording.options if one.rank == rank] for rank in ranks
    ]
    return [group[0] if len(group) == 1 else group for group in groups]


def _gaps(wording: Wording, slugs: Slugs) -> list[Values]:
    parts = {one.part for one in wording.options} | {one.part for one in wording.accepted}
    return [_gap(wording, part, slugs) for part in range(max(parts, default=-1) + 1)]


def _gap(wording: Wording, part: int, slugs: Slugs) -> Values:
    options = [one for one in wording.options if one.part == part]
    accepted = [one for one in wording.accepted if one.part == part]
    kinds = {_kind(one) for one in accepted}
    if options and not accepted:
        return {"kind": "choice", "options": _choices(options, slugs)}
    if options or len(kinds) != 1:
        raise UnsayableError(Doubt.GAP)
    return {"kind": kinds.pop(), "accepted": [_accepted(one) for one in accepted]}


def _kind(one: AnswerWording) -> str:
    if one.number is not None:
        return "number"
    return "date" if one.precision else "text"


def _accepted(one: AnswerWording) -> Values:
    values: Values = {"text": one.text.strip()} if one.text.strip() else {}
    if one.number is not None:
        values |= {"number": _figures(one.number), "bound": one.bound or "exact"}
        values |= {"tolerance": _figures(one.tolerance)} if one.tolerance else {}
    if one.fraction != FULL_FRACTION:
        values["share"] = one.fraction / FULL_FRACTION
    return values | ({"feedback": _said(one.feedback)} if one.feedback.strip() else {})


def _figures(number: Decimal) -> int | float:
    return int(number) if number == number.to_integral_value() else float(number)


def _essay(wording: Wording) -> Values:
    rubric = [
        {"text": one.text} | ({"weight": one.weight} if one.weight != 1 else {})
        for one in wording.criteria
    ]
    answer = wording.answer.strip()
    model = {"model_answer": answer} if answer and answer != wording.rationale.strip() else {}
    return {"rubric": rubric} | model
