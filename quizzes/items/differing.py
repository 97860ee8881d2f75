"""How one wording differs from the one before it: word by word, part by part.

Pure.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from difflib import SequenceMatcher
from enum import StrEnum

from quizzes.items.fractions import FULL_FRACTION
from quizzes.items.wordings import AnswerWording, OptionWording, Wording


class Part(StrEnum):
    """What a wording is made of."""

    KIND = "kind"
    STEM = "stem"
    OPTIONS = "options"
    ACCEPTED = "accepted"
    CRITERIA = "criteria"
    ANSWER = "answer"
    EXPLANATION = "explanation"
    HINT = "hint"
    RULES = "rules"


class Fate(StrEnum):
    """What became of some words."""

    KEPT = "kept"
    ADDED = "added"
    REMOVED = "removed"


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of words, and what became of it."""

    fate: Fate
    text: str


@dataclass(frozen=True, slots=True)
class Difference:
    """A part that reads otherwise than before."""

    part: Part
    pieces: tuple[Piece, ...]


_WORD = re.compile(r"\s+|[\w'’-]+|[^\w\s]")
_LONGEST = 8_000
"""Longer texts stand one after the other: comparing them would keep the page waiting."""


def pieces(before: str, after: str) -> tuple[Piece, ...]:
    """One text turned into another, word by word.

    The pieces that were not added give the first text, those that were not removed the second.
    """
    if max(len(before), len(after)) > _LONGEST:
        whole = (Piece(Fate.REMOVED, before), Piece(Fate.ADDED, after))
        return tuple(one for one in whole if one.text)
    old, new = _WORD.findall(before), _WORD.findall(after)
    found: list[Piece] = []
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    for tag, start, end, new_start, new_end in matcher.get_opcodes():
        if tag == "equal":
            found.append(Piece(Fate.KEPT, "".join(old[start:end])))
            continue
        if end > start:
            found.append(Piece(Fate.REMOVED, "".join(old[start:end])))
        if new_end > new_start:
            found.append(Piece(Fate.ADDED, "".join(new[new_start:new_end])))
    return tuple(found)


def differences(before: Wording, after: Wording) -> tuple[Difference, ...]:
    """The parts in which two wordings differ, in the order in which a question is read."""
    old, new = told(before), told(after)
    return tuple(
        Difference(part, pieces(old[part], new[part])) for part in Part if old[part] != new[part]
    )


def told(wording: Wording) -> dict[Part, str]:
    """Everything that a wording says and decides, as a text for each part."""
    return {
        Part.KIND: wording.kind,
        Part.STEM: wording.stem,
        Part.OPTIONS: "\n".join(_options(wording)),
        Part.ACCEPTED: "\n".join(_accepted(one) for one in wording.accepted),
        Part.CRITERIA: "\n".join(f"{one.text} ×{one.weight}" for one in wording.criteria),
        Part.ANSWER: wording.answer,
        Part.EXPLANATION: wording.rationale,
        Part.HINT: wording.hint,
        Part.RULES: " ".join(_rules(wording)),
    }


def _options(wording: Wording) -> Iterator[str]:
    for one in wording.options:
        said = [_sided(wording, one), _worth(one.fraction), one.feedback]
        yield " – ".join(part for part in said if part)


def _sided(wording: Wording, option: OptionWording) -> str:
    """An option as its kind shows it: with its match, with its place, or in its gap."""
    if wording.kind == "matching":
        rights = [one.text for one in wording.options if one.part == 1]
        is_matched = option.match is not None and option.match < len(rights)
        return f"{option.text} = {rights[option.match or 0]}" if is_matched else option.text
    if option.rank is not None:
        return f"{option.rank + 1}. {option.text}"
    return f"[{option.part + 1}] {option.text}" if wording.kind == "cloze" else option.text


def _accepted(answer: AnswerWording) -> str:
    gap = f"[{answer.part + 1}]" if answer.part else ""
    spread = f"±{answer.tolerance.normalize():f}" if answer.tolerance else ""
    number = f"({answer.number.normalize():f})" if answer.number is not None else ""
    said = (gap, answer.text, number, spread, answer.bound, _worth(answer.fraction))
    return " ".join([*filter(None, said), *filter(None, [answer.feedback])])


def _worth(fraction: int) -> str:
    percent = Decimal(fraction * 100) / FULL_FRACTION
    return f"{percent.quantize(Decimal('0.01')).normalize():f}%" if fraction else ""


def _rules(wording: Wording) -> Iterable[str]:
    rules = {
        "shuffled": wording.is_shuffled,
        "capitals": wording.is_case_exact,
        "accents": wording.is_accent_exact,
    }
    return [rule for rule, holds in rules.items() if holds]
