"""Backups as files: a zip with the database, the pictures, and a manifest that says what is in it.

What cannot be read back as it was written is no backup: every file's sha256 is in the manifest,
which is written last and compared with what the finished file holds.
"""

import os
import re
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from hashlib import blake2b, sha256
from pathlib import Path
from typing import BinaryIO, Literal, Self
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo
from zlib import error as ZlibError  # noqa: N812

from pydantic import AwareDatetime, BaseModel, ConfigDict, ValidationError

MANIFEST, MEDIA = "manifest.json", "media"
OWNER_ALONE = 0o600
_NAME = re.compile(r"reading-room-(\d{8}T\d{6}Z)\.zip")
_TIME = "%Y%m%dT%H%M%SZ"
_CHUNK, _QUICKLY = 1 << 20, 1
_WORD = 1 << 128


class UnfitError(Exception):
    """The file is no backup, or not as it was written; the text says which."""


class Table(BaseModel):
    """What a table held: how many rows, and a digest that does not depend on their order."""

    model_config = ConfigDict(frozen=True)

    rows: int
    digest: str

    @classmethod
    def of(cls, rows: Iterable[object]) -> Self:
        """The rows as they come, one at a time."""
        count = total = 0
        for row in rows:
            total += int.from_bytes(blake2b(repr(row).encode(), digest_size=16).digest())
            count += 1
        return cls(rows=count, digest=f"{total % _WORD:032x}")


type Tables = Mapping[str, Table]


class Manifest(BaseModel):
    """What a backup says of itself."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    format: Literal[1] = 1
    product: Literal["Reading Room"] = "Reading Room"
    version: str
    made_at: AwareDatetime
    engine: str
    engine_version: str
    database: str
    migrations: tuple[str, ...]
    tables: Mapping[str, Table]
    left_out: tuple[str, ...]
    files: Mapping[str, str] = {}

    @property
    def rows(self) -> int:
        return sum(table.rows for table in self.tables.values())

    @property
    def pictures(self) -> list[str]:
        """The names of the media files in it."""
        return [name for name in self.files if name.startswith(f"{MEDIA}/")]


def name_of(made_at: datetime) -> str:
    """What a backup of this moment is called."""
    return f"reading-room-{made_at.astimezone(UTC):{_TIME}}.zip"


def made_at(name: str) -> datetime | None:
    """When a file of this name was made; nothing where it is no backup's."""
    found = _NAME.fullmatch(name)
    return datetime.strptime(found[1], _TIME).replace(tzinfo=UTC) if found else None


def write(path: Path, manifest: Manifest, files: Iterable[tuple[str, Path]]) -> Manifest:
    """Pack these files at `path`, on disk and for its owner alone; gives the manifest in it."""
    sums: dict[str, str] = {}
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, OWNER_ALONE)
    with os.fdopen(descriptor, "wb") as out:
        with ZipFile(out, "w", ZIP_STORED) as archive:
            for name, source in files:
                sums[name] = _pack(archive, name, source, manifest.made_at)
            whole = manifest.model_copy(update={"files": sums})
            archive.writestr(
                _info(MANIFEST, manifest.made_at), whole.model_dump_json(indent=1) + "\n"
            )
        out.flush()
        os.fsync(out.fileno())
    return whole


def read(path: Path) -> Manifest:
    """The manifest of a backup whose every file is as it was written; else `UnfitError`."""
    try:
        with ZipFile(path) as archive:
            manifest = Manifest.model_validate_json(archive.read(MANIFEST))
            names = {*archive.namelist()} - {MANIFEST}
            if names != {*manifest.files} or manifest.database not in names:
                raise UnfitError("It does not hold the files that its manifest names.")
            for name, sum_of_it in manifest.files.items():
                if _safe(name) and _sum(archive, name) != sum_of_it:
                    raise UnfitError(f"{name} in it is not as it was written.")
    except (OSError, BadZipFile, ZlibError, KeyError, EOFError, NotImplementedError) as error:
        raise UnfitError(f"It cannot be read: {error}") from error
    except ValidationError as error:
        raise UnfitError("Its manifest is not of a backup that this version knows.") from error
    return manifest


def unpack(path: Path, name: str, target: Path) -> None:
    """One file of a backup, on disk at `target`."""
    with ZipFile(path) as archive, archive.open(_safe(name)) as packed, target.open("xb") as out:
        target.chmod(OWNER_ALONE)
        while part := packed.read(_CHUNK):
            out.write(part)
        out.flush()
        os.fsync(out.fileno())


def sum_of(file: BinaryIO) -> str:
    """The sha256 of what a file holds."""
    digest = sha256()
    while part := file.read(_CHUNK):
        digest.update(part)
    return digest.hexdigest()


def _pack(archive: ZipFile, name: str, source: Path, at: datetime) -> str:
    info, digest = _info(name, at), sha256()
    if source.suffix == ".sqlite3":  # pictures and PostgreSQL's dumps are compressed as they are
        info.compress_type, info._compresslevel = ZIP_DEFLATED, _QUICKLY  # type: ignore[attr-defined]
    with source.open("rb") as file, archive.open(info, "w", force_zip64=True) as out:
        while part := file.read(_CHUNK):
            digest.update(part)
            out.write(part)
    return digest.hexdigest()


def _info(name: str, at: datetime) -> ZipInfo:
    info = ZipInfo(name, at.astimezone(UTC).timetuple()[:6])
    info.external_attr = OWNER_ALONE << 16
    return info


def _sum(archive: ZipFile, name: str) -> str:
    with archive.open(name) as file:
        return sum_of(file)  # type: ignore[arg-type]


def _safe(name: str) -> str:
    """A name that leads nowhere but into the folder where it is unpacked."""
    if name.startswith("/") or ".." in name.split("/") or "\\" in name:
        raise UnfitError(f"{name} is no name for a file of a backup.")
    return name
