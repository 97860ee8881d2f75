"""Everything between an installed site and one that can be served."""

from hashlib import blake2b
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command
from django.core.management.base import BaseCommand

UNSERVED = ["redoc*"]  # a package brings it along and no page asks for it


class Command(BaseCommand):
    """Bring tables, static files and books up to date; a second run finds nothing to do."""

    help = "Migrate, collect static files, load the packs and, where it is switched on, the demo."

    def handle(self, **options: Any) -> None:
        call_command("migrate", interactive=False, verbosity=0)
        call_command("check", tags=["database"], databases=["default"])
        call_command("createcachetable", verbosity=0)
        self.collect_static()
        for pack in sorted((settings.BASE_DIR / "fixtures").glob("*/")):
            call_command("load_pack", pack, unless_sent=True)
        call_command("rebuild_tallies", missing=True)
        if settings.DEMO:
            call_command("demo")

    def collect_static(self) -> None:
        """Hash and compress anew only what was changed: that takes longer than all the rest."""
        mark, sources = settings.STATIC_ROOT / ".sources", static_sources()
        if mark.exists() and mark.read_text() == sources:
            return
        self.stdout.write("Collecting static files.")
        call_command(
            "collectstatic", interactive=False, verbosity=0, clear=True, ignore_patterns=UNSERVED
        )
        mark.write_text(sources)


def static_sources() -> str:
    """A digest of all static files' names, sizes and times, and of the way they are stored."""
    digest = blake2b(repr(settings.STORAGES["staticfiles"]).encode())
    for finder in get_finders():
        for name, storage in finder.list(UNSERVED):
            stat = Path(storage.path(name)).stat()
            digest.update(f"{name} {stat.st_size} {stat.st_mtime_ns}\n".encode())
    return digest.hexdigest()
