"""The site as one process to start and stop: the web server and the job worker."""

import contextlib
import io
import multiprocessing
import os
import signal
import socket
import sys
import threading
import time
from argparse import ArgumentParser
from http.client import HTTPConnection, HTTPException
from multiprocessing.process import BaseProcess
from typing import Any

import django
from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import connections
from granian import Granian
from granian.constants import Interfaces
from granian.log import LogLevels

STOP_SECONDS = 12
AGAIN_SECONDS = 3
POLL_SECONDS = 0.05


class Command(BaseCommand):
    """Run the web server and one job worker until Ctrl-C; end with an error if either dies."""

    help = "Serve the site on PORT and work off its jobs, until Ctrl-C."
    requires_system_checks: list[str] = []  # `migrate` has run them

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--prepare", action="store_true", help="bring tables, static files and books up to date"
        )

    def handle(self, *, prepare: bool, **options: Any) -> None:
        for ending in (signal.SIGINT, signal.SIGTERM):  # also where a script's shell ignores SIGINT
            signal.signal(ending, signal.default_int_handler)
        refuse_taken_port()
        if prepare:
            call_command("prepare")
        refuse_old_tables()
        let_go_of_databases()
        children = start(web_server, job_worker)
        try:
            self.announce(children)
            while True:
                refuse_dead(children)
                time.sleep(POLL_SECONDS)
        except KeyboardInterrupt:
            self.stdout.write("Stopping.")
        finally:
            stop(children)

    def announce(self, children: list[BaseProcess]) -> None:
        """Print the address once the site answers, and what it lacks if it is not ready."""
        while (answer := health()) is None:
            refuse_dead(children)
            time.sleep(POLL_SECONDS)
        status, line = answer
        if status != 200:
            self.stderr.write(self.style.WARNING(line))
        self.stdout.write(f"{settings.SITE_NAME} is open at http://localhost:{settings.PORT}/")
        self.stdout.write("Ctrl-C closes it.")
        self.stdout.flush()


def web_server() -> None:
    """Serve pages; threads outlive a quiet hour, and with them their database connections."""
    enter_child()
    Granian(
        "studyapp.wsgi:application",
        interface=Interfaces.WSGI,
        address=settings.BIND,
        port=settings.PORT,
        workers=settings.WEB_WORKERS,
        blocking_threads=4,
        blocking_threads_idle_timeout=600,
        workers_kill_timeout=STOP_SECONDS - AGAIN_SECONDS - 1,
        websockets=False,
        log_level=LogLevels.warning,
    ).serve()


def job_worker() -> None:
    """Work off the queue in the database."""
    enter_child()
    call_command("work")


def enter_child() -> None:
    """Leave the terminal's group, so that Ctrl-C reaches children once: through `stop`."""
    os.setsid()
    threading.Thread(target=end_with_parent, daemon=True).start()
    django.setup()


def end_with_parent() -> None:
    """End in good order even if the parent was killed and could not ask for it."""
    if parent := multiprocessing.parent_process():
        parent.join()
        os.kill(os.getpid(), signal.SIGTERM)


def let_go_of_databases() -> None:
    """Close every connection: a child must not share its parent's."""
    for connection in connections.all(initialized_only=True):
        connection.close()
        if close_pool := getattr(connection, "close_pool", None):
            close_pool()


def start(*targets: Any) -> list[BaseProcess]:
    """One child for each target; on Linux they are forks, so that Django is imported once."""
    if sys.platform == "linux":
        process: type[BaseProcess] = multiprocessing.get_context("fork").Process
    else:
        process = multiprocessing.get_context("spawn").Process
    children = [process(target=target, name=target.__name__) for target in targets]
    for child in children:
        child.start()
    return children


def refuse_taken_port() -> None:
    """Say so at once if somebody else listens there; granian would say it in a traceback."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((settings.BIND, settings.PORT))
        except OSError as error:
            raise CommandError(
                f"Cannot listen on {settings.BIND}:{settings.PORT} ({error.strerror}): "
                "set PORT to another number."
            ) from error


def refuse_old_tables() -> None:
    """Say so before the start if the database is not as the code wants it."""
    try:
        call_command("migrate", check_unapplied=True, verbosity=0, stdout=io.StringIO())
    except SystemExit as unapplied:
        raise CommandError(
            "The database lacks migrations: run manage.py prepare, or serve --prepare."
        ) from unapplied


def refuse_dead(children: list[BaseProcess]) -> None:
    """Raise when a child has ended by itself: half a site is none."""
    for child in children:
        if child.exitcode is not None:
            raise CommandError(f"The {child.name} ended by itself (exit code {child.exitcode}).")


def health() -> tuple[int, str] | None:
    """Status and line of `/healthz`, asked under a name that we serve; nothing if none answers."""
    connection = HTTPConnection(settings.BIND, settings.PORT, timeout=5)
    try:
        connection.request("GET", "/healthz", headers={"Host": settings.HOST})
        answer = connection.getresponse()
        return answer.status, answer.read().decode()
    except (OSError, HTTPException):
        return None
    finally:
        connection.close()


def stop(children: list[BaseProcess]) -> None:
    """Ask every child to end, then once more, so that a job is given back that takes its time.

    Then end those that do not listen, and what dead ones left behind.
    """
    for patience in (STOP_SECONDS - AGAIN_SECONDS, AGAIN_SECONDS):
        deadline = time.monotonic() + patience
        for child in children:
            child.terminate()
        for child in children:
            child.join(timeout=max(0.0, deadline - time.monotonic()))
    for child in children:
        if child.pid:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(child.pid, signal.SIGKILL)
        child.join()
