"""Wordings become revisions, options and keys: written once, in bulk, never changed."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from quizzes.items import rendering
from quizzes.items.models import (
    AcceptedAnswer,
    Criterion,
    Key,
    Option,
    OptionKey,
    Precedence,
    Revision,
)
from quizzes.items.wordings import Wording
from quizzes.people.models import User

type Worded = Sequence[tuple[Revision, Wording]]


@dataclass(frozen=True, slots=True)
class Rewording:
    """A wording that succeeds the one before it, and why; `item` is a primary key."""

    item: int
    slug: str
    number: int
    change: Revision.Change
    wording: Wording
    reason: str = ""


def freeze(
    rewordings: Sequence[Rewording], at: datetime, author: User | None = None
) -> list[Revision]:
    """Write each wording as a revision with its options and keys; the revisions in their order."""
    revisions = Revision.objects.bulk_create([_revision(one, at, author) for one in rewordings])
    worded = [(row, one.wording) for row, one in zip(revisions, rewordings, strict=True)]
    Key.objects.bulk_create([_key(row, wording) for row, wording in worded])
    _freeze_options(worded)
    _freeze_answers(worded)
    _freeze_rules(worded)
    return revisions


def _html(wording: Wording, text: str, given: str) -> str:
    if given:
        return given
    return rendering.markdown(text) if wording.is_markdown else rendering.plain(text)


def _revision(one: Rewording, at: datetime, author: User | None) -> Revision:
    return Revision(
        item_id=one.item,
        number=one.number,
        kind=one.wording.kind,
        stem=one.wording.stem,
        stem_html=_html(one.wording, one.wording.stem, one.wording.stem_html),
        is_shuffled=one.wording.is_shuffled,
        is_case_exact=one.wording.is_case_exact,
        is_accent_exact=one.wording.is_accent_exact,
        change=one.change,
        author=author,
        reason=one.reason,
        created_at=at,
    )


def _key(revision: Revision, wording: Wording) -> Key:
    return Key(
        revision=revision,
        answer=wording.answer,
        answer_html=_html(wording, wording.answer, wording.answer_html),
        rationale=wording.rationale,
        rationale_html=_html(wording, wording.rationale, wording.rationale_html),
        hint=wording.hint,
    )


def _freeze_answers(worded: Worded) -> None:
    AcceptedAnswer.objects.bulk_create(
        AcceptedAnswer(
            revision=row,
            part=answer.part,
            position=position,
            text=answer.text,
            number=answer.number,
            tolerance=answer.tolerance,
            bound=answer.bound,
            precision=answer.precision,
            not_before=answer.not_before,
            not_after=answer.not_after,
            fraction=answer.fraction,
            feedback=answer.feedback,
        )
        for row, wording in worded
        for position, answer in enumerate(wording.accepted)
    )


def _freeze_rules(worded: Worded) -> None:
    """What comes before what in an order, and what an essay is marked by."""
    Precedence.objects.bulk_create(
        Precedence(revision=row, earlier=earlier, later=later)
        for row, wording in worded
        for earlier, later in sorted(wording.precedes)
    )
    Criterion.objects.bulk_create(
        Criterion(revision=row, position=position, text=one.text, weight=one.weight)
        for row, wording in worded
        for position, one in enumerate(wording.criteria)
    )


def _freeze_options(worded: Worded) -> None:
    """Options stand in the order of the wording, counted from 0 in each part."""
    rows, keys = [], []
    for revision, wording in worded:
        places = Counter[int]()
        for option in wording.options:
            rows.append(
                Option(
                    revision=revision,
                    part=option.part,
                    position=places[option.part],
                    text=option.text,
                )
            )
            places[option.part] += 1
            keys.append(option)
    Option.objects.bulk_create(rows)
    OptionKey.objects.bulk_create(
        OptionKey(
            option=row,
            fraction=option.fraction,
            rank=option.rank,
            match=option.match,
            feedback=option.feedback,
            fact_id=option.fact,
        )
        for row, option in zip(rows, keys, strict=True)
    )
