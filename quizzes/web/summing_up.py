"""Summing up: what is firm and what is weak, by kind and by section, and how sure it was."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from quizzes.web import wording
from quizzes.web.explaining import Explained

HALF = 0.5


@dataclass(frozen=True, slots=True)
class Strength:
    """How many questions of one kind or section were right."""

    label: str
    right: int
    asked: int

    @property
    def standing(self) -> str:
        """“firm”, “weak”, or “mixed”."""
        if self.right == self.asked:
            return "firm"
        return "mixed" if self.right > self.asked * HALF else "weak"


@dataclass(frozen=True, slots=True)
class Calibration:
    """Answers that were given with or without being sure, and how many of them were right."""

    is_sure: bool
    right: int
    answers: int

    @property
    def wrong(self) -> int:
        return self.answers - self.right


def diagnosis(questions: Sequence[Explained]) -> str:
    """Which kinds of fact are firm, and where the misses are; of what is told to be right."""
    known = _known(questions)
    asked = Counter(one.kind for one in known)
    missed = Counter(one.kind for one in known if not one.is_right)
    return wording.diagnosis([kind for kind in asked if not missed[kind]], missed)


def by_kind(questions: Sequence[Explained]) -> list[Strength]:
    """What was right by kind of fact, in the order in which they were asked."""
    return _strengths(questions, lambda one: str(wording.KINDS[one.kind]))


def by_section(questions: Sequence[Explained]) -> list[Strength]:
    """What was right by section of the book."""
    return _strengths(questions, lambda one: one.section)


def calibration(questions: Sequence[Explained]) -> list[Calibration]:
    """How often the answers were right of which their learner was sure, and the others."""
    said = [one for one in _known(questions) if one.is_sure is not None and one.is_answered]
    if not said:
        return []
    found = {sure: [one for one in said if one.is_sure is sure] for sure in (True, False)}
    return [
        Calibration(sure, sum(one.is_right for one in rows), len(rows))
        for sure, rows in found.items()
    ]


def _known(questions: Iterable[Explained]) -> list[Explained]:
    return [one for one in questions if one.is_known]


def _strengths(questions: Sequence[Explained], label: Callable[[Explained], str]) -> list[Strength]:
    known = _known(questions)
    asked = Counter(map(label, known))
    right = Counter(label(one) for one in known if one.is_right)
    return [Strength(name, right[name], number) for name, number in asked.items()]
