"""A pack's way into the site: checked, loaded as facts, and made into items."""

import argparse
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils.timezone import now

from quizzes.content import loading, packs
from quizzes.content.loading import NotThisPack
from quizzes.content.packs import Pack, Problem
from quizzes.exchange import packing, storing
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

        parser.add_argument(
            "--unless-sent",
            action="store_true",
            help="leave a book alone that stands on a pack which staff sent in the browser",
        )

    def handle(
        self, *, pack: Path, check: bool, draft: bool, unless_sent: bool, **options: Any
    ) -> None:
        if unless_sent and storing.is_sent(storing.texts(pack)):
            self.stdout.write(f"{pack.name}: left as it was sent in the browser.")
            return
        known = None if check else loading.loaded(packs.fingerprint(pack), packing.edition())
        if known is not None:
            storing.keep_once(storing.texts(pack), now(), name=known.book.slug, book=known.book)
            self.stdout.write(f"{known.book.slug}: {known}.")
            return
        read, problems = packs.read(pack)
        if read is None:
            raise self.refusal(problems)
        if check:
            self.stdout.write(f"No problems: {len(read.contents.facts)} facts.")
            return
        try:
            self.load(pack, read, is_draft=draft or settings.DEMO)
        except NotThisPack as refused:
            raise self.refusal(refused.problems) from refused

    @transaction.atomic
    def load(self, folder: Path, pack: Pack, *, is_draft: bool) -> None:
        at = now()
        brought = packing.bring_in(pack, at, is_draft=is_draft)
        book, generated = brought.loaded.book, _said(brought.generated)
        storing.keep_once(storing.texts(folder), at, name=book.slug, book=book)
        told = f"{brought.loaded}; items: {generated} by recipe, {_said(brought.authored)} by hand"
        self.stdout.write(f"{book.slug}: {told}; {brought.built.total} quizzes.")
        for note in brought.notes:
            self.stderr.write(f"{book.slug}: {note}")

    def refusal(self, problems: Sequence[Problem]) -> CommandError:
        """Tell every problem on a line of its own, and what to raise after that."""
        for problem in problems:
            self.stderr.write(str(problem))
        count = "1 problem" if len(problems) == 1 else f"{len(problems)} problems"
        return CommandError(f"{count}; nothing was loaded.")


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
