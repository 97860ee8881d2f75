"""Tabulating: a person's rows of each table as JSON and as CSV, a portion at a time.

Both are written from one reading, so that they cannot differ, and in portions that follow the
primary key: no query stays open between them, and a log of any length takes the same memory.
"""

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from tempfile import SpooledTemporaryFile
from typing import Any, cast

from django.db.models import F
from django.utils.text import camel_case_to_spaces, slugify

from quizzes.assessment import disclosing, reserving
from quizzes.assessment.models import Assignment, Attempt, Override
from quizzes.exchange import possessing
from quizzes.exchange.decisions import Guard, Possession
from quizzes.exchange.formats import tables
from quizzes.exchange.handing_over import Chunk, File
from quizzes.people.models import User

PORTION = 2_000
_KEPT_IN_MEMORY = 1_000_000
_PIECE = 1 << 16
_PLAIN = frozenset({str, int, float})


@dataclass(frozen=True)
class Reader:
    """Whose rows are read, and at which moment: what may be told is asked once."""

    person: User
    at: datetime

    def may_tell(self, guard: Guard, pk: int) -> bool:
        """Whether something may be told that waits for an attempt, an assignment or an item."""
        match guard:
            case Guard.SCORE:
                return pk in self._scores
            case Guard.RESULT:
                return pk in self._results
            case Guard.MARK:
                return pk in self._marks
        return pk not in self._asked

    @cached_property
    def _scores(self) -> set[int]:
        return self._those(disclosing.scores)

    @cached_property
    def _results(self) -> set[int]:
        return self._those(disclosing.scored)

    def _those(self, told: Callable[[User, list[Attempt], datetime], set[int]]) -> set[int]:
        """The own attempts of which something may be told."""
        mine = Attempt.objects.visible_to(self.person).handed_in().select_related("assignment")
        found: set[int] = set()
        for some in _portions(list(mine.order_by("pk"))):
            found |= told(self.person, some, self.at)
        return found

    @cached_property
    def _marks(self) -> set[int]:
        mine = Override.objects.filter(learner=self.person).values("assignment")
        given = list(Assignment.objects.filter(pk__in=mine).order_by("pk"))
        return disclosing.marks(self.person, given, self.at) if given else set()

    @cached_property
    def _asked(self) -> set[int]:
        return set(reserving.reserved(self.person, self.at).values_list("pk", flat=True))


def count(person: User) -> int:
    """How many rows there are to write."""
    return sum(possessing.rows(one, person).count() for one in possessing.exported())


def files(reader: Reader) -> Iterator[File]:
    """Two files for each table that holds anything: `json/card.json` and `csv/card.csv`."""
    for possession in possessing.exported():
        if possessing.rows(possession, reader.person).exists():
            yield from _both(possession, reader)


def name_of(possession: Possession) -> str:
    """What the files of a table are called: “day-tally”."""
    _app, model = possession.model.split(".")
    return slugify(camel_case_to_spaces(model).replace("_", " "))


def heads(possession: Possession) -> list[str]:
    """The columns of a table as they go out: its own, and those of what it points to."""
    return [*possession.columns, *(one.replace("__", ".") for one in possession.along)]


def _both(possession: Possession, reader: Reader) -> Iterator[File]:
    name = name_of(possession)
    with SpooledTemporaryFile(_KEPT_IN_MEMORY) as beside:
        yield File(f"json/{name}.json", _json(possession, reader, beside))
        beside.seek(0)
        yield File(f"csv/{name}.csv", map(Chunk, iter(lambda: beside.read(_PIECE), b"")))


def _json(
    possession: Possession, reader: Reader, beside: "SpooledTemporaryFile[bytes]"
) -> Iterator[Chunk]:
    """The table as a JSON list with a line for each row; its CSV is written beside it."""
    head = heads(possession)
    beside.write(tables.csv_bytes([head], has_mark=True))
    before = "[\n"
    for rows in _read(possession, reader):
        told = [values for values in rows if values is not None]
        beside.write(tables.csv_bytes([_cell(one) for one in values] for values in told))
        lines = [_dumped(dict(zip(head, values, strict=True))) for values in told]
        yield Chunk((before + ",\n".join(lines)).encode() if lines else b"", len(rows))
        before = ",\n" if lines else before
    yield Chunk(b"[]\n" if before == "[\n" else b"\n]\n")


def _read(possession: Possession, reader: Reader) -> Iterator[list[list[Any] | None]]:
    """Portions of rows as their values, in the order of `heads`; none for a row that waits."""
    rows = possessing.rows(possession, reader.person).order_by("pk")
    wanted = [_attname(possession, one) for one in possession.columns]
    asked = (possession.guarded_by or "pk", possession.once or "pk")
    chosen = rows.values_list("pk", *map(F, asked), *wanted, *possession.along)
    some = list(chosen[:PORTION])
    while some:
        yield [_values(possession, reader, row) for row in some]
        some = list(chosen.filter(pk__gt=some[-1][0])[:PORTION])


def _values(possession: Possession, reader: Reader, row: Sequence[Any]) -> list[Any] | None:
    _pk, guarded_by, once, *values = row
    width = len(possession.columns)
    columns, along = values[:width], values[width:]
    if once is None:
        along = [None] * len(along)
    if possession.guard and not reader.may_tell(possession.guard, guarded_by):
        if not possession.untold:
            return None
        columns = [
            None if name in possession.untold else value
            for name, value in zip(possession.columns, columns, strict=True)
        ]
    return columns + along


def _attname(possession: Possession, column: str) -> str:
    """The column that holds a foreign key itself, so that no table is joined for it."""
    field = possessing.model_of(possession)._meta.get_field(column)
    return str(getattr(field, "attname", column))


def _portions[T](rows: list[T]) -> Iterator[list[T]]:
    return (rows[start : start + PORTION] for start in range(0, len(rows), PORTION))


def _text(value: object) -> str:
    """A moment in ISO 8601, UTC; anything else as it is said."""
    return value.isoformat() if isinstance(value, date) else str(value)


_dumped = json.JSONEncoder(ensure_ascii=False, default=_text).encode


def _cell(value: Any) -> tables.Cell:
    if value is None or type(value) in _PLAIN:
        return cast("tables.Cell", value)
    return _dumped(value) if isinstance(value, bool | dict | list) else _text(value)
