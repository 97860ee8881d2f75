"""Storing: packs as they came, byte for byte, from the disk or from a browser.

A book's newest copy that was loaded and not taken back is the pack that it stands on.
"""

import tempfile
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime, timedelta
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.db import transaction

from quizzes.content import packs
from quizzes.content.models import Book, PackCopy, PackFile
from quizzes.content.packs import Contents, Pack, Problem
from quizzes.content.packs.reading import read as read_document
from quizzes.content.packs.shapes import FILES, MANIFEST, OWN_FILES
from quizzes.people.models import User

KEPT_DAYS = 7
"""How long a pack that was only looked at is kept."""

MOST_UNLOADED = 5
"""How many packs that were only looked at one person has kept at once."""

KNOWN_BY = ("stem", "front", "title", "name", "term", "statement")
"""By what an entry is known to people, as far as it has these."""

type Files = Mapping[str, str]
"""A pack's files by name."""


def texts(folder: Path) -> dict[str, str]:
    """The files of a pack on disk that was read without a problem."""
    return {
        name: (folder / name).read_bytes().decode() for name in FILES if (folder / name).is_file()
    }


def files(copy: PackCopy) -> dict[str, str]:
    """A copy's own files, without what was noted down beside them."""
    return dict(copy.files.filter(name__in=FILES).values_list("name", "text"))


@contextmanager
def unfolded(kept: Files) -> Iterator[Path]:
    """A folder with these files, for as long as it is looked into."""
    with tempfile.TemporaryDirectory() as place:
        for name, text in kept.items():
            (Path(place) / name).write_bytes(text.encode())
        yield Path(place)


def read(kept: Files) -> tuple[Pack | None, list[Problem]]:
    """The pack in these files, or every problem that it has."""
    with unfolded(kept) as folder:
        return packs.read(folder)


def contents(book: Book) -> Contents | None:
    """What the pack says that a book stands on; nothing where it came with none.

    A pack is read once by each process, and not changed by anybody.
    """
    copy = newest(book)
    return _contents(copy.fingerprint, copy.pk, book.owner_id) if copy else None


@lru_cache(maxsize=4)
def _contents(_fingerprint: str, copy: int, owner: int | None) -> Contents | None:
    named = FILES.keys() - OWN_FILES if owner else FILES.keys()
    kept = PackFile.objects.filter(copy=copy, name__in=named).values_list("name", "text")
    pack, _problems = read(dict(kept))
    return pack.contents if pack else None


def words_at(kept: Files, problems: Iterable[Problem]) -> dict[tuple[str, int], str]:
    """What the entries say in which problems lie, by file and line, as far as they can be read."""
    lines: dict[str, set[int]] = defaultdict(set)
    for problem in problems:
        lines[problem.file].add(problem.line)
    found = {}
    for name in sorted(lines.keys() & kept.keys() & FILES.keys()):
        begins = _entries_by_line(kept, name)
        for line in lines[name]:
            before = [said for begin, said in begins if begin <= line]
            found[name, line] = before[-1] if before else ""
    return found


def _entries_by_line(kept: Files, name: str) -> list[tuple[int, str]]:
    """Where each entry of a file begins, and the words that it is known by."""
    with unfolded({name: kept[name]}) as folder:
        document, _problems = read_document(folder / name)
    if document is None or not isinstance(document.data, dict):
        return []
    lists = {key: document.data.get(key) for key in FILES[name]}
    return sorted(
        (document.place((key, index))[0], _known_by(entry))
        for key, entries in lists.items()
        for index, entry in enumerate(entries if isinstance(entries, list) else ())
    )


def _known_by(entry: object) -> str:
    said = [entry.get(name) for name in KNOWN_BY] if isinstance(entry, dict) else []
    return next((text for text in said if isinstance(text, str)), "")


def fingerprint(kept: Files) -> str:
    """What tells these files from all others."""
    with unfolded(kept) as folder:
        return packs.fingerprint(folder)


def book_slug(kept: Files) -> str:
    """What a pack calls its book, as far as its manifest can be read."""
    book = _data(kept, MANIFEST).get("book")
    slug = book.get("slug") if isinstance(book, dict) else None
    return slug if isinstance(slug, str) else ""


def entries(kept: Files, name: str) -> list[dict[str, Any]]:
    """What stands in a sound pack's file of one list, as plain values."""
    return [entry for listed in _data(kept, name).values() for entry in listed]


def _data(kept: Files, name: str) -> dict[str, Any]:
    if name not in kept:
        return {}
    with unfolded({name: kept[name]}) as folder:
        document, _problems = read_document(folder / name)
    return document.data if document else {}


@transaction.atomic
def keep(
    kept: Files, at: datetime, *, name: str, by: User | None = None, book: Book | None = None
) -> PackCopy:
    """Store a pack's files; of a book, as what was loaded into it now."""
    copy = PackCopy.objects.create(
        book=book,
        by=by,
        name=name[:200],
        fingerprint=fingerprint(kept),
        created_at=at,
        loaded_at=at if book else None,
    )
    PackFile.objects.bulk_create(
        PackFile(copy=copy, name=file, text=text) for file, text in kept.items()
    )
    return copy


def keep_once(kept: Files, at: datetime, *, name: str, book: Book) -> PackCopy:
    """The copy of the pack that a book stands on: the one that is there, or a new one."""
    there = newest(book)
    if there is not None and there.fingerprint == fingerprint(kept):
        return there
    return keep(kept, at, name=name, book=book)


def newest(book: Book, before: datetime | None = None) -> PackCopy | None:
    """What a book stands on, or stood on `before` a moment."""
    found = PackCopy.objects.filter(book=book, loaded_at__isnull=False, taken_back_at=None)
    if before is not None:
        found = found.filter(loaded_at__lt=before)
    return found.order_by("-loaded_at", "-pk").first()


def is_sent(kept: Files) -> bool:
    """Whether the site's book of this name stands on a pack that staff sent in the browser."""
    book = Book.objects.filter(slug=book_slug(kept), owner=None).first()
    copy = newest(book) if book else None
    return copy is not None and copy.by_id is not None


def drop_surplus(by: User) -> None:
    """Let go of the oldest packs that somebody sent and never loaded."""
    unloaded = PackCopy.objects.filter(by=by, loaded_at=None).order_by("-created_at", "-pk")
    surplus = list(unloaded.values_list("pk", flat=True)[MOST_UNLOADED:])
    PackCopy.objects.filter(pk__in=surplus).delete()


def purge(at: datetime) -> int:
    """Delete packs that were sent more than 7 days ago and never loaded; says how many."""
    old = PackCopy.objects.filter(loaded_at=None, created_at__lt=at - timedelta(days=KEPT_DAYS))
    count = old.count()
    old.delete()
    return count
