"""The site as `manage.py serve` starts and stops it, in processes of its own."""

import contextlib
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from studyapp.environment import DEFAULTS

type Site = subprocess.Popen[str]


@pytest.fixture(scope="module")
def environment(tmp_path_factory) -> dict[str, str]:
    """An environment in which the site keeps its things in a folder of this test's."""
    inherited = {
        name: value
        for name, value in os.environ.items()
        if name not in DEFAULTS and not name.startswith("DJANGO_")
    }
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    ours = {"DATA_DIR": tmp_path_factory.mktemp("var"), "PORT": port, "PYTHONUNBUFFERED": "1"}
    return inherited | {name: str(value) for name, value in ours.items()}


@pytest.fixture(scope="module")
def tables(root, environment) -> None:
    """The tables of the site's database; no book is loaded."""
    command = [sys.executable, "manage.py", "migrate", "--verbosity", "0", "--skip-checks"]
    subprocess.run(command, cwd=root, env=environment, check=True)


@pytest.fixture
def serve(root: Path, environment) -> Iterator[Site]:
    """The server, started; and ended with the test, whatever happens."""
    with subprocess.Popen(
        [sys.executable, "manage.py", "serve"],
        cwd=root,
        env=environment,
        text=True,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    ) as process:
        yield process
        process.kill()


def until_open(serve: subprocess.Popen[str]) -> list[str]:
    """What it says until it is open."""
    assert serve.stdout
    said: list[str] = []
    for line in serve.stdout:
        said.append(line.strip())
        if line.startswith("Ctrl-C"):
            break
    return said


def living() -> dict[int, int]:
    """Every process that is not dead yet, and its parent."""
    rows = subprocess.run(
        ["ps", "-A", "-o", "pid=,ppid=,stat="], text=True, capture_output=True, check=True
    )
    processes = (row.split() for row in rows.stdout.splitlines())
    return {int(pid): int(parent) for pid, parent, state in processes if state[0] != "Z"}


def family(pid: int) -> set[int]:
    """The children of a process, and theirs."""
    children = {child for child, parent in living().items() if parent == pid}
    return children.union(*map(family, children))


def gone(processes: set[int]) -> bool:
    deadline = time.monotonic() + 15
    while processes & living().keys() and time.monotonic() < deadline:
        time.sleep(0.1)
    return not processes & living().keys()


@pytest.mark.parametrize("ending", [signal.SIGINT, signal.SIGTERM])
def test_it_prints_its_address_and_stops_when_asked(tables, serve, environment, ending):
    said = until_open(serve)
    processes = family(serve.pid)
    serve.send_signal(ending)

    assert f"Reading Room is open at http://localhost:{environment['PORT']}/" in said
    assert "No book is loaded: run manage.py load_pack." in said
    assert len(processes) == 4  # the server, its two workers, the job worker
    assert serve.wait(timeout=30) == 0
    assert gone(processes)


@pytest.mark.parametrize("place", [0, 1])
def test_half_a_site_is_none(tables, serve, place):
    until_open(serve)
    processes = family(serve.pid)
    web_server, job_worker = sorted(pid for pid in processes if living()[pid] == serve.pid)
    os.kill((web_server, job_worker)[place], signal.SIGKILL)

    assert serve.wait(timeout=30) == 1
    assert f"The {('web_server', 'job_worker')[place]} ended by itself" in serve.stdout.read()
    assert gone(processes)


def test_nothing_is_left_when_it_is_killed(tables, serve):
    until_open(serve)
    processes = family(serve.pid)
    serve.kill()

    assert gone(processes)


def test_a_taken_port_is_said_at_once(environment, serve):
    with contextlib.closing(socket.create_server(("127.0.0.1", int(environment["PORT"])))):
        said, _ = serve.communicate(timeout=30)

    assert serve.returncode == 1
    assert f"Cannot listen on 127.0.0.1:{environment['PORT']}" in said
    assert "set PORT to another number" in said


def test_a_database_without_tables_is_said_at_once(root, environment, tmp_path):
    answer = subprocess.run(
        [sys.executable, "manage.py", "serve"],
        cwd=root,
        env=environment | {"DATA_DIR": str(tmp_path)},
        text=True,
        capture_output=True,
        check=False,
    )

    assert answer.returncode == 1
    assert "run manage.py prepare, or serve --prepare" in answer.stderr
