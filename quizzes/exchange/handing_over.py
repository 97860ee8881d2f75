"""Handing over: what somebody asked for is written into a file, kept for a week, thrown away.

The file is nobody's but its owner's, and is not among the pictures. It has its name only when it
is whole, so that a job which was killed and is run again makes the same file.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, NamedTuple
from uuid import UUID
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from django.conf import settings
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from quizzes.exchange.models import Export
from quizzes.people.models import Classroom, Enrollment, User
from quizzes.refusal import Refusal

KEPT_FOR = timedelta(days=7)
PATIENCE = timedelta(hours=2)
"""After so long an export that is not finished is given up: it can be asked for again."""
STEPS = 50
FEW = 3
"""So many exports of one kind are kept, the newest."""

_READABLE = 0o100644 << 16
_UNIX = 3
_UID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")


class ThrownAway(Refusal):
    """The export was discarded while it was written."""


class Chunk(NamedTuple):
    """A piece of a file, and how many rows it ends."""

    data: bytes
    rows: int = 0


@dataclass(frozen=True, slots=True)
class File:
    """A file of an archive, in pieces that are made as they are written."""

    name: str
    chunks: Iterable[Chunk]


@dataclass(frozen=True, slots=True)
class Content:
    """What goes into an archive: how many rows there will be, and the files, one after another."""

    rows: int
    files: Iterator[File]


class Asked(NamedTuple):
    """An export, and whether asking made it: then its job is to be started."""

    export: Export
    is_new: bool


@dataclass
class _Progress:
    """How far an export is: written down some fifty times, however long it is."""

    export: Export
    told: int = 0

    def add(self, rows: int) -> None:
        self.export.rows_written += rows
        if self.export.rows_written - self.told > self.export.rows_expected // STEPS:
            _note(self.export, rows_written=self.export.rows_written)
            self.told = self.export.rows_written


@transaction.atomic
def ask(owner: User, kind: Export.Kind, at: datetime, classroom: Classroom | None = None) -> Asked:
    """The export that is being made for somebody already, or a new one.

    Of those that are done the newest few stay; what was given up goes.
    """
    User.objects.select_for_update(no_key=True).get(pk=owner.pk)
    mine = Export.objects.asked_by(owner).filter(kind=kind, classroom=classroom)
    if standing := mine.filter(finished_at=None, asked_at__gt=at - PATIENCE).first():
        return Asked(standing, is_new=False)
    kept = mine.filter(finished_at__isnull=False).values_list("pk", flat=True)[: FEW - 1]
    _discard(mine.exclude(pk__in=list(kept)))
    made = Export.objects.create(
        owner=owner, kind=kind, classroom=classroom, asked_at=at, expires_at=at + KEPT_FOR
    )
    return Asked(made, is_new=True)


def write(export: Export, content: Content, at: datetime) -> Export:
    """Write what was asked for into its file; `rows_written` tells how far it is meanwhile.

    Run again it makes the same file anew, and one that is finished is left alone. It holds no
    transaction, so that nobody waits for it. Refuses with `ThrownAway`, and leaves no file, when
    the export was discarded meanwhile.
    """
    if export.finished_at is None:
        _note(export, rows_written=0, rows_expected=content.rows)
        half, whole = path(export).with_suffix(".part"), path(export)
        half.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        try:
            pack(content.files, half, export.asked_at, _Progress(export).add)
            _note(export, rows_written=export.rows_written)  # is it wanted still?
            size = half.replace(whole).stat().st_size
            _note(export, size=size, finished_at=at, expires_at=at + KEPT_FOR)
        finally:
            half.unlink(missing_ok=True)
    return export


def pack(
    files: Iterable[File],
    target: Path,
    at: datetime,
    tell: Callable[[int], None] = lambda rows: None,
) -> None:
    """Write files into a zip, each piece as it is made; `tell` hears of the rows that are done.

    The same files at the same moment are the same bytes.
    """
    with ZipFile(target, "w", ZIP_DEFLATED) as archive:
        for file in files:
            entry = ZipInfo(file.name, at.timetuple()[:6])
            entry.create_system, entry.external_attr = _UNIX, _READABLE
            entry.compress_type = ZIP_DEFLATED
            with archive.open(entry, "w") as out:
                for chunk in file.chunks:
                    out.write(chunk.data)
                    tell(chunk.rows)


def discard_expired(at: datetime) -> int:
    """Throw away the files whose time is over, and what is known of them; how many.

    Files of which nothing is known go too: their owner was deleted, or a backup was restored.
    """
    _sweep()
    return _discard(Export.objects.expired(at))


def discard_all(owner: User) -> int:
    """Throw away whatever somebody asked for; how many."""
    return _discard(Export.objects.asked_by(owner))


def discard_naming(person: User) -> int:
    """Throw away what others asked for and may name somebody who was in a class with them.

    What is not begun yet is written afterwards, from what is there then.
    """
    rooms = Enrollment.objects.filter(user=person).order_by().values("classroom")
    of_them = User.objects.filter(enrollments__classroom__in=rooms).order_by().values("pk")
    begun = Export.objects.filter(Q(finished_at__isnull=False) | Q(rows_expected__gt=0))
    return _discard(begun.filter(Q(classroom__in=rooms) | Q(owner__in=of_them)))


def is_given_up(export: Export, at: datetime) -> bool:
    """Whether it cannot be fetched, now or later: its job failed or never was, or the file is lost.

    A file is lost where a backup was restored.
    """
    if export.finished_at:
        return not path(export).is_file()
    return export.asked_at <= at - PATIENCE


def path(export: Export) -> Path:
    """Where its file is, once it is finished."""
    return _folder() / f"{export.uid}.zip"


def _folder() -> Path:
    return Path(settings.DATA_DIR) / "exports"


def _sweep() -> None:
    """Throw away files without a row; every file has had one before it was there."""
    there = {one: UUID(one.stem) for one in _folder().glob("*") if _UID.fullmatch(one.stem)}
    known = Export.objects.filter(uid__in={*there.values()}).values_list("uid", flat=True)
    standing = set(known)
    for file, uid in there.items():
        if uid not in standing:
            file.unlink(missing_ok=True)


def _note(export: Export, **columns: Any) -> None:
    """Write columns down, here and there, as long as nobody has thrown the export away."""
    if not Export.objects.filter(pk=export.pk).update(**columns):
        path(export).unlink(missing_ok=True)
        raise ThrownAway(_("Nobody wants this file any more."))
    for name, value in columns.items():
        setattr(export, name, value)


def _discard(exports: QuerySet[Export]) -> int:
    gone = list(exports)
    # The rows first: whoever writes one of them looks for its row once the file is there.
    Export.objects.filter(pk__in=[one.pk for one in gone]).delete()
    for export in gone:
        path(export).unlink(missing_ok=True)
        path(export).with_suffix(".part").unlink(missing_ok=True)
    return len(gone)
