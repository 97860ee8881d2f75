"""The database backend, named in the settings as `studyapp.sqlite_fair`."""

from django.db.backends.sqlite3 import base


class DatabaseWrapper(base.DatabaseWrapper):
    """SQLite whose write transactions queue."""
