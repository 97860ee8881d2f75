"""The one way pack and recipe items enter the bank: what differs is written, nothing else.

Wording is frozen: a changed item gets a new revision, which is *substantive* where its key or
its declared meaning changed, and *cosmetic* otherwise. Items that vanish are retired, and come
back with their history when they are wanted again. Nothing is ever deleted.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import OuterRef, Subquery

from quizzes.content.models import Book
from quizzes.items import freezing
from quizzes.items.freezing import Rewording
from quizzes.items.models import Item, ItemFact, Revision, Tag
from quizzes.items.standing import Standing, standing
from quizzes.items.wordings import Entry
from quizzes.people.models import User

_COLUMNS = (
    "section_id",
    "chapter_id",
    "position",
    "recipe",
    "direction",
    "subject_id",
    "state",
    "is_card",
    "is_question",
    "skill",
    "difficulty",
    "siblings",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """What became of the items of one origin, by slug.

    `substantive` are those whose cards must come due; `returned` were retired before; `refiled`
    stand, count or are found otherwise than before.
    """

    total: int
    created: tuple[str, ...] = ()
    substantive: tuple[str, ...] = ()
    cosmetic: tuple[str, ...] = ()
    retired: tuple[str, ...] = ()
    returned: tuple[str, ...] = ()
    refiled: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def changed(self) -> tuple[str, ...]:
        """Whatever was there before and is not as it was, but for its place among the others."""
        return tuple(dict.fromkeys((*self.substantive, *self.cosmetic, *self.refiled)))

    @property
    def has_changed_wording(self) -> bool:
        """Whether anything was created or reworded."""
        return bool(self.created or self.substantive or self.cosmetic)


@transaction.atomic
def bank(
    book: Book,
    origin: Item.Origin,
    entries: Iterable[Entry],
    at: datetime,
    *,
    author: User | None = None,
    is_whole: bool = True,
) -> Report:
    """Make the book's items of one origin what the entries say, in a fixed number of queries.

    With the same entries a second time it writes nothing. Unless they are the whole, items that
    they lack stay as they are. New items belong to their author, if they have one.
    """
    wanted = {entry.slug: entry for entry in entries}
    before = standing(book, origin)
    if not is_whole:
        before = {slug: one for slug, one in before.items() if slug in wanted}
    rows = _place(book, origin, wanted, before, author)
    _retire(before, wanted)
    _point(rows, wanted, before)
    _tag(rows, wanted, before)
    rewordings = list(_rewordings(rows, wanted, before))
    if rewordings:
        freezing.freeze(rewordings, at, author)
        _put_in_force(book, origin)
    return _report(wanted, before, rewordings)


def _column(entry: Entry, name: str) -> object:
    return getattr(entry, name.removesuffix("_id"))


def _is_misplaced(entry: Entry, item: Item) -> bool:
    return any(getattr(item, name) != _column(entry, name) for name in _COLUMNS)


def _place(
    book: Book,
    origin: Item.Origin,
    wanted: Mapping[str, Entry],
    before: Mapping[str, Standing],
    author: User | None,
) -> dict[str, int]:
    """Write the rows of new and misplaced items; answer the primary key of each item by slug."""
    rows = [
        Item(
            book=book,
            origin=origin,
            owner=author,
            slug=slug,
            **{name: _column(entry, name) for name in _COLUMNS},
        )
        for slug, entry in wanted.items()
        if slug not in before or _is_misplaced(entry, before[slug].item)
    ]
    if rows:
        Item.objects.bulk_create(
            rows,
            update_conflicts=True,
            unique_fields=["book", "slug"],
            update_fields=[name.removesuffix("_id") for name in _COLUMNS],
        )
    known = {slug: one.item.pk for slug, one in before.items()}
    return known | {row.slug: row.pk for row in rows}


def _retire(before: Mapping[str, Standing], wanted: Mapping[str, Entry]) -> None:
    gone = _gone(before, wanted)
    if gone:
        pks = [before[slug].item.pk for slug in gone]
        Item.objects.filter(pk__in=pks).update(state=Item.State.RETIRED)


def _gone(before: Mapping[str, Standing], wanted: Mapping[str, Entry]) -> list[str]:
    return [
        slug
        for slug, one in before.items()
        if slug not in wanted and one.item.state != Item.State.RETIRED
    ]


def _point(
    rows: Mapping[str, int], wanted: Mapping[str, Entry], before: Mapping[str, Standing]
) -> None:
    """Name the facts that each item tests, in order, where they are others than before."""
    changed = [
        slug
        for slug, entry in wanted.items()
        if entry.facts != (before[slug].facts if slug in before else ())
    ]
    known = [rows[slug] for slug in changed if slug in before]
    if known:
        ItemFact.objects.filter(item__in=known).delete()
    ItemFact.objects.bulk_create(
        ItemFact(item_id=rows[slug], fact_id=fact, position=position)
        for slug in changed
        for position, fact in enumerate(wanted[slug].facts)
    )


def _tag(
    rows: Mapping[str, int], wanted: Mapping[str, Entry], before: Mapping[str, Standing]
) -> None:
    """File each item under its words and no others, where they are others than before."""
    changed = [
        slug
        for slug, entry in wanted.items()
        if entry.tags != (before[slug].tags if slug in before else ())
    ]
    known = [rows[slug] for slug in changed if slug in before]
    if known:
        Tag.objects.filter(item__in=known).delete()
    Tag.objects.bulk_create(
        Tag(item_id=rows[slug], text=text) for slug in changed for text in wanted[slug].tags
    )


def _rewordings(
    rows: Mapping[str, int], wanted: Mapping[str, Entry], before: Mapping[str, Standing]
) -> Iterable[Rewording]:
    for slug, entry in wanted.items():
        known = before.get(slug)
        wording, number = (known.wording, known.number) if known else (None, 0)
        if wording == entry.wording:
            continue
        is_cosmetic = (
            wording is not None
            and wording.meaning == entry.wording.meaning
            and not entry.is_substantive
        )
        change = Revision.Change.COSMETIC if is_cosmetic else Revision.Change.SUBSTANTIVE
        yield Rewording(rows[slug], slug, number + 1, change, entry.wording)


def _is_refiled(entry: Entry, known: Standing) -> bool:
    return any(
        getattr(known.item, name) != _column(entry, name) for name in _COLUMNS if name != "position"
    ) or (known.facts, known.tags) != (entry.facts, entry.tags)


def _put_in_force(book: Book, origin: Item.Origin) -> None:
    """Let each item be asked in its newest wording."""
    newest = Revision.objects.filter(item=OuterRef("pk")).order_by("-number").values("pk")[:1]
    Item.objects.filter(book=book, origin=origin).update(revision=Subquery(newest))


def _report(
    wanted: Mapping[str, Entry], before: Mapping[str, Standing], rewordings: list[Rewording]
) -> Report:
    reworded = {one.slug: one.change for one in rewordings if one.number > 1}
    retired = {slug for slug, one in before.items() if one.item.state == Item.State.RETIRED}
    return Report(
        total=len(wanted),
        created=tuple(slug for slug in wanted if slug not in before),
        substantive=tuple(s for s, c in reworded.items() if c == Revision.Change.SUBSTANTIVE),
        cosmetic=tuple(s for s, c in reworded.items() if c == Revision.Change.COSMETIC),
        retired=tuple(_gone(before, wanted)),
        returned=tuple(s for s, e in wanted.items() if s in retired and e.state != "retired"),
        refiled=tuple(s for s, e in wanted.items() if s in before and _is_refiled(e, before[s])),
    )
