"""Bars, lines and curves as places in an SVG: numbers in, text for attributes out.

Across, places are shares of the width in per cent; down, they are pixels. So a drawing is as wide
as its column while its letters and strokes keep their size, without a script.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from math import ceil, floor, log10

HEIGHT = 160
"""Of the plot, from its top line to its base, in pixels."""

ABOVE = 18
"""Room over the plot for the value of the tallest bar."""

LABELS = 7
LETTERS = 36
"""So many labels, and so many letters of them, stand side by side on a telephone."""

BELOW = 20
"""From the base of the plot to the line on which its labels stand."""

VALUES = 8
"""So many bars have room for their value over each."""

LEAST = 1e-6
"""A span below this is none."""

FEW = 4
"""So few groups of bars would be so wide that they look like areas."""


@dataclass(frozen=True, slots=True)
class Series:
    """Numbers under one name; None where there is none to tell."""

    name: str
    values: Sequence[float | None]


@dataclass(frozen=True, slots=True)
class Text:
    """A word and where it stands."""

    x: str
    y: str
    text: str


@dataclass(frozen=True, slots=True)
class Bar:
    """A bar of the series of a number, from 1; its value stands over it where there is room."""

    series: int
    x: str
    y: str
    width: str
    height: str
    middle: str
    text: str
    above: str


@dataclass(frozen=True, slots=True)
class Segment:
    """A piece of a line of the series of a number; 0 is the line to compare with."""

    series: int
    x1: str
    y1: str
    x2: str
    y2: str


@dataclass(frozen=True, slots=True)
class Mark:
    """Where a line has a number; its shape is that of the series."""

    series: int
    x: str
    y: str


@dataclass(frozen=True, slots=True)
class Drawing:
    """All that is drawn; the key names the series, the compared line last."""

    key: Sequence[tuple[int, str]]
    rules: Sequence[Text]
    labels: Sequence[Text]
    bars: Sequence[Bar] = ()
    segments: Sequence[Segment] = ()
    marks: Sequence[Mark] = ()
    height: int = HEIGHT + ABOVE + BELOW + 6
    base: int = HEIGHT + ABOVE

    @property
    def shapes(self) -> set[int]:
        """The series that have marks."""
        return {mark.series for mark in self.marks}


@dataclass(frozen=True, slots=True)
class Scale:
    """What the plot shows from its base to its top, with a line at every step."""

    low: float
    high: float
    step: float

    @classmethod
    def over(cls, values: Sequence[float], low: float = 0, high: float | None = None) -> "Scale":
        """Round steps, two to five of them, that reach over every value."""
        most = max(values, default=0) if high is None else high
        span = most - low if most - low > LEAST else 1
        size = 10 ** floor(log10(span))
        step = next(s * size for s in (0.2, 0.25, 0.5, 1, 2, 2.5) if span / (s * size) <= 5)
        return cls(low, low + step * ceil(round(span / step, 9)), step)

    def y(self, value: float) -> float:
        share = (value - self.low) / (self.high - self.low)
        return ABOVE + HEIGHT * (1 - min(1, max(0, share)))

    def rules(self, unit: str) -> list[Text]:
        count = round((self.high - self.low) / self.step)
        levels = [self.low + self.step * number for number in range(count + 1)]
        return [Text("0", _number(self.y(level)), shown(level, unit)) for level in levels]


@dataclass(frozen=True, slots=True)
class Bars:
    """A group of bars for each label, one of each series."""

    labels: Sequence[str]
    series: Sequence[Series]
    unit: str = ""
    top: float | None = None

    def drawing(self) -> Drawing:
        scale = Scale.over(_known(self.series), high=self.top)
        return Drawing(
            key=_key(self.series),
            rules=scale.rules(self.unit),
            labels=_labels(self.labels),
            bars=list(self._bars(scale)),
        )

    def _bars(self, scale: Scale) -> Iterator[Bar]:
        group = 100 / max(1, len(self.labels))
        share = _share_of_bars(len(self.labels))
        width = group * share / len(self.series)
        has_values = len(self.labels) * len(self.series) <= VALUES
        for number, one in enumerate(self.series):
            for place, value in enumerate(one.values):
                if value is None:
                    continue
                x = group * (place + (1 - share) / 2) + width * number
                y = scale.y(value)
                yield Bar(
                    series=number + 1,
                    x=_percent(x),
                    y=_number(y),
                    width=_percent(width),
                    height=_number(ABOVE + HEIGHT - y),
                    middle=_percent(x + width / 2),
                    text=_short(value, self.unit) if has_values else "",
                    above=_number(y - 5),
                )


@dataclass(frozen=True, slots=True)
class Lines:
    """A line for each series over the same labels, from `bottom` up; it breaks at None."""

    labels: Sequence[str]
    series: Sequence[Series]
    unit: str = ""
    bottom: float = 0
    top: float | None = None

    def drawing(self) -> Drawing:
        scale = Scale.over(_known(self.series), self.bottom, self.top)
        places = [100 * (place + 0.5) / len(self.labels) for place in range(len(self.labels))]
        paths = [_path(places, one.values, scale) for one in self.series]
        return Drawing(
            key=_key(self.series),
            rules=scale.rules(self.unit),
            labels=_labels(self.labels),
            segments=[one for number, path in enumerate(paths, 1) for one in _line(number, path)],
            marks=[one for number, path in enumerate(paths, 1) for one in _marks(number, path)],
        )


@dataclass(frozen=True, slots=True)
class Curve:
    """Points (x, y) of one kind of number joined in order, and the line on which both are equal.

    Both axes go from `low` to `high`.
    """

    name: str
    points: Sequence[tuple[float, float]]
    equal: str
    unit: str = "%"
    low: float = 0
    high: float = 100
    steps: Sequence[float] = field(default=(0, 25, 50, 75, 100))

    def drawing(self) -> Drawing:
        scale = Scale.over((), self.low, self.high)
        ends: list[tuple[float, float] | None] = [
            (self._x(one), scale.y(one)) for one in (self.low, self.high)
        ]
        path: list[tuple[float, float] | None] = [
            (self._x(x), scale.y(y)) for x, y in sorted(self.points)
        ]
        base = _number(ABOVE + HEIGHT + BELOW)
        return Drawing(
            key=[(1, self.name), (0, self.equal)],
            rules=scale.rules(self.unit),
            labels=[Text(_percent(self._x(x)), base, shown(x, self.unit)) for x in self.steps],
            segments=[*_line(0, ends), *_line(1, path)],
            marks=_marks(1, path),
        )

    def _x(self, value: float) -> float:
        return 5 + 90 * (value - self.low) / (self.high - self.low)


def shown(value: float, unit: str = "") -> str:
    """A number with its unit: “82%”, “1,200”, “2.5 s”."""
    number = f"{value:,.0f}" if value == round(value) or abs(value) >= 100 else f"{value:,.3g}"
    return f"{number}{unit}" if unit in ("", "%") else f"{number} {unit}"


def _share_of_bars(groups: int) -> float:
    """Of the width of a group; the rest parts it from the next."""
    return 0.5 if groups <= FEW else 0.8


def _short(value: float, unit: str) -> str:
    """Over a bar: a share of two series side by side has no room for its tenths."""
    return shown(round(value) if unit == "%" else value, unit)


def _known(series: Sequence[Series]) -> list[float]:
    return [value for one in series for value in one.values if value is not None]


def _key(series: Sequence[Series]) -> list[tuple[int, str]]:
    """One series needs no key: the title says what it is."""
    return [(n, one.name) for n, one in enumerate(series, start=1)] if len(series) > 1 else []


def _labels(labels: Sequence[str]) -> list[Text]:
    """As many labels as have room, the first among them."""
    longest = max(map(len, labels), default=0)
    every = ceil(len(labels) / max(1, min(LABELS, LETTERS // (longest + 1)))) or 1
    base = _number(ABOVE + HEIGHT + BELOW)
    return [
        Text(_percent(100 * (place + 0.5) / len(labels)), base, labels[place])
        for place in range(0, len(labels), every)
    ]


def _path(
    places: Sequence[float], values: Sequence[float | None], scale: Scale
) -> list[tuple[float, float] | None]:
    return [
        None if value is None else (place, scale.y(value))
        for place, value in zip(places, values, strict=True)
    ]


def _line(number: int, path: Sequence[tuple[float, float] | None]) -> list[Segment]:
    return [
        Segment(number, _percent(one[0]), _number(one[1]), _percent(two[0]), _number(two[1]))
        for one, two in pairwise(path)
        if one and two
    ]


def _marks(number: int, path: Sequence[tuple[float, float] | None]) -> list[Mark]:
    return [Mark(number, _percent(one[0]), _number(one[1])) for one in path if one]


def _percent(value: float) -> str:
    return f"{_number(value)}%"


def _number(value: float) -> str:
    """The same in each language: an attribute knows no decimal comma."""
    return f"{value:.2f}".rstrip("0").rstrip(".")
