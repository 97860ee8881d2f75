"""What is wrong with a pack, where, and how to put it right."""

from dataclasses import dataclass


@dataclass(frozen=True, order=True, slots=True)
class Problem:
    """One fault at one place; problems sort by file, then line, then column."""

    file: str
    line: int
    column: int
    rule: str
    message: str
    remedy: str

    def __str__(self) -> str:
        return (
            f"{self.file}:{self.line}:{self.column} {self.rule}: {_sentence(self.message)} "
            f"{_sentence(self.remedy)}"
        )


@dataclass(frozen=True, slots=True)
class Fault:
    """The same, for a rule that knows the value's path but not its line."""

    path: tuple[str | int, ...]
    rule: str
    message: str
    remedy: str


def _sentence(text: str) -> str:
    return text if text.endswith((".", "?", "!")) else f"{text}."
