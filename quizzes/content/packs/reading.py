"""From a YAML file to plain values that know their line and column.

The file is read event by event, so that hostile text costs no more than its own size: a cap on
bytes, on depth and on values (each alias counts as all the values it repeats). Bytes that are no
UTF-8, YAML that is none, duplicate keys and tags become problems, never tracebacks. Values are
those of YAML 1.2: `yes` is a word, and only true and false are booleans.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, StreamMark, YAMLError
from ruamel.yaml.events import (
    AliasEvent,
    DocumentStartEvent,
    Event,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
)
from ruamel.yaml.reader import ReaderError

from quizzes.content.packs.problems import Fault, Problem

MAX_BYTES = 2_000_000
MAX_DEPTH = 20
MAX_VALUES = 200_000
MAX_ALIASES = 100

Opening = MappingStartEvent | SequenceStartEvent
Mark = tuple[int, int]
Route = tuple[str | int, ...]


@dataclass
class Document:
    """The values of one file, with the line and column of each value and of each key."""

    file: str
    data: Any = None
    values: dict[Route, Mark] = field(default_factory=dict)
    keys: dict[Route, Mark] = field(default_factory=dict)

    def place(self, route: Route, *, key: bool = False) -> Mark:
        """Line and column, from 1, of the value or its key; steps that lead nowhere are skipped."""
        found: Route = ()
        for step in route:
            if (*found, step) in self.values:
                found = (*found, step)
        marks = self.keys if key and found in self.keys else self.values
        return marks.get(found, (1, 1))

    def problem(self, fault: Fault, *, key: bool = False) -> Problem:
        """A fault with the line and column at which this file shows it."""
        place = self.place(fault.path[1:], key=key)
        return Problem(self.file, *place, fault.rule, fault.message, fault.remedy)


class _Unreadable(Exception):
    """The file cannot be read on from here."""

    def __init__(self, mark: Mark, message: str, remedy: str) -> None:
        super().__init__(message)
        self.problem = (*mark, "yaml", message, remedy)


@dataclass
class _Open:
    """A mapping or list whose end has not been read yet."""

    values: dict[str, Any] | list[Any]
    route: Route
    anchor: str | None
    size: int = 1
    key: str | None = None

    def route_of_next(self) -> Route:
        step = len(self.values) if isinstance(self.values, list) else self.key
        return (*self.route, step if step is not None else "")

    @property
    def wants_key(self) -> bool:
        return isinstance(self.values, dict) and self.key is None


class _Builder:
    """Puts the values of a document together, event by event."""

    def __init__(self, file: str) -> None:
        self.document = Document(file)
        self.problems: list[Problem] = []
        self._stack: list[_Open] = []
        self._anchors: dict[str, tuple[Any, int]] = {}
        self._aliases = 0
        self._documents = 0
        self._size = 0
        self._does: dict[type[Event], Callable[[Any, Mark], None]] = {
            DocumentStartEvent: self._start,
            MappingStartEvent: self._open_mapping,
            SequenceStartEvent: self._open_list,
            MappingEndEvent: self._close,
            SequenceEndEvent: self._close,
            ScalarEvent: self._scalar,
            AliasEvent: self._alias,
        }

    def take(self, event: Event) -> None:
        if does := self._does.get(type(event)):
            does(event, _mark(event.start_mark))

    def _start(self, _: DocumentStartEvent, mark: Mark) -> None:
        self._documents += 1
        if self._documents > 1:
            raise _Unreadable(mark, "A second document begins", "Remove the line `---`")

    def _open_mapping(self, event: MappingStartEvent, mark: Mark) -> None:
        self._open({}, event, mark)

    def _open_list(self, event: SequenceStartEvent, mark: Mark) -> None:
        self._open([], event, mark)

    def _open(self, values: Any, event: Opening, mark: Mark) -> None:
        if self._stack and self._stack[-1].wants_key:
            raise _Unreadable(mark, "A key is a mapping or a list", "Use a plain word as the key")
        if len(self._stack) >= MAX_DEPTH:
            raise _Unreadable(mark, f"More than {MAX_DEPTH} levels", "Nest less deeply")
        self._refuse_tag(event, mark)
        route = self._stack[-1].route_of_next() if self._stack else ()
        self._put(values, mark, size=1)
        self._stack.append(_Open(values, route, event.anchor))

    def _close(self, _: Event, mark: Mark) -> None:
        closed = self._stack.pop()
        if closed.anchor:
            self._anchors[closed.anchor] = (closed.values, closed.size)
        if self._stack:
            self._stack[-1].size += closed.size

    def _scalar(self, event: ScalarEvent, mark: Mark) -> None:
        self._refuse_tag(event, mark)
        if self._stack and self._stack[-1].wants_key:
            self._take_key(str(event.value), mark)
            return
        value = _plain(event.value) if event.implicit[0] else str(event.value)
        if event.anchor:
            self._anchors[event.anchor] = (value, 1)
        self._put(value, mark, size=1)

    def _take_key(self, key: str, mark: Mark) -> None:
        top = self._stack[-1]
        if key in top.values:
            self._report(mark, "duplicate-key", f"The key `{key}` stands here twice", "Keep one")
        top.key = key
        self.document.keys[(*top.route, key)] = mark

    def _alias(self, event: AliasEvent, mark: Mark) -> None:
        self._aliases += 1
        if self._aliases > MAX_ALIASES:
            raise _Unreadable(mark, f"More than {MAX_ALIASES} aliases", "Write the values out")
        if event.anchor not in self._anchors or (self._stack and self._stack[-1].wants_key):
            raise _Unreadable(
                mark, f"The alias `*{event.anchor}` stands for no finished value", "Write it out"
            )
        value, size = self._anchors[event.anchor]
        self._put(value, mark, size)
        if self._stack:
            self._stack[-1].size += size

    def _put(self, value: Any, mark: Mark, size: int) -> None:
        self._size += size
        if self._size > MAX_VALUES:
            raise _Unreadable(mark, f"More than {MAX_VALUES} values", "Split the pack")
        if not self._stack:
            self.document.data = value
            self.document.values[()] = mark
            return
        top = self._stack[-1]
        self.document.values[top.route_of_next()] = mark
        if isinstance(top.values, list):
            top.values.append(value)
        elif top.key is not None:
            top.values[top.key] = value
            top.key = None

    def _refuse_tag(self, event: Opening | ScalarEvent, mark: Mark) -> None:
        if event.tag is not None:
            self._report(mark, "tag", f"The tag `{event.tag}` is not known here", "Remove the tag")

    def _report(self, mark: Mark, rule: str, message: str, remedy: str) -> None:
        self.problems.append(Problem(self.document.file, *mark, rule, message, remedy))


def read(path: Path) -> tuple[Document | None, list[Problem]]:
    """The values of a YAML file and what is wrong with it; no document when it cannot be read."""
    builder = _Builder(path.name)
    try:
        for event in _events(_text(path)):
            builder.take(event)
        if not isinstance(builder.document.data, dict):
            raise _Unreadable((1, 1), "The file is no mapping", "Begin with a key and a colon")
    except _Unreadable as unreadable:
        return None, [*builder.problems, Problem(path.name, *unreadable.problem)]
    return builder.document, builder.problems


def _text(path: Path) -> str:
    try:
        if not path.is_file():
            raise _Unreadable((1, 1), "This is no file", "Put a YAML file in its place")
        if path.stat().st_size > MAX_BYTES:
            raise _Unreadable((1, 1), f"More than {MAX_BYTES:,} bytes", "Split the pack")
        raw = path.read_bytes()
    except OSError as error:
        raise _Unreadable(
            (1, 1), f"The file cannot be read ({error.strerror})", "Check its permissions"
        ) from error
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise _Unreadable(
            _position(raw[: error.start].decode("utf-8-sig", "replace")),
            "The bytes here are no UTF-8",
            "Save the file as UTF-8",
        ) from error


def _events(text: str) -> Iterator[Event]:
    try:
        yield from YAML(typ="safe", pure=True).parse(text)
    except ReaderError as error:
        mark = _position(text[: error.position])
        raise _Unreadable(
            mark, "A control character stands here", "Remove the character"
        ) from error
    except MarkedYAMLError as error:
        mark = _mark(error.problem_mark or error.context_mark)
        raise _Unreadable(mark, f"This is no YAML: {error.problem}", "Mend the YAML") from error
    except (YAMLError, ValueError, ArithmeticError) as error:
        raise _Unreadable((1, 1), "This is no YAML", "Mend the YAML") from error


def _mark(mark: StreamMark | None) -> Mark:
    return (mark.line + 1, mark.column + 1) if mark else (1, 1)


def _position(before: str) -> Mark:
    return before.count("\n") + 1, len(before) - before.rfind("\n")


_INTEGER = re.compile(r"[-+]?\d{1,18}")
_FLOAT = re.compile(r"[-+]?(\.\d{1,18}|\d{1,18}\.\d{0,18})")
_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_WORDS = {
    **dict.fromkeys(("", "~", "null", "Null", "NULL")),
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
}


def _plain(text: str) -> Any:
    """What a scalar without quotes stands for."""
    if text in _WORDS:
        return _WORDS[text]
    if _INTEGER.fullmatch(text) and text.isascii():
        return int(text)
    if _FLOAT.fullmatch(text) and text.isascii():
        return float(text)
    return _day(text) if _DAY.fullmatch(text) else text


def _day(text: str) -> Any:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return text
