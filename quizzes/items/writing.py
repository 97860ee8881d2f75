"""Writing: slips of one's own become items, and a slip that is changed changes all of them.

Wording is frozen: a change writes new revisions where something differs, and says of each whether
it is cosmetic. A way of asking that a slip no longer has is retired with its history, and taken
up again when the slip has it once more. Nothing is ever deleted here.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from quizzes.content.models import Chapter, Section
from quizzes.items import filing, freezing, slips, standing
from quizzes.items.freezing import Rewording
from quizzes.items.grouping import group_of, name, new_group, pictures
from quizzes.items.models import Item, Revision
from quizzes.items.slips import Face, Slip
from quizzes.items.wordings import Wording
from quizzes.people.models import User
from quizzes.refusal import Refusal


class CannotBeAsked(Refusal):
    """A slip lacks what its kind needs; `slips.doubts` says what."""


@dataclass(frozen=True, slots=True)
class Rewritten:
    """What a change of a slip came to, by item; `reworded` gives the revisions before and after."""

    created: list[Item] = field(default_factory=list)
    reworded: list[tuple[Item, int | None, int]] = field(default_factory=list)
    retired: list[Item] = field(default_factory=list)
    returned: list[Item] = field(default_factory=list)


@transaction.atomic
def write(
    chapter: Chapter, written: Sequence[Slip], author: User, at: datetime, tags: Iterable[str] = ()
) -> list[Item]:
    """Put new slips at the end of a chapter's book, each a group of items of its own.

    The number of queries does not grow with the slips. Refuses with `CannotBeAsked` and
    `filing.BookIsFull`.
    """
    _check(written)
    numbered = [slips.numbered(slip) for slip in written]
    shown = pictures(chapter.book_id, numbered)
    groups = [(new_group(), slips.faces(slip, shown)) for slip in numbered]
    faces = [(group, face) for group, of_slip in groups for face in of_slip]
    section, positions = _section(chapter), filing.room(chapter.book_id, len(faces))
    rows = [_row(chapter, section, group, face, next(positions), author) for group, face in faces]
    _freeze(rows, [face.wording for _group, face in faces], author, at)
    filing.tag(rows, tags)
    return rows


@transaction.atomic
def rewrite(
    item: Item, slip: Slip, author: User, at: datetime, *, is_substantive: bool = False
) -> Rewritten:
    """Make the whole group of an item say what its slip says now; the same again writes nothing.

    Refuses with `CannotBeAsked` and `filing.BookIsFull`.
    """
    _check([slip])
    group = list(group_of(item).select_for_update(of=("self",)).order_by("position", "pk"))
    known = standing.wordings(Item.objects.filter(pk__in=[one.pk for one in group]))
    gaps = {
        int(name(one).removeprefix("gap-")): known[one.pk][1].answer
        for one in group
        if name(one).startswith("gap-") and one.pk in known
    }
    numbered = slips.numbered(slip, gaps)
    faces = {f.name: f for f in slips.faces(numbered, pictures(item.book_id, [numbered]))}
    change = Revision.Change.SUBSTANTIVE if is_substantive else Revision.Change.COSMETIC
    there = {name(one): one for one in group}
    return Rewritten(
        created=_create(item, [f for told, f in faces.items() if told not in there], author, at),
        reworded=reword(_changed(there, faces, known), author, at, change),
        retired=put(Item.State.RETIRED, [i for told, i in there.items() if told not in faces]),
        returned=put(Item.State.READY, [i for told, i in there.items() if told in faces]),
    )


def _check(written: Iterable[Slip]) -> None:
    if any(slips.doubts(slip) for slip in written):
        raise CannotBeAsked(_("A card needs a front, and a back or a gap."))


def _section(chapter: Chapter) -> Section:
    """The section that a chapter of one's own is."""
    section = chapter.sections.order_by("position", "pk").first()
    if section is None:
        section = Section.objects.create(
            book_id=chapter.book_id,
            chapter=chapter,
            slug=chapter.slug,
            title=chapter.title,
            position=chapter.number,
        )
    return section


def _row(
    chapter: Chapter, section: Section, group: str, face: Face, position: int, author: User
) -> Item:
    return Item(
        book_id=chapter.book_id,
        chapter=chapter,
        section=section,
        slug=f"{group}--{face.name}",
        position=position,
        origin=Item.Origin.AUTHORED,
        direction=face.direction,
        is_question=False,
        siblings=group,
        owner=author,
    )


def _freeze(rows: Sequence[Item], wordings: Sequence[Wording], author: User, at: datetime) -> None:
    """Write new items with their first wordings, which are in force at once."""
    Item.objects.bulk_create(rows)
    first = [
        Rewording(row.pk, row.slug, 1, Revision.Change.SUBSTANTIVE, wording)
        for row, wording in zip(rows, wordings, strict=True)
    ]
    revisions = freezing.freeze(first, at, author)
    for row, revision in zip(rows, revisions, strict=True):
        row.revision = revision
    Item.objects.bulk_update(rows, ["revision"], batch_size=500)


def _create(item: Item, faces: Sequence[Face], author: User, at: datetime) -> list[Item]:
    """Further ways of asking a slip, filed as its others are."""
    if not faces:
        return []
    group = item.siblings or new_group()
    if not item.siblings:
        item.siblings = group
        item.save(update_fields=["siblings"])
    positions = filing.room(item.book_id, len(faces))
    rows = [
        _row(item.chapter, item.section, group, face, next(positions), author) for face in faces
    ]
    _freeze(rows, [face.wording for face in faces], author, at)
    filing.tag(rows, item.tags.values_list("text", flat=True))
    return rows


def _changed(
    group: dict[str, Item], faces: dict[str, Face], known: dict[int, tuple[int, Wording]]
) -> list[tuple[Item, Wording]]:
    return [
        (item, faces[told].wording)
        for told, item in group.items()
        if told in faces and (item.pk not in known or known[item.pk][1] != faces[told].wording)
    ]


@transaction.atomic
def reword(
    changed: Sequence[tuple[Item, Wording]],
    author: User,
    at: datetime,
    change: Revision.Change = Revision.Change.COSMETIC,
    reason: str = "",
) -> list[tuple[Item, int | None, int]]:
    """Give each item a wording, which is in force at once; the revisions before and after."""
    if not changed:
        return []
    pks = [item.pk for item, _wording in changed]
    numbers = dict(
        Revision.objects.filter(item__in=pks)
        .order_by()
        .values_list("item")
        .annotate(last=Max("number"))
    )
    revisions = freezing.freeze(
        [
            Rewording(item.pk, item.slug, numbers.get(item.pk, 0) + 1, change, wording, reason)
            for item, wording in changed
        ],
        at,
        author,
    )
    before = [item.revision_id for item, _wording in changed]
    for (item, _wording), revision in zip(changed, revisions, strict=True):
        item.revision = revision
    Item.objects.bulk_update([item for item, _wording in changed], ["revision"], batch_size=500)
    return [
        (item, old, revision.pk)
        for (item, _wording), old, revision in zip(changed, before, revisions, strict=True)
    ]


def put(state: Item.State, items: Iterable[Item]) -> list[Item]:
    """Bring items into a state; those that were in another are returned."""
    moved = [item for item in items if item.state != state]
    for item in moved:
        item.state = state
    if moved:
        Item.objects.bulk_update(moved, ["state"])
    return moved
