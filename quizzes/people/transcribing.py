"""Transcribing: a class list as somebody pastes it or a program writes it becomes its lines.

The columns are parted by tabs, semicolons or commas, and a first line that names them says which
is which. Without one, an address is told by its @, wherever it stands: in a cell of its own, behind
the name, or in angle brackets as programs for mail write it. A student number stands behind the
name as well where two people of one name are on the list. Numbers that only count the lines, or
that most people share as they do a group, are nobody's: they are left out unless their heading says
that they are students' own.

What programs write before a cell that begins like a formula, an apostrophe, is no part of it.
"""

import csv
import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import replace

from quizzes.people import headings
from quizzes.people.headings import Columns
from quizzes.people.rolls import (
    LONGEST_EMAIL,
    LONGEST_NAME,
    LONGEST_NUMBER,
    MOST_LINES,
    Fault,
    Line,
)

_EMAIL = re.compile(r"[^@\s<>,;]+@[^@\s<>,;]+\.[^@\s<>,;.]+")
_UNSEEN = re.compile(r"[\x00-\x1f\x7f\u200b\u2060\ufeff]+")
_GUARDED = re.compile(r"\A'(?='*[=+\-@\t\r\n\0＝＋－＠])")
_QUOTED = re.compile(r'"(?:[^"]|"")*"')
_SAID_MARK = re.compile(r"sep=([\t;,])[\t;,]*(?=\n|$)", re.IGNORECASE)
_COUNTED = re.compile(r"[0-9]{1,3}[.)]\s+(?=\D)")
_STUDENT_NUMBER = re.compile(r"(?=[^\s@]*[0-9])[\w./#-]{1,20}")
_AROUND_ADDRESSES = "<>()[]{}\"'.,;:"
_PLACE = re.compile(r"([0-9]{1,3})[.)]?")
_END = "\x00"


def lines(text: str) -> list[Line]:
    """Everybody on the list, those at fault too; blank lines and the heading are nobody.

    At most 500 people: whoever comes after them is at fault.
    """
    found: list[Line] = []
    seen: set[str] = set()
    numbers: set[str] = set()
    for line in _told_apart(_read(plain(text))):
        fault = line.fault or _fault(line, seen, numbers, len(found))
        seen.add((line.email or line.name).casefold())
        numbers |= {line.student_number.casefold()} - {""}
        found.append(replace(line, fault=fault))
    return found


def plain(text: str) -> str:
    """The text with one kind of line end, as it is the same wherever it comes from."""
    text = text.removeprefix("\ufeff").replace(_END, "")
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _read(text: str) -> list[Line]:
    said = _SAID_MARK.match(text)
    mark = said[1] if said else _mark(text)
    records = list(_records(text[said.end() :] if said else text, mark))
    whole = (cells for _number, cells in records if not isinstance(cells, str) and any(cells))
    columns = headings.columns(next(whole, []))
    read = list(_lines(records, columns, mark))
    if columns and columns.numbers_students:
        return read
    return _unshared(_uncounted(read))


def _lines(
    records: Iterable[tuple[int, list[str] | str]], columns: Columns | None, mark: str
) -> Iterator[Line]:
    is_heading = columns is not None
    for number, cells in records:
        if isinstance(cells, str):
            yield Line(number, cells, fault=Fault.QUOTE if '"' in cells else Fault.LONG)
        elif any(cells):
            if columns is None:
                yield from _without_heading(number, [cell for cell in cells if cell], mark)
            elif not is_heading:
                yield _by_heading(number, cells, columns)
            is_heading = False


def _uncounted(read: list[Line]) -> list[Line]:
    """Without the numbers if they are 1, 2, 3 … down the lines, of which some may be at fault."""
    said = [_PLACE.fullmatch(line.student_number) for line in read if line.student_number]
    places = [int(one[1]) for one in said if one]
    is_rising = len(places) == len(said) and places == sorted(set(places))
    if is_rising and max(places, default=0) <= len(read):
        return [replace(line, student_number="") for line in read]
    return read


def _unshared(read: list[Line]) -> list[Line]:
    """Without the numbers if most people have one with somebody else, as those of a group do."""
    names = defaultdict[str, set[str]](set)
    for line in read:
        names[line.student_number.casefold()].add(line.name.casefold())
    bearers = [len(those) for number, those in names.items() if number]
    if 2 * sum(count for count in bearers if count > 1) >= sum(bearers):
        return [replace(line, student_number="") for line in read]
    return read


def _mark(text: str) -> str:
    """What parts the columns: whichever is there first in this order, outside quotation marks."""
    bare = _QUOTED.sub("", text)
    return next((mark for mark in "\t;," if mark in bare), ",")


def _records(text: str, mark: str) -> Iterator[tuple[int, list[str] | str]]:
    """The cells of each record by its first line; where a quotation mark stays open, that line."""
    rows = [f"{row}\n" for row in text.split("\n")]
    start = 0
    while start < len(rows):
        reader = csv.reader([*rows[start:], _END], delimiter=mark, skipinitialspace=True)
        number = start
        for cells in _until_error(reader):
            if any(_END in cell for cell in cells):
                break
            yield number + 1, [_seen(_GUARDED.sub("", cell)) for cell in cells]
            number = start + reader.line_num
        if number < len(rows):
            yield number + 1, _seen(rows[number])
        start = number + 1


def _until_error(reader: Iterator[list[str]]) -> Iterator[list[str]]:
    """All that can be read; a cell of more than 131,072 letters is none."""
    try:
        yield from reader
    except csv.Error:
        return


def _seen(cell: str) -> str:
    return " ".join(_UNSEEN.sub(" ", cell).split())


def _by_heading(number: int, cells: Sequence[str], columns: Columns) -> Line:
    name = " ".join(filter(None, (_cell(cells, at) for at in columns.names)))
    said = _cell(cells, columns.email)
    if columns.email is None:
        name, addresses = _parted(name)
    else:
        _rest, addresses = _parted(said)
    has_address = any(letter.isalnum() for letter in said)
    email = next(iter(addresses), said if has_address else "")
    fault = Fault.TWO_EMAILS if len(addresses) > 1 else None
    return Line(number, name, email, _cell(cells, columns.student_number), fault)


def _without_heading(number: int, cells: Sequence[str], mark: str) -> Iterator[Line]:
    """As a rule one person; more where each cell is a person with an address, as in “To:”."""
    parted = [_parted(cell) for cell in cells]
    if len(cells) > 1 and all(len(addresses) == 1 for _name, addresses in parted):
        yield from (Line(number, name, found[0]) for name, found in parted)
        return
    addresses = [address for _name, found in parted for address in found]
    names, student_number = _number_taken_out([name for name, _found in parted if name])
    is_mail = mark == "," and any("<" in cell for cell in cells)
    name = (", " if is_mail else " ").join(names)
    fault = Fault.TWO_EMAILS if len(addresses) > 1 else None
    if len(names) > 1 and not addresses:
        fault = Fault.PARTS
    yield Line(number, name, next(iter(addresses), ""), student_number, fault)


def _number_taken_out(cells: list[str]) -> tuple[list[str], str]:
    """The cells without the first that can be a student number, and that."""
    numbers = [cell for cell in cells if _STUDENT_NUMBER.fullmatch(cell)]
    if not numbers or len(cells) == 1:
        return [_COUNTED.sub("", cell, count=1) for cell in cells], ""
    return [cell for cell in cells if cell != numbers[0]], numbers[0]


def _parted(cell: str) -> tuple[str, list[str]]:
    """A name, and the addresses that stand before, in or behind it."""
    if "@" not in cell:
        return cell, []
    words = cell.replace("<", " <").replace(">", "> ").split()
    addresses = [word.strip(_AROUND_ADDRESSES) for word in words if "@" in word]
    name = " ".join(word for word in words if "@" not in word and any(map(str.isalnum, word)))
    return name.strip('" ,;:'), [address.removeprefix("mailto:") for address in addresses]


def _cell(cells: Sequence[str], at: int | None) -> str:
    return "" if at is None or at >= len(cells) else cells[at]


def _told_apart(read: Sequence[Line]) -> list[Line]:
    """With the student number behind each name that people of different numbers bear."""
    numbers = defaultdict[str, set[str]](set)
    for line in read:
        numbers[line.name.casefold()] |= {line.student_number} - {""}
    return [
        replace(line, name=f"{line.name} ({line.student_number})")
        if line.student_number and len(numbers[line.name.casefold()]) > 1
        else line
        for line in read
    ]


def _fault(
    line: Line, seen: Collection[str], numbers: Collection[str], before: int
) -> Fault | None:
    key = (line.email or line.name).casefold()
    faults = {
        Fault.MANY: before >= MOST_LINES,
        Fault.NO_NAME: not line.name and not line.email,
        Fault.LONG: len(line.name) > LONGEST_NAME or len(line.email) > LONGEST_EMAIL,
        Fault.LONG_NUMBER: len(line.student_number) > LONGEST_NUMBER,
        Fault.EMAIL: bool(line.email) and not _EMAIL.fullmatch(line.email),
        Fault.SAME_EMAIL if line.email else Fault.SAME_NAME: key in seen,
        Fault.SAME_NUMBER: line.student_number.casefold() in numbers,
    }
    return next((fault for fault, holds in faults.items() if holds), None)
