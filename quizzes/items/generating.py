"""Facts become items: every recipe is rerun after a load, and only what differs is written."""

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal

from quizzes.content.models import Book
from quizzes.items import recipes
from quizzes.items.banking import Report, bank
from quizzes.items.drafts import Draft
from quizzes.items.fractions import FULL_FRACTION
from quizzes.items.models import Item, ItemFact
from quizzes.items.recipes import Coverage
from quizzes.items.snapshotting import Snapshot, snapshot
from quizzes.items.standing import Standing, standing
from quizzes.items.wordings import AnswerWording, Entry, OptionWording, Wording

LANGUAGE = "en"
"""What the recipes speak: a book in another language gets no generated items."""

PLACES_A_FACT = 100
"""Positions that a fact's items share: recipes take the first, authored items those behind."""


def generate(book: Book, at: datetime) -> Report:
    """Bring the book's generated items up to date with its facts, in one transaction.

    Distractors in force stay where they may. Facts that the pack's own items ask get no item that
    only fills a gap, so authored items are to be loaded first. The same facts a second time write
    nothing.
    """
    seen = snapshot(book)
    before = standing(book, Item.Origin.GENERATED)
    speaks = book.language.split("-")[0] == LANGUAGE
    drafts: tuple[Draft, ...] = ()
    if speaks:
        drafts = recipes.write(seen.facts, _distractors(before), _authored(book))
    return bank(book, Item.Origin.GENERATED, _entries(drafts, seen), at)


def _distractors(before: dict[str, Standing]) -> dict[str, list[str]]:
    """The wrong options in force, by item."""
    return {
        slug: [option.text for option in one.wording.options if not option.fraction]
        for slug, one in before.items()
        if one.wording
    }


def _authored(book: Book) -> Coverage:
    """Which facts the pack's own items ask."""
    rows = ItemFact.objects.filter(
        item__book=book, item__origin=Item.Origin.PACK, item__state=Item.State.READY
    )
    tested = list(rows.values_list("fact__slug", "item__is_card", "item__is_question"))
    return Coverage(
        carded=frozenset(slug for slug, is_card, _ in tested if is_card),
        asked=frozenset(slug for slug, _, is_question in tested if is_question),
    )


def _entries(drafts: Sequence[Draft], seen: Snapshot) -> list[Entry]:
    order = {slug: place for place, slug in enumerate(seen.rows)}
    turns = {recipe: turn for turn, recipe in enumerate(recipes.ORDER)}
    return [
        _entry(
            draft,
            seen,
            order[draft.subject] * PLACES_A_FACT + turns[draft.recipe, draft.direction],
        )
        for draft in drafts
    ]


def _entry(draft: Draft, seen: Snapshot, position: int) -> Entry:
    subject = seen.rows[draft.subject]
    return Entry(
        slug=draft.slug,
        wording=_wording(draft, seen),
        section=subject.section_id,
        chapter=subject.chapter_id,
        position=position,
        facts=tuple(seen.rows[slug].pk for slug in draft.tests if slug in seen.rows),
        recipe=draft.recipe,
        direction=draft.direction.value,
        subject=subject.pk,
        is_card=draft.is_card,
        is_question=draft.is_question,
        skill=draft.skill,
        difficulty=draft.difficulty,
        siblings=draft.subject,
    )


def _wording(draft: Draft, seen: Snapshot) -> Wording:
    options = tuple(
        OptionWording(
            text=choice.text,
            fraction=FULL_FRACTION if choice.is_key else 0,
            feedback=choice.why,
            fact=seen.rows[choice.fact].pk if choice.fact in seen.rows else None,
        )
        for choice in draft.options
    )
    accepted = tuple(
        AnswerWording(
            text=one.text,
            number=None if one.number is None else Decimal(one.number),
            bound=one.bound,
            precision=one.precision,
            not_before=one.not_before,
            not_after=one.not_after,
        )
        for one in draft.accepted
    )
    return Wording(
        kind=draft.kind.value,
        stem=draft.stem,
        answer=draft.answer,
        rationale=draft.rationale,
        options=options,
        accepted=accepted,
    )
