"""What every test stands on: a fixed noon, a fast hasher, a database on disk, a browser."""

import os
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Callable
from datetime import UTC, datetime
from fcntl import LOCK_EX, flock
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from hypothesis import HealthCheck
from hypothesis import settings as hypothesis_settings

from tests.profiles import PROFILE

for name, examples in (("gate", 30), ("trust", 10_000)):
    hypothesis_settings.register_profile(
        name,
        max_examples=examples,
        deadline=None,
        database=None,
        derandomize=name == "gate",  # the gate must not fall by luck; `make trust` looks further
        suppress_health_check=[HealthCheck.too_slow],
    )
hypothesis_settings.load_profile(PROFILE)

pytest_plugins = ["tests.cast"]

IS_SQLITE = settings.DATABASES["default"]["ENGINE"] == "studyapp.sqlite_fair"

# Playwright's event loop runs in the thread in which a journey also reads the database.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")


def pytest_configure() -> None:
    """Where the tests differ from the site: cheap passwords, static files straight from source."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.STORAGES["staticfiles"]["BACKEND"] = (
        "django.contrib.staticfiles.storage.StaticFilesStorage"
    )
    settings.WHITENOISE_AUTOREFRESH = settings.WHITENOISE_USE_FINDERS = True
    settings.WHITENOISE_MAX_AGE = 3600  # a browser asks for each file once, as it does on the site


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark by what a test asks for: `-m journey` needs a browser, `-m database` a database."""
    for item in items:
        fixtures = set(getattr(item, "fixturenames", ()))
        if "browser" in fixtures:
            item.add_marker("journey")
        if item.get_closest_marker("django_db") or fixtures & {"db", "transactional_db"}:
            item.add_marker("database")


@pytest.fixture
def tell_tried(request: pytest.FixtureRequest) -> Callable[[int], None]:
    """Tell at the end of the run how often something was tried that never failed."""
    return lambda tried: request.node.user_properties.append(("tried", tried))


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """One line for each test with a figure of `tell_tried`: “10,000 tried, 0 failed”."""
    tried: Counter[str] = Counter()
    for report in terminalreporter.stats.get("passed", []):
        told = [number for name, number in report.user_properties if name == "tried"]
        if told:
            tried[report.nodeid.partition("[")[0]] += sum(told)
    for test, count in tried.items():
        terminalreporter.write_line(f"{count:,} tried, 0 failed: {test}")


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    django_db_modify_db_settings_parallel_suffix: None,
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    """Each worker's database is a copy of one that was migrated once.

    SQLite's is a file of this run alone: in memory its writers would not queue.
    """
    test = settings.DATABASES["default"]["TEST"]
    if IS_SQLITE:
        test["NAME"] = str(tmp_path_factory.mktemp("database") / "test.sqlite3")
        shutil.copyfile(migrated(tmp_path_factory.getbasetemp()), test["NAME"])
    else:
        test["TEMPLATE"] = os.environ.get("TEST_TEMPLATE")


@pytest.fixture(scope="session")
def django_db_keepdb() -> bool:
    """Whether the test database is there already."""
    return IS_SQLITE


def migrated(temporary: Path) -> Path:
    """A database with every table and no row of ours, made by the first worker that needs it."""
    folder = (temporary.parent if "PYTEST_XDIST_WORKER" in os.environ else temporary) / "migrated"
    folder.mkdir(exist_ok=True)
    with (folder / "lock").open("w") as lock:
        flock(lock, LOCK_EX)
        if not (folder / "done").exists():
            command = [sys.executable, "manage.py", "migrate", "--verbosity=0"]
            environment = {**os.environ, "DATA_DIR": str(folder)}
            subprocess.run(command, env=environment, cwd=settings.BASE_DIR, check=True)
            (folder / "done").touch()
    return folder / "db.sqlite3"


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    """The Chromium of this machine, without what calls home or asks for a screen."""
    names = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
    return {
        **browser_type_launch_args,
        "executable_path": next(filter(None, map(shutil.which, names))),
        "args": [
            "--no-sandbox",
            "--disable-gpu",
            "--disable-dev-shm-usage",
            "--disable-background-networking",
            "--disable-component-update",
            "--no-first-run",
        ],
    }


@pytest.fixture
def noon() -> datetime:
    """The moment at which the tests happen: a Monday, 2026-03-02 12:00 UTC."""
    return datetime(2026, 3, 2, 12, tzinfo=UTC)


@pytest.fixture(scope="session")
def root() -> Path:
    """The repository's folder."""
    return Path(__file__).parent.parent
