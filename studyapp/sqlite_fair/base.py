"""The database backend, named in the settings as `studyapp.sqlite_fair`."""

from django.db import OperationalError
from django.db.backends.sqlite3 import base

from studyapp.sqlite_fair.checks import DatabaseValidation
from studyapp.sqlite_fair.queue import WaitedTooLong, WriterQueue

DEFAULT_TIMEOUT = 5.0  # seconds; the driver's own
BRIEFLY = 1.0


class DatabaseWrapper(base.DatabaseWrapper):
    """SQLite whose transactions queue before they begin, and leave the queue when they end.

    The queue is held exactly as long as SQLite is in a transaction, whichever way that ends. Who
    waited for the database's `timeout` gets the OperationalError that SQLite itself would raise.
    """

    validation_class = DatabaseValidation
    queue: WriterQueue | None = None

    def _start_transaction_under_autocommit(self) -> None:
        self._enter_queue()
        try:
            super()._start_transaction_under_autocommit()  # type: ignore[misc]
        finally:
            self._leave_queue_after_transaction()

    def _commit(self) -> None:
        try:
            super()._commit()  # type: ignore[misc]
        finally:
            self._leave_queue_after_transaction()

    def _rollback(self) -> None:
        try:
            super()._rollback()  # type: ignore[misc]
        finally:
            self._leave_queue_after_transaction()

    def _close(self) -> None:
        try:
            super()._close()  # type: ignore[misc]
        finally:
            if self.queue is not None:
                self.queue.close()
                self.queue = None

    def empty_log(self) -> None:
        """Write what the log holds into the database and cut it to nothing.

        Left for another time where somebody reads for longer than a second just now.
        """
        self.ensure_connection()
        self._enter_queue()
        patience = self.settings_dict["OPTIONS"].get("timeout", DEFAULT_TIMEOUT)
        try:
            self.connection.execute(f"PRAGMA busy_timeout={BRIEFLY * 1000:.0f}")
            self.connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
        finally:
            self.connection.execute(f"PRAGMA busy_timeout={patience * 1000:.0f}")
            self._leave_queue_after_transaction()

    def _enter_queue(self) -> None:
        if self.queue is None and (path := self._path()):
            self.queue = WriterQueue(f"{path}-queue")
        if self.queue is None:
            return
        timeout = self.settings_dict["OPTIONS"].get("timeout", DEFAULT_TIMEOUT)
        try:
            self.queue.acquire(timeout)
        except WaitedTooLong as error:
            message = f"database is locked: other writers were busy for {timeout:g} s"
            raise OperationalError(message) from error
        except OSError as error:
            raise OperationalError(f"writers cannot queue: {error}") from error

    def _leave_queue_after_transaction(self) -> None:
        is_writing = self.connection is not None and self.connection.in_transaction
        if self.queue is not None and not is_writing:
            self.queue.release()

    def _path(self) -> str:
        """The file that SQLite itself says it has open; nothing for a database in memory."""
        databases = self.connection.execute("PRAGMA database_list").fetchall()
        return next((str(path) for _, name, path in databases if name == "main"), "")
