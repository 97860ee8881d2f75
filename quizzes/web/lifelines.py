"""Lifelines: what was done with one thing on a line of time, and how well it was known between."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

from django.utils.formats import date_format

from quizzes.web.plotting import ABOVE, HEIGHT, Drawing, Mark, Scale, Segment, Text

PAST, AHEAD = 1, 2
"""The two lines: what was, and what is to come."""

DAYS_NAMED = 5
_LONG = timedelta(days=300)

type Points = Sequence[tuple[date, float]]


@dataclass(frozen=True, slots=True)
class Lifeline:
    """Two lines over days, in per cent, and marks at (shape, day, height).

    `names` says what lines and shapes stand for, by their number.
    """

    names: Mapping[int, str]
    past: Points
    ahead: Points
    marks: Sequence[tuple[int, date, float]]

    def drawing(self) -> Drawing:
        scale = Scale.over((), 0, 100)
        found = {PAST, AHEAD} if self.past else set[int]()
        found |= {shape for shape, _day, _height in self.marks}
        return Drawing(
            key=[(number, name) for number, name in self.names.items() if number in found],
            rules=scale.rules("%"),
            labels=list(self._labels()),
            segments=[
                *self._line(PAST, self.past, scale),
                *self._line(AHEAD, self.ahead, scale),
            ],
            marks=[
                Mark(shape, self._x(day), _down(scale, height)) for shape, day, height in self.marks
            ],
        )

    @property
    def _days(self) -> tuple[date, date]:
        days = [day for day, _height in (*self.past, *self.ahead)]
        days += [day for _shape, day, _height in self.marks]
        return min(days), max(days)

    def _x(self, day: date) -> str:
        first, last = self._days
        return f"{4 + 92 * (day - first).days / max(1, (last - first).days):.2f}%"

    def _line(self, number: int, points: Points, scale: Scale) -> Iterator[Segment]:
        for (day, height), (next_day, next_height) in pairwise(points):
            yield Segment(
                number,
                self._x(day),
                _down(scale, height),
                self._x(next_day),
                _down(scale, next_height),
            )

    def _labels(self) -> Iterator[Text]:
        first, last = self._days
        span = (last - first).days
        count = min(DAYS_NAMED, span + 1)
        form = "M Y" if last - first > _LONG else "j M"
        for n in range(count):
            day = first + timedelta(days=round(n * span / max(1, count - 1)))
            yield Text(self._x(day), str(ABOVE + HEIGHT + 16), date_format(day, form))


def _down(scale: Scale, height: float) -> str:
    return f"{scale.y(height):.2f}"
