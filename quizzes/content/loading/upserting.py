"""Rows written only where they differ, each table in one statement a batch."""

from collections.abc import Hashable, Mapping, Sequence
from typing import Any

from django.db.models import Model


def values(row: Model, *, without: frozenset[str] = frozenset()) -> dict[str, Any]:
    """The row's own columns by attribute name, its primary key left out."""
    return {
        column.attname: getattr(row, column.attname)
        for column in row._meta.concrete_fields
        if not column.primary_key and column.attname not in without
    }


def upsert[K: Hashable, M: Model](
    wanted: Mapping[K, M],
    standing: Mapping[K, M],
    unique: Sequence[str],
    *,
    without: frozenset[str] = frozenset(),
) -> set[K]:
    """Write the wanted rows that are new or differ from those standing; answer their keys.

    Afterwards every wanted row has its primary key. `unique` names the fields of the constraint
    that makes a row the same row; `without` the columns that are left as they stand.
    """
    different = {
        key
        for key, row in wanted.items()
        if key not in standing
        or values(row, without=without) != values(standing[key], without=without)
    }
    if different:
        _write([wanted[key] for key in wanted if key in different], unique, without)
    for key in wanted.keys() - different:
        wanted[key].pk = standing[key].pk
    return different


def _write(rows: Sequence[Model], unique: Sequence[str], without: frozenset[str]) -> None:
    model = type(rows[0])
    columns = [
        column.name
        for column in model._meta.concrete_fields
        if not column.primary_key and column.name not in unique and column.attname not in without
    ]
    model._default_manager.bulk_create(
        rows, update_conflicts=True, unique_fields=unique, update_fields=columns
    )
