"""The queue of SQLite's writers, on database files of its own."""

import contextlib
import gc
import subprocess
import sys
import threading

import pytest
from django.db import IntegrityError, OperationalError, connections, transaction

from studyapp.environment import sqlite
from studyapp.sqlite_fair.checks import can_lose_commits

TABLES = """
CREATE TABLE counter (number INTEGER NOT NULL);
INSERT INTO counter VALUES (0);
CREATE TABLE parent (id INTEGER PRIMARY KEY);
CREATE TABLE child (parent INTEGER REFERENCES parent (id) DEFERRABLE INITIALLY DEFERRED);
"""


@pytest.fixture
def path(tmp_path):
    return tmp_path / "db.sqlite3"


@pytest.fixture
def database(path, django_db_blocker):
    """A connection to a small database of its own, patient for half a second."""
    connections.settings["fair"] = connections.configure_settings(
        {"default": {}, "fair": sqlite(path)}
    )["fair"]
    connections.settings["fair"]["OPTIONS"]["timeout"] = 0.5
    with django_db_blocker.unblock():
        connection = connections["fair"]
        connection.ensure_connection()
        connection.connection.executescript(TABLES)
        yield connection
        connection.close()
        del connections["fair"]
    del connections.settings["fair"]


@pytest.fixture
def start(path, root):
    """Start a process that does one of the acts of `writers.py`, and end it with the test."""
    with contextlib.ExitStack() as stack:

        def start(act: str, *arguments: int) -> subprocess.Popen[str]:
            command = [sys.executable, "-m", "tests.studyapp.writers", act, path, *arguments]
            return stack.enter_context(
                subprocess.Popen(
                    list(map(str, command)),
                    cwd=root,
                    text=True,
                    stdin=subprocess.PIPE,
                    stdout=subprocess.PIPE,
                )
            )

        yield start


def number(database) -> int:
    with database.cursor() as cursor:
        return cursor.execute("SELECT number FROM counter").fetchone()[0]


def add_one(database) -> None:
    with transaction.atomic(using="fair"), database.cursor() as cursor:
        cursor.execute("UPDATE counter SET number = number + 1")


def is_free(start) -> bool:
    """Whether a stranger can write: what a lock that was left behind would prevent."""
    return start("count", 1).wait(timeout=15) == 0


def test_no_increment_is_lost_between_processes(database, start):
    writers = [start("count", 50) for _ in range(4)]

    assert [writer.wait(timeout=60) for writer in writers] == [0, 0, 0, 0]
    assert number(database) == 200


def test_no_increment_is_lost_between_threads(database):
    def count() -> None:
        for _ in range(50):
            add_one(connections["fair"])
        connections["fair"].close()

    threads = [threading.Thread(target=count) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert number(database) == 200


def test_the_next_writer_comes_in_after_a_commit(database, start):
    add_one(database)

    assert is_free(start)
    assert number(database) == 2


def test_the_next_writer_comes_in_after_a_rollback(database, start):
    with pytest.raises(ZeroDivisionError), transaction.atomic(using="fair"):
        raise ZeroDivisionError

    assert is_free(start)


def test_the_next_writer_comes_in_after_a_commit_that_failed(database, start):
    with (
        pytest.raises(IntegrityError),
        transaction.atomic(using="fair"),
        database.cursor() as cursor,
    ):
        cursor.execute("INSERT INTO child VALUES (7)")

    assert is_free(start)


def test_the_next_writer_comes_in_after_a_connection_that_closed_too_early(database, start):
    with contextlib.suppress(Exception), transaction.atomic(using="fair"):
        database.close()

    assert is_free(start)


@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
def test_the_next_writer_comes_in_after_a_thread_that_died_in_its_transaction(database, start):
    def begin() -> None:
        connections["fair"].set_autocommit(
            False, force_begin_transaction_with_broken_autocommit=True
        )
        del connections["fair"]

    thread = threading.Thread(target=begin)
    thread.start()
    thread.join()
    gc.collect()

    assert is_free(start)


def test_the_next_writer_comes_in_after_a_process_that_died_in_its_transaction(database, start):
    assert start("die").wait(timeout=15) == 9

    add_one(database)

    assert number(database) == 1


def test_a_transaction_that_cannot_begin_leaves_the_queue(database, start, path):
    impolite = connections["fair"].copy("fair")  # it writes without queueing
    with impolite.cursor() as cursor:
        cursor.execute("BEGIN IMMEDIATE")
        with pytest.raises(OperationalError, match="locked"), transaction.atomic(using="fair"):
            pass
        cursor.execute("ROLLBACK")
    impolite.close()

    assert is_free(start)


def test_a_savepoint_keeps_the_place(database, start):
    holder = None
    with transaction.atomic(using="fair"):
        with transaction.atomic(using="fair"):
            pass
        holder = database.queue
        assert holder.is_held

    assert not holder.is_held
    assert is_free(start)


def test_who_waits_too_long_is_told_calmly_and_may_try_again(database, start):
    holder = start("hold")
    assert holder.stdout.readline() == "holding\n"

    with pytest.raises(OperationalError, match=r"database is locked: .* 0\.5 s"):
        add_one(database)
    assert number(database) == 0  # reading never waits
    holder.communicate()
    add_one(database)

    assert number(database) == 1


def test_a_place_that_was_given_up_does_not_block_the_queue(database, start):
    holder = start("hold")
    holder.stdout.readline()
    for _ in range(3):
        with pytest.raises(OperationalError):
            add_one(database)

    holder.communicate()

    assert is_free(start)
    assert is_free(start)


def test_a_forked_child_neither_takes_nor_frees_its_parents_place(start):
    said, _ = start("fork").communicate(timeout=30)

    assert said.splitlines() == ["child queues", "parent leaves", "child writes"]


def test_a_database_in_memory_has_no_queue(tmp_path, django_db_blocker, monkeypatch):
    monkeypatch.chdir(tmp_path)
    memory = connections.settings["default"] | sqlite(tmp_path) | {"NAME": ":memory:"}
    connections.settings["memory"] = memory
    with django_db_blocker.unblock(), transaction.atomic(using="memory"):
        assert connections["memory"].queue is None  # type: ignore[attr-defined]
    connections["memory"].connection.close()
    del connections["memory"], connections.settings["memory"]

    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("version", "expected"),
    [
        ((3, 6, 23), False),
        ((3, 7, 0), True),
        ((3, 40, 1), True),
        ((3, 44, 5), True),
        ((3, 44, 6), False),
        ((3, 45, 0), True),
        ((3, 50, 6), True),
        ((3, 50, 7), False),
        ((3, 51, 2), True),
        ((3, 51, 3), False),
        ((3, 52, 0), False),
    ],
)
def test_releases_that_can_lose_commits_are_known(version, expected):
    assert can_lose_commits(version) is expected


def test_the_start_says_what_this_library_cannot_promise(database, monkeypatch):
    monkeypatch.setattr(database, "get_database_version", lambda: (3, 40, 1))

    assert [message.id for message in database.validation.check()] == ["sqlite_fair.W001"]


def test_a_repaired_library_is_not_complained_about(database, monkeypatch):
    monkeypatch.setattr(database, "get_database_version", lambda: (3, 51, 3))

    assert database.validation.check() == []


def test_commits_that_are_not_on_disk_are_an_error(database, monkeypatch):
    monkeypatch.setattr(database, "get_database_version", lambda: (3, 51, 3))
    with database.cursor() as cursor:
        cursor.execute("PRAGMA synchronous = NORMAL")

    assert [message.id for message in database.validation.check()] == ["sqlite_fair.E001"]


def test_what_is_deleted_is_left_in_no_file(database, path):
    def files() -> bytes:
        return b"".join(one.read_bytes() for one in path.parent.glob(f"{path.name}*"))

    with database.cursor() as cursor:
        cursor.execute("CREATE TABLE told (text TEXT)")
        cursor.execute("INSERT INTO told VALUES ('Olga Vetrova')")
        cursor.execute("DELETE FROM told")
    assert b"Olga Vetrova" in files()

    database.empty_log()

    assert b"Olga Vetrova" not in files()
