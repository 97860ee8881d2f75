"""Crediting: answers that count as right beside those that the key names."""

from collections.abc import Collection, Sequence
from typing import NamedTuple

from quizzes.assessment.answering import Answer, Chosen, Filled, Typed
from quizzes.assessment.grading.keys import (
    AcceptedText,
    Cloze,
    GapKey,
    Key,
    Several,
    ShortText,
    Single,
    TrueFalse,
)
from quizzes.items.fractions import FULL_FRACTION
from quizzes.items.normalizing import normalized


class Credit(NamedTuple):
    """An option of a part by its own place, or a text in that part as it was typed."""

    part: int
    said: int | str


def credited(key: Key, answer: Answer | None, also: Collection[Credit]) -> Key:
    """The key as it is for whoever gave this answer: what they said of the credits is right.

    Where several options are right, a credited one counts as right for those who chose it, and
    nobody has to have chosen it.
    """
    match key, answer:
        case _, Typed(text) if _has(also, 0, text):
            return ShortText((AcceptedText(text),))
        case Several(rights), Chosen(positions):
            more = {place for place in positions if _has(also, 0, place)} - rights
            return Several(rights | more, _silenced(key.feedback, more))
        case ((Single() | TrueFalse()), Chosen(positions)):
            return _option(key, positions, also)
        case Cloze(gaps), Filled(said) if len(gaps) == len(said):
            parts = enumerate(zip(gaps, said, strict=True))
            return Cloze(tuple(_gap(gap, part, words, also) for part, (gap, words) in parts))
    return key


def _option(
    key: Single | TrueFalse, positions: Collection[int], also: Collection[Credit]
) -> Single | TrueFalse:
    [*chosen] = positions
    if len(chosen) != 1 or not _has(also, 0, chosen[0]):
        return key
    place = chosen[0]
    if isinstance(key, TrueFalse):
        return TrueFalse(place, _silenced(key.feedback, {place})) if place != key.right else key
    return _single(key, place)


def _single(key: Single, place: int) -> Single:
    if place >= len(key.fractions) or key.fractions[place] == FULL_FRACTION:
        return key
    fractions = (*key.fractions[:place], FULL_FRACTION, *key.fractions[place + 1 :])
    return Single(fractions, _silenced(key.feedback, {place}))


def _gap(key: GapKey, part: int, said: str | int | None, also: Collection[Credit]) -> GapKey:
    if said is None or not _has(also, part, said):
        return key
    if isinstance(said, str):
        return ShortText((AcceptedText(said),))
    return _single(key, said) if isinstance(key, Single) else key


def _has(also: Collection[Credit], part: int, said: str | int) -> bool:
    """Spaces, capitals and accents make no difference between texts; signs and points do."""
    if isinstance(said, int):
        return Credit(part, said) in also
    return any(
        one.part == part and isinstance(one.said, str) and normalized(one.said) == normalized(said)
        for one in also
    )


def _silenced(feedback: Sequence[str], places: Collection[int]) -> tuple[str, ...]:
    """What was said of wrong answers is not said of credited ones."""
    return tuple("" if place in places else words for place, words in enumerate(feedback))
