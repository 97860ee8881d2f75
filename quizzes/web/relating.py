"""What a fact's own page shows: all that the book says of it, and what it has to do with others."""

from dataclasses import dataclass
from functools import reduce
from operator import or_
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Count, Prefetch, Q, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from quizzes.content.models import (
    Confusable,
    Event,
    Evidence,
    Fact,
    Holder,
    Objection,
    Participant,
    Place,
    Quantity,
    Relation,
    Role,
)
from quizzes.items.models import Item
from quizzes.web.reading import OWN_PAGES, PAGES, argument_parts

MENTIONS_SHOWN = 30
"""How many facts a page lists in which a fact comes up."""

# How a tie reads from its other end.
_READ_BACK: dict[str, str | Promise] = {
    Relation.Type.HOLDS: _("is held by"),
    Relation.Type.REJECTS: _("is rejected by"),
    Relation.Type.BUILDS_ON: _("is built on by"),
    Relation.Type.SUPPORTS: _("is supported by"),
    Relation.Type.UNDERMINES: _("is undermined by"),
    Relation.Type.CAUSES: _("is caused by"),
    Relation.Type.CATALYST_OF: _("is set off by"),
    Relation.Type.PRECEDES: _("comes after"),
    Relation.Type.PART_OF: _("has as a part"),
    Relation.Type.MEMBER_OF: _("has as a member"),
    Relation.Type.VERSION_OF: _("has as a version"),
}


@dataclass(frozen=True, slots=True)
class Tie:
    """What a fact has to do with others, in words, and these others."""

    words: str | Promise
    relations: list[tuple[Relation, Fact]]


def with_everything(facts: QuerySet[Fact]) -> QuerySet[Fact]:
    """Facts with all that stands beside them, whatever their kind."""
    roles = Role.objects.prefetch_related(Prefetch("citations", PAGES))
    people = Participant.objects.select_related("agent__fact")
    places = Place.objects.select_related("fact")
    return facts.select_related(
        "book",
        "section__chapter",
        *("figure", "event__anchor__fact", "term", "place"),
        *("quantity__estimated_by__fact", "quantity__event__fact"),
        "argument__variant_of__fact",
    ).prefetch_related(
        "aliases",
        Prefetch("citations", OWN_PAGES),
        Prefetch("figure__roles", roles.order_by("position", "pk")),
        Prefetch("event__participants", people.order_by("position", "pk")),
        Prefetch("event__places", places.order_by("pk")),
        *argument_parts("facts"),
    )


def ties(fact: Fact) -> list[Tie]:
    """What a fact has to do with others, read from its own end; two queries."""
    found = Relation.objects.filter(Q(from_fact=fact) | Q(to_fact=fact)).select_related(
        "from_fact", "to_fact", "asserted_by__fact"
    )
    grouped: dict[str | Promise, list[tuple[Relation, Fact]]] = {}
    for relation in found.prefetch_related(Prefetch("citations", PAGES)).order_by("position", "pk"):
        words, other = _read(relation, fact)
        if other.retired_at is None:
            grouped.setdefault(words, []).append((relation, other))
    return [Tie(words, relations) for words, relations in grouped.items()]


def confusables(fact: Fact) -> list[tuple[Fact, Confusable]]:
    """What a fact is taken for, with what tells them apart; two queries."""
    pairs = Confusable.objects.filter(Q(first=fact) | Q(second=fact)).order_by("pk")
    return [
        (pair.second if pair.first_id == fact.pk else pair.first, pair)
        for pair in pairs.select_related("first", "second").prefetch_related(
            Prefetch("citations", PAGES)
        )
    ]


def mentions(fact: Fact, number: str | None) -> Page[Fact]:
    """Where else a fact comes up, by kind and in the book's order; two queries."""
    comes_up = (
        Holder.objects.filter(figure=fact.pk).values("argument"),
        Objection.objects.filter(raised_by=fact.pk).values("argument"),
        Evidence.objects.filter(facts=fact).values("argument"),
        Objection.objects.filter(facts=fact).values("argument"),
        Participant.objects.filter(agent=fact.pk).values("event"),
        Event.objects.filter(places=fact.pk).values("pk"),
        Quantity.objects.filter(estimated_by=fact.pk).values("fact"),
        Quantity.objects.filter(event=fact.pk).values("fact"),
    )
    wanted = reduce(or_, (Q(pk__in=rows) for rows in comes_up))
    facts = Fact.objects.current().filter(wanted, book=fact.book_id).select_related("event")
    ordered = facts.order_by("kind", "section__position", "position", "pk")
    return Paginator(ordered, MENTIONS_SHOWN).get_page(number)


def asked(fact: Fact) -> dict[str, Any]:
    """How many cards and how many questions ask for a fact; one query."""
    items = Item.objects.ready().filter(item_facts__fact=fact, book=fact.book_id)
    return items.aggregate(
        cards=Count("pk", filter=Q(is_card=True)), questions=Count("pk", filter=Q(is_question=True))
    )


def fronts(fact: Fact) -> QuerySet[Item]:
    """The cards that ask for a fact, with their fronts, in the book's order; one query."""
    cards = Item.objects.cards().filter(item_facts__fact=fact, book=fact.book_id)
    return cards.select_related("revision").in_order()


def _read(relation: Relation, fact: Fact) -> tuple[str | Promise, Fact]:
    words = relation.get_type_display()
    if relation.from_fact_id == fact.pk:
        return words, relation.to_fact
    return _READ_BACK.get(relation.type, words), relation.from_fact
