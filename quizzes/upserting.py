"""What the ORM cannot say: an upsert that adds to what is there, or that looks at it first.

`bulk_create` puts values in place of those that stand. A tally must grow by a number instead, and
a row that somebody changed meanwhile must be left alone: here both are one statement, the same on
each database.
"""

from collections.abc import Sequence
from typing import Any

from django.db import connections, models

type Names = Sequence[str]


def upsert(
    rows: Sequence[models.Model],
    key: Names,
    *,
    add: Names = (),
    put: Names = (),
    grows: str = "",
    returning: Names = (),
) -> list[tuple[Any, ...]]:
    """Insert rows; where the key stands already, add to some columns and put others in place.

    `grows` names a column that every change of a row adds 1 to: a row that stands is left alone
    unless it is just one change older than the one that comes. Gives the `returning` columns of
    what was written, in no order.
    """
    if not rows:
        return []
    model = type(rows[0])
    database = connections[model._default_manager.db]
    fields = [field for field in model._meta.concrete_fields if not field.primary_key]
    # Two who write the same rows lock them in the same order, or each would wait for the other.
    rows = sorted(rows, key=lambda row: [getattr(row, _attname(model, name)) for name in key])
    statement = (  # every name in it is a model's own
        f"INSERT INTO {model._meta.db_table} AS kept ({_columns(model, [f.name for f in fields])})"  # noqa: S608
        f" VALUES {', '.join([f'({_places(len(fields))})'] * len(rows))}"
        f" ON CONFLICT ({_columns(model, key)}) DO UPDATE SET {_changes(model, add, put)}"
        f"{_condition(grows)}{_answer(model, returning)}"
    )
    values = [
        field.get_db_prep_save(getattr(row, field.attname), database)
        for row in rows
        for field in fields
    ]
    with database.cursor() as cursor:
        cursor.execute(statement, values)
        return cursor.fetchall() if returning else []


def _attname(model: type[models.Model], name: str) -> str:
    return str(getattr(model._meta.get_field(name), "attname", name))


def _column(model: type[models.Model], name: str) -> str:
    field = model._meta.get_field(name)
    return field.column if isinstance(field, models.Field) and field.column else name


def _columns(model: type[models.Model], names: Names) -> str:
    return ", ".join(_column(model, name) for name in names)


def _places(count: int) -> str:
    return ", ".join(["%s"] * count)


def _changes(model: type[models.Model], add: Names, put: Names) -> str:
    added, replaced = ([_column(model, name) for name in names] for names in (add, put))
    changes = [f"{column} = kept.{column} + excluded.{column}" for column in added]
    return ", ".join(changes + [f"{column} = excluded.{column}" for column in replaced])


def _condition(grows: str) -> str:
    return f" WHERE kept.{grows} = excluded.{grows} - 1" if grows else ""


def _answer(model: type[models.Model], returning: Names) -> str:
    return f" RETURNING {_columns(model, returning)}" if returning else ""
