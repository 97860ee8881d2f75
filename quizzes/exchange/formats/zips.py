"""Zip archives: written alike everywhere, and read as if whoever sent them meant harm.

Reading caps what is sent, what is declared and what really comes out, counted while it streams;
it knows no folder but memory, so that no name leads anywhere. Source of the layout: PKWARE's
APPNOTE 6.3.10, sections 4.3.14 to 4.3.16.
"""

import re
import stat
import struct
import zlib
from collections.abc import Mapping
from enum import StrEnum
from io import BytesIO
from pathlib import PurePosixPath
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

MOST_SENT, MOST_UNPACKED, MOST_IN_A_FILE = 20_000_000, 50_000_000, 2_000_000
MOST_ENTRIES, MOST_RATIO, DEEPEST = 50, 100, 5

_FIRST_DAY = (1980, 1, 1, 0, 0, 0)
_UNIX, _READABLE = 3, 0o100644 << 16
_ENCRYPTED = 0x1
_END, _END_OF_64 = b"PK\x05\x06", b"PK\x06\x07"
_TAIL = 22 + 0xFFFF + 20
_LARGEST_DIRECTORY = 64_000
_CHUNK = 65_536
_LEFT_BY_SYSTEMS = re.compile(r"(^|/)(__MACOSX/|\.DS_Store$|Thumbs\.db$|desktop\.ini$)")


class Fault(StrEnum):
    """Why an archive is not read."""

    NO_ZIP = "no zip"
    LARGE = "large"
    ENTRIES = "entries"
    UNPACKED = "unpacked"
    FILE = "file"
    RATIO = "ratio"
    ENCRYPTED = "encrypted"
    METHOD = "method"
    LINK = "link"
    PATH = "path"
    NAME = "name"
    FOLDERS = "folders"
    TWICE = "twice"
    TEXT = "text"
    EMPTY = "empty"


class UnfitError(Exception):
    """The archive is not read; `fault` says why, `name` of which entry."""

    def __init__(self, fault: Fault, name: str = "") -> None:
        super().__init__(fault)
        self.fault, self.name = fault, name


def packed(folder: str, files: Mapping[str, str]) -> bytes:
    """An archive of one folder; the same files give the same bytes, whenever and wherever."""
    archive = BytesIO()
    with ZipFile(archive, "w", ZIP_STORED) as out:
        for name in sorted(files):
            entry = ZipInfo(f"{folder}/{name}", _FIRST_DAY)
            entry.create_system, entry.external_attr = _UNIX, _READABLE
            out.writestr(entry, files[name].encode())
    return archive.getvalue()


def unpacked(sent: bytes, known: frozenset[str]) -> dict[str, str]:
    """The texts of the one folder in an archive, by name; raises `UnfitError`.

    The folder may stand in others. Only known names are taken; what systems leave in folders is
    passed over.
    """
    _check_end(sent)
    try:
        with ZipFile(BytesIO(sent)) as archive:
            entries = _entries(archive)
            _check_declared(entries)
            names = _names(entries, known)
            return _texts(archive, names)
    except (BadZipFile, NotImplementedError, ValueError, EOFError, OSError) as error:
        raise UnfitError(Fault.NO_ZIP) from error
    except (struct.error, zlib.error, RuntimeError) as error:
        raise UnfitError(Fault.NO_ZIP) from error


def _check_end(sent: bytes) -> None:
    """Refuse by the archive's last record, before its directory costs memory."""
    if len(sent) > MOST_SENT:
        raise UnfitError(Fault.LARGE)
    tail = sent[-_TAIL:]
    if _END_OF_64 in tail:
        raise UnfitError(Fault.ENTRIES)
    ends = [match.start() for match in re.finditer(re.escape(_END), tail)]
    records = [tail[end : end + 22] for end in ends if len(tail) - end >= 22]
    if not records:
        raise UnfitError(Fault.NO_ZIP)
    for record in records:
        entries, size = struct.unpack_from("<HL", record, 10)
        if entries > MOST_ENTRIES or size > _LARGEST_DIRECTORY:
            raise UnfitError(Fault.ENTRIES)


def _entries(archive: ZipFile) -> list[ZipInfo]:
    found = archive.infolist()
    if len(found) > MOST_ENTRIES:
        raise UnfitError(Fault.ENTRIES)
    for entry in found:
        _check_path(entry)
    return [one for one in found if not one.is_dir() and not _LEFT_BY_SYSTEMS.search(one.filename)]


def _check_path(entry: ZipInfo) -> None:
    name = entry.orig_filename
    parts = PurePosixPath(name).parts
    if "\\" in name or "\0" in name or ":" in name or name.startswith("/") or ".." in parts:
        raise UnfitError(Fault.PATH, name)
    if stat.S_ISLNK(entry.external_attr >> 16):
        raise UnfitError(Fault.LINK, name)


def _check_declared(entries: list[ZipInfo]) -> None:
    for entry in entries:
        if entry.flag_bits & _ENCRYPTED:
            raise UnfitError(Fault.ENCRYPTED, entry.filename)
        if entry.compress_type not in (ZIP_STORED, ZIP_DEFLATED):
            raise UnfitError(Fault.METHOD, entry.filename)
        if entry.file_size > MOST_RATIO * max(1, entry.compress_size):
            raise UnfitError(Fault.RATIO, entry.filename)
        if entry.file_size > MOST_IN_A_FILE:
            raise UnfitError(Fault.FILE, entry.filename)
    if sum(entry.file_size for entry in entries) > MOST_UNPACKED:
        raise UnfitError(Fault.UNPACKED)


def _names(entries: list[ZipInfo], known: frozenset[str]) -> dict[str, ZipInfo]:
    """Each file of the one folder by its name there."""
    names: dict[str, ZipInfo] = {}
    folders = {PurePosixPath(entry.filename).parent for entry in entries}
    if not entries:
        raise UnfitError(Fault.EMPTY)
    for entry in entries:
        path = PurePosixPath(entry.filename)
        if path.name not in known:
            raise UnfitError(Fault.NAME, entry.filename)
        if path.name in names and path.parent == PurePosixPath(names[path.name].filename).parent:
            raise UnfitError(Fault.TWICE, entry.filename)
        if len(folders) > 1 or len(path.parts) > DEEPEST:
            raise UnfitError(Fault.FOLDERS, entry.filename)
        names[path.name] = entry
    return names


def _texts(archive: ZipFile, names: Mapping[str, ZipInfo]) -> dict[str, str]:
    left, texts = MOST_UNPACKED, {}
    for name, entry in names.items():
        raw = _streamed(archive, entry, min(left, MOST_IN_A_FILE))
        left -= len(raw)
        try:
            texts[name] = raw.decode()
        except UnicodeDecodeError as error:
            raise UnfitError(Fault.TEXT, name) from error
        if "\0" in texts[name]:
            raise UnfitError(Fault.TEXT, name)
    return texts


def _streamed(archive: ZipFile, entry: ZipInfo, most: int) -> bytes:
    """What really comes out, never more than asked for."""
    parts, size = [], 0
    with archive.open(entry) as stream:
        while part := stream.read(_CHUNK):
            size += len(part)
            if size > most:
                raise UnfitError(Fault.UNPACKED, entry.filename)
            if size > MOST_RATIO * max(1, entry.compress_size):
                raise UnfitError(Fault.RATIO, entry.filename)
            parts.append(part)
    return b"".join(parts)
