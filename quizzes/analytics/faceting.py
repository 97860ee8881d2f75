"""Faceting: things that several families of values tell apart, chosen by some and counted by all.

Values of one family are alternatives, families are conditions: “a date or an argument” and “in
no quiz”. What stands beside a value is how many things there would be if it alone were chosen in
its family, the other families being as they are.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from typing import Protocol

type Chosen = Mapping[str, Collection[str]]
"""The values that are chosen, by family; a family of which none is chosen is no condition."""


class Faceted(Protocol):
    """Something with values in every family: one, several or none."""

    @property
    def values(self) -> Mapping[str, Collection[str]]: ...


def sort_out[Thing: Faceted](
    things: Iterable[Thing], families: Collection[str], chosen: Chosen
) -> tuple[list[Thing], dict[str, Counter[str]]]:
    """The things that every family lets through, in their order, and the counts of all values."""
    wanted = {family: set(values) for family, values in chosen.items() if values}
    counts = {family: Counter[str]() for family in families}
    found = []
    for thing in things:
        kept_out = [
            name for name, values in wanted.items() if values.isdisjoint(thing.values[name])
        ]
        if not kept_out:
            found.append(thing)
        for family in kept_out if len(kept_out) == 1 else () if kept_out else families:
            counts[family].update(thing.values[family])
    return found, counts
