"""The shape of a pack's files, for editors that complete and check YAML while one types."""

import argparse
import json
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from quizzes.content import packs
from quizzes.content.packs.shapes import FILES


class Command(BaseCommand):
    """Print the JSON Schema of one file of a pack, or write those of all files into a folder."""

    help = "Print the JSON Schema of a pack's file, or write all of them into a folder."

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        known = ", ".join(FILES)
        parser.add_argument("file", nargs="?", default="", help=f"one of {known}")
        parser.add_argument("--into", type=Path, help="a folder: every schema becomes a file there")

    def handle(self, *, file: str, into: Path | None, **options: Any) -> None:
        if into is not None:
            into.mkdir(parents=True, exist_ok=True)
            for name in FILES:
                (into / f"{Path(name).stem}.schema.json").write_text(schema(name))
            self.stdout.write(f"{len(FILES)} schemas are in {into}.")
        elif file in FILES:
            self.stdout.write(schema(file), ending="")
        else:
            raise CommandError(f"Name one of {', '.join(FILES)}, or --into FOLDER.")


def schema(file: str) -> str:
    """The JSON Schema of a file, as text that ends with a line."""
    return json.dumps(packs.json_schema(file), indent=2, ensure_ascii=False) + "\n"
