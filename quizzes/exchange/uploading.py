"""Uploading: a pack sent by somebody is kept, shown before anything is written, and loaded.

A pack of one of the site's books brings its sender questions and quizzes of their own on it; any
other becomes a book of its sender's own. Staff may load it as the site's. What is shown before is
the very load, taken back: it cannot say anything else than what the load then does.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from quizzes.content import companions, keeping
from quizzes.content.loading import NotThisPack
from quizzes.content.models import Book, PackCopy, PackFile
from quizzes.content.packs import Pack
from quizzes.content.packs.shapes import FILES, OWN_FILES
from quizzes.exchange import contributing, packing, recounting, storing, telling
from quizzes.exchange.contributing import Own, Taken
from quizzes.exchange.formats import zips
from quizzes.exchange.noting import NOTE
from quizzes.exchange.recounting import Outcome
from quizzes.exchange.storing import Files
from quizzes.people.models import User
from quizzes.refusal import Refusal


class UnfitArchive(Refusal):
    """What was sent is no zip of a pack's folder, or more than is taken."""


class LoadedAlready(Refusal):
    """A pack is loaded once; the same again is sent again."""


class ChangedMeanwhile(Refusal):
    """The book stands on another pack than when this one was read."""


class NoCopyToHoldAgainst(Refusal):
    """The site keeps no copy of the book's pack."""


class Aim(StrEnum):
    """What a pack becomes."""

    SITE = "site"
    OWN_BOOK = "own book"
    OWN_QUESTIONS = "own questions"


@dataclass(frozen=True, slots=True)
class Target:
    """Where a pack goes; no book yet where it makes one."""

    aim: Aim
    book: Book | None


FAULTS = {
    zips.Fault.NO_ZIP: _("This is no zip archive that can be read. Pack the folder as a zip."),
    zips.Fault.LARGE: _("The archive is larger than 20 MB."),
    zips.Fault.ENTRIES: _("The archive holds more than 50 files."),
    zips.Fault.UNPACKED: _("The archive unpacks to more than is taken: 50 MB, 2 MB a file."),
    zips.Fault.FILE: _("“%(name)s” is larger than 2 MB."),
    zips.Fault.RATIO: _("“%(name)s” is packed more than a hundredfold: that is no text."),
    zips.Fault.ENCRYPTED: _("“%(name)s” is encrypted. Pack the folder without a password."),
    zips.Fault.METHOD: _("“%(name)s” is packed in a way that is not read here. Use plain zip."),
    zips.Fault.LINK: _("“%(name)s” is a link. Pack the file itself."),
    zips.Fault.PATH: _("“%(name)s” leads out of its folder."),
    zips.Fault.NAME: _("“%(name)s” is no file of a pack. Leave it out."),
    zips.Fault.FOLDERS: _("A pack is one folder: “%(name)s” stands in another."),
    zips.Fault.TWICE: _("“%(name)s” is there twice."),
    zips.Fault.TEXT: _("“%(name)s” is no text in UTF-8."),
    zips.Fault.EMPTY: _("The archive holds no file."),
}


@dataclass(frozen=True, slots=True)
class _Ready:
    """A pack that was read and judged, and what its book stood on then."""

    pack: Pack
    to: Target
    stands: PackCopy | None
    base: Pack | None = None
    own: Own | None = None
    """What of it is its sender's, where it brings nothing else."""


def receive(sent: bytes, name: str, by: User, at: datetime) -> PackCopy:
    """Keep a pack that somebody sends, to be looked at; refuses with `UnfitArchive`.

    Packs of anybody that were looked at long ago are let go.
    """
    try:
        kept = zips.unpacked(sent, frozenset(FILES))
    except zips.UnfitError as unfit:
        raise UnfitArchive(FAULTS[unfit.fault] % {"name": unfit.name}) from unfit
    slug = storing.book_slug(kept)
    with transaction.atomic():
        copy = storing.keep(kept, at, name=slug or name, by=by)
        storing.drop_surplus(by)
        storing.purge(at)
    return copy


def preview(copy: PackCopy, by: User, at: datetime, *, is_site: bool = False) -> Outcome:
    """What loading would do, and every problem that stands against it; nothing is written."""
    try:
        ready = _read(copy, by, is_site=is_site)
        with transaction.atomic():
            outcome = _load(copy, ready, by, at)
            transaction.set_rollback(True)
    except NotThisPack as refused:
        return Outcome(problems=tuple(refused.problems))
    return outcome


def load(copy: PackCopy, by: User, at: datetime, *, is_site: bool = False) -> Outcome:
    """Load a pack that its sender has looked at; says what was done.

    Only staff load for the site. It is read and judged before the transaction, so that nobody
    waits for that. Raises `NotThisPack` with its problems; refuses with `LoadedAlready`,
    `NoCopyToHoldAgainst`, `ChangedMeanwhile` and `filing.BookIsFull`.
    """
    return _load(copy, _read(copy, by, is_site=is_site), by, at)


@transaction.atomic
def _load(copy: PackCopy, ready: _Ready, by: User, at: datetime) -> Outcome:
    if PackCopy.objects.select_for_update().get(pk=copy.pk).loaded_at is not None:
        raise LoadedAlready(_("This pack is loaded already. Send it again to load it anew."))
    to = target(copy, by, is_site=ready.to.aim is Aim.SITE)
    if to != ready.to or _stands(to, ready.pack) != ready.stands:
        raise ChangedMeanwhile(_("Another pack was loaded just now. Look at this one again."))
    outcome, taken = _write(ready, by, at)
    _mark_loaded(copy, outcome, taken, at)
    return outcome


def _write(ready: _Ready, by: User, at: datetime) -> tuple[Outcome, Taken | None]:
    book = ready.to.book
    if book is not None and ready.own is not None:
        return _take(companions.companion(by, book), ready.own, by, at)
    return _bring(ready, by, at)


def _read(copy: PackCopy, by: User, *, is_site: bool) -> _Ready:
    kept = storing.files(copy)
    pack, problems = storing.read(kept)
    if pack is None:
        raise NotThisPack(problems)
    to = target(copy, by, is_site=is_site)
    stands = _stands(to, pack)
    files = storing.files(stands) if stands else {}
    if to.aim is Aim.OWN_QUESTIONS:
        if stands is None:
            raise NoCopyToHoldAgainst(_("The site keeps no copy of this book’s pack yet."))
        return _Ready(pack, to, stands, own=_own(pack, kept, files))
    base, _problems = storing.read(files) if stands else (None, [])
    return _Ready(pack, to, stands, base)


def _stands(to: Target, pack: Pack) -> PackCopy | None:
    """The copy that the book of a target stands on, if both are there."""
    book = to.book
    if to.aim is Aim.SITE:
        book = Book.objects.filter(slug=pack.manifest.book.slug).first()
    return storing.newest(book) if book else None


def target(copy: PackCopy, by: User, *, is_site: bool = False) -> Target:
    """Where a pack of this name goes when this person loads it."""
    if is_site and by.is_staff:
        return Target(Aim.SITE, None)
    if site_book := Book.objects.filter(slug=copy.name, owner=None).first():
        return Target(Aim.OWN_QUESTIONS, site_book)
    mine = Book.objects.owned_by(by).filter(
        about=None,
        pack_copies__name=copy.name,
        pack_copies__loaded_at__isnull=False,
        pack_copies__taken_back_at=None,
    )
    return Target(Aim.OWN_BOOK, mine.first())


def _own(pack: Pack, kept: Files, stands: Files) -> Own:
    """What of a pack is its sender's; where the rest is the book's very pack, it is judged."""
    beside = contributing.beside(pack)
    if {name: text for name, text in kept.items() if name not in OWN_FILES} == dict(stands):
        return beside
    base, _problems = storing.read(stands)
    if base is None:
        raise NoCopyToHoldAgainst(_("The site’s copy of this book’s pack is of another time."))
    return contributing.own(pack, base)


def _bring(ready: _Ready, by: User, at: datetime) -> tuple[Outcome, Taken | None]:
    pack, into = ready.pack, ready.to.book
    if ready.to.aim is Aim.OWN_BOOK and into is None:
        into = keeping.begin_from_pack(by, pack.manifest.book.slug, pack.manifest.book.title)
    brought = packing.bring_in(pack, at, into=into, is_draft=into is not None)
    outcome = recounting.of_pack(brought, pack, ready.base)
    if into is None:
        return outcome, None
    own, taken = _take(into, contributing.beside(pack), by, at)
    return recounting.together(outcome, own), taken


def _take(book: Book, new: Own, by: User, at: datetime) -> tuple[Outcome, Taken]:
    old, names = telling.told(book), telling.called(book)
    taken = contributing.take_in(book, new, by, at, storing.newest(book))
    return recounting.of_own(taken, new, old, names, book), taken


def _mark_loaded(copy: PackCopy, outcome: Outcome, taken: Taken | None, at: datetime) -> None:
    PackCopy.objects.filter(pk=copy.pk).update(book=outcome.book, loaded_at=at)
    if taken is not None:
        PackFile.objects.create(copy=copy, name=NOTE, text=taken.note)
