"""How long writers of one SQLite database wait for each other, with the queue and without.

Each writer rates a card as the site does: one transaction that reads a row, changes it and adds a
line to a log. Writers are threads spread over two processes. Ratios tell, milliseconds do not.
"""

import argparse
import multiprocessing
import tempfile
import threading
import time
from pathlib import Path
from typing import Any

import django
from django.conf import settings
from django.db import OperationalError, connection, connections, transaction

from studyapp.environment import sqlite

PROCESSES = 2
ENGINES = {"queue": "studyapp.sqlite_fair", "plain": "django.db.backends.sqlite3"}


def main() -> None:
    """Print one line for each engine and number of writers."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=5)
    seconds = parser.parse_args().seconds
    print("engine  writers   tx/s   p50 ms   p99 ms   max ms  errors")
    for writers in (2, 4, 16):
        for engine in ENGINES:
            with tempfile.TemporaryDirectory() as folder:
                waits, errors = measure(engine, Path(folder) / "db.sqlite3", writers, seconds)
            waits.sort()
            p50, p99, longest = (waits[int(share * (len(waits) - 1))] for share in (0.5, 0.99, 1))
            figures = " ".join(f"{1000 * wait:8.1f}" for wait in (p50, p99, longest))
            rate = len(waits) / seconds
            print(f"{engine:6} {writers:8} {rate:6.0f} {figures} {errors:7}", flush=True)


def measure(engine: str, path: Path, writers: int, seconds: float) -> tuple[list[float], int]:
    """How long each transaction took, and how many failed."""
    context = multiprocessing.get_context("spawn")
    with context.Pool(PROCESSES) as pool:
        pool.apply(create, (engine, path))
        jobs = [(engine, path, writers // PROCESSES, seconds)] * PROCESSES
        results = pool.starmap(write_in_threads, jobs, chunksize=1)
    return [wait for waits, _ in results for wait in waits], sum(errors for _, errors in results)


def configure(engine: str, path: Path) -> None:
    """Point Django at the database, once in a process."""
    if not settings.configured:
        database: dict[str, Any] = {**sqlite(path), "ENGINE": ENGINES[engine]}
        settings.configure(DATABASES={"default": database})
        django.setup()


def create(engine: str, path: Path) -> None:
    """Two tables: what is remembered now, and the log."""
    configure(engine, path)
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE card (id INTEGER PRIMARY KEY, reps INTEGER NOT NULL)")
        cursor.execute("CREATE TABLE review (id INTEGER PRIMARY KEY, card INTEGER, text TEXT)")
        cursor.executemany("INSERT INTO card VALUES (%s, 0)", [(n,) for n in range(1000)])
    connections.close_all()


def write_in_threads(
    engine: str, path: Path, threads: int, seconds: float
) -> tuple[list[float], int]:
    """Let so many threads write until the time is over."""
    configure(engine, path)
    waits: list[float] = []
    errors: list[OperationalError] = []
    end = time.monotonic() + seconds
    writers = [threading.Thread(target=write, args=(n, end, waits, errors)) for n in range(threads)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    return waits, len(errors)


def write(number: int, end: float, waits: list[float], errors: list[OperationalError]) -> None:
    """One writer: transaction after transaction, each on the next card."""
    card = number
    while (start := time.monotonic()) < end:
        card = (card + 37) % 1000
        try:
            with transaction.atomic(), connection.cursor() as cursor:
                reps = cursor.execute("SELECT reps FROM card WHERE id = %s", [card]).fetchone()[0]
                cursor.execute("UPDATE card SET reps = %s WHERE id = %s", [reps + 1, card])
                cursor.execute("INSERT INTO review (card, text) VALUES (%s, 'good')", [card])
            waits.append(time.monotonic() - start)
        except OperationalError as error:
            errors.append(error)
    connection.close()


if __name__ == "__main__":
    main()
