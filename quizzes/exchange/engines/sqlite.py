"""SQLite: copied by its backup API, which lets everybody read and write meanwhile."""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import quote

from django.db import DEFAULT_DB_ALIAS, connection, connections
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from quizzes.exchange.engines import beside
from quizzes.exchange.engines.faults import Damaged, InUse
from quizzes.exchange.formats.backups import Table, Tables

FILE = "database.sqlite3"
IS_KEPT_BESIDE = True
_BESIDE = ("-wal", "-shm", "-journal")
_PATIENCE = 60.0
_MAGIC = b"SQLite format 3\0"
_IN_USE = gettext_lazy(
    "The database is in use: stop the site (manage.py serve, its workers) and whatever else has it "
    "open, then try again. Nothing was changed."
)


def version() -> str:
    """The library's own version."""
    return sqlite3.sqlite_version


def copy(path: Path) -> Tables:
    """Copy the database as it is at one moment; nobody waits for it.

    All pages in one step: between two steps every write of another process would begin it anew.
    """
    with closing(_opened(place(), "rw")) as source, closing(sqlite3.connect(path)) as target:
        source.backup(target)
        target.execute("PRAGMA journal_mode=DELETE")  # one file, with nothing beside it
        return _tables(target)


def check(path: Path) -> None:
    """Let SQLite look through every page, index and foreign key; refuses with `Damaged`."""
    with closing(_opened(path, "ro")) as copied:
        faults = list(_faults(copied))
    if faults:
        raise Damaged(_("The copy is damaged: %(what)s") % {"what": "; ".join(faults[:3])})


def faults() -> Iterator[str]:
    """What SQLite itself finds wrong: torn pages, and rows that point at nothing."""
    with closing(_opened(place(), "ro")) as database:
        yield from _faults(database)


def _faults(database: sqlite3.Connection) -> Iterator[str]:
    try:
        for (said,) in database.execute("PRAGMA integrity_check(20)"):
            if said != "ok":
                yield str(said)
        for table, row, parent, _number in database.execute("PRAGMA foreign_key_check"):
            yield f"{table}: row {row} points at a row of {parent} that is not there"
    except sqlite3.DatabaseError as error:
        yield str(error)


@contextmanager
def restored(path: Path) -> Iterator[str]:
    """The alias of a copy: it is a database already, wherever it lies."""
    check(path)
    with beside.opened(f"restored {path}", NAME=str(path)) as other:
        yield other.alias


def tables(alias: str) -> Tables:
    """The digests of a database's tables, all of one moment."""
    with closing(_opened(place(alias), "ro")) as database:
        return _tables(database)


def forget_deleted() -> None:
    """Empty the log, which holds pages as they were; in the file they are written over at once."""
    if not connection.in_atomic_block and (empty_log := getattr(connection, "empty_log", None)):
        empty_log()


def ensure_alone(alias: str = DEFAULT_DB_ALIAS) -> None:
    """Refuse with `InUse` while another connection of this machine has the database open."""
    connections[alias].close()
    with _alone(place(alias)):
        pass


def is_blank() -> bool:
    """Whether there is nothing to be lost."""
    return not place().exists() or place().stat().st_size == 0


def is_readable() -> bool:
    """Whether the file is a database at all."""
    return not is_blank() and _is_ours(place())


def put_back(path: Path, wanted: Tables, at: datetime) -> Path | None:
    """Put a copy in place of the database in one step; what was there lies beside it.

    The copy lies on the same disk. Refuses with `Damaged` before anything is touched, and with
    `InUse`.
    """
    check(path)
    with closing(_opened(path, "ro")) as copied:
        if _tables(copied) != wanted:
            raise Damaged(_("What was restored is not what was backed up. Nothing was changed."))
    database = place()
    _give(path, database if database.exists() else database.parent)
    kept = database.with_name(f"{database.name}.replaced-{at.astimezone(UTC):%Y%m%dT%H%M%SZ}")
    connection.close()
    with _alone(database, settles=True) as is_sound:
        for suffix in () if is_sound else _BESIDE:  # or its log would be played into the new one
            with suppress(FileNotFoundError):
                Path(f"{database}{suffix}").rename(f"{kept}{suffix}")
        if database.exists():
            kept.hardlink_to(database)
        path.replace(database)
        _sync(database.parent)
    return kept if kept.exists() else None


def place(alias: str = DEFAULT_DB_ALIAS) -> Path:
    """The file of a database; of this site's unless another is named."""
    return Path(connections[alias].settings_dict["NAME"])


@contextmanager
def _alone(path: Path, *, settles: bool = False) -> Iterator[bool]:
    """Nobody else has the database open, and nobody can open it; tells whether it is sound.

    Where it settles, the file alone is the database: what its log held is in it.
    """
    if not _is_ours(path):  # which SQLite would take for a new one, and throw its log away
        yield not path.exists()
        return
    with closing(sqlite3.connect(path, timeout=0.5, isolation_level=None)) as only:
        yield _locked(only, settles=settles)


def _is_ours(path: Path) -> bool:
    if not path.exists():
        return False
    with path.open("rb") as file:
        return file.read(len(_MAGIC)) in {_MAGIC, b""}


def _locked(only: sqlite3.Connection, *, settles: bool) -> bool:
    """Whether a connection holds a database for itself; a torn one is nobody's."""
    try:
        only.execute("PRAGMA locking_mode=EXCLUSIVE")
        if settles:
            only.execute("PRAGMA journal_mode=DELETE")
        only.execute("BEGIN EXCLUSIVE")
    except sqlite3.OperationalError as error:
        if error.sqlite_errorcode & 0xFF in {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}:
            raise InUse(_IN_USE) from error
        return False
    except sqlite3.DatabaseError:
        return False
    return True


def _opened(path: Path, mode: str) -> sqlite3.Connection:
    return sqlite3.connect(f"file:{quote(str(path))}?mode={mode}", uri=True, timeout=_PATIENCE)


def _give(path: Path, like: Path) -> None:
    """Let a file belong to whom another belongs, whoever runs the command."""
    owner, ours = like.stat(), path.stat()
    if (owner.st_uid, owner.st_gid) != (ours.st_uid, ours.st_gid):
        os.chown(path, owner.st_uid, owner.st_gid)


def _tables(database: sqlite3.Connection) -> Tables:
    database.execute("BEGIN")
    names = database.execute(
        "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' "
        "ORDER BY name"
    ).fetchall()
    database.text_factory = bytes
    return {
        name: Table.of(database.execute(f'SELECT * FROM "{name}"'))  # noqa: S608
        for (name,) in names
    }


def _sync(folder: Path) -> None:
    """What was renamed in a folder is on disk."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
