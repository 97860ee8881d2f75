"""Advising: what to do about a question, told by its figures; the most urgent first.

Pure. Of fewer answers than `FEWEST` there is no advice: it would be chance. Where the thresholds
come from: docs/analysis.md.
"""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import IntEnum
from itertools import groupby
from typing import NamedTuple

from quizzes.analytics import psychometrics
from quizzes.analytics.psychometrics import FEWEST, Sums

WRONG_KEY = 0.15
"""By how much better than the key a wrong option must tell apart those who know."""
FEWEST_CHOOSERS = 3
MANY_OMITTED, TOO_EASY, TOO_HARD = 0.2, 0.95, 0.25
TELLS_LITTLE, TELLS_MUCH = 0.1, 0.3
WRONG_ANSWERS_AN_OPTION = 3
"""So many wrong answers to each wrong option, before one that nobody chose says anything."""
SLOW_SECONDS, SLOW_RATIO = 60, 2


class Matter(IntEnum):
    """What may be the matter with a question, the most urgent first."""

    KEY = 1
    """Those who know choose an option that earns nothing, and those who do not the key."""
    MISFIT = 2
    """Those who are right on it do worse on the rest."""
    OMITTED = 3
    WEAK = 4
    """It does not tell apart those who know."""
    HARD = 5
    EASY = 6
    UNUSED = 7
    """Nobody chose an option."""
    SLOW = 8


URGENT = frozenset({Matter.KEY, Matter.MISFIT})
"""What marks may be wrong for."""


class Choice(NamedTuple):
    """An option with how many chose it, of all and of either half; `rest` is their rests' sum.

    It is right by the key in force, or because a regrade credits it. What was typed, matched or
    ranked is one too: its part is the place in which it was put, and `place` is the left side.
    """

    part: int
    position: int
    text: str
    is_key: bool
    chosen: int = 0
    upper: int = 0
    rest: int = 0
    is_credited: bool = False
    place: str = ""
    is_typed: bool = False

    @property
    def is_right(self) -> bool:
        return self.is_key or self.is_credited

    @property
    def lower(self) -> int:
        return self.chosen - self.upper


@dataclass(frozen=True, slots=True)
class Evidence:
    """What is known of a question: `seconds` is its mean time, `usual_seconds` that of the quiz."""

    sums: Sums
    omitted: int = 0
    seconds: float | None = None
    usual_seconds: float | None = None
    choices: Sequence[Choice] = ()
    is_regraded: bool = False
    """Its marks are not only those of the key in force, which is not to blame for them."""
    is_keyed: bool = True
    """A key bears on its marks: not where everyone was given them, or it is not counted."""


@dataclass(frozen=True, slots=True)
class Advice:
    """One matter, the more to be heeded the stronger; and the option that it is about, if any."""

    matter: Matter
    strength: float
    choice: Choice | None = None


def advise(found: Evidence) -> list[Advice]:
    """What is to be said of a question, the most urgent first; nothing of too few answers."""
    if found.sums.n < FEWEST:
        return []
    facility = psychometrics.facility(found.sums)
    said = list(_of_key(found))
    if not any(one.matter == Matter.KEY for one in said):  # a wrong key makes anything hard
        said += _of_difficulty(facility)
    said += [*_of_omitted(found), *_unused(found, facility), *_slow(found)]
    return sorted(said, key=urgency)


def urgency(one: Advice) -> tuple[int, float]:
    """Sorts advice."""
    return one.matter, -one.strength


def _of_key(found: Evidence) -> Iterator[Advice]:
    """Whether those who know are right: a wrong key is told by the option that they choose."""
    wrong = list(_wrong_keys(found)) if found.is_keyed else []
    yield from wrong
    tells = psychometrics.discrimination(found.sums)
    if wrong or tells is None:
        return
    interval = psychometrics.fisher(tells, found.sums.n)
    if interval and interval.high < 0 and not found.is_regraded:
        yield Advice(Matter.MISFIT, -tells)
    elif tells < TELLS_LITTLE and psychometrics.facility(found.sums) < TOO_EASY:
        yield Advice(Matter.WEAK, -tells)


def _wrong_keys(found: Evidence) -> Iterator[Advice]:
    """In each part the wrong option that is chosen by those who know, while the key is not."""
    for _part, options in groupby(found.choices, key=lambda one: one.part):
        choices = list(options)
        key = _tells([one for one in choices if one.is_right], found.sums)
        rivals = [one for one in choices if not one.is_right and _is_chosen_enough(one, found.sums)]
        for one in sorted(rivals, key=lambda one: -_tells([one], found.sums))[:1]:
            ahead = _tells([one], found.sums)
            if ahead >= 0 and ahead - key >= WRONG_KEY:
                yield Advice(Matter.KEY, ahead - key, one)


def _is_chosen_enough(one: Choice, sums: Sums) -> bool:
    return one.chosen >= max(FEWEST_CHOOSERS, sums.n / FEWEST)


def _tells(options: Sequence[Choice], sums: Sums) -> float:
    """The point-biserial correlation of choosing one of these options with the rest; 0 of none."""
    n = sum(one.chosen for one in options)
    spread = sums.spread_r * n * (sums.n - n)
    if spread <= 0:
        return 0.0
    return (sums.n * sum(one.rest for one in options) - n * sums.r) / math.sqrt(spread)


def _of_omitted(found: Evidence) -> Iterator[Advice]:
    omitted = found.omitted / found.sums.n
    if omitted >= MANY_OMITTED:
        yield Advice(Matter.OMITTED, omitted)


def _of_difficulty(facility: float) -> Iterator[Advice]:
    if facility <= TOO_HARD:
        yield Advice(Matter.HARD, 1 - facility)
    if facility >= TOO_EASY:
        yield Advice(Matter.EASY, facility)


def _unused(found: Evidence, facility: float) -> Iterator[Advice]:
    """Wrong options that nobody chose, though many answers were wrong."""
    if facility >= TOO_EASY:
        return
    for _part, options in groupby(found.choices, key=lambda one: one.part):
        wrong = [one for one in options if not one.is_right]
        chosen = sum(one.chosen for one in wrong)
        if chosen >= WRONG_ANSWERS_AN_OPTION * len(wrong):
            yield from (Advice(Matter.UNUSED, chosen, one) for one in wrong if not one.chosen)


def _slow(found: Evidence) -> Iterator[Advice]:
    if found.seconds is None or not found.usual_seconds or found.seconds < SLOW_SECONDS:
        return
    ratio = found.seconds / found.usual_seconds
    if ratio >= SLOW_RATIO:
        yield Advice(Matter.SLOW, ratio)
