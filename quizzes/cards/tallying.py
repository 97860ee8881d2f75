"""What each review adds to the learner's day: counted as it happens, the same when recounted."""

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date
from math import floor
from typing import Any, NamedTuple

from django.db.models import F, QuerySet

from quizzes.cards.models import Card, DayTally, Review
from quizzes.cards.scheduling import Rating
from quizzes.items.models import Item
from quizzes.people.models import User

_STEPS = {Card.Phase.LEARNING, Card.Phase.RELEARNING}


class Cell(NamedTuple):
    """Where a review is counted: its day, and its item's chapter and kind of fact."""

    day: date
    chapter_id: int
    kind: str


type Tally = Counter[tuple[Cell, str]]
"""By cell and column, how much to add; below 0 what to take away."""


def counted(reviews: Iterable[Review], item: Item) -> Tally:
    """What these reviews of one item come to."""
    tally: Tally = Counter()
    kind = item.subject.kind if item.subject else ""
    for review in reviews:
        _count(tally, review, item.chapter_id, kind)
    return tally


def keep(learner: User, tally: Tally) -> None:
    """Add a tally to the learner's rows, in one statement; a row of nothing is not kept."""
    keep_each({learner.pk: tally})


def keep_each(tallies: Mapping[int, Tally]) -> None:
    """Add to the rows of learners, by their primary keys, in one statement for all of them."""
    rows = [
        DayTally(
            learner_id=learner,
            **cell._asdict(),
            **{column: tally[cell, column] for column in DayTally.COLUMNS},
        )
        for learner, tally in tallies.items()
        for cell in sorted({cell for (cell, _), number in tally.items() if number})
    ]
    if not rows:
        return
    DayTally.objects.add(rows)
    if less := {row.learner_id for row in rows if _takes_away(row)}:
        DayTally.objects.filter(learner__in=less, **dict.fromkeys(DayTally.COLUMNS, 0)).delete()


def recounted(learner: User) -> Tally:
    """The learner's whole log, counted from the beginning."""
    tally: Tally = Counter()
    log = Review.objects.standing().filter(learner=learner).order_by("pk")
    places: QuerySet[Any] = log.annotate(
        chapter=F("card__item__chapter"), kind=F("card__item__subject__kind")
    )
    for review in places.iterator(chunk_size=2_000):
        _count(tally, review, review.chapter, review.kind or "")
    return tally


def _takes_away(row: DayTally) -> bool:
    """Only then may nothing be left; from young to mature a review just changes its column."""
    return min(row.reviews, row.introduced, row.young + row.mature) < 0


def _count(tally: Tally, review: Review, chapter_id: int, kind: str) -> None:
    cell = Cell(review.learner_day, chapter_id, kind)
    for column, number in _contribution(review).items():
        tally[cell, column] += number


def _contribution(review: Review) -> dict[str, int]:
    """Reviews are those of flashcards; what a quiz does to a card is no sitting at the cards.

    Whether a card was recalled as foretold is told from both alike.
    """
    before, after = review.phase_before, review.phase_after
    is_review = review.source == Review.Source.FLASHCARD
    return {
        "reviews": int(is_review),
        "recalled": int(is_review and review.rating > Rating.AGAIN),
        "introduced": int(before == Card.Phase.NEW and after != Card.Phase.NEW),
        "known_change": (after == Card.Phase.REVIEW) - (before == Card.Phase.REVIEW),
        "learning_change": (after in _STEPS) - (before in _STEPS),
        "duration_ms": review.duration_ms or 0,
        **_foretold(review),
    }


def _foretold(review: Review) -> dict[str, int]:
    """Only a review that moved the card on a later day than the one before tells anything."""
    chance, stability = review.retrievability, review.stability_before
    if not (review.affects_schedule and review.elapsed_days) or chance is None or stability is None:
        return {}
    maturity = "mature" if stability >= DayTally.MATURE_FROM else "young"
    return {
        maturity: 1,
        f"{maturity}_recalled": int(review.rating > Rating.AGAIN),
        f"{maturity}_foretold": floor(chance * DayTally.WHOLE + 0.5),
    }
