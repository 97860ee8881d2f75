"""A small pack without a fault, copied afresh for each test that wants to spoil it."""

import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from quizzes.content import packs
from quizzes.content.packs import Pack, Problem

SMALL_PACK = Path(__file__).parent / "small_pack"


@dataclass(frozen=True)
class PackFolder:
    """A copy of the small pack on disk, to be changed by exact words."""

    path: Path

    def replace(self, file: str, old: str, new: str) -> None:
        text = (self.path / file).read_text()
        assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in {file}"
        (self.path / file).write_text(text.replace(old, new))

    def spoil(self, file: str, old: str, new: str) -> tuple[int, int]:
        """Put new words in place of old ones; the line and column that `▸` marks among them."""
        self.replace(file, old, new)
        place = self.place_of(file, "▸")
        self.replace(file, "▸", "")
        return place

    def append(self, file: str, text: str) -> None:
        with (self.path / file).open("a") as end:
            end.write(text)

    def place_of(self, file: str, words: str) -> tuple[int, int]:
        """Line and column, from 1, at which these words begin."""
        before, found, _ = (self.path / file).read_text().partition(words)
        assert found, f"{words!r} does not stand in {file}"
        return before.count("\n") + 1, len(before) - before.rfind("\n")

    def read(self) -> tuple[Pack | None, list[Problem]]:
        return packs.read(self.path)

    def problems(self) -> list[Problem]:
        return self.read()[1]

    def pack(self) -> Pack:
        pack, problems = self.read()
        assert pack is not None, "\n".join(map(str, problems))
        return pack


Refuses = Callable[[str, str, str, str, str], None]


@pytest.fixture
def refuses(folder: PackFolder) -> Refuses:
    """Assert that one change breaks one rule, in the file and at the place marked by `▸`."""

    def refuses(file: str, old: str, new: str, rule: str, says: str) -> None:
        place = folder.spoil(file, old, new)
        pack, problems = folder.read()
        assert pack is None
        told = [(p.file, (p.line, p.column), p.rule) for p in problems]
        assert told == [(file, place, rule)], "\n".join(map(str, problems))
        assert says in problems[0].message
        assert problems[0].remedy

    return refuses


@pytest.fixture
def folder(tmp_path: Path) -> PackFolder:
    return PackFolder(Path(shutil.copytree(SMALL_PACK, tmp_path / "pack")))


@pytest.fixture(scope="session")
def small_pack() -> Path:
    """The small pack itself, to be left as it is."""
    return SMALL_PACK
