"""The unit that marks are kept in: whole numbers, so that sums of them are exact. And their words.

What is worked out of marks stays exact until it is kept or told, and is then rounded once, here.
"""

from fractions import Fraction

FULL_FRACTION = 10_000_000
"""A whole mark: fractions and scores count in units of 10⁻⁷ of it."""


def nearest(exact: Fraction | float, full: int = FULL_FRACTION) -> int:
    """The whole number nearest to a share of `full`, half up.

    It is `full` only for everything, and 0 only for nothing: a little less and a little more show.
    """
    top, bottom = exact.as_integer_ratio()
    if not 0 < top < full * bottom:
        return min(max(0, top), full)
    return min(max(1, (2 * top + bottom) // (2 * bottom)), full - 1)


def percent(mark: int) -> float:
    """What a mark in units of 10⁻⁷ says: per cent to the nearest tenth, whole where there is none.

    Of a mark or a score this stands on every page and in every file.
    """
    tenths = nearest(Fraction(1_000 * mark, FULL_FRACTION), 1_000)
    return tenths / 10 if tenths % 10 else tenths // 10
