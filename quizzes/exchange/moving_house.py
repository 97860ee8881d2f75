"""Moving house: every row of one database into another, of the same kind or not.

All of it is one transaction of the new database, in which both sides are compared before it ends:
either every row is there with the same values, or none is. The old one is read and never written.
Counters of rate limits stay behind, because they are no one's.
"""

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from decimal import Decimal
from itertools import batched
from typing import Any, NamedTuple

from django.apps import apps
from django.contrib.auth.models import Permission
from django.contrib.contenttypes.models import ContentType
from django.core.management.color import no_style
from django.db import DatabaseError, connections, models, transaction
from django.db.migrations.recorder import MigrationRecorder
from django.utils.translation import gettext as _

from quizzes.exchange.formats.backups import Table, Tables
from quizzes.refusal import Refusal

MADE_BY_MIGRATING: Sequence[type[models.Model]] = (Permission, ContentType)
"""What an empty database holds all the same; the rows of the old one take their place."""

_ROWS_READ, _VALUES_A_STATEMENT = 2_000, 5_000

type Tell = Callable[[str, int], None]
"""Told of every table that was copied, with the number of its rows."""


class NotEmpty(Refusal):
    """The new database holds rows already."""


class OtherVersion(Refusal):
    """The two databases are not of the same version, or the new one has no tables."""


class DoesNotFit(Refusal):
    """The new database does not take a row that the old one holds."""


class NotTheSame(Refusal):
    """What arrived is not what left."""


class _Columns(NamedTuple):
    """A table's columns, as the ORM reads them and as they are written."""

    model: type[models.Model]
    fields: list[models.Field[Any, Any]]

    @property
    def names(self) -> list[str]:
        return [field.attname for field in self.fields]


def move(old: str, new: str, tell: Tell = lambda table, rows: None) -> Tables:
    """Copy all rows of the database `old` into the empty, migrated database `new`: two aliases.

    Gives every table as it is in both. Refuses with `OtherVersion`, `NotEmpty`, `DoesNotFit` and
    `NotTheSame`; the new database is as empty as before then.
    """
    with _of_one_moment(old), transaction.atomic(using=new, durable=True):
        _ensure_fit(old, new)
        for model in MADE_BY_MIGRATING:
            _execute(new, f"DELETE FROM {_quoted(new, model._meta.db_table)}")  # noqa: S608
        tables = _tables()
        for one in tables:
            tell(one.model._meta.db_table, _copy(one, old, new))
        _reset_numbers(new)
        connections[new].check_constraints()
        moved = compared(old, new)
    ContentType.objects.clear_cache()
    return moved


def compared(old: str, new: str) -> Tables:
    """Every table's rows and digest, which are the same in both; else `NotTheSame`.

    Values are compared, not how a database writes them down.
    """
    found: dict[str, Table] = {}
    for one in _tables():
        name = one.model._meta.db_table
        found[name] = Table.of(_values(one, old))
        if found[name] != (there := Table.of(_values(one, new))):
            said = _("%(table)s: %(old)s rows left and %(new)s arrived, or not the same ones.")
            raise NotTheSame(said % {"table": name, "old": found[name].rows, "new": there.rows})
    return found


def _tables() -> list[_Columns]:
    """Every table of ours and of the packages that we use, those between two tables included."""
    all_of_them = apps.get_models(include_auto_created=True)
    return [
        _Columns(model, list(model._meta.local_concrete_fields))
        for model in all_of_them
        if model._meta.managed and not model._meta.proxy
    ]


def _ensure_fit(old: str, new: str) -> None:
    applied = [set(MigrationRecorder(connections[one]).applied_migrations()) for one in (old, new)]
    if differing := sorted(".".join(one) for one in applied[0] ^ applied[1]):
        said = _(
            "The two databases are not of the same version: %s is in one alone. Run manage.py "
            "migrate on both with this code."
        )
        raise OtherVersion(said % differing[0])
    for one in _tables():
        rows = one.model._base_manager.using(new)
        if one.model not in MADE_BY_MIGRATING and rows.exists():
            said = _(
                "%s holds rows already. Move into a database that was made anew and migrated, "
                "and into which nothing was loaded."
            )
            raise NotEmpty(said % one.model._meta.db_table)


def _copy(columns: _Columns, old: str, new: str) -> int:
    """One table; references are looked at when the transaction ends, so that any order will do."""
    count, there = 0, connections[new]
    many = max(1, _VALUES_A_STATEMENT // len(columns.fields))
    for rows in batched(_read(columns, old), many):
        ready = [
            field.get_db_prep_save(value, there)
            for row in rows
            for field, value in zip(columns.fields, row, strict=True)
        ]
        try:
            _execute(new, _insertion(columns, new, len(rows)), ready)
        except (DatabaseError, ValueError) as error:
            table, why = columns.model._meta.db_table, str(error).strip().splitlines()[0]
            said = _("A row of %(table)s does not fit into the new database: %(why)s")
            raise DoesNotFit(said % {"table": table, "why": why}) from error
        count += len(rows)
    return count


def _insertion(columns: _Columns, alias: str, count: int) -> str:
    names = ", ".join(_quoted(alias, field.column) for field in columns.fields)
    places = f"({', '.join(['%s'] * len(columns.fields))})"
    table = _quoted(alias, columns.model._meta.db_table)
    return f"INSERT INTO {table} ({names}) VALUES {', '.join([places] * count)}"  # noqa: S608


def _read(columns: _Columns, alias: str) -> Iterator[tuple[Any, ...]]:
    rows = columns.model._base_manager.using(alias).order_by("pk").values_list(*columns.names)
    return rows.iterator(chunk_size=_ROWS_READ)


def _values(columns: _Columns, alias: str) -> Iterator[tuple[object, ...]]:
    return (tuple(map(_plain, row)) for row in _read(columns, alias))


def _plain(value: Any) -> object:
    """A value as it is in every database: moments in UTC, JSON in one order."""
    match value:
        case datetime():
            return value.astimezone(UTC).isoformat()
        case dict() | list():
            return json.dumps(_plain_json(value), sort_keys=True)
        case Decimal():
            return str(value.normalize())
        case bytes() | memoryview():
            return bytes(value)
        case _:
            return value


def _plain_json(value: Any) -> Any:
    match value:
        case dict():
            return {name: _plain_json(one) for name, one in value.items()}
        case list():
            return [_plain_json(one) for one in value]
        case float() if value.is_integer():
            return int(value)
        case _:
            return value


def _reset_numbers(alias: str) -> None:
    """What is written next gets the next number, not one that came along."""
    those = [one.model for one in _tables()]
    for statement in connections[alias].ops.sequence_reset_sql(no_style(), those):
        _execute(alias, statement)


def _execute(alias: str, statement: str, values: Iterable[Any] = ()) -> None:
    with connections[alias].cursor() as cursor:
        cursor.execute(statement, list(values) or None)


def _quoted(alias: str, name: str | None) -> str:
    return str(connections[alias].ops.quote_name(name or ""))


@contextmanager
def _of_one_moment(alias: str) -> Iterator[None]:
    """All that is read there is as it was at the beginning."""
    with transaction.atomic(using=alias, durable=True):
        if connections[alias].vendor == "postgresql":
            _execute(alias, "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        yield
