"""Places: sides that were matched, and lines that were put in order."""

from functools import lru_cache

from quizzes.assessment.grading.grades import UNGRADABLE, Grade
from quizzes.assessment.grading.keys import Matching, Ordering
from quizzes.items.fractions import FULL_FRACTION

type Pairs = frozenset[tuple[int, int]]


def matched(key: Matching, rights: tuple[int | None, ...]) -> Grade:
    """The share of left sides that have a right side of theirs; a wrong pair earns nothing.

    Source: Moodle's matching question, whose mark is the share of right sub-questions. It is not
    corrected for chance: with n right sides to choose from, guessing earns one n-th.
    """
    if not rights or len(rights) != len(key.matches):
        return UNGRADABLE
    if any(right is not None and not 0 <= right < key.right_sides for right in rights):
        return UNGRADABLE
    wrong = [
        left
        for left, right in enumerate(rights)
        if right is not None and right not in key.matches[left]
    ]
    hits = sum(right is not None for right in rights) - len(wrong)
    taken = {rights[left] for left in wrong}
    said = [key.feedback[left] for left in wrong]
    said += [why for right, why in enumerate(key.distracting) if right in taken]
    return Grade(FULL_FRACTION * hits // len(rights), tuple(filter(None, said)))


def ordered(key: Ordering, places: tuple[int, ...]) -> Grade:
    """The share of required pairs in their order, less those the other way round, never below 0.

    Only an order that keeps every pair (a linear extension) earns the whole mark. A shuffled one
    has half of its pairs right by chance, and so earns about nothing. Told is what was written
    of each line that stands before one that must precede it. Source: Kendall's τ (“A new measure
    of rank correlation”, Biometrika 30, 1938), over the pairs that a partial order requires.
    """
    required = closed(key.before)
    if sorted(places) != list(range(len(key.feedback))) or not _is_order(required, len(places)):
        return UNGRADABLE
    stands = {own: number for number, own in enumerate(places)}
    wrong = [(first, then) for first, then in required if stands[first] > stands[then]]
    share = FULL_FRACTION * (len(required) - 2 * len(wrong)) // len(required)
    early = sorted({then for _first, then in wrong})
    return Grade(max(0, share), tuple(key.feedback[own] for own in early if key.feedback[own]))


@lru_cache(maxsize=1024)
def closed(before: Pairs) -> Pairs:
    """The pairs with all that follow from them: what comes before what comes before."""
    found = set(before)
    for middle in {place for pair in before for place in pair}:
        firsts = [first for first, then in found if then == middle]
        lasts = [then for first, then in found if first == middle]
        found |= {(first, then) for first in firsts for then in lasts}
    return frozenset(found)


def _is_order(required: Pairs, lines: int) -> bool:
    """Whether the pairs, closed, require something of these lines and do not run in a ring."""
    return bool(required) and all(
        first != then and 0 <= first < lines and 0 <= then < lines for first, then in required
    )
