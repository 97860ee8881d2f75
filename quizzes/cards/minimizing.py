"""The lowest point of a function that has no slope to follow: the simplex of Nelder and Mead.

Source: J. A. Nelder and R. Mead, The Computer Journal 7 (1965), 308-313, with their coefficients.
"""

from collections.abc import Callable, Sequence
from typing import NamedTuple

type Point = tuple[float, ...]
type Function = Callable[[Sequence[float]], float]

_NEAR = 1e-3
"""Where the corners lie so close in height, more steps would not be noticed."""


class _Corner(NamedTuple):
    height: float
    point: Point


def minimize(function: Function, scales: Sequence[float], most_evaluations: int) -> Point:
    """The lowest point found near the origin, after at most so many evaluations.

    `scales` say how far away to look first, in each direction.
    """
    left = most_evaluations

    def corner(point: Point) -> _Corner:
        nonlocal left
        left -= 1
        return _Corner(function(point), point)

    simplex = sorted(corner(point) for point in _first_points(scales))
    while left > len(scales) + 1 and simplex[-1].height - simplex[0].height > _NEAR:
        simplex = sorted(_moved(simplex, corner))
    return simplex[0].point


def _first_points(scales: Sequence[float]) -> list[Point]:
    """The origin, and one step from it in each direction."""
    size = len(scales)
    origin = (0.0,) * size
    return [origin] + [
        tuple(scales[n] / 2 if n == axis else 0.0 for n in range(size)) for axis in range(size)
    ]


def _moved(simplex: list[_Corner], corner: Callable[[Point], _Corner]) -> list[_Corner]:
    """The simplex after one step: its highest corner is mirrored, or all draw near the lowest."""
    *others, worst = simplex
    center = tuple(sum(axis) / len(others) for axis in zip(*(o.point for o in others), strict=True))
    mirrored = corner(_along(center, worst.point, -1.0))
    if mirrored.height < others[0].height:
        return [*others, min(mirrored, corner(_along(center, worst.point, -2.0)))]
    if mirrored.height < others[-1].height:
        return [*others, mirrored]
    nearer = corner(_along(center, min(mirrored, worst).point, 0.5))
    if nearer.height < min(mirrored, worst).height:
        return [*others, nearer]
    lowest = simplex[0]
    return [lowest] + [corner(_along(lowest.point, one.point, 0.5)) for one in simplex[1:]]


def _along(origin: Point, toward: Point, share: float) -> Point:
    return tuple(a + share * (b - a) for a, b in zip(origin, toward, strict=True))
