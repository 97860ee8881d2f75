"""Packing: a pack becomes a book, with its facts, questions, flashcards and quizzes.

The command and the browser bring packs in by the same verb, in one transaction.
"""

from dataclasses import dataclass
from datetime import datetime
from functools import cache
from hashlib import blake2b
from pathlib import Path

from django.db import transaction

from quizzes import assessment, content, items
from quizzes.assessment import publishing
from quizzes.assessment.models import Quiz
from quizzes.content import loading
from quizzes.content.models import Book
from quizzes.content.packs import Pack, shapes
from quizzes.content.packs.shapes import OWN_FILES
from quizzes.exchange import storing
from quizzes.items import authoring, generating, origins
from quizzes.items.banking import Report as Banked


@dataclass(frozen=True, slots=True)
class Brought:
    """What bringing a pack in came to: facts, items by hand and by recipe, quizzes."""

    loaded: loading.Report
    authored: Banked
    generated: Banked
    built: publishing.Report

    @property
    def notes(self) -> tuple[str, ...]:
        """What its author should know."""
        return (*self.authored.notes, *self.built.notes)


@transaction.atomic
def bring_in(
    pack: Pack, at: datetime, *, is_draft: bool = False, into: Book | None = None
) -> Brought:
    """Make a pack the book of its own slug, or bring somebody's own book up to date with it.

    Raises `NotThisPack` where it contradicts what is loaded. In somebody's own book what they
    wrote beside the pack is left alone; in the site's all of a pack is the pack's.
    """
    contents = pack.contents
    loaded = loading.load(pack, at, edition=edition(), is_draft=is_draft, into=into)
    questions, quizzes, theirs = contents.questions, contents.quizzes, frozenset[str]()
    if into is not None:
        questions = [one for one in questions if not is_own(one)]
        quizzes = [one for one in quizzes if not is_own(one)]
        theirs = own_quizzes(loaded.book)
    authored = authoring.load(loaded.book, questions, contents.cards, at)
    generated = generating.generate(loaded.book, at)
    origins.remember(loaded.book, {one.slug: one.adapted_from for one in questions})
    built = publishing.build(loaded.book, quizzes, at, without=theirs)
    return Brought(loaded, authored, generated, built)


def is_own(entry: shapes.Question | shapes.Quiz) -> bool:
    """Whether it stands among what somebody wrote beside the pack."""
    return entry.path[0] in OWN_FILES


def own_quizzes(book: Book) -> frozenset[str]:
    """The slugs of the quizzes in somebody's own book that came with no pack."""
    there = Quiz.objects.filter(book=book).values_list("slug", flat=True)
    return frozenset(there) - _packed_quizzes(book)


def _packed_quizzes(book: Book) -> frozenset[str]:
    copy = storing.newest(book)
    found = storing.entries(storing.files(copy), "quizzes.yaml") if copy else []
    return frozenset(entry["slug"] for entry in found)


@cache
def edition() -> str:
    """A digest of the code that makes rows of packs: when it changes, packs are loaded anew."""
    digest = blake2b(digest_size=16)
    for package in (content, items, assessment):
        for folder in package.__path__:
            for source in sorted(Path(folder).rglob("*.py")):
                digest.update(source.read_bytes())
    return digest.hexdigest()
