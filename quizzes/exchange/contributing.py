"""Contributing: a pack's further questions become somebody's own, on a book that is not theirs.

Whatever the pack says of the book's facts, they are asked by what the book itself states. What
somebody wrote in the browser is only changed by a pack, never retired by its silence; what an
earlier pack brought and this one lacks is retired.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from django.db import transaction

from quizzes.assessment import publishing
from quizzes.content.loading import NotThisPack
from quizzes.content.models import Book, PackCopy
from quizzes.content.packs import Pack, adding
from quizzes.content.packs.problems import Fault, Problem
from quizzes.content.packs.shapes import Question, Quiz
from quizzes.exchange.noting import brought, note
from quizzes.exchange.packing import is_own
from quizzes.exchange.records.questions import UnsayableError, comparable
from quizzes.items import authoring, filing, origins, standing
from quizzes.items.banking import Report, bank
from quizzes.items.models import Item
from quizzes.items.wordings import Entry, Wording
from quizzes.people.models import User


@dataclass(frozen=True, slots=True)
class Own:
    """What of a pack is its sender's own."""

    questions: Sequence[Question]
    quizzes: Sequence[Quiz]
    notes: tuple[str, ...] = ()

    @property
    def slugs(self) -> set[str]:
        """The questions' slugs."""
        return {question.slug for question in self.questions}


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of the questions and quizzes, and how all stood that they changed."""

    questions: Report
    quizzes: publishing.Report
    note: str


def beside(pack: Pack) -> Own:
    """What stands in a pack's files of what is somebody's own."""
    contents = pack.contents
    return Own(
        [one for one in contents.questions if is_own(one)],
        [one for one in contents.quizzes if is_own(one)],
    )


def own(pack: Pack, base: Pack) -> Own:
    """What a pack has beside the book's own; raises `NotThisPack` where it does not fit the book.

    It fits if the book states each of its facts, and the book's pack would be none the worse for
    holding what is new.
    """
    contents, theirs = pack.contents, base.contents
    there: dict[str, Question | Quiz] = {one.slug: one for one in theirs.questions}
    there |= {one.slug: one for one in theirs.quizzes}
    everything: list[Question | Quiz] = [*contents.questions, *contents.quizzes]
    found = Own(
        [one for one in contents.questions if one.slug not in there],
        [one for one in contents.quizzes if one.slug not in there],
        tuple(
            f"{one.slug}: it is the pack's own, and stays as it is"
            for one in everything
            if one.slug in there and one.model_dump() != there[one.slug].model_dump()
        ),
    )
    problems = [*_strange_facts(pack, base)]
    problems += adding.problems(base, pack, found.questions, found.quizzes)
    if problems:
        raise NotThisPack(sorted(set(problems)))
    return found


def _strange_facts(pack: Pack, base: Pack) -> list[Problem]:
    return [
        pack.problem(
            Fault(
                (*fact.path, "slug"),
                "reference",
                f"The site's book states no fact `{fact.slug}`",
                "Ask about the facts that it states, or give the pack a book of another slug",
            )
        )
        for fact in pack.contents.facts
        if fact.slug not in base.contents.fact_of
    ]


@transaction.atomic
def take_in(book: Book, new: Own, author: User, at: datetime, before: PackCopy | None) -> Taken:
    """Make the questions and quizzes the author's own in this book; `before` came in last.

    Quizzes come as drafts. Refuses with `filing.BookIsFull`.
    """
    gone = brought(before) - new.slugs
    told = {"items": sorted(new.slugs), "quizzes": [quiz.slug for quiz in new.quizzes]}
    noted = note(book, {*new.slugs, *gone}, told["quizzes"], told)
    rows = {row.slug: row for row in Item.objects.filter(book=book, slug__in=new.slugs)}
    entries, doubts = _entries(book, new.questions, rows)
    Item.objects.filter(book=book, slug__in=new.slugs, origin=Item.Origin.PACK).update(
        origin=Item.Origin.IMPORTED
    )
    written = [one for one in entries if _origin(rows, one.slug) == Item.Origin.AUTHORED]
    come = [one for one in entries if _origin(rows, one.slug) != Item.Origin.AUTHORED]
    changed = bank(book, Item.Origin.AUTHORED, written, at, author=author, is_whole=False)
    added = bank(book, Item.Origin.IMPORTED, come, at, author=author, is_whole=False)
    report = replace(_both(changed, added), retired=_retire(book, gone), notes=doubts)
    report = replace(report, refiled=_refiled(report, _remembered(book, new.questions)))
    return Taken(report, publishing.add(book, new.quizzes), noted)


def _remembered(book: Book, questions: Sequence[Question]) -> tuple[str, ...]:
    return origins.remember(book, {one.slug: one.adapted_from for one in questions})


def _refiled(report: Report, slugs: tuple[str, ...]) -> tuple[str, ...]:
    """What stands otherwise than before, these among it; what is new does anyway."""
    known = [slug for slug in slugs if slug not in report.created]
    return tuple(dict.fromkeys((*report.refiled, *known)))


def _origin(rows: Mapping[str, Item], slug: str) -> str:
    return rows[slug].origin if slug in rows else Item.Origin.IMPORTED


def _entries(
    book: Book, questions: Sequence[Question], rows: Mapping[str, Item]
) -> tuple[list[Entry], tuple[str, ...]]:
    """The entries in the author's book, and which questions cannot be marked as they are."""
    found = authoring.entries(book.topic, questions)
    places = filing.room(book.pk, len(questions) - len(rows))
    known = standing.wordings(Item.objects.filter(pk__in=[row.pk for row in rows.values()]))
    entries = []
    for question, (entry, _doubt) in zip(questions, found, strict=True):
        row = rows.get(entry.slug)
        entries.append(
            replace(
                entry,
                wording=_kept(entry.wording, known[row.pk][1] if row and row.pk in known else None),
                position=row.position if row else next(places),
                subject=None,
                siblings=question.siblings or "",
                is_card=question.is_card and book.about_id is None,
                is_question=True,
            )
        )
    return entries, tuple(f"{entry.slug}: {doubt}" for entry, doubt in found if doubt)


def _kept(wanted: Wording, stands: Wording | None) -> Wording:
    """The wording in force, if the pack says the same in the pack's own way."""
    try:
        is_same = stands is not None and comparable(stands) == comparable(wanted)
    except UnsayableError:
        is_same = False
    return stands if stands is not None and is_same else wanted


def _both(one: Report, other: Report) -> Report:
    return Report(
        total=one.total + other.total,
        created=one.created + other.created,
        substantive=one.substantive + other.substantive,
        cosmetic=one.cosmetic + other.cosmetic,
        returned=one.returned + other.returned,
        refiled=one.refiled + other.refiled,
    )


def _retire(book: Book, slugs: set[str]) -> tuple[str, ...]:
    rows = Item.objects.filter(book=book, slug__in=slugs, origin=Item.Origin.IMPORTED)
    rows = rows.exclude(state=Item.State.RETIRED)
    retired = tuple(sorted(rows.values_list("slug", flat=True)))
    rows.update(state=Item.State.RETIRED)
    return retired
