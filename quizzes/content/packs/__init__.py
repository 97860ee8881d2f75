"""Content packs: folders of YAML that say what a book says, read with every fault told at once.

`reading` turns a file into values that know their line, `shaping` into shapes, `references` holds
the slugs against each other, `guards` hold the author to what the source allows. Pure: no Django,
no clock, no database. A pack with a single problem is no pack.
"""

import hashlib
from pathlib import Path

from quizzes.content.packs import guards, references
from quizzes.content.packs.contents import Contents, Pack
from quizzes.content.packs.problems import Fault, Problem
from quizzes.content.packs.reading import Document
from quizzes.content.packs.reading import read as read_document
from quizzes.content.packs.shapes import (
    FILES,
    MANIFEST,
    OWN_FILES,
    json_schema,
)
from quizzes.content.packs.shaping import shape

__all__ = ["Contents", "Pack", "Problem", "fingerprint", "json_schema", "read"]

NEEDED = (MANIFEST, "sources.yaml")


def read(folder: Path) -> tuple[Pack | None, list[Problem]]:
    """The pack in a folder, or every problem that it has, sorted by file and line."""
    documents, problems = _documents(folder)
    unread = {problem.file for problem in problems} & FILES.keys() - documents.keys()
    manifest, contents, misshapen = shape(documents, unread)
    faults = [*references.faults(contents), *guards.faults(contents)]
    problems += [*misshapen, *(_problem(documents, fault) for fault in faults)]
    if problems or manifest is None:
        return None, sorted(set(problems))
    return Pack(manifest, contents, fingerprint(folder), documents), []


def fingerprint(folder: Path) -> str:
    """BLAKE2b of the bytes of a pack's files, 32 hexadecimal digits: equal bytes, equal pack.

    Packs did not always have files of one's own: without them a pack is the pack that it was.
    """
    digest = hashlib.blake2b(digest_size=16)
    for name in sorted(FILES):
        is_there = (folder / name).is_file()
        if is_there or name not in OWN_FILES:
            content = (folder / name).read_bytes() if is_there else b""
            digest.update(hashlib.blake2b(content).digest())
    return digest.hexdigest()


def _documents(folder: Path) -> tuple[dict[str, Document], list[Problem]]:
    documents, problems = {}, list(_strays(folder))
    for name in FILES:
        if name not in NEEDED and not (folder / name).exists():
            continue
        document, found = read_document(folder / name)
        problems += found
        if document is not None:
            documents[name] = document
    return documents, problems


def _strays(folder: Path) -> list[Problem]:
    """Files that look like parts of the pack and are none: most likely a slip of the name."""
    found = sorted(folder.glob("*.y*ml")) if folder.is_dir() else []
    known = ", ".join(FILES)
    return [
        Problem(path.name, 1, 1, "file", "No file of a pack has this name", f"Known: {known}")
        for path in found
        if path.name not in FILES
    ]


def _problem(documents: dict[str, Document], fault: Fault) -> Problem:
    return documents[str(fault.path[0])].problem(fault)
