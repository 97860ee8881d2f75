"""Rolls: the list of a class, line by line, with who can be added and what stands in the way."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

MOST_LINES = 500
LONGEST_NAME, LONGEST_EMAIL, LONGEST_NUMBER = 80, 254, 32


class Fault(StrEnum):
    """Why a line becomes nobody."""

    NO_NAME = "no_name"
    LONG = "long"
    EMAIL = "email"
    TWO_EMAILS = "two_emails"
    PARTS = "parts"
    SAME_NAME = "same_name"
    SAME_EMAIL = "same_email"
    QUOTE = "quote"
    MANY = "many"
    KNOWN = "known"
    NAMESAKE = "namesake"
    LONG_NUMBER = "long_number"
    SAME_NUMBER = "same_number"
    OTHER_NAME = "other_name"
    OTHER_NUMBER = "other_number"
    SAME_PERSON = "same_person"
    LEFT = "left"


HARMLESS = (None, Fault.KNOWN, Fault.NAMESAKE)
"""Whoever is there already need not be put right."""


@dataclass(frozen=True, slots=True)
class Somebody:
    """Who is in a class, has left it, or is invited to it."""

    name: str
    emails: frozenset[str] = frozenset()
    """In small letters; those to which the class sent an invitation."""
    student_number: str = ""
    place: int | None = None
    """The key of the place of a student, or of the invitation: what can be given a number."""
    invitation: int | None = None
    has_left: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """Somebody on the list, and where they stand in it."""

    number: int
    name: str
    email: str = ""
    student_number: str = ""
    fault: Fault | None = None
    found: Somebody | None = None
    """Whom the class knows already; a line without fault gives them its student number."""


def good(found: Sequence[Line]) -> list[Line]:
    """Those who can be added, and those who get a student number."""
    return [line for line in found if line.fault is None]


def new(found: Sequence[Line]) -> list[Line]:
    """Those who can be added."""
    return [line for line in good(found) if line.found is None]


def numbered(found: Sequence[Line]) -> list[Line]:
    """Those whom the class knows without the student number that stands here."""
    return [line for line in good(found) if line.found is not None]


def at_fault(found: Sequence[Line]) -> list[Line]:
    """Those whose line is to be put right first; who is known already is not at fault."""
    return [line for line in found if line.fault not in HARMLESS]
