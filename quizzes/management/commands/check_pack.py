"""A pack proved against the text it is about, where that text is at hand."""

import argparse
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from quizzes.content import packs
from quizzes.content.packs import proving


class Command(BaseCommand):
    """Find every anchor on its page and every run of words taken over; exit 1 on any miss."""

    help = "Prove a pack's anchors and its own words against its source: a text file, UTF-8."

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument("pack", type=Path, help="the pack's folder")
        parser.add_argument("--source", type=Path, required=True, help="the text of its source")

    def handle(self, *, pack: Path, source: Path, **options: Any) -> None:
        read, problems = packs.read(pack)
        if read is None:
            self.refuse(problems)
            return
        cited = read.contents.sources[0]
        self.refuse(proving.prove(read, cited, text_of(source)))
        anchors = proving.count_anchors(read, cited)
        self.stdout.write(f"{anchors} anchors stand on their pages; no sentence is the source's.")

    def refuse(self, problems: list[packs.Problem]) -> None:
        """Tell every problem on a line of its own; raise when there is one."""
        for problem in problems:
            self.stderr.write(str(problem))
        if problems:
            raise CommandError(f"{len(problems)} problems.")


def text_of(source: Path) -> str:
    """The source's text; raise CommandError when there is none to read, or it isn't UTF-8."""
    try:
        return source.read_text(encoding="utf-8")
    except OSError as error:
        raise CommandError(f"{source} can't be read: {error.strerror}.") from error
    except UnicodeDecodeError as error:
        raise CommandError(f"{source} isn't UTF-8. Save it as a text in UTF-8.") from error
