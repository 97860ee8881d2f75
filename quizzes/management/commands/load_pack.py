"""A pack's way into the site: checked, loaded as facts, and made into items."""

import argparse
from collections.abc import Sequence
from hashlib import blake2b
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils.timezone import now

from quizzes import assessment, content, items
from quizzes.assessment import publishing
from quizzes.content import loading, packs
from quizzes.content.loading import NotThisPack
from quizzes.content.packs import Pack, Problem
from quizzes.items import authoring, generating
from quizzes.items.banking import Report as Banked


class Command(BaseCommand):
    """Load a pack in one transaction; of a faulty one tell every problem and load nothing."""

    help = "Check a content pack and load it: FILE:LINE:COLUMN RULE: MESSAGE. REMEDY."

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument("pack", type=Path, help="the pack's folder")
        parser.add_argument("--check", action="store_true", help="check the files, load nothing")
        parser.add_argument(
            "--draft",
            action="store_true",
            help="let versions and answers change unannounced: no learner relies on them yet",
        )

    def handle(self, *, pack: Path, check: bool, draft: bool, **options: Any) -> None:
        known = None if check else loading.loaded(packs.fingerprint(pack), edition())
        if known is not None:
            self.stdout.write(f"{known.book.slug}: {known}.")
            return
        read, problems = packs.read(pack)
        if read is None:
            raise self.refusal(problems)
        if check:
            self.stdout.write(f"No problems: {len(read.contents.facts)} facts.")
            return
        try:
            self.load(read, is_draft=draft or settings.DEMO)
        except NotThisPack as refused:
            raise self.refusal(refused.problems) from refused

    @transaction.atomic
    def load(self, pack: Pack, *, is_draft: bool) -> None:
        at, contents = now(), pack.contents
        loaded = loading.load(pack, at, edition=edition(), is_draft=is_draft)
        authored = authoring.load(loaded.book, contents.questions, contents.cards, at)
        generated = generating.generate(loaded.book, at)
        built = publishing.build(loaded.book, contents.quizzes, at)
        told = f"{loaded}; items: {_said(generated)} by recipe, {_said(authored)} by hand"
        self.stdout.write(f"{loaded.book.slug}: {told}; {built.total} quizzes.")
        for note in (*authored.notes, *built.notes):
            self.stderr.write(f"{loaded.book.slug}: {note}")

    def refusal(self, problems: Sequence[Problem]) -> CommandError:
        """Tell every problem on a line of its own, and what to raise after that."""
        for problem in problems:
            self.stderr.write(str(problem))
        count = "1 problem" if len(problems) == 1 else f"{len(problems)} problems"
        return CommandError(f"{count}; nothing was loaded.")


def edition() -> str:
    """A digest of the code that makes rows of packs: when it changes, packs are loaded anew."""
    digest = blake2b(digest_size=16)
    for package in (content, items, assessment):
        for folder in package.__path__:
            for source in sorted(Path(folder).rglob("*.py")):
                digest.update(source.read_bytes())
    return digest.hexdigest()


def _said(banked: Banked) -> str:
    """How many items stand, and what became of them."""
    done = {
        "new": banked.created,
        "substantive": banked.substantive,
        "cosmetic": banked.cosmetic,
        "retired": banked.retired,
        "returned": banked.returned,
    }
    told = ", ".join(f"{len(slugs)} {word}" for word, slugs in done.items() if slugs)
    return f"{banked.total} ({told})" if told else f"{banked.total}"
