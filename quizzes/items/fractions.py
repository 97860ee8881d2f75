"""The unit that marks are kept in: whole numbers, so that sums of them are exact."""

FULL_FRACTION = 10_000_000
"""A whole mark: fractions and scores count in units of 10⁻⁷ of it."""
