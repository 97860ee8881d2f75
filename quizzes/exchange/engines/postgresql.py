"""PostgreSQL: copied and put back by its own programs, which must be as new as the server."""

import os
import re
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import DEFAULT_DB_ALIAS, DatabaseError, connection, connections, transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from django.utils.translation import gettext as _

from quizzes.exchange.engines import beside
from quizzes.exchange.engines.faults import Damaged, InUse, NoTool
from quizzes.exchange.formats.backups import Table, Tables

FILE = "database.dump"
IS_KEPT_BESIDE = False
_PLAIN = ("--no-owner", "--no-privileges")
_ROWS_AT_ONCE, _MOMENTS = 2_000, 10
_LIBPQ = re.compile(
    "dbname|user|host|hostaddr|port|passfile|service|connect_timeout|options|ssl.*|gss.*"
)
"""What of the site's settings the programs are told."""
_AS_TEXT = (
    "SET LOCAL extra_float_digits = 1; SET LOCAL datestyle = 'ISO'; "
    "SET LOCAL timezone = 'UTC'; SET LOCAL bytea_output = 'hex'"
)
"""What decides how the server writes a row as text."""


def version() -> str:
    """The server's own version."""
    with connection.cursor() as cursor:
        cursor.execute("SHOW server_version")
        return str(cursor.fetchone()[0])


def copy(path: Path) -> Tables:
    """Dump the database as it is at one moment, and digest its tables as of the same moment."""
    with transaction.atomic(durable=True), connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        cursor.execute("SELECT pg_export_snapshot()")
        snapshot = f"--snapshot={cursor.fetchone()[0]}"
        _run("pg_dump", "--format=custom", *_PLAIN, snapshot, f"--file={path}")
        return _tables(connection)


def check(path: Path) -> None:
    """Let PostgreSQL read the dump's list; refuses with `Damaged`."""
    _call([tool("pg_restore"), "--list", str(path)])


@contextmanager
def restored(path: Path) -> Iterator[str]:
    """The alias of a database of its own that a dump is restored into; refuses with `NoTool`."""
    name = f"restored_{os.getpid()}_{path.parent.name}".lower()
    with _temporary(name), beside.opened(name, NAME=name) as other:
        _run("pg_restore", *_PLAIN, "--single-transaction", str(path), database=name)
        yield other.alias


def tables(alias: str) -> Tables:
    """The digests of a database's tables, all of one moment."""
    with transaction.atomic(using=alias):
        with connections[alias].cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        return _tables(connections[alias])


def faults() -> Iterator[str]:
    """Nothing: it lets no row point at nothing, and tells of a torn page when it is read."""
    return iter(())


def forget_deleted() -> None:
    """Nothing: its own vacuum frees what was deleted, and its log is written over."""


def ensure_alone(alias: str = DEFAULT_DB_ALIAS) -> None:
    """Refuse with `InUse` while others are connected to the database, after a moment's patience."""
    connections[alias].close()
    if close_pool := getattr(connections[alias], "close_pool", None):
        close_pool()  # it keeps what this process itself has done with
    for _moment in range(_MOMENTS):
        others = _others(alias)
        if not others:
            return
    said = _(
        "The database is in use by %(count)s others: stop the site (manage.py serve, its "
        "workers) and whatever else is connected, then try again. Nothing was changed."
    )
    raise InUse(said % {"count": others})


def _others(alias: str) -> int:
    """How many others are connected; whoever has just hung up is given a moment to be gone."""
    with connections[alias].cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_stat_activity, pg_sleep(0.1) "
            "WHERE datname = current_database() "
            "AND backend_type = 'client backend' AND pid <> pg_backend_pid()"
        )
        return int(cursor.fetchone()[0])


def is_blank() -> bool:
    """Whether there is nothing to be lost."""
    return not connection.introspection.table_names()


def is_readable() -> bool:
    """Whether there are tables."""
    return not is_blank()


def put_back(path: Path, wanted: Tables, at: datetime) -> None:
    """Put a dump in place of all tables in one transaction; if they come out otherwise, go back.

    Refuses with `InUse`, and with `Damaged` where the server does not take it or holds something
    else afterwards.
    """
    ensure_alone()
    old, script = f"replaced_{at.astimezone(UTC):%Y%m%d_%H%M%S}", path.with_suffix(".sql")
    _call([tool("pg_restore"), *_PLAIN, f"--file={script}", str(path)])
    aside = f'ALTER SCHEMA public RENAME TO "{old}"; CREATE SCHEMA public'
    stop = "--set=ON_ERROR_STOP=1"
    _run("psql", "-X", "-q", "-1", stop, "-c", aside, "-f", str(script))
    connection.close()
    is_same = tables(connection.alias) == wanted
    with transaction.atomic(), connection.cursor() as cursor:
        if is_same:
            cursor.execute(f'DROP SCHEMA "{old}" CASCADE')
        else:
            cursor.execute(f'DROP SCHEMA public CASCADE; ALTER SCHEMA "{old}" RENAME TO public')
    if not is_same:
        raise Damaged(_("What was restored is not what was backed up. Nothing was changed."))


def tool(name: str) -> str:
    """The path of one of PostgreSQL's programs, as new as the server; refuses with `NoTool`."""
    wanted, found = connection.pg_version // 10_000, dict[str, int]()  # type: ignore[attr-defined]
    debians = f"/usr/lib/postgresql/{wanted}/bin"  # where Debian keeps each version's
    for folder in [settings.POSTGRESQL_BIN] if settings.POSTGRESQL_BIN else [None, debians]:
        if path := shutil.which(name, path=folder):
            found[path] = _major(path)
            if found[path] >= wanted:
                return path
    there = ", ".join(f"{path} is {major}" for path, major in found.items()) or _("none was found")
    said = _(
        "The server is PostgreSQL %(wanted)s, so %(name)s %(wanted)s or later is needed (%(there)s)"
        ". Install PostgreSQL's client programs of that version, or set POSTGRESQL_BIN to their "
        "folder."
    )
    raise NoTool(said % {"wanted": wanted, "name": name, "there": there})


def _major(path: str) -> int:
    said = subprocess.run([path, "--version"], capture_output=True, text=True, check=False).stdout
    found = re.search(r"\) (\d+)", said)
    return int(found[1]) if found else 0


def _run(program: str, *arguments: str, database: str = "") -> None:
    """One of PostgreSQL's programs on the site's database, or on another of its server."""
    with _address(database) as where:
        _call([tool(program), "--no-password", f"--dbname={where}", *arguments])


@contextmanager
def _address(database: str) -> Iterator[str]:
    """Where the database is, for the programs; the password is told to them in a file."""
    told = connection.get_connection_params() | ({"dbname": database} if database else {})
    password = str(told.get("password") or "")
    with tempfile.NamedTemporaryFile("w") as secret:  # which its owner alone can read
        if password:
            masked = password.replace("\\", "\\\\").replace(":", "\\:")
            secret.write(f"*:*:*:*:{masked}\n")
            secret.flush()
            told["passfile"] = secret.name
        known = {name: said for name, said in told.items() if _LIBPQ.fullmatch(name) and said}
        yield connection.Database.conninfo.make_conninfo(**known)  # type: ignore[attr-defined]


def _call(command: list[str]) -> None:
    try:
        subprocess.run(command, capture_output=True, text=True, check=True)
    except subprocess.CalledProcessError as error:
        said = error.stderr.strip().splitlines()[-1:] or [f"exit code {error.returncode}"]
        name = Path(command[0]).name
        raise Damaged(_("%(name)s failed: %(said)s") % {"name": name, "said": said[0]}) from error


@contextmanager
def _temporary(name: str) -> Iterator[None]:
    """An empty database of this name on the same server, for a while."""
    with connection.cursor() as cursor:
        try:
            cursor.execute(f'CREATE DATABASE "{name}" TEMPLATE template0')
        except DatabaseError as error:
            said = _("A drill needs a role that may create databases: ALTER ROLE … CREATEDB. (%s)")
            raise NoTool(said % str(error).strip()) from error
        try:
            yield
        finally:
            cursor.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


def _tables(database: BaseDatabaseWrapper) -> Tables:
    """The tables of one moment: call it in a transaction."""
    with database.cursor() as cursor:
        cursor.execute(_AS_TEXT)
        names = sorted(database.introspection.table_names(cursor))
    return {name: Table.of(_rows(database, name)) for name in names}


def _rows(database: BaseDatabaseWrapper, table: str) -> Iterator[Any]:
    with database.chunked_cursor() as cursor:
        cursor.execute(f'SELECT kept::text FROM "{table}" AS kept')  # noqa: S608
        while rows := cursor.fetchmany(_ROWS_AT_ONCE):
            yield from rows
