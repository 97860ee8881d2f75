"""Revising: a question's wording is succeeded, looked back on, and brought back.

Wording is frozen: nothing here changes a revision, and bringing one back is a new revision that
says the same. Attempts that run keep the revision that they were served.
"""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from quizzes.items import differing, standing, writing
from quizzes.items.differing import Difference
from quizzes.items.models import Item, Revision
from quizzes.items.wordings import Wording
from quizzes.people.models import User
from quizzes.refusal import Refusal


class NoSuchVersion(Refusal):
    """A question is brought back to a version that it never had."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Version:
    """A wording that an item had or has, and how it differs from the one before it.

    `author` is none where a pack or a recipe wrote it, or whoever did is gone.
    """

    number: int
    author: User | None
    at: datetime
    change: str
    reason: str
    wording: Wording
    differences: tuple[Difference, ...]
    is_in_force: bool


def versions(item: Item) -> list[Version]:
    """Every wording of an item, the newest first; five queries, whatever their number."""
    found = standing.frozen(Revision.objects.filter(item=item).values("pk"))
    found.sort(key=lambda one: one[0].number)
    before = [None, *(wording for _revision, wording in found)]
    return [
        Version(
            number=revision.number,
            author=revision.author,
            at=revision.created_at,
            change=revision.change,
            reason=revision.reason,
            wording=wording,
            differences=differing.differences(old, wording) if old else (),
            is_in_force=revision.pk == item.revision_id,
        )
        for (revision, wording), old in reversed(list(zip(found, before, strict=False)))
    ]


@transaction.atomic
def revise(
    item: Item,
    wording: Wording,
    author: User,
    at: datetime,
    change: Revision.Change = Revision.Change.COSMETIC,
    reason: str = "",
) -> bool:
    """Put a wording in force as a new revision; tells whether there was anything to write.

    The wording that is in force already writes nothing. Cards are left alone: where they must come
    due, use `cards.rewording`.
    """
    locked = Item.objects.select_for_update(of=("self",)).get(pk=item.pk)
    known = standing.wordings(Item.objects.filter(pk=item.pk)).get(item.pk)
    if known is not None and known[1] == wording:
        return False
    writing.reword([(locked, wording)], author, at, change, reason)
    item.revision = locked.revision
    return True


@transaction.atomic
def restore(
    item: Item,
    number: int,
    author: User,
    at: datetime,
    change: Revision.Change | None = None,
) -> bool:
    """Bring back what an item said in a version, as a new revision; the reason names it.

    What kind of change that is follows from the answer, unless it is told. Refuses with
    `NoSuchVersion`.
    """
    old = standing.frozen(Revision.objects.filter(item=item, number=number).values("pk"))
    if not old:
        raise NoSuchVersion(gettext_lazy("This question has no such version."))
    wording = old[0][1]
    kind = change or proposed(item, wording)
    reason = _("Version %(number)s brought back.") % {"number": number}
    return revise(item, wording, author, at, kind, reason)


def proposed(item: Item, wording: Wording) -> Revision.Change:
    """The kind of change that a new wording would be: of substance where what is right changes."""
    known = standing.wordings(Item.objects.filter(pk=item.pk)).get(item.pk)
    is_same = known is not None and known[1].meaning == wording.meaning
    return Revision.Change.COSMETIC if is_same else Revision.Change.SUBSTANTIVE
