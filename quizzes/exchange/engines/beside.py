"""Another database beside the site's own, opened for a while under a name of its own."""

from collections.abc import Iterator
from contextlib import contextmanager
from copy import deepcopy
from typing import Any

from django.db import connection, connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.utils import load_backend


@contextmanager
def opened(alias: str, **changes: Any) -> Iterator[BaseDatabaseWrapper]:
    """A connection with the site's own settings, but for these; queries reach it by its alias."""
    place: dict[str, Any] = deepcopy(connection.settings_dict) | changes | {"CONN_MAX_AGE": 0}
    place["OPTIONS"] = {name: said for name, said in place["OPTIONS"].items() if name != "pool"}
    other = load_backend(place["ENGINE"]).DatabaseWrapper(place, alias)
    connections[alias] = other
    try:
        yield other
    finally:
        other.close()
        del connections[alias]
