"""Contributing: questions that somebody writes on a book, or adapts from what is there.

They stand in the author's companion of the book, in the chapters and sections of the book itself.
A draft may be unfinished; what is ready can be asked.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from quizzes.content.companions import companion
from quizzes.content.models import Book, Chapter, Section
from quizzes.identifiers import uuid7
from quizzes.items import composing, criticizing, filing, standing, typesetting, writing
from quizzes.items.compositions import TYPED, Composition, Typed, canonical
from quizzes.items.models import Item, ItemFact, Revision
from quizzes.items.slips import LONGEST_ANSWER
from quizzes.items.standing import Standing
from quizzes.items.wordings import Wording
from quizzes.people.models import User
from quizzes.refusal import Refusal


class CannotBeReady(Refusal):
    """A question is made ready that no mark could be given by; `criticizing` says why."""


class NothingToAdapt(Refusal):
    """An item that was never worded is adapted."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Filing:
    """Where a question belongs; `facts` are keys of those that it tests, in order."""

    chapter: Chapter
    section: Section | None = None
    facts: tuple[int, ...] = ()
    tags: tuple[str, ...] = ()
    skill: str = Item.Skill.RECALL.value
    difficulty: int = 1
    state: str = Item.State.DRAFT.value


@transaction.atomic
def compose(
    about: Book,
    typed: Composition,
    filed: Filing,
    author: User,
    at: datetime,
    uid: UUID | None = None,
) -> Item:
    """A new question on a book, at the end of the author's own ones; its first version.

    The same `uid` of the client's a second time is the same question. Refuses with
    `CannotBeReady` and `filing.BookIsFull`.
    """
    one = canonical(typed)
    _check(one, filed.state)
    book = companion(author, about)
    known = Item.objects.filter(uid=uid).first() if uid else None
    if known is not None and known.book_id == book.pk:
        return known
    named = uuid7() if known or uid is None else uid
    item = Item(
        uid=named,
        book=book,
        slug=f"q-{named.hex[-8:]}",
        position=next(filing.room(book.pk, 1)),
        origin=Item.Origin.AUTHORED,
        owner=author,
        is_card=False,
        is_question=True,
    )
    _file(item, filed)
    item.save()
    _test(item, filed.facts)
    filing.tag([item], filed.tags)
    wording = typesetting.typeset(composing.wording(one), book.pk)
    writing.reword([(item, wording)], author, at, Revision.Change.SUBSTANTIVE)
    return item


@transaction.atomic
def refile(item: Item, typed: Composition, filed: Filing) -> None:
    """Let a question stand where it is filed now; its wording is another verb's.

    Refuses with `CannotBeReady`.
    """
    _check(canonical(typed), filed.state)
    _file(item, filed)
    item.save(update_fields=["chapter", "section", "skill", "difficulty", "state"])
    if tested(item) != filed.facts:
        ItemFact.objects.filter(item=item).delete()
        _test(item, filed.facts)
    filing.retag(Item.objects.filter(pk=item.pk), filed.tags)


@transaction.atomic
def adapt(item: Item, owner: User, about: Book, at: datetime) -> Item:
    """A copy of a question among one's own on its book, as a draft that remembers its origin.

    As long as nobody touched that draft, the same again is the same draft. Refuses with
    `NothingToAdapt` and `filing.BookIsFull`.
    """
    typed = composition(item)
    if typed is None:
        raise NothingToAdapt(_("This question has no wording that could be adapted."))
    filed = replace(filing_of(item), state=Item.State.DRAFT.value)
    if there := _untouched(item, companion(owner, about), typed, filed):
        return there
    copy = compose(about, typed, filed, owner, at)
    copy.adapted_from = item
    copy.save(update_fields=["adapted_from"])
    return copy


def unsaved(wording: Wording, filed: Filing) -> Standing:
    """A question as it would stand if it were saved now, under no name of its own."""
    item = Item(slug="q-00000000")
    _file(item, filed)
    return Standing(item, filed.facts, tuple(sorted(filed.tags)), wording, 0)


def _untouched(item: Item, book: Book, typed: Composition, filed: Filing) -> Item | None:
    """A draft adapted from an item that says what the item says, and stands where it stands."""
    Book.objects.select_for_update(no_key=True).get(pk=book.pk)  # two presses at once make one
    drafts = Item.objects.filter(book=book, adapted_from=item, state=Item.State.DRAFT)
    once = drafts.filter(revision__number=1).select_related("book", "chapter", "section")
    said = canonical(typed)
    return next(
        (
            one
            for one in once.order_by("-pk")
            if (composition(one), filing_of(one)) == (said, filed)
        ),
        None,
    )


def composition(item: Item) -> Composition | None:
    """An item as its author would have written it; none for one that was never worded.

    A card that is only thought of becomes a question whose answer is typed.
    """
    known = in_force(item)
    if known is None:
        return None
    typed = composing.read(known)
    is_thought = typed.kind in TYPED and not typed.typed and len(known.answer) <= LONGEST_ANSWER
    if is_thought and item.origin != Item.Origin.AUTHORED:
        return canonical(replace(typed, typed=(Typed(said=known.answer),)))
    return typed


def in_force(item: Item) -> Wording | None:
    """What an item says now."""
    found = standing.wordings(Item.objects.filter(pk=item.pk)).get(item.pk)
    return found[1] if found else None


def filing_of(item: Item) -> Filing:
    """Where an item stands now."""
    return Filing(
        chapter=item.chapter,
        section=item.section,
        facts=tested(item),
        tags=tuple(item.tags.order_by("text").values_list("text", flat=True)),
        skill=item.skill,
        difficulty=item.difficulty,
        state=item.state,
    )


def tested(item: Item) -> tuple[int, ...]:
    """The facts that an item tests, in order."""
    rows = ItemFact.objects.filter(item=item).order_by("position")
    return tuple(rows.values_list("fact", flat=True))


def _check(one: Composition, state: str) -> None:
    if state == Item.State.READY and any(r.blocks for r in criticizing.criticize(one)):
        raise CannotBeReady(_("Something is missing in this question: keep it as a draft."))


def _file(item: Item, filed: Filing) -> None:
    item.chapter = filed.chapter
    item.section = filed.section or writing.section_of(filed.chapter)
    item.skill, item.difficulty, item.state = filed.skill, filed.difficulty, filed.state


def _test(item: Item, facts: Sequence[int]) -> None:
    ItemFact.objects.bulk_create(
        ItemFact(item=item, fact_id=fact, position=place) for place, fact in enumerate(facts)
    )
