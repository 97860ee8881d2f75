"""The settings as another process reads them: what the environment says, and what comes of it."""

import json
import os
import re
import subprocess
import sys

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.db import connection

from studyapp import environment

PRODUCTION = {
    "STUDYAPP_ENV": "production",
    "SECRET_KEY": "a-key-that-is-long-enough-and-varied-0123456789-abcdefghij",
    "ALLOWED_HOSTS": "room.example.org",
}


@pytest.fixture
def manage(root, tmp_path):
    """Run `manage.py` under an environment that holds nothing of ours but what is given."""

    def manage(*arguments: str, **variables: str) -> subprocess.CompletedProcess[str]:
        inherited = {
            name: value
            for name, value in os.environ.items()
            if name not in environment.DEFAULTS and not name.startswith("DJANGO_")
        }
        return subprocess.run(
            [sys.executable, "manage.py", *arguments],
            cwd=root,
            env={"DATA_DIR": str(tmp_path), **inherited, **variables},
            text=True,
            capture_output=True,
            check=False,
        )

    return manage


@pytest.fixture
def read(manage):
    """Settings by their names, as JSON can carry them."""

    def read(*names: str, **variables: str) -> list[object]:
        wanted = f"[getattr(settings, name) for name in {names!r}]"
        code = f"import json; from django.conf import settings; print(json.dumps({wanted}))"
        answer = manage("shell", "--no-imports", "--command", code, **variables)
        assert answer.returncode == 0, answer.stderr
        return list(json.loads(answer.stdout))

    return read


def test_the_readme_names_every_variable_with_its_default_and_meaning(root):
    rows = re.findall(
        r"^\| `([A-Z_]+)` \| (.*?) \| (.*?) \|$", (root / "README.md").read_text(), re.MULTILINE
    )

    assert rows == [
        (variable.name, f"`{variable.default}`" if variable.default else "", variable.meaning)
        for variable in environment.VARIABLES
    ]


def test_nothing_but_the_table_reads_the_environment(root):
    readers = {
        path.relative_to(root).as_posix()
        for folder in ("studyapp", "quizzes")
        for path in (root / folder).rglob("*.py")
        if re.search(r"os\.environ(?!\.setdefault\(\"DJANGO)|getenv", path.read_text())
    }

    assert readers == {"studyapp/environment.py"}


def test_a_fresh_clone_is_closed_and_quiet(read):
    debug, demo, hosts = read("DEBUG", "DEMO", "ALLOWED_HOSTS")

    assert (debug, demo) == (False, False)
    assert hosts == ["localhost", "127.0.0.1", "[::1]"]


def test_the_secret_key_is_made_once_and_for_its_owner_alone(read, tmp_path):
    first, second = read("SECRET_KEY"), read("SECRET_KEY")

    assert first == second
    assert len(str(first[0])) >= 50
    assert (tmp_path / "secret_key").stat().st_mode & 0o777 == 0o600
    assert [path.name for path in tmp_path.iterdir()] == ["secret_key"]


@pytest.mark.parametrize(
    ("variables", "complaint"),
    [
        ({"SECRET_KEY": ""}, "Set SECRET_KEY"),
        ({"ALLOWED_HOSTS": ""}, "Set ALLOWED_HOSTS"),
        ({"DEBUG": "on"}, "impossible in production"),
        ({"STUDYAPP_DEMO": "on"}, "impossible in production"),
        ({"STUDYAPP_ENV": "prod"}, "development or production"),
        ({"DEBUG": "perhaps"}, "DEBUG is 'perhaps': write on or off."),
        ({"PORT": "http"}, "PORT is 'http': write a whole number."),
    ],
)
def test_what_makes_no_sense_is_refused_by_name(manage, variables, complaint):
    answer = manage("check", **(PRODUCTION | variables))

    assert answer.returncode == 1
    assert complaint in answer.stderr.splitlines()[-1]


def test_production_passes_djangos_deployment_checks(manage):
    answer = manage("check", "--deploy", "--fail-level", "DEBUG", **PRODUCTION)

    assert (answer.returncode, answer.stderr) == (0, "")


def test_production_speaks_https_alone(read):
    names = (
        "SECURE_SSL_REDIRECT",
        "SESSION_COOKIE_SECURE",
        "CSRF_COOKIE_SECURE",
        "SECURE_HSTS_SECONDS",
        "SESSION_COOKIE_NAME",
    )

    assert read(*names, **PRODUCTION) == [True, True, True, 31536000, "__Host-sessionid"]
    assert read(*names, **PRODUCTION, HTTPS="off") == [False, False, False, 0, "sessionid"]


def test_a_proxy_is_believed_only_where_one_is_declared(read):
    name = "SECURE_PROXY_SSL_HEADER"

    assert read(name) == [None]
    assert read(name, TRUSTED_PROXIES="1") == [["HTTP_X_FORWARDED_PROTO", "https"]]


def test_letters_go_to_the_console_until_a_server_is_named(read):
    console, none = read("MAILERS", "ACCOUNT_EMAIL_VERIFICATION")
    smtp, optional = read(
        "MAILERS", "ACCOUNT_EMAIL_VERIFICATION", EMAIL_URL="smtps://me:p%40ss@mail.example.org"
    )

    assert console["default"]["BACKEND"].endswith("console.EmailBackend")
    assert (none, optional) == ("none", "optional")
    assert smtp["default"]["OPTIONS"] == {
        "host": "mail.example.org",
        "port": 465,
        "username": "me",
        "password": "p@ss",
        "use_ssl": True,
        "use_tls": False,
        "timeout": 10,
    }


def test_an_address_names_a_postgresql():
    database = environment.postgresql(
        "postgres://me:p%40ss@db.example.org:5433/room?sslmode=require"
    )

    assert database["NAME"] == "room"
    assert (database["USER"], database["PASSWORD"]) == ("me", "p@ss")
    assert (database["HOST"], database["PORT"]) == ("db.example.org", "5433")
    assert database["OPTIONS"]["sslmode"] == "require"


def test_a_local_socket_names_a_postgresql():
    database = environment.postgresql("postgresql:///room?host=/run/postgresql")

    assert (database["NAME"], database["HOST"], database["PORT"]) == ("room", "/run/postgresql", "")


@pytest.mark.parametrize("url", ["mysql://localhost/room", "postgres://localhost", "room"])
def test_another_database_is_refused(url):
    with pytest.raises(ImproperlyConfigured, match="DATABASE_URL"):
        environment.postgresql(url)


@pytest.mark.parametrize("url", ["mail.example.org", "http://mail.example.org", "smtp://"])
def test_another_mail_server_is_refused(url):
    with pytest.raises(ImproperlyConfigured, match="EMAIL_URL"):
        environment.mailer(url)


@pytest.mark.django_db
@pytest.mark.skipif(connection.vendor != "sqlite", reason="says how SQLite is set up")
def test_sqlite_is_set_up_as_a_servers_database():
    with connection.cursor() as cursor:
        profile = {
            name: cursor.execute(f"PRAGMA {name}").fetchone()[0]
            for name in ("journal_mode", "synchronous", "temp_store", "foreign_keys")
        }

    assert profile == {"journal_mode": "wal", "synchronous": 2, "temp_store": 2, "foreign_keys": 1}


@pytest.mark.django_db
def test_every_page_carries_the_strict_policy(client):
    policy = client.get("/accounts/login/")["Content-Security-Policy"]

    assert policy.startswith("default-src 'none'; script-src 'self'")
    assert "unsafe" not in policy
    assert "frame-ancestors 'none'" in policy


def test_passwords_are_hashed_by_argon2(read):
    [hashers] = read("PASSWORD_HASHERS")

    assert hashers[0].endswith("Argon2PasswordHasher")
