"""Publishing: a quiz opens to its learners; a pack's blueprints become quizzes.

A blueprint that changes changes what later attempts draw; attempts keep what they served.
Quizzes that vanish from the pack are retired, never deleted.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import models, transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from quizzes.assessment import drawing, reserving
from quizzes.assessment.answering import MARKABLE
from quizzes.assessment.models import Quiz, Slot
from quizzes.content.models import Book
from quizzes.content.packs.shapes import Quiz as Blueprint
from quizzes.items.fractions import FULL_FRACTION
from quizzes.items.models import Item
from quizzes.refusal import Refusal

_QUIZ = (
    "title",
    "description",
    "section_id",
    "chapter_id",
    "position",
    "is_shuffled",
    "time_limit_minutes",
    "pass_fraction",
    "retired_at",
)
_SLOT = (
    "position",
    "item_id",
    "count",
    "weight",
    "from_section_id",
    "from_chapter_id",
    "kind",
    "fact_kind",
    "skill",
    "difficulty",
    "tag",
    "heading",
)

type Form = tuple[Quiz, list[Slot]]
"""A quiz with its slots."""


class NothingToAsk(Refusal):
    """A quiz without a question that could be asked."""


@dataclass(frozen=True, slots=True)
class Report:
    """What became of a pack's quizzes, by slug; `notes` tell of draws that find too little."""

    total: int
    written: tuple[str, ...]
    retired: tuple[str, ...]
    notes: tuple[str, ...]
    created: tuple[str, ...] = ()
    """Those of the written that were not there before."""


@transaction.atomic
def publish(quiz: Quiz, at: datetime) -> Quiz:
    """Open a quiz to those who may read its book; refuses with `NothingToAsk`.

    Essays are something to ask, if only of a class.
    """
    if not drawing.bank(quiz.slots.all(), with_essays=True).exists():
        raise NothingToAsk(_("Add a question before publishing."))
    if quiz.published_at is None:
        quiz.published_at = at
        quiz.save(update_fields=["published_at"])
    return quiz


@transaction.atomic
def build(
    book: Book,
    blueprints: Sequence[Blueprint],
    at: datetime,
    *,
    without: Collection[str] = frozenset(),
) -> Report:
    """Bring a book's quizzes up to date with its pack and publish those that can ask something.

    What unreleased assignments can serve now is reserved for them. The same blueprints a second
    time write nothing. Quizzes of the slugs in `without` are none of the pack's: they stay.
    """
    before = {quiz.slug: (quiz, slots) for quiz, slots in _standing(book)}
    wanted = {quiz.slug: (quiz, slots) for quiz, slots in _formed(book, blueprints)}
    created, written = _written(wanted, before)
    retired = [
        slug
        for slug in before
        if slug not in wanted and slug not in without and not before[slug][0].retired_at
    ]
    Quiz.objects.filter(book=book, slug__in=retired).update(retired_at=at)
    notes = _open(book, at, without)
    reserving.renew(Quiz.objects.filter(book=book))
    return Report(len(wanted), written, tuple(retired), tuple(notes), created)


@transaction.atomic
def add(book: Book, blueprints: Sequence[Blueprint]) -> Report:
    """Write quizzes of somebody's own as a pack words them: new ones as drafts, none published.

    Those that were given to a class stay as they are, and the notes say so; so do the quizzes
    that the blueprints lack.
    """
    before = {quiz.slug: (quiz, slots) for quiz, slots in _standing(book)}
    given = set(
        Quiz.objects.filter(book=book, assignments__isnull=False).values_list("slug", flat=True)
    )
    wanted = {quiz.slug: (quiz, slots) for quiz, slots in _formed(book, blueprints)}
    for slug in wanted.keys() & before.keys():
        wanted[slug][0].position = before[slug][0].position
    changed = {slug for slug in wanted if _said(wanted[slug]) != _said(before.get(slug))}
    notes = [f"{slug}: it was given to a class, and stays" for slug in sorted(changed & given)]
    fit = {slug: form for slug, form in wanted.items() if slug not in given}
    created, written = _written(fit, before)
    return Report(len(wanted), written, (), tuple(notes), created)


def _written(
    wanted: Mapping[str, Form], before: Mapping[str, Form]
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Write what differs; answer what is new of it, and all of it."""
    written = tuple(slug for slug in wanted if _said(wanted[slug]) != _said(before.get(slug)))
    for slug in written:
        _write(*wanted[slug])
    return tuple(slug for slug in written if slug not in before), written


def _standing(book: Book) -> Iterator[Form]:
    slots = models.Prefetch("slots", Slot.objects.order_by("position"))
    for quiz in Quiz.objects.filter(book=book).in_order().prefetch_related(slots):
        yield quiz, list(quiz.slots.all())


def _formed(book: Book, blueprints: Sequence[Blueprint]) -> Iterator[Form]:
    """The quizzes that the blueprints ask for, not saved; on the book that theirs is about."""
    shelf = book.topic
    sections = dict(shelf.sections.values_list("slug", "pk"))
    chapters = dict(shelf.chapters.values_list("number", "pk"))
    items = _items(book, blueprints)
    for position, plan in enumerate(blueprints):
        quiz = Quiz(
            book=book,
            slug=plan.slug,
            title=plan.title,
            description=plan.description or "",
            section_id=sections[plan.unit] if plan.unit else None,
            chapter_id=None if plan.chapter is None else chapters[plan.chapter],
            position=position,
            is_shuffled=plan.shuffle,
            time_limit_minutes=plan.time_limit,
            pass_fraction=None if plan.pass_mark is None else round(plan.pass_mark * FULL_FRACTION),
        )
        yield quiz, list(_slots(plan, sections, chapters, items))


def _items(book: Book, blueprints: Iterable[Blueprint]) -> dict[str, int]:
    """The questions that blueprints name, by slug."""
    named = [rule.item for plan in blueprints for rule in plan.blueprint if rule.item]
    if not named:
        return {}
    there = Q(book=book) | Q(book=book.about_id)
    return dict(Item.objects.filter(there, slug__in=named).values_list("slug", "pk"))


def _slots(
    plan: Blueprint,
    sections: Mapping[str, int],
    chapters: Mapping[int, int],
    items: Mapping[str, int],
) -> Iterator[Slot]:
    for position, rule in enumerate(plan.blueprint):
        yield Slot(
            position=position,
            item_id=items[rule.item] if rule.item else None,
            count=rule.count,
            weight=rule.weight,
            heading=rule.heading or "",
            from_section_id=sections[rule.unit] if rule.unit else None,
            from_chapter_id=None if rule.chapter is None else chapters[rule.chapter],
            fact_kind=rule.fact_kind or "",
            kind=rule.kind or "",
            skill=rule.skill or "",
            difficulty=rule.difficulty,
            tag=rule.tag or "",
        )


def _said(form: Form | None) -> object:
    """All that a quiz and its slots say, to hold one against another."""
    if form is None:
        return None
    quiz, slots = form
    return [getattr(quiz, name) for name in _QUIZ], [
        [getattr(slot, name) for name in _SLOT] for slot in slots
    ]


def _write(quiz: Quiz, slots: Iterable[Slot]) -> None:
    columns = {name: getattr(quiz, name) for name in _QUIZ}
    stored, _is_new = Quiz.objects.update_or_create(
        book=quiz.book, slug=quiz.slug, defaults=columns
    )
    stored.slots.all().delete()
    for slot in slots:
        slot.quiz = stored
    Slot.objects.bulk_create(slots)


def _open(book: Book, at: datetime, without: Collection[str]) -> list[str]:
    """Publish what has something to practice; tell where a draw finds too few questions."""
    forms = [
        (quiz, slots)
        for quiz, slots in _standing(book)
        if quiz.retired_at is None and quiz.slug not in without
    ]
    asked = [slot for _quiz, slots in forms for slot in slots]
    bank = list(drawing.bank(asked, with_essays=True))
    notes = []
    for quiz, slots in forms:
        found = [[item for item in bank if drawing.fits(slot, item)] for slot in slots]
        is_practice = any(_is_marked(item) for items in found for item in items)
        if is_practice and quiz.published_at is None:
            publish(quiz, at)
        notes += [
            f"{quiz.slug}: draw {slot.position + 1} wants {slot.count} and finds {len(items)}"
            for slot, items in zip(slots, found, strict=True)
            if len(items) < slot.count
        ]
    return notes


def _is_marked(item: Item) -> bool:
    """Whether a machine marks it, so that it can be practiced."""
    return item.revision is not None and item.revision.kind in MARKABLE
