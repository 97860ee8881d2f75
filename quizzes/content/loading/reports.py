"""What a load did, counted."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum

from quizzes.content.models import Book


class Fate(StrEnum):
    """What became of one fact."""

    NEW = "new"
    CHANGED = "changed"
    RETURNED = "returned"
    RETIRED = "retired"
    UNCHANGED = "unchanged"


@dataclass(frozen=True)
class Report:
    """The book as loaded, and by kind of fact how many were new, changed, retired or the same.

    A fact that only moved within the book is unchanged; one that was retired before and is stated
    again has returned.
    """

    book: Book
    facts: dict[str, Counter[Fate]] = field(default_factory=dict)
    sections: int = 0
    has_changed: bool = False
    fates: dict[str, Fate] = field(default_factory=dict)
    """What became of each fact, by slug; none where nothing changed at all."""

    @property
    def current(self) -> int:
        """How many facts the book states now."""
        return sum(self._count(fate) for fate in Fate if fate is not Fate.RETIRED)

    def _count(self, fate: Fate) -> int:
        return sum(counts[fate] for counts in self.facts.values())

    def __str__(self) -> str:
        size = f"{self.current} facts, {self.sections} sections"
        if not self.has_changed:
            return f"Nothing changed: {size}"
        done = [(fate, self._count(fate)) for fate in Fate if fate is not Fate.UNCHANGED]
        told = ", ".join(f"{count} {fate}" for fate, count in done if count)
        return f"{size} ({told or 'facts as before'})"


def tally(fates: Iterable[tuple[str, Fate]]) -> dict[str, Counter[Fate]]:
    """Fates counted by kind of fact."""
    counts: dict[str, Counter[Fate]] = {}
    for kind, fate in fates:
        counts.setdefault(kind, Counter())[fate] += 1
    return counts
