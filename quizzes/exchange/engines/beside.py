"""Another database beside the site's own, opened for a while under a name of its own."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from copy import deepcopy
from typing import Any

from django.db import connection, connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.utils import load_backend


@contextmanager
def opened(alias: str, **changes: Any) -> Iterator[BaseDatabaseWrapper]:
    """A connection with the site's own settings, but for these; queries reach it by its alias."""
    place: Mapping[str, Any] = deepcopy(connection.settings_dict) | changes
    other = load_backend(place["ENGINE"]).DatabaseWrapper(place, alias)
    connections[alias] = other
    try:
        yield other
    finally:
        other.close()
        if close_pool := getattr(other, "close_pool", None):
            close_pool()
        del connections[alias]
