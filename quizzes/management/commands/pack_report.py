"""The author's map of a pack: facts by kind and section, and how each of them is asked."""

import argparse
from collections.abc import Iterator
from io import StringIO
from pathlib import Path
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.db import transaction

from quizzes.content import packs
from quizzes.content.models import Book, Fact
from quizzes.items import covering
from quizzes.items.covering import Coverage


class Command(BaseCommand):
    """Load a pack, tell its map, and take all of it back: nothing is changed."""

    help = "Tell facts by kind and section, cards and questions a fact, and pages without a fact."

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument("pack", type=Path, help="the pack's folder")

    @transaction.atomic
    def handle(self, *, pack: Path, **options: Any) -> None:
        call_command("load_pack", pack, draft=True, stdout=StringIO(), stderr=self.stderr)
        read, _problems = packs.read(pack)
        if read is not None:
            book = Book.objects.get(slug=read.manifest.book.slug)
            for line in lines(covering.cover(book)):
                self.stdout.write(line)
        transaction.set_rollback(True)


def lines(coverage: Coverage) -> Iterator[str]:
    """The map as text: sections, then every fact with its cards and questions, then the gaps."""
    kinds = [kind for kind, _label in Fact.Kind.choices]
    yield "section\t" + "\t".join([*kinds, "cards", "questions"])
    for passage in coverage.passages:
        counts = [passage.kinds[kind] for kind in kinds]
        numbers = [*counts, passage.cards, passage.questions]
        yield "\t".join([passage.section.slug, *map(str, numbers)])
    yield ""
    yield "fact\tkind\tcards\tquestions"
    for one in coverage.facts:
        yield f"{one.fact.slug}\t{one.fact.kind}\t{one.cards}\t{one.questions}"
    yield ""
    bare = [one.fact.slug for one in coverage.bare]
    yield f"Facts that nothing asks for: {', '.join(bare) or 'none'}."
    pages = [str(page) for page in coverage.silent_pages]
    yield f"Pages without a fact: {', '.join(pages) or 'none'}."
