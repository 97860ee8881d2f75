"""Rolls: the list of a class, line by line, with who can be added and what stands in the way."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

MOST_LINES = 500
LONGEST_NAME, LONGEST_EMAIL = 80, 254


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


HARMLESS = (None, Fault.KNOWN, Fault.NAMESAKE)
"""Whoever is there already need not be put right."""


@dataclass(frozen=True, slots=True)
class Line:
    """Somebody on the list, and where they stand in it."""

    number: int
    name: str
    email: str = ""
    student_number: str = ""
    fault: Fault | None = None


def good(found: Sequence[Line]) -> list[Line]:
    """Those who can be added."""
    return [line for line in found if line.fault is None]


def at_fault(found: Sequence[Line]) -> list[Line]:
    """Those whose line is to be put right first; who is known already is not at fault."""
    return [line for line in found if line.fault not in HARMLESS]
