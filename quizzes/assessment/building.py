"""Building: a quiz of one's own is put together, place by place.

Before any class was given it and it opened, it changes freely. Afterwards each change names its
reason, which is written down. Attempts hold what they were served: a change is for later ones.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import datetime

from django.db import transaction
from django.db.models import F, Max, Q
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from quizzes.assessment import checklist, drawing, noting, publishing, reserving, withholding
from quizzes.assessment.models import Assignment, Attempt, Quiz, Slot
from quizzes.assessment.publishing import NothingToAsk
from quizzes.items.models import Item
from quizzes.items.models.items import ItemQuerySet
from quizzes.people.models import User
from quizzes.refusal import Refusal

MOST_SLOTS = 200
_AWAY = 1_000
"""Where places are put out of each other's way while their order changes."""


class NeedsReason(Refusal):
    """The quiz has opened to a class: a change of it says why."""


class NotInThisBank(Refusal):
    """A quiz asks what its builder's bank on that book holds, and each question once."""


class TooMuch(Refusal):
    """A quiz has so many places and no more."""


class NotReady(Refusal):
    """The checklist blocks publishing."""


@dataclass(frozen=True, slots=True)
class Edit:
    """Who changes a quiz, when, and why, which has to be said once it has opened."""

    author: User
    at: datetime
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Settings:
    """What a quiz says of itself, and how it is meant to be taken."""

    title: str
    description: str = ""
    is_shuffled: bool = True
    time_limit_minutes: int | None = None
    pass_fraction: int | None = None


@dataclass(frozen=True, slots=True)
class Look:
    """What may be set at each place; a fixed question is asked once, whatever the number.

    How many a draw asks is the owner's to say: more of them are more of what only they know.
    """

    weight: int = 1
    count: int = 1
    heading: str = ""


@dataclass(frozen=True, slots=True)
class Rule:
    """What is drawn at a place: so many questions of this sort; what is not named may be any."""

    count: int
    from_section_id: int | None = None
    from_chapter_id: int | None = None
    fact_kind: str = ""
    kind: str = ""
    skill: str = ""
    difficulty: int | None = None
    tag: str = ""
    weight: int = 1


def has_opened(quiz: Quiz, at: datetime) -> bool:
    """Whether a class was given it and could see it, so that a change needs a reason."""
    return Assignment.objects.filter(quiz=quiz, withdrawn_at=None, opens_at__lte=at).exists()


def sitting(quiz: Quiz) -> int:
    """How many sit it for a class just now; they keep what they were served."""
    return Attempt.objects.open().filter(quiz=quiz, assignment__isnull=False).count()


@transaction.atomic
def describe(quiz: Quiz, edit: Edit, settings: Settings) -> Quiz:
    """Change what a quiz says of itself. Refuses with `NeedsReason`; `ValidationError`."""
    held = _held(quiz, edit, _("Settings changed."))
    for name, value in asdict(settings).items():
        setattr(held, name, value)
    held.full_clean(exclude=["book", "slug"])
    held.save(update_fields=list(asdict(settings)))
    return held


def bank(quiz: Quiz, builder: User, at: datetime) -> ItemQuerySet:
    """The questions that somebody may pick: the pack's and their own on its book.

    Who builds a quiz here may sit one elsewhere: what that may ask them is not among these.
    """
    return _banked(quiz, builder).exclude(withholding.kept(builder, at))


@transaction.atomic
def add(quiz: Quiz, edit: Edit, items: Sequence[Item]) -> list[Slot]:
    """Ask these questions at the end, each once; those that it asks already are left out.

    Refuses with `NotInThisBank`, `MayBeAsked`, `TooMuch` and `NeedsReason`.
    """
    Quiz.objects.held().get(pk=quiz.pk)
    mine = _banked(quiz, edit.author).filter(pk__in=[one.pk for one in items])
    known = withholding.marked(mine, edit.author, edit.at).in_bulk()
    if strange := next((one for one in items if one.pk not in known), None):
        raise NotInThisBank(
            _("“%(question)s” is not ready, or not in your bank: make it ready, or leave it out.")
            % {"question": strange.short}
        )
    for one in known.values():
        withholding.ensure_told(one)
    asked = set(quiz.slots.filter(item__isnull=False).values_list("item", flat=True))
    fresh = [Slot(item_id=one.pk) for one in dict.fromkeys(items) if one.pk not in asked]
    said = ngettext("%(n)s question added.", "%(n)s questions added.", len(fresh))
    return _append(quiz, edit, fresh, said % {"n": len(fresh)})


@transaction.atomic
def draw(quiz: Quiz, edit: Edit, rules: Sequence[Rule]) -> list[Slot]:
    """Draw by these rules at the end, from all that the quiz's owner wrote: they alone do it.

    Refuses with `NotInThisBank`, `TooMuch`, `NeedsReason`.
    """
    if quiz.book.owner_id != edit.author.pk:
        raise NotInThisBank(_("Only who built the quiz draws from their bank: pick questions."))
    _ensure_of_book(quiz, rules)
    slots = [Slot(**asdict(rule)) for rule in rules]
    drawn = sum(rule.count for rule in rules)
    said = ngettext("A draw of %(n)s question added.", "Draws of %(n)s questions added.", drawn)
    return _append(quiz, edit, slots, said % {"n": drawn})


@transaction.atomic
def remove(quiz: Quiz, edit: Edit, slot: int) -> None:
    """Take a place out; done twice, it is out. Refuses with `NeedsReason` and `NothingToAsk`."""
    held = _held(quiz, edit, _("A place removed."))
    _reorder(held, lambda places: [one for one in places if one.pk != slot])
    _ensure_asks(held)


@transaction.atomic
def move(quiz: Quiz, edit: Edit, slot: int, to: int) -> None:
    """Put a place where another stands, counted from 0; those between close up.

    Beyond an end is at that end. Refuses with `NeedsReason`.
    """

    def moved(places: list[Slot]) -> list[Slot]:
        this = [one for one in places if one.pk == slot]
        others = [one for one in places if one.pk != slot]
        at = min(max(to, 0), len(others))
        return [*others[:at], *this, *others[at:]]

    _reorder(_held(quiz, edit, _("Order changed.")), moved)


@transaction.atomic
def arrange(quiz: Quiz, edit: Edit, order: Sequence[int]) -> None:
    """Put the places in this order; any that it does not name follow. Refuses: `NeedsReason`."""
    rank = {pk: place for place, pk in enumerate(dict.fromkeys(order))}
    last = len(rank)
    _reorder(
        _held(quiz, edit, _("Order changed.")),
        lambda places: sorted(places, key=lambda one: rank.get(one.pk, last)),
    )


@transaction.atomic
def weigh(quiz: Quiz, edit: Edit, looks: Mapping[int, Look]) -> int:
    """Set the weights, headings and numbers of places; tells how many changed.

    Refuses with `NeedsReason`, and with `NotInThisBank` where somebody else than the quiz's owner
    lets a draw ask more or fewer; `ValidationError` where a value is out of its bounds.
    """
    places = list(Quiz.objects.held().get(pk=quiz.pk).slots.filter(pk__in=looks))
    drawn = {slot.pk: slot.count for slot in places}
    changed = [slot for slot in places if _dress(slot, looks[slot.pk])]
    if quiz.book.owner_id != edit.author.pk and any(one.count != drawn[one.pk] for one in changed):
        raise NotInThisBank(_("Only who built the quiz says how many questions a draw asks."))
    if changed:
        held = _held(quiz, edit, _("Weights, numbers or headings changed."))
        for slot in changed:
            slot.full_clean(exclude=["quiz", "item", "from_section", "from_chapter"])
        Slot.objects.bulk_update(changed, ["weight", "heading", "count"])
        _renew(held)
    return len(changed)


@transaction.atomic
def publish(quiz: Quiz, at: datetime) -> Quiz:
    """Make it ready to be given; refuses with `NotReady` while the checklist blocks it."""
    held = Quiz.objects.held().get(pk=quiz.pk)
    if checklist.blocks(checklist.points(held, checklist.places(held))):
        raise NotReady(_("Something on the checklist stands in the way."))
    return publishing.publish(held, at)


@transaction.atomic
def retire(quiz: Quiz, edit: Edit) -> Quiz:
    """Give it to no class any more; what was given stays. Refuses with `NeedsReason`."""
    held = _held(quiz, edit, _("Retired."))
    held.retired_at = held.retired_at or edit.at
    held.save(update_fields=["retired_at"])
    return held


def _banked(quiz: Quiz, builder: User) -> ItemQuerySet:
    return Item.objects.banked(builder, quiz.book.topic.pk).questions()


def _ensure_of_book(quiz: Quiz, rules: Sequence[Rule]) -> None:
    book = quiz.book.topic
    sections = {rule.from_section_id for rule in rules if rule.from_section_id}
    chapters = {rule.from_chapter_id for rule in rules if rule.from_chapter_id}
    known = book.sections.filter(pk__in=sections).count()
    known += book.chapters.filter(pk__in=chapters).count()
    if known < len(sections) + len(chapters):
        raise NotInThisBank(_("That section or chapter is of another book."))


def _held(quiz: Quiz, edit: Edit, what: str) -> Quiz:
    """The quiz, which nobody else changes meanwhile; what is done to an opened one is noted."""
    held = Quiz.objects.select_related("book").held().get(pk=quiz.pk)
    if has_opened(held, edit.at):
        if not edit.reason.strip():
            raise NeedsReason(_("A class has this quiz: say why you change it."))
        noting.note(held, edit.author, what, edit.reason, edit.at)
    return held


def _append(quiz: Quiz, edit: Edit, slots: list[Slot], what: str) -> list[Slot]:
    if not slots:
        return []
    held = _held(quiz, edit, what)
    last = held.slots.aggregate(last=Max("position"))["last"]
    first = 0 if last is None else last + 1
    if first + len(slots) > MOST_SLOTS:
        raise TooMuch(_("A quiz has at most %(most)s places.") % {"most": MOST_SLOTS})
    for position, slot in enumerate(slots, start=first):
        slot.quiz, slot.position = held, position
    made = Slot.objects.bulk_create(slots)
    _renew(held)
    return made


def _reorder(quiz: Quiz, change: Callable[[list[Slot]], Iterable[Slot]]) -> None:
    """Give the places this order, positions from 0; those that are not in it go."""
    before = list(quiz.slots.order_by("position"))
    after = list(change(before))
    quiz.slots.exclude(pk__in=[one.pk for one in after]).delete()
    quiz.slots.update(position=F("position") + _AWAY)
    for position, slot in enumerate(after):
        slot.position = position
    Slot.objects.bulk_update(after, ["position"])


def _dress(slot: Slot, look: Look) -> bool:
    """Give a place its look; whether that is another one than it had."""
    before = Look(slot.weight, slot.count, slot.heading)
    after = replace(look, count=1) if slot.item_id else look
    slot.weight, slot.count, slot.heading = after.weight, after.count, after.heading
    return before != after


def _ensure_asks(quiz: Quiz) -> None:
    is_given = Q(withdrawn_at=None, released_at=None)
    if not quiz.assignments.filter(is_given).exists():
        return
    if not drawing.bank(quiz.slots.all(), with_essays=True).exists():
        raise NothingToAsk(_("A class has this quiz: it must ask something."))


def _renew(quiz: Quiz) -> None:
    reserving.renew(Quiz.objects.filter(pk=quiz.pk))
