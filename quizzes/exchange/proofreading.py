"""Proofreading: what must hold between rows, and no constraint of a database can say.

Nothing here can be told again from a log, so a person decides what becomes of what is found.
"""

from collections.abc import Callable, Iterator
from itertools import chain
from typing import Any, NamedTuple

from django.core.files.storage import default_storage
from django.db.models import Count, F, Max, Min, Q, QuerySet

from quizzes.assessment.models import Attempt, Quiz, Served
from quizzes.cards.models import Action, Review
from quizzes.content.models import Fact, Media, Section
from quizzes.exchange import engines
from quizzes.exchange.formats import backups
from quizzes.items.models import Item

type Rows = QuerySet[Any, Any]


class Rule(NamedTuple):
    """What must not be, in words, and the rows that are it all the same."""

    said: str
    rows: Callable[[], Rows]


def flaws() -> Iterator[str]:
    """Every breach of a rule, in words: of the database itself, of rows, and of pictures on disk.

    In a sound site there is none. One query a rule, whatever the number of rows.
    """
    return chain(engines.in_use().faults(), _breaches(), _lost_pictures())


def _without_details() -> Rows:
    bare = (Q(kind=kind, **{f"{kind}__isnull": True}) for kind in Fact.Kind.values)
    return Fact.objects.filter(_any(bare))


def _with_others_details() -> Rows:
    odd = (~Q(kind=kind) & Q(**{f"{kind}__isnull": False}) for kind in Fact.Kind.values)
    return Fact.objects.filter(_any(odd))


def _elsewhere(*places: str) -> Q:
    """A place that is neither of the row's own book nor of the book that this is about."""
    return _any(
        Q(**{f"{place}__isnull": False})
        & ~Q(**{f"{place}__book": F("book")})
        & (Q(book__about=None) | ~Q(**{f"{place}__book": F("book__about")}))
        for place in places
    )


def _out_of_order() -> Rows:
    counted = Attempt.objects.annotate(
        count=Count("served"), first=Min("served__position"), last=Max("served__position")
    )
    return counted.filter(Q(count=0) | ~Q(first=1) | ~Q(last=F("count")))


def _with_gaps() -> Rows:
    counted = Served.objects.annotate(count=Count("responses"), last=Max("responses__sequence"))
    return counted.filter(Q(count__gt=0) & ~Q(last=F("count")))


RULES = (
    Rule("a fact without the details of its kind", _without_details),
    Rule("a fact with the details of another kind", _with_others_details),
    Rule(
        "a fact of a section or chapter of another book",
        lambda: Fact.objects.filter(_elsewhere("section", "chapter")),
    ),
    Rule(
        "a section of a chapter of another book",
        lambda: Section.objects.filter(_elsewhere("chapter")),
    ),
    Rule(
        "a question of a section or chapter of another book",
        lambda: Item.objects.filter(_elsewhere("section", "chapter")),
    ),
    Rule(
        "a question with the wording of another",
        lambda: Item.objects.filter(revision__isnull=False).exclude(revision__item=F("pk")),
    ),
    Rule(
        "a quiz on a section or chapter of another book",
        lambda: Quiz.objects.filter(_elsewhere("section", "chapter")),
    ),
    Rule("an attempt whose questions are not numbered 1, 2, 3", _out_of_order),
    Rule("a question whose answers are not numbered 1, 2, 3", _with_gaps),
    Rule(
        "an attempt at another quiz than its assignment's",
        lambda: Attempt.objects.filter(assignment__isnull=False).exclude(
            quiz=F("assignment__quiz")
        ),
    ),
    Rule(
        "a review of somebody else's card",
        lambda: Review.objects.exclude(learner=F("card__learner")),
    ),
    Rule(
        "an act on somebody else's card",
        lambda: Action.objects.exclude(learner=F("card__learner")),
    ),
)


def _breaches() -> Iterator[str]:
    for rule in RULES:
        rows = rule.rows().order_by("pk")
        for key in rows.values_list("pk", flat=True).iterator():
            yield f"{rows.model._meta.db_table} {key}: {rule.said}"


def _lost_pictures() -> Iterator[str]:
    """Pictures whose file is not there, or not what it was."""
    rows = Media.objects.order_by("file", "pk").values_list("pk", "file", "sha256")
    for key, name, sha256 in rows.iterator():
        if fault := _fault(name, sha256):
            yield f"{Media._meta.db_table} {key}: {name} {fault}"


def _fault(name: str, sha256: str) -> str:
    if not default_storage.exists(name):
        return "is not on the disk"
    with default_storage.open(name) as file:
        return "" if backups.sum_of(file) == sha256 else "is not what was stored"  # type: ignore[arg-type]


def _any(conditions: Iterator[Q]) -> Q:
    found = Q(pk__in=[])
    for condition in conditions:
        found |= condition
    return found
