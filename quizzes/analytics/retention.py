"""Retention: how much was recalled of what was foretold, by month and by how mature cards were.

The numbers come from `DayTally`, so a long history costs no more: one row a study day is read. A
review tells when it moved its card on a later day than the one before; see `cards.tallying`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from django.db.models import Sum

from quizzes.cards.models import DayTally

if TYPE_CHECKING:
    from quizzes.people.models import User

DAYS_LATELY = 30
_COLUMNS = (
    *("young", "young_recalled", "young_foretold"),
    *("mature", "mature_recalled", "mature_foretold"),
)


@dataclass(frozen=True, slots=True)
class Held:
    """Reviews that tell, how many were recalled, and their chances together in units of 10⁻⁷."""

    reviews: int = 0
    recalled: int = 0
    foretold_units: int = 0

    def __add__(self, other: Held) -> Held:
        return Held(
            self.reviews + other.reviews,
            self.recalled + other.recalled,
            self.foretold_units + other.foretold_units,
        )

    @property
    def recalled_percent(self) -> float | None:
        """To a tenth; none without a review."""
        return round(100 * self.recalled / self.reviews, 1) if self.reviews else None

    @property
    def foretold_percent(self) -> float | None:
        whole = self.reviews * DayTally.WHOLE
        return round(100 * self.foretold_units / whole, 1) if whole else None


@dataclass(frozen=True, slots=True)
class Maturities:
    """Reviews of cards that were still young, and of those that were mature."""

    young: Held = Held()
    mature: Held = Held()

    def __add__(self, other: Maturities) -> Maturities:
        return Maturities(self.young + other.young, self.mature + other.mature)

    @property
    def whole(self) -> Held:
        return self.young + self.mature


@dataclass(frozen=True, slots=True)
class Retention:
    """What was held of all that was reviewed, and lately; by month, without a gap."""

    months: list[tuple[date, Maturities]]
    lately: Held

    @property
    def total(self) -> Maturities:
        return _sum(one for _, one in self.months)


def of_learner(learner: User, today: date) -> Retention:
    """All months from the first with a review that tells to the last; one query."""
    rows = DayTally.objects.filter(learner=learner).order_by("day").values_list("day")
    sums = rows.annotate(*(Sum(column) for column in _COLUMNS))
    days = {day: Maturities(Held(*six[:3]), Held(*six[3:])) for day, *six in sums if any(six)}
    first_lately = today - timedelta(days=DAYS_LATELY - 1)
    return Retention(
        months=_months(days),
        lately=_sum(one for day, one in days.items() if day >= first_lately).whole,
    )


def _months(days: dict[date, Maturities]) -> list[tuple[date, Maturities]]:
    found = defaultdict[date, Maturities](Maturities)
    for day, one in days.items():
        found[day.replace(day=1)] += one
    month, months = min(found, default=date.max), list[tuple[date, Maturities]]()
    while found and month <= max(found):
        months.append((month, found.get(month, Maturities())))
        month = (month + timedelta(days=31)).replace(day=1)
    return months


def _sum(found: Iterable[Maturities]) -> Maturities:
    return sum(found, Maturities())
