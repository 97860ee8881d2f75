"""Recognizing: which lines of a class list are people whom the class knows already.

A student number says more than an address, and an address more than a name. Who is found without a
number gets the one on the line; a number that speaks against a name is told and changes nothing,
as nobody here can know which of the two is wrong.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from quizzes.people.rolls import Fault, Line, Somebody


@dataclass(frozen=True, slots=True)
class _Index:
    """Those whom a class knows, by what a line may say of them in small letters."""

    numbers: Mapping[str, Somebody]
    emails: Mapping[str, Somebody]
    names: Mapping[str, Sequence[Somebody]]


def recognized(found: Iterable[Line], known: Sequence[Somebody]) -> list[Line]:
    """The lines, with whom they find and what then stands in the way; those at fault stay so."""
    index = _index(known)
    return _once(line if line.fault else _recognized(line, index) for line in found)


def _index(known: Sequence[Somebody]) -> _Index:
    names = defaultdict[str, list[Somebody]](list)
    for one in known:
        if one.invitation is None and not one.has_left:
            names[one.name.casefold()].append(one)
    return _Index(
        {one.student_number.casefold(): one for one in known if one.student_number},
        {email: one for one in known for email in one.emails if not one.has_left},
        names,
    )


def _recognized(line: Line, index: _Index) -> Line:
    holder = index.numbers.get(line.student_number.casefold())
    if holder:
        return replace(line, found=holder, fault=_by_number(line, holder))
    if line.email:
        one = index.emails.get(line.email.casefold())
        return _by_likeness(line, [one], Fault.KNOWN) if one else line
    if alike := index.names.get(line.name.casefold()):
        return _by_likeness(line, alike, Fault.NAMESAKE)
    if alike := index.names.get(_bare(line.name, line).casefold()):
        return replace(line, found=alike[0], fault=Fault.NAMESAKE)
    return line


def _once(lines: Iterable[Line]) -> list[Line]:
    """The lines, of which nobody gets a number twice: not by their name and by their address."""
    told: list[Line] = []
    given = set[tuple[int | None, int | None]]()
    for line in lines:
        gets = line.found if line.fault is None else None
        key = gets and (gets.place, gets.invitation)
        told.append(replace(line, fault=Fault.SAME_PERSON) if key in given else line)
        given |= {key} if key else set()
    return told


def _by_number(line: Line, holder: Somebody) -> Fault:
    if holder.has_left:
        return Fault.LEFT
    names = {_bare(one.name, line).casefold() for one in (line, holder)}
    is_same = len(names) == 1 or line.email.casefold() in holder.emails
    return Fault.KNOWN if is_same else Fault.OTHER_NAME


def _by_likeness(line: Line, alike: Sequence[Somebody], usual: Fault) -> Line:
    """Whom an address or a name finds; the only one without a number gets that of the line."""
    one = alike[0]
    if not line.student_number:
        return replace(line, found=one, fault=usual)
    if all(other.student_number for other in alike):
        return replace(line, found=one, fault=Fault.OTHER_NUMBER)
    can_have_one = len(alike) == 1 and (one.place or one.invitation)
    return replace(line, found=one, fault=None if can_have_one else usual)


def _bare(name: str, line: Line) -> str:
    """A name without the number that told it from another on the list."""
    return name.removesuffix(f" ({line.student_number})")
