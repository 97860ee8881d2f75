"""Checklist: what of a quiz stands in the way of publishing it, and what is worth a second look."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from quizzes.assessment import drawing
from quizzes.assessment.answering import ESSAY
from quizzes.assessment.models import Quiz, Slot
from quizzes.content.models import Fact
from quizzes.items.models import Item, Key

LEAST_SECONDS, MOST_SECONDS = 20, 600
"""What one question is thought to take; essays are left out of it."""


@dataclass(frozen=True, slots=True)
class Point:
    """One thing that was checked: whether it blocks, and what is the matter, in words."""

    text: str
    blocks: bool = False


@dataclass(frozen=True, slots=True)
class Place:
    """A place of a quiz with what it finds in the bank now."""

    slot: Slot
    found: Sequence[Item]
    section: int | None = None
    """The number of the section that it asks or draws from."""

    @property
    def number(self) -> int:
        return self.slot.position + 1

    @property
    def item(self) -> Item | None:
        return self.slot.item

    @property
    def is_short(self) -> bool:
        return len(self.found) < self.slot.count


def places(quiz: Quiz) -> list[Place]:
    """The quiz's places in order, each with what it may ask; at most six queries."""
    parts = ("item__revision", "from_section", "from_chapter")
    slots = list(quiz.slots.select_related(*parts).order_by("position"))
    bank = list(drawing.bank(slots, with_essays=True).prefetch_related("item_facts__fact"))
    numbers = quiz.book.topic.section_numbers()
    return [
        Place(
            slot,
            [one for one in bank if drawing.fits(slot, one)],
            numbers.get(slot.item.section_id if slot.item else slot.from_section_id or 0),
        )
        for slot in slots
    ]


def points(quiz: Quiz, found: Sequence[Place], kept: Collection[int] = ()) -> list[Point]:
    """All that is the matter, what blocks first; one query.

    Not what the items are about that are `kept` from the reader: it may be the answer.
    """
    twice = _said_twice(found, kept)
    checks = (_blocking(found), _unexplained(found), twice, _timing(quiz, found))
    return [point for check in checks for point in check]


def blocks(found: Sequence[Point]) -> bool:
    """Whether something on the list keeps the quiz from being published."""
    return any(point.blocks for point in found)


def _blocking(found: Sequence[Place]) -> Iterator[Point]:
    if not found:
        yield Point(_("It asks nothing yet: add a question or a draw."), blocks=True)
    for place in found:
        values = {"place": place.number, "wanted": place.slot.count, "found": len(place.found)}
        if place.item and not place.found:
            yield Point(
                _("Place %(place)s asks a question that is a draft or retired.") % values,
                blocks=True,
            )
        elif place.is_short:
            yield Point(
                _("Place %(place)s draws %(wanted)s and finds %(found)s.") % values, blocks=True
            )
    wanted = sum(place.slot.count for place in found)
    together = {item.pk for place in found for item in place.found}
    if len(together) < wanted and not any(place.is_short for place in found):
        yield Point(
            _("Draws share their questions: %(wanted)s are wanted and %(found)s found in all.")
            % {"wanted": wanted, "found": len(together)},
            blocks=True,
        )


def _unexplained(found: Sequence[Place]) -> Iterator[Point]:
    asked = [place for place in found if place.item and place.found]
    revisions = [place.found[0].revision_id for place in asked]
    keys = Key.objects.filter(revision__in=revisions).exclude(rationale="")
    explained = set(keys.values_list("revision", flat=True))
    for place in asked:
        revision = place.found[0].revision
        if revision is not None and revision.kind == ESSAY:
            yield Point(_("Place %(n)s is an essay: a person marks it.") % {"n": place.number})
        elif place.found[0].revision_id not in explained:
            yield Point(_("Place %(n)s has no explanation.") % {"n": place.number})


def _said_twice(found: Sequence[Place], kept: Collection[int]) -> Iterator[Point]:
    """Fixed questions about one and the same fact: one may tell the answer of another."""
    asking: dict[Fact, list[str]] = defaultdict(list)
    for place in found:
        for item in place.found if place.item else ():
            for row in () if item.pk in kept else item.item_facts.all():
                if row.position == 0:
                    asking[row.fact].append(str(place.number))
    for fact, numbers in asking.items():
        if len(numbers) > 1:
            yield Point(
                _("Places %(places)s ask about the same: %(fact)s.")
                % {"places": get_text_list(numbers, _("and")), "fact": fact.label}
            )


def _timing(quiz: Quiz, found: Sequence[Place]) -> Iterator[Point]:
    questions = sum(place.slot.count for place in found)
    if quiz.time_limit_minutes is None or not questions:
        return
    seconds = quiz.time_limit_minutes * 60 // questions
    if not LEAST_SECONDS <= seconds <= MOST_SECONDS:
        said = ngettext(
            "That is %(n)s second a question: check the time it is meant to take.",
            "That is %(n)s seconds a question: check the time it is meant to take.",
            seconds,
        )
        yield Point(said % {"n": seconds})
