"""Decisions: for each table what it holds of a person, and what becomes of that.

A module for each part of the house, and one for the tables of other apps. Every column stands
either among those that go out to their person or among those left out with the reason: what
nobody has decided on fails the build. `possessing` reads them all.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

type Text = str | Promise


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


class Guard(StrEnum):
    """What must be so before something may be told to the person whose it is."""

    SCORE = "score"
    """The score of an attempt is told."""
    RESULT = "result"
    """The results of an attempt are told: its score, and what was right in it."""
    MARK = "mark"
    """The mark at an assignment is told."""
    QUESTION = "question"
    """No quiz asks the question now of whoever wants to know."""


@dataclass(frozen=True, slots=True)
class Fate:
    """What erasing does, and why; `columns` are those that it empties."""

    act: Act
    why: Text
    columns: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Named:
    """A column that names a person whose row it is not: why it is none of theirs, and its fate."""

    why: Text
    fate: Fate


@dataclass(frozen=True, slots=True)
class Possession:
    """What one table holds of a person.

    `ways` are lookups that lead from a row to a person whose row it is; without any, `says` gives
    the reason why no row of it, with the columns of `held`, goes out to anybody. What `guard` waits
    for is at `guarded_by`: until then the columns of `untold` are empty, and where none are named
    the whole row waits. `along` are lookups that go out beside the columns, because what a key
    points to stays here; they are empty until there is something at `once`. `texts` are the columns
    in which anybody's name may have been typed.
    """

    model: str
    says: Text
    fate: Fate
    ways: tuple[str, ...] = ()
    columns: tuple[str, ...] = ()
    left_out: Mapping[str, Text] = field(default_factory=dict)
    held: tuple[str, ...] = ()
    guard: Guard | None = None
    guarded_by: str = ""
    untold: tuple[str, ...] = ()
    along: tuple[str, ...] = ()
    once: str = ""
    names: Mapping[str, Named] = field(default_factory=dict)
    texts: tuple[str, ...] = ()

    @property
    def is_exported(self) -> bool:
        """Whether its rows go out to their person."""
        return bool(self.ways)

    @property
    def goes(self) -> bool:
        """Whether erasing a person deletes all its rows; what is in a book goes with the book."""
        is_of_a_book = self.fate is OF_THE_BOOK or self.model == "quizzes.Book"
        return self.is_exported and self.fate.act is Act.DELETE and not is_of_a_book


def words(text: str) -> tuple[str, ...]:
    """Columns, as a line of them."""
    return tuple(text.split())


YOURSELF = _("It is always yourself.")
NO_PERSON = Fate(Act.NOTHING, _("Nothing of a person is in it."))
OF_THE_CLASS = Fate(Act.KEEP, _("The class's record stays, under a name that tells nobody."))
OF_THE_BOOK = Fate(Act.DELETE, _("It goes with the book; what a class uses stays with the class."))
OF_THE_STUDY = Fate(Act.DELETE, _("Nobody else needs it."))
