"""Finding: the cards of all of a learner's plans, new ones too, that a query asks for.

A card here is an item that the learner studies, with the card row beside it where there is one.
What something else asks for just now (`Desk.reserved`) is not found: its answer must not be.
"""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.db.models import (
    DateField,
    DurationField,
    Exists,
    ExpressionWrapper,
    F,
    FilteredRelation,
    OrderBy,
    OuterRef,
    Q,
    QuerySet,
    Value,
)

from quizzes.cards.desk import Desk
from quizzes.cards.models import Card
from quizzes.cards.querying import ANY_FLAG, LATE, Field, Query, Term
from quizzes.items.models import Item, Key, Revision, Tag
from quizzes.spelling import spellings

type Items = QuerySet[Item, Any]

_COUNTED = {Field.LAPSES, Field.REPS}
"""What is 0 for a card that nobody has rated; everything else it does not have."""
_LOOKUPS = {"<": "lt", "<=": "lte", ">": "gt", ">=": "gte", "=": "exact"}


def everything(desk: Desk) -> Items:
    """All cards of the learner's plans, each with its row as `mine`."""
    studied = Item.objects.visible_to(desk.learner).cards().filter(chapter__in=desk.chapters)
    return studied.exclude(pk__in=desk.reserved).annotate(
        mine=FilteredRelation("cards", condition=Q(cards__learner=desk.learner))
    )


def found(desk: Desk, query: Query) -> Items:
    """The cards for which every term of a query holds."""
    items = everything(desk)
    for term in query.terms:
        holds = _FILTERS[term.field](term, desk)
        items = items.filter(~holds if term.is_negated else holds)
    return items


def in_order(items: Items, desk: Desk, sort: str, *, is_descending: bool) -> Items:
    """Cards sorted by a column of the browser; what has nothing to sort by comes last."""
    orders = [_order(one, is_descending=is_descending) for one in _sorted_by(desk)[sort]]
    return items.order_by(*orders, "book", "position", "pk")


def _order(column: Any, *, is_descending: bool) -> OrderBy:
    return OrderBy(column, descending=is_descending, nulls_last=True)


def _sorted_by(desk: Desk) -> dict[str, list[Any]]:
    elapsed = ExpressionWrapper(
        Value(desk.today, DateField()) - F("mine__last_day"), output_field=DurationField()
    )
    # The longer ago for its stability, the less likely: so it falls as the chance rises.
    fading = ExpressionWrapper(-elapsed / F("mine__stability"), output_field=DurationField())
    return {
        "place": [F("book"), F("position")],
        "question": [F("revision__stem")],
        "due": [F("mine__due_day"), F("mine__due_at")],
        "stability": [F("mine__stability")],
        "recall": [fading],
        "lapses": [F("mine__lapses")],
        "flag": [F("mine__flag")],
    }


def _words(term: Term, desk: Desk) -> Q:
    key = Key.objects.filter(_has("answer__icontains", term), revision=OuterRef("revision"))
    return _has("revision__stem__icontains", term) | Q(Exists(key))


def _has(lookup: str, term: Term) -> Q:
    """That a lookup holds for one of the spellings of what a term looks for."""
    return Q(*((lookup, text) for text in spellings(str(term.value))), _connector=Q.OR)


def _due(term: Term, desk: Desk) -> Q:
    if term.value == LATE:
        return Q(mine__due_day__lt=desk.today)
    last = desk.today + timedelta(days=int(term.value))
    return Q(mine__due_day__lte=last) | Q(mine__due_at__lt=desk.starts(last + timedelta(days=1)))


def _added(term: Term, desk: Desk) -> Q:
    since = desk.starts(desk.today - timedelta(days=int(term.value) - 1))
    return Q(Exists(Revision.objects.filter(item=OuterRef("pk"), number=1, created_at__gte=since)))


def _named(relation: str) -> Callable[[Term, Desk], Q]:
    def holds(term: Term, desk: Desk) -> Q:
        is_slug = Q(**{f"{relation}__slug__iexact": term.value})
        return is_slug | _has(f"{relation}__title__icontains", term)

    return holds


def _tag(term: Term, desk: Desk) -> Q:
    return Q(Exists(Tag.objects.filter(_has("text__iexact", term), item=OuterRef("pk"))))


def _kind(term: Term, desk: Desk) -> Q:
    if term.value == Revision.Kind.CLOZE:
        return Q(revision__kind=Revision.Kind.CLOZE)
    return Q(subject__kind=term.value)


def _flag(term: Term, desk: Desk) -> Q:
    if term.value == ANY_FLAG:
        return Q(mine__flag__gt=0)
    if term.value == 0:
        return Q(mine=None) | Q(mine__flag=0)
    return Q(mine__flag=term.value)


def _is(term: Term, desk: Desk) -> Q:
    steps = [Card.Phase.LEARNING, Card.Phase.RELEARNING]
    tomorrow = desk.starts(desk.today + timedelta(days=1))
    is_here = Q(mine__due_day__lte=desk.today) | Q(mine__due_at__lt=tomorrow)
    is_buried = Q(mine__buried_until__gt=desk.today)
    return {
        "new": Q(mine=None) | Q(mine__phase=Card.Phase.NEW),
        "learning": Q(mine__phase__in=steps),
        "review": Q(mine__phase=Card.Phase.REVIEW),
        "due": is_here & Q(mine__is_suspended=False) & ~is_buried,
        "suspended": Q(mine__is_suspended=True),
        "buried": is_buried,
        "leech": Q(mine__lapses__gte=Card.LEECH_AT),
        "own": Q(book__owner=desk.learner.pk),
    }[str(term.value)]


def _number(term: Term, desk: Desk) -> Q:
    value, column = float(term.value), f"mine__{term.field}"
    if term.operator == "=" and term.field not in _COUNTED:  # as near as a reader can tell
        holds = Q(**{f"{column}__gte": value - 0.5, f"{column}__lt": value + 0.5})
    else:
        holds = Q(**{f"{column}__{_LOOKUPS[term.operator]}": value})
    if term.field in _COUNTED and _holds_for_none(term.operator, value):
        holds |= Q(mine=None)
    return holds


def _holds_for_none(operator: str, value: float) -> bool:
    return {
        "<": value > 0,
        "<=": value >= 0,
        ">": value < 0,
        ">=": value <= 0,
        "=": value == 0,
    }[operator]


_FILTERS: dict[Field, Callable[[Term, Desk], Q]] = {
    Field.WORDS: _words,
    Field.DUE: _due,
    Field.ADDED: _added,
    Field.CHAPTER: _named("chapter"),
    Field.BOOK: _named("book"),
    Field.TAG: _tag,
    Field.KIND: _kind,
    Field.FLAG: _flag,
    Field.IS: _is,
    Field.LAPSES: _number,
    Field.STABILITY: _number,
    Field.REPS: _number,
    Field.DIFFICULTY: _number,
}
