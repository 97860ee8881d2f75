"""What the ORM says slowly: a query that is asked whenever a page is looked at.

To put a query into SQL costs the ORM more than the database takes to answer it. `prepared` keeps
the SQL that it was put into and asks it again with other values; what is asked is still said once,
by the ORM.
"""

from collections.abc import Callable, Collection, Sequence
from copy import copy
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache, update_wrapper
from typing import Any
from uuid import UUID

from django.core.exceptions import EmptyResultSet
from django.db import connections, models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models.sql.compiler import SQLCompiler

_KEPT = 128
"""How many statements are kept of a query; one that is asked no more gives way."""

_FIELDS: dict[type, models.Field[Any, Any]] = {
    UUID: models.UUIDField(),
    datetime: models.DateTimeField(),
    date: models.DateField(),
}
"""Who writes the values of a type for a database; numbers and texts are written as they are."""


@dataclass(frozen=True, slots=True)
class _Blank:
    """Among the parameters of a statement: which argument goes there, or which one of a list."""

    argument: int
    index: int | None = None

    def __str__(self) -> str:
        raise TypeError("A lookup that writes its value anew (iexact on SQLite) is not prepared.")

    def filled(self, told: Sequence[Any]) -> Any:
        value = told[self.argument]
        return value if self.index is None else value[self.index]


class _Place(models.Expression):
    """Stands in a query for a value that is told later, or for a list of so many."""

    def __init__(self, argument: int, length: int | None) -> None:
        super().__init__()
        self.argument, self.length = argument, length

    def as_sql(self, _compiler: SQLCompiler, _connection: BaseDatabaseWrapper) -> Any:
        if self.length is None:
            return "%s", [_Blank(self.argument)]
        blanks = [_Blank(self.argument, n) for n in range(self.length)]
        return f"({', '.join(['%s'] * self.length)})", blanks


@dataclass(frozen=True, slots=True)
class _Statement:
    """A queryset and the SQL that it was put into."""

    queryset: models.QuerySet[Any, Any]
    compiler: SQLCompiler
    sql: str
    parameters: Sequence[Any]

    def rows(self, told: Sequence[Any]) -> list[Any]:
        database = connections[self.queryset.db]
        values = [_written(one, database) for one in told]
        filled = [one.filled(values) if isinstance(one, _Blank) else one for one in self.parameters]
        compiler: Any = copy(self.compiler)
        compiler.connection = database
        compiler.as_sql = lambda *_args, **_kwargs: (self.sql, tuple(filled))
        asked: Any = self.queryset.all()
        asked.query.get_compiler = lambda *_args, **_kwargs: compiler
        return list(asked)


def prepared[**P, Row](query: Callable[P, models.QuerySet[Any, Row]]) -> Callable[P, list[Row]]:
    """Make of a function that gives a queryset one that gives its rows, by SQL that is kept.

    What it is told by position is a value (a number, text, key, day or time) or a collection of
    values, which it may only hand on to lookups: it is called with places that stand for them, and
    that are always true. What it is told by name, and how long each collection is, makes another
    statement. Raises TypeError when told None, which SQL does not compare, and KeyError for a value
    of another type.
    """
    asked: Any = query

    @lru_cache(maxsize=_KEPT)
    def statement(lengths: Sequence[int | None], **named: Any) -> _Statement | None:
        places = [() if one == 0 else _Place(n, one) for n, one in enumerate(lengths)]
        return _stated(asked(*places, **named))

    def rows(*told: Any, **named: Any) -> list[Row]:
        listed = [tuple(one) if _is_many(one) else one for one in told]
        lengths = tuple(len(one) if isinstance(one, tuple) else None for one in listed)
        found = statement(lengths, **named)
        return found.rows(listed) if found else []

    return update_wrapper(rows, query)


def counted(rows: models.QuerySet[Any, Any]) -> models.QuerySet[Any, int]:
    """How many rows there are, as the one row of a query: `count()` asks at once instead."""
    number = models.Func("pk", function="COUNT", output_field=models.IntegerField())
    return rows.order_by().values_list(number, flat=True)


def _stated(queryset: models.QuerySet[Any, Any]) -> _Statement | None:
    """None where no row can be found, whatever is told."""
    compiler: Any = queryset.query.get_compiler(using=queryset.db)
    try:
        sql, parameters = compiler.as_sql()
    except EmptyResultSet:
        return None
    compiler.connection = None  # else what is kept would hold the connection of a thread that ended
    return _Statement(queryset, compiler, sql, parameters)


def _is_many(told: Any) -> bool:
    return isinstance(told, Collection) and not isinstance(told, str)


def _written(told: Any, database: BaseDatabaseWrapper) -> Any:
    if isinstance(told, tuple):
        return [_written(one, database) for one in told]
    if told is None:
        raise TypeError("What is None is asked for by another query: isnull.")
    if isinstance(told, int | str):
        return told
    return _FIELDS[type(told)].get_db_prep_value(told, database)
