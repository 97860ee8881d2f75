"""The bank as it stands: each item with its facts, its tags and its wording, in eight queries."""

from collections import defaultdict
from dataclasses import dataclass, replace
from typing import Any

from django.db.models import QuerySet

from quizzes.content.models import Book
from quizzes.items.models import (
    AcceptedAnswer,
    Criterion,
    Item,
    ItemFact,
    Key,
    OptionKey,
    Precedence,
    Revision,
    Tag,
)
from quizzes.items.wordings import (
    AnswerWording,
    CriterionWording,
    OptionWording,
    Precedes,
    Wording,
)

type Worded = QuerySet[Any, Any]
"""A query for the keys of revisions."""


@dataclass(frozen=True, slots=True)
class Standing:
    """An item's row, the facts that it tests in order, its tags, and its wording with its number.

    An item that was never worded has none, number 0.
    """

    item: Item
    facts: tuple[int, ...]
    tags: tuple[str, ...]
    wording: Wording | None
    number: int


def standing(book: Book, origin: Item.Origin) -> dict[str, Standing]:
    """All items of a book that have one origin, retired ones too, by slug."""
    items = Item.objects.filter(book=book, origin=origin).order_by("slug")
    facts = defaultdict[int, list[int]](list)
    for row in ItemFact.objects.filter(item__in=items.values("pk")).order_by("item", "position"):
        facts[row.item_id].append(row.fact_id)
    tags = defaultdict[int, list[str]](list)
    for tag in Tag.objects.filter(item__in=items.values("pk")):
        tags[tag.item_id].append(tag.text)
    found = wordings(items)
    return {
        item.slug: _standing(item, facts[item.pk], tags[item.pk], found.get(item.pk))
        for item in items
    }


def _standing(
    item: Item, facts: list[int], tags: list[str], worded: tuple[int, Wording] | None
) -> Standing:
    number, wording = worded or (0, None)
    return Standing(item, tuple(facts), tuple(sorted(tags)), wording, number)


def wordings(items: QuerySet[Item]) -> dict[int, tuple[int, Wording]]:
    """The number and wording in force of each of these items, by its key; five queries."""
    return {
        revision.item_id: (revision.number, wording)
        for revision, wording in frozen(items.order_by().values("revision"))
    }


def frozen(revisions: Worded) -> list[tuple[Revision, Wording]]:
    """These revisions with their wordings, as they were shown; five queries.

    `revisions` is a query for their keys.
    """
    options = _options(revisions)
    accepted = _accepted_answers(revisions)
    precedences = _precedences(revisions)
    criteria = _criteria(revisions)
    keys = Key.objects.filter(revision__in=revisions).select_related("revision__author")
    return [
        (
            key.revision,
            replace(
                _wording(key),
                options=tuple(options[key.pk]),
                accepted=tuple(accepted[key.pk]),
                precedes=frozenset(precedences[key.pk]),
                criteria=tuple(criteria[key.pk]),
            ),
        )
        for key in keys.order_by("pk")
    ]


def _options(revisions: Worded) -> dict[int, list[OptionWording]]:
    found = defaultdict[int, list[OptionWording]](list)
    rows = OptionKey.objects.filter(option__revision__in=revisions).select_related("option")
    for row in rows.order_by("option__revision", "option__part", "option__position"):
        found[row.option.revision_id].append(_option(row))
    return found


def _accepted_answers(revisions: Worded) -> dict[int, list[AnswerWording]]:
    found = defaultdict[int, list[AnswerWording]](list)
    rows = AcceptedAnswer.objects.filter(revision__in=revisions)
    for row in rows.order_by("revision", "part", "position"):
        found[row.revision_id].append(_accepted(row))
    return found


def _precedences(revisions: Worded) -> dict[int, list[Precedes]]:
    found = defaultdict[int, list[Precedes]](list)
    for row in Precedence.objects.filter(revision__in=revisions):
        found[row.revision_id].append((row.earlier, row.later))
    return found


def _criteria(revisions: Worded) -> dict[int, list[CriterionWording]]:
    found = defaultdict[int, list[CriterionWording]](list)
    for row in Criterion.objects.filter(revision__in=revisions).order_by("revision", "position"):
        found[row.revision_id].append(CriterionWording(text=row.text, weight=row.weight))
    return found


def _wording(key: Key) -> Wording:
    return Wording(
        kind=key.revision.kind,
        stem=key.revision.stem,
        answer=key.answer,
        rationale=key.rationale,
        hint=key.hint,
        is_shuffled=key.revision.is_shuffled,
        is_case_exact=key.revision.is_case_exact,
        is_accent_exact=key.revision.is_accent_exact,
        stem_html=key.revision.stem_html,
        answer_html=key.answer_html,
        rationale_html=key.rationale_html,
    )


def _option(row: OptionKey) -> OptionWording:
    return OptionWording(
        text=row.option.text,
        part=row.option.part,
        fraction=row.fraction,
        rank=row.rank,
        match=row.match,
        feedback=row.feedback,
        fact=row.fact_id,
    )


def _accepted(row: AcceptedAnswer) -> AnswerWording:
    return AnswerWording(
        text=row.text,
        part=row.part,
        number=row.number,
        tolerance=row.tolerance,
        bound=row.bound,
        precision=row.precision,
        not_before=row.not_before,
        not_after=row.not_after,
        fraction=row.fraction,
        feedback=row.feedback,
    )
