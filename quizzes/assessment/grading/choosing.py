"""Choices: what the options that were chosen earn."""

from quizzes.assessment.grading.grades import UNGRADABLE, Grade
from quizzes.assessment.grading.keys import Several, Single, TrueFalse
from quizzes.items.fractions import FULL_FRACTION


def chosen(key: Single | TrueFalse | Several, positions: frozenset[int]) -> Grade:
    """The grade of one option or several; of an option that is none there is no grade."""
    if max(positions) >= len(key.feedback) or min(positions) < 0:
        return UNGRADABLE
    said = tuple(key.feedback[place] for place in sorted(positions) if key.feedback[place])
    if isinstance(key, Several):
        return Grade(_share(key, positions), said)
    if len(positions) > 1:
        return UNGRADABLE
    [place] = positions
    if isinstance(key, TrueFalse):
        return Grade(FULL_FRACTION if place == key.right else 0, said)
    return Grade(min(max(0, key.fractions[place]), FULL_FRACTION), said)


def _share(key: Several, positions: frozenset[int]) -> int:
    """The share of right options found, less the share of wrong ones taken, never below 0.

    So only the whole right set earns the whole mark, and choosing everything earns nothing.
    """
    rights, wrongs = len(key.rights), len(key.feedback) - len(key.rights)
    hits = len(positions & key.rights)
    misses = len(positions - key.rights)
    if not rights:
        return 0
    if not wrongs:
        return FULL_FRACTION * hits // rights
    return max(0, FULL_FRACTION * (hits * wrongs - misses * rights) // (rights * wrongs))
