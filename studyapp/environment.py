"""What the environment may say, and how it is read.

`VARIABLES` names each variable with its default and meaning, and the readers look there: what the
table (and with it the README) does not name cannot be read. A value that makes no sense is
refused at start, by name.
"""

import contextlib
import os
import secrets
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import parse_qsl, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured


class Variable(NamedTuple):
    """One environment variable: its name, what holds when it is not set, and what it does."""

    name: str
    default: str
    meaning: str


VARIABLES = (
    Variable("STUDYAPP_ENV", "development", "`production` demands the secrets below"),
    Variable("STUDYAPP_DEMO", "off", "demo accounts and their password; `make run` turns it on"),
    Variable("DEBUG", "off", "Django's error pages, with everything they reveal"),
    Variable("SECRET_KEY", "", "signs sessions; generated into `DATA_DIR` outside production"),
    Variable("ALLOWED_HOSTS", "localhost,127.0.0.1,[::1]", "names served; demanded in production"),
    Variable("HTTPS", "", "redirects, HSTS, secure cookies; on in production unless switched off"),
    Variable("TRUSTED_PROXIES", "0", "number of our own proxies in front, whose word is taken"),
    Variable("PORT", "8000", "where `manage.py serve` listens"),
    Variable("BIND", "127.0.0.1", "the address `manage.py serve` binds"),
    Variable("WEB_WORKERS", "2", "web server processes, four threads each"),
    Variable("DATA_DIR", "var", "database, secret key and collected static files"),
    Variable("DATABASE_URL", "", "`postgres://user:password@host:port/name`; SQLite if empty"),
    Variable("BACKUP_DIR", "", "where backups are kept; `DATA_DIR/backups` if empty"),
    Variable(
        "POSTGRESQL_BIN",
        "",
        "the folder of PostgreSQL's `pg_dump`, `pg_restore` and `psql`; found on `PATH` if empty",
    ),
    Variable("REGISTRATION", "open", "who makes an account: `open`, `invited` or `closed`"),
    Variable("CLASSES", "anyone", "who opens classes: `anyone` with an account, or `staff`"),
    Variable("CONTACT", "", "whom people ask for an account: a name or an address"),
    Variable("EMAIL_URL", "", "`smtp://` or `smtps://user:password@host:port`; console if empty"),
    Variable("EMAIL_FROM", "Reading Room <noreply@localhost>", "the sender of the site's letters"),
    Variable("LOG_LEVEL", "INFO", "the least serious message that is written to standard error"),
)
DEFAULTS = {variable.name: variable.default for variable in VARIABLES}


def env_str(name: str) -> str:
    """What the environment says, or the declared default."""
    return os.environ.get(name, DEFAULTS[name]).strip()


def is_set(name: str) -> bool:
    """Whether the environment says anything at all about it."""
    return name in DEFAULTS and bool(os.environ.get(name, "").strip())


def env_bool(name: str) -> bool:
    """On or off; any other word is refused, so that a typo never opens a door."""
    value = env_str(name).lower()
    if value in {"1", "true", "yes", "on"}:
        return True
    if value in {"0", "false", "no", "off", ""}:
        return False
    raise ImproperlyConfigured(f"{name} is {value!r}: write on or off.")


def env_choice(name: str, *choices: str) -> str:
    """One of these words."""
    value = env_str(name).lower()
    if value not in choices:
        raise ImproperlyConfigured(f"{name} is {value!r}: write {' or '.join(choices)}.")
    return value


def env_int(name: str) -> int:
    """A whole number, zero or more."""
    value = env_str(name)
    if not value.isdecimal():
        raise ImproperlyConfigured(f"{name} is {value!r}: write a whole number.")
    return int(value)


def env_list(name: str) -> list[str]:
    """The parts between commas, without the empty ones."""
    return [part.strip() for part in env_str(name).split(",") if part.strip()]


def env_secret(name: str, home: Path | None) -> str:
    """A secret that the environment holds, or that is made once and kept in the folder `home`.

    Without a home it is demanded. The file can be read by its owner alone.
    """
    if value := env_str(name):
        return value
    if home is None:
        raise ImproperlyConfigured(f"Set {name}: production signs with a secret of its own.")
    path = home / name.lower()
    if not path.exists():
        draft = path.with_suffix(f".{os.getpid()}")
        draft.touch(mode=0o600)
        draft.write_text(secrets.token_urlsafe(50))
        with contextlib.suppress(FileExistsError):  # of two that start at once, the first wins
            path.hardlink_to(draft)
        draft.unlink()
    return path.read_text()


def sqlite(path: Path) -> dict[str, Any]:
    """SQLite as a server's database: writers queue, readers never wait, a commit is on disk."""
    return {
        "ENGINE": "studyapp.sqlite_fair",
        "NAME": path,
        "CONN_MAX_AGE": None,
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": "PRAGMA journal_mode=WAL;PRAGMA synchronous=FULL;"
            "PRAGMA mmap_size=268435456;PRAGMA cache_size=-32000;"
            "PRAGMA temp_store=MEMORY;PRAGMA journal_size_limit=67108864;"
            "PRAGMA secure_delete=ON",  # what is deleted is not left lying in the file
        },
    }


def postgresql(url: str) -> dict[str, Any]:
    """PostgreSQL by its address, behind a small pool in each process.

    What follows a question mark goes to the driver: `?host=/run/postgresql` for a local socket.
    """
    parts = urlsplit(url)
    if parts.scheme not in {"postgres", "postgresql"} or not parts.path.strip("/"):
        raise ImproperlyConfigured("DATABASE_URL: write postgres://user:password@host:port/name.")
    options = dict(parse_qsl(parts.query))
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.strip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": options.pop("host", parts.hostname or ""),
        "PORT": str(parts.port or ""),
        "OPTIONS": {"pool": {"min_size": 0, "max_size": 8}, **options},
    }


def mailer(url: str) -> dict[str, Any]:
    """Where letters go: an SMTP server, or the console."""
    if not url:
        return {"BACKEND": "django.core.mail.backends.console.EmailBackend"}
    parts = urlsplit(url)
    if parts.scheme not in {"smtp", "smtps"} or not parts.hostname:
        raise ImproperlyConfigured("EMAIL_URL: write smtp://user:password@host:port.")
    implicit_tls = parts.scheme == "smtps"
    options = {
        "host": parts.hostname,
        "port": parts.port or (465 if implicit_tls else 587),
        "username": unquote(parts.username or ""),
        "password": unquote(parts.password or ""),
        "use_ssl": implicit_tls,
        "use_tls": not implicit_tls,
        "timeout": 10,
    }
    return {"BACKEND": "django.core.mail.backends.smtp.EmailBackend", "OPTIONS": options}
