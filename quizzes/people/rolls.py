"""Rolls: the list of a class as somebody pastes it or a spreadsheet writes it, line by line.

A name a line, an e-mail address where there is one; the columns may be parted by tabs,
semicolons or commas, and a first line that names them says which is which.
"""

import csv
import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

MOST_LINES = 500
LONGEST_NAME, LONGEST_EMAIL = 80, 254
_EMAIL = re.compile(r"[^@\s<>,;]+@[^@\s<>,;]+\.[^@\s<>,;.]+")
_UNSEEN = re.compile(r"[\x00-\x1f\x7f\u200b\u2060\ufeff]+")
_NAMES = {"name", "student", "full name", "display name", "student name"}
_FIRST = {"first name", "firstname", "given name", "forename"}
_LAST = {"last name", "lastname", "surname", "family name"}
_EMAILS = {"email", "e-mail", "mail", "email address", "e-mail address"}


class Fault(StrEnum):
    """Why a line becomes nobody."""

    NO_NAME = "no_name"
    LONG = "long"
    EMAIL = "email"
    SAME_NAME = "same_name"
    SAME_EMAIL = "same_email"
    QUOTE = "quote"
    MANY = "many"
    KNOWN = "known"


@dataclass(frozen=True, slots=True)
class Line:
    """Somebody on the list, and where they stand in it."""

    number: int
    name: str
    email: str = ""
    fault: Fault | None = None


@dataclass(frozen=True, slots=True)
class _Columns:
    """Which cells hold what; without any, a cell with an @ in it is the address."""

    names: Sequence[int] = ()
    email: int | None = None


def lines(text: str, known: Collection[str] = ()) -> list[Line]:
    """Everybody on the list, those at fault too; blank lines and the heading are nobody.

    `known` are names and addresses, in small letters, that need not come again. At most 500
    people: whoever comes after them is at fault.
    """
    found: list[Line] = []
    seen: set[str] = set()
    for line in _read(text):
        fault = line.fault or _fault(line, seen, known, len(found))
        seen |= {line.email.casefold()} if line.email else {line.name.casefold()}
        found.append(replace(line, fault=fault))
    return found


def good(found: Sequence[Line]) -> list[Line]:
    """Those who can be added."""
    return [line for line in found if line.fault is None]


def at_fault(found: Sequence[Line]) -> list[Line]:
    """Those whose line is to be put right first; who is known already is not at fault."""
    return [line for line in found if line.fault not in (None, Fault.KNOWN)]


def _read(text: str) -> Iterator[Line]:
    text = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    reader = csv.reader(text.splitlines(keepends=True), delimiter=_delimiter(text), strict=True)
    columns: _Columns | None = None
    number = 0
    while True:
        number = reader.line_num + 1
        try:
            cells = [" ".join(_UNSEEN.sub(" ", cell).split()) for cell in next(reader)]
        except StopIteration:
            return
        except csv.Error:
            yield Line(number, "", fault=Fault.QUOTE)
            continue
        if not any(cells):
            continue
        if columns is None:
            columns = _columns(cells)
            if columns.names:
                continue
        yield _line(number, cells, columns)


def _delimiter(text: str) -> str:
    """The mark that parts the columns: whichever is there first in this order."""
    return next((mark for mark in "\t;," if mark in text), ",")


def _columns(cells: Sequence[str]) -> _Columns:
    heads = [cell.casefold().rstrip(":") for cell in cells]
    email = next((n for n, head in enumerate(heads) if head in _EMAILS), None)
    names = [n for n, head in enumerate(heads) if head in _NAMES]
    firsts = [n for n, head in enumerate(heads) if head in _FIRST]
    lasts = [n for n, head in enumerate(heads) if head in _LAST]
    return _Columns(names[:1] or [*firsts[:1], *lasts[:1]], email)


def _line(number: int, cells: Sequence[str], columns: _Columns) -> Line:
    if columns.names:
        name = " ".join(filter(None, (_cell(cells, at) for at in columns.names)))
        return Line(number, name, "" if columns.email is None else _cell(cells, columns.email))
    filled = [cell for cell in cells if cell]
    emails = [cell for cell in filled if "@" in cell]
    if emails:
        return Line(number, " ".join(one for one in filled if one != emails[0]), emails[0])
    return Line(number, filled[0], "".join(filled[1:2]))


def _cell(cells: Sequence[str], at: int) -> str:
    return cells[at] if at < len(cells) else ""


def _fault(line: Line, seen: set[str], known: Collection[str], before: int) -> Fault | None:
    key = (line.email or line.name).casefold()
    faults = {
        Fault.MANY: before >= MOST_LINES,
        Fault.NO_NAME: not line.name and not line.email,
        Fault.LONG: len(line.name) > LONGEST_NAME or len(line.email) > LONGEST_EMAIL,
        Fault.EMAIL: bool(line.email) and not _EMAIL.fullmatch(line.email),
        Fault.SAME_EMAIL if line.email else Fault.SAME_NAME: key in seen,
        Fault.KNOWN: key in known,
    }
    return next((fault for fault, holds in faults.items() if holds), None)
