"""Decisions: for each table what it holds of a person, and what becomes of that.

A module for each part of the house, and one for the tables of other apps. Every column stands
either among those that go out to their person or among those left out with the reason: what
nobody has decided on fails the build. `possessing` reads them all.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class Act(StrEnum):
    """What erasing a person does with rows, or with a column that names them."""

    DELETE = "delete"
    """The rows go."""
    KEEP = "keep"
    """The rows stay; the person whom they point to is nobody whom one could tell any more."""
    BLANK = "blank"
    """The rows stay, and the columns named are emptied."""
    SET_NULL = "set null"
    """The rows stay, and the column points to nobody."""
    NOTHING = "nothing"
    """Nothing of a person is in them."""


@dataclass(frozen=True, slots=True)
class Fate:
    """What erasing does, and why; `columns` are those that it empties."""

    act: Act
    why: str
    columns: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Named:
    """A column that names a person whose row it is not: why it is none of theirs, and its fate."""

    why: str
    fate: Fate


@dataclass(frozen=True, slots=True)
class Possession:
    """What one table holds of a person.

    `ways` are lookups that lead from a row to a person whose row it is; without any, `says` gives
    the reason why no row of it, with the columns of `held`, goes out to anybody. `told` leads to
    the attempt whose results the columns of `untold` give away, `told_mark` to the assignment
    whose mark they are: they are empty until that may be told, and where none are named the whole
    row waits. `texts` are the columns in which anybody's name may have been typed.
    """

    model: str
    says: str
    fate: Fate
    ways: tuple[str, ...] = ()
    columns: tuple[str, ...] = ()
    left_out: Mapping[str, str] = field(default_factory=dict)
    held: tuple[str, ...] = ()
    told: str = ""
    told_mark: str = ""
    untold: tuple[str, ...] = ()
    names: Mapping[str, Named] = field(default_factory=dict)
    texts: tuple[str, ...] = ()

    @property
    def is_exported(self) -> bool:
        """Whether its rows go out to their person."""
        return bool(self.ways)


def words(text: str) -> tuple[str, ...]:
    """Columns, as a line of them."""
    return tuple(text.split())


YOURSELF = "It is always yourself."
NO_PERSON = Fate(Act.NOTHING, "Nothing of a person is in it.")
OF_THE_CLASS = Fate(Act.KEEP, "The class's record stays, under a name that tells nobody.")
OF_THE_BOOK = Fate(Act.DELETE, "It goes with the book; what a class uses stays with the class.")
OF_THE_STUDY = Fate(Act.DELETE, "Nobody else needs it.")
