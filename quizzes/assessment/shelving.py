"""Shelving: what an owner does to many of their questions at once, and how it is taken back.

An act is a list of steps, and so is what takes it back: carrying out the one tells the other.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from quizzes.assessment.models import Assignment
from quizzes.content.models import Chapter, Section
from quizzes.items import composing, criticizing, standing
from quizzes.items.contributing import CannotBeReady
from quizzes.items.models import Item, Tag
from quizzes.items.models.items import ItemQuerySet
from quizzes.items.wordings import Wording
from quizzes.people.models import Classroom, User
from quizzes.refusal import Refusal

STATE, PLACE, TAG, UNTAG = "state", "place", "tag", "untag"


class AskedNow(Refusal):
    """What a class is given and may still sit is not taken out of its quiz."""


@dataclass(frozen=True, slots=True)
class Step:
    """One thing to be done to some items, by their keys.

    `value` is a state, a tag, or a section and a chapter as `12-3`.
    """

    act: str
    value: str
    items: tuple[int, ...]


@transaction.atomic
def carry_out(owner: User, steps: Iterable[Step], at: datetime) -> list[Step]:
    """Do these steps to those of the items that the owner keeps; tell those that take them back.

    Refuses with `AskedNow`; then nothing is done.
    """
    back: list[Step] = []
    for step in steps:
        items = Item.objects.owned_by(owner).filter(pk__in=step.items)
        back = [*_ACTS[step.act](items.order_by("pk"), step.value, owner, at), *back]
    return back


def to_ready(items: Collection[Item]) -> list[Step]:
    """Steps that let questions be asked; five queries.

    Refuses with `CannotBeReady` where one has no words, or no mark could be given by its key.
    """
    known = standing.wordings(Item.objects.filter(pk__in=[item.pk for item in items]))
    for item in items:
        wording = known[item.pk][1] if item.pk in known else None
        if wording is None or (not item.is_card and _is_faulty(wording)):
            raise CannotBeReady(
                _("Something is missing in “%(question)s”: see the checks in its editor.")
                % {"question": item.short}
            )
    return [Step(STATE, Item.State.READY, tuple(item.pk for item in items))]


def to_section(items: Iterable[Item], section: Section) -> list[Step]:
    """Steps to a section; the chapter comes with it where the two went together before."""
    return _to_places((item, section.pk, _chapter_beside(item, section)) for item in items)


def to_chapter(items: Iterable[Item], chapter: Chapter) -> list[Step]:
    """Steps to a chapter, and to its first section where it has any."""
    first = chapter.sections.order_by("position", "pk").first()
    return _to_places((item, first.pk if first else item.section_id, chapter.pk) for item in items)


def touched(steps: Iterable[Step]) -> int:
    """How many items some steps change."""
    return len({item for step in steps for item in step.items})


def _is_faulty(wording: Wording) -> bool:
    return any(remark.blocks for remark in criticizing.criticize(composing.read(wording)))


def _chapter_beside(item: Item, section: Section) -> int:
    is_beside = item.section.chapter_id == item.chapter_id
    return section.chapter_id if is_beside else item.chapter_id


def _to_places(places: Iterable[tuple[Item, int, int]]) -> list[Step]:
    by_place: dict[str, list[int]] = defaultdict(list)
    for item, section, chapter in places:
        by_place[f"{section}-{chapter}"].append(item.pk)
    return _steps(PLACE, by_place)


def _steps(act: str, groups: dict[str, list[int]]) -> list[Step]:
    return [Step(act, value, tuple(items)) for value, items in groups.items()]


def _put(items: ItemQuerySet, state: str, owner: User, at: datetime) -> list[Step]:
    before: dict[str, list[int]] = defaultdict(list)
    changed = items.select_for_update(of=("self",), no_key=True).exclude(state=state)
    for pk, was in changed.values_list("pk", "state"):
        before[was].append(pk)
    pks = [pk for group in before.values() for pk in group]
    if state != Item.State.READY:
        _ensure_not_asked(pks, owner, at)
    Item.objects.filter(pk__in=pks).update(state=state)
    return _steps(STATE, before)


def _ensure_not_asked(pks: Collection[int], owner: User, at: datetime) -> None:
    given = Assignment.objects.filter(withdrawn_at=None, classroom__archived_at=None)
    open_ones = given.filter(Q(closes_at=None) | Q(closes_at__gt=at), quiz__slots__item__in=pks)
    found = open_ones.select_related("quiz", "classroom").in_order().first()
    if found is None:
        return
    is_taught = Classroom.objects.taught_by(owner).filter(pk=found.classroom_id).exists()
    slots = found.quiz.slots.filter(item__in=pks)
    [item, *_more] = Item.objects.filter(pk__in=slots.values("item")).select_related("revision")
    raise AskedNow(
        _("“%(quiz)s”, which %(classroom)s may still sit, asks “%(question)s”. Leave that one out.")
        % {
            "question": item.short,
            "quiz": found.quiz.title,
            "classroom": found.classroom.name if is_taught else _("another class"),
        }
    )


def _place(items: ItemQuerySet, value: str, owner: User, at: datetime) -> list[Step]:
    section, _dash, chapter = value.partition("-")
    before: dict[str, list[int]] = defaultdict(list)
    held = items.select_for_update(of=("self",), no_key=True)
    for pk, *was in held.values_list("pk", "section", "chapter"):
        place = "-".join(map(str, was))
        if place != value:
            before[place].append(pk)
    items.update(section=int(section), chapter=int(chapter))
    return _steps(PLACE, before)


def _tag(items: ItemQuerySet, text: str, owner: User, at: datetime) -> list[Step]:
    bare = list(items.exclude(tags__text=text).values_list("pk", flat=True))
    rows = [Tag(item_id=pk, text=text) for pk in bare]
    Tag.objects.bulk_create(rows, ignore_conflicts=True)
    return [Step(UNTAG, text, tuple(bare))] if bare else []


def _untag(items: ItemQuerySet, text: str, owner: User, at: datetime) -> list[Step]:
    tags = Tag.objects.filter(item__in=items.order_by(), text=text)
    borne: Sequence[int] = list(tags.values_list("item", flat=True))
    tags.delete()
    return [Step(TAG, text, tuple(borne))] if borne else []


_ACTS: dict[str, Callable[[ItemQuerySet, str, User, datetime], list[Step]]] = {
    STATE: _put,
    PLACE: _place,
    TAG: _tag,
    UNTAG: _untag,
}
