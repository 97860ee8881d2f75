"""From a pack to rows: what differs is written, what vanished is retired, the rest is left alone.

`shelving` brings the book and its parts up to date, `stating` the facts and their details,
`growing` says what hangs on each fact and `twigs` writes it; `history` holds a pack against what
is loaded. Facts are known by their slugs and never deleted, so nothing that a learner has done
loses what it is about.
"""

from collections.abc import Iterator
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from quizzes.content.loading import history, stating, twigs
from quizzes.content.loading.growing import Gardener
from quizzes.content.loading.reports import Fate, Report, tally
from quizzes.content.loading.shelving import Shelf, shelve
from quizzes.content.loading.stating import Stated
from quizzes.content.models import Book, Fact
from quizzes.content.packs import Contents, Pack, Problem
from quizzes.refusal import Refusal

__all__ = ["Fate", "NotThisPack", "Report", "load", "loaded"]

Standing = dict[str, Fact]


class NotThisPack(Refusal):
    """The pack contradicts what is loaded; `problems` says where."""

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__(_("The pack contradicts what is loaded."))
        self.problems = problems


def loaded(fingerprint: str, edition: str, into: Book | None = None) -> Report | None:
    """The book that this pack made in this edition, or nothing when it must be loaded."""
    books = Book.objects.filter(owner=None) if into is None else Book.objects.filter(pk=into.pk)
    book = books.filter(pack_hash=fingerprint + edition).first()
    if book is None:
        return None
    kinds = Fact.objects.filter(book=book).current().values_list("kind", flat=True)
    facts = tally((kind, Fate.UNCHANGED) for kind in kinds)
    return Report(book, facts, book.sections.count(), has_changed=False)


@transaction.atomic
def load(
    pack: Pack,
    at: datetime,
    *,
    edition: str = "",
    is_draft: bool = False,
    into: Book | None = None,
) -> Report:
    """Bring the pack's book up to date with it, in one transaction and a fixed number of queries.

    The same pack a second time writes nothing; `edition` names, in at most 32 letters, the code
    that loads it, so that other code may load the same pack anew. A pack that contradicts what is
    loaded raises `NotThisPack`, unless it is a draft: one that no learner relies on yet. It makes
    the book of its own slug, or goes `into` somebody's own.
    """
    if report := loaded(pack.fingerprint, edition, into):
        return report
    book = into or Book.objects.filter(slug=pack.manifest.book.slug).first()
    standing = _standing(book)
    found = history.problems(pack, book, standing, is_draft=is_draft, is_own=into is not None)
    if found:
        raise NotThisPack(found)
    shelf = shelve(pack, book)
    stated = stating.state(pack.contents, shelf, standing)
    retired = stating.retire(standing, stated, at)
    twigs.part({standing[slug].pk for slug in retired})
    hung = _hang(pack.contents, shelf, stated)
    shelf.book.pack_hash = pack.fingerprint + edition
    shelf.book.save(update_fields=["pack_hash"])
    fates = dict(_fates(pack.contents, standing, stated, retired, hung))
    counts = tally((kind, fate) for kind, fate in fates.values())
    by_slug = {slug: fate for slug, (_kind, fate) in fates.items()}
    return Report(shelf.book, counts, len(shelf.sections), has_changed=True, fates=by_slug)


def _standing(book: Book | None) -> Standing:
    """Every fact of the book with its detail row, retired ones too."""
    return {fact.slug: fact for fact in Fact.objects.filter(book=book).with_details()}


def _hang(contents: Contents, shelf: Shelf, stated: Stated) -> set[int]:
    """Replace what hangs on a fact where it differs; answer the keys of those facts."""
    wanted = Gardener(stated.keys, shelf.sources).grow(contents)
    standing = twigs.standing(shelf.book)
    different = {
        key
        for key in stated.keys.values()
        if twigs.all_said(wanted[key]) != twigs.all_said(standing[key])
    }
    bare = {key for key in different if key in standing}
    if bare:
        twigs.cut(bare)
    twigs.plant(twig for key in sorted(different) for twig in wanted[key])
    return different


def _fates(
    contents: Contents, standing: Standing, stated: Stated, retired: set[str], hung: set[int]
) -> Iterator[tuple[str, tuple[str, Fate]]]:
    for fact in contents.facts:
        if fact.slug in stated.new:
            yield fact.slug, (fact.KIND, Fate.NEW)
        elif fact.slug in stated.returned:
            yield fact.slug, (fact.KIND, Fate.RETURNED)
        elif fact.slug in stated.changed or stated.keys[fact.slug] in hung:
            yield fact.slug, (fact.KIND, Fate.CHANGED)
        else:
            yield fact.slug, (fact.KIND, Fate.UNCHANGED)
    yield from ((slug, (standing[slug].kind, Fate.RETIRED)) for slug in retired)
