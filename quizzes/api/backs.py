"""The backs of flashcards: answers, pages, and for an argument whose view it is.

A flashcard carries its answer, because its learner is the judge. Beside this only `results` reads
keys: what a quiz asks never comes through here.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Prefetch
from rest_framework import serializers

from quizzes.api.citing import CitationShape, own_pages
from quizzes.api.details import HolderShape
from quizzes.cards import laying
from quizzes.cards.laying import Laid
from quizzes.cards.queueing import Entry
from quizzes.content.models import Argument, Book, Fact, Holder
from quizzes.items.models import Criterion, ItemFact, Key


@dataclass(frozen=True, slots=True)
class Faces:
    """A queued card with both its sides."""

    entry: Entry
    book: Book
    key: Key | None
    facts: list[Fact]
    lists: Sequence[Laid]
    rubric: Sequence[Criterion]


class ViewShape(serializers.Serializer[Argument]):
    """Whose view an argument is, and what the author makes of it."""

    kind = serializers.ChoiceField(Argument.Kind.choices)
    stance = serializers.ChoiceField(Argument.Stance.choices, help_text="The author's.")
    conceded = serializers.CharField(help_text="What the author grants all the same.")
    holders = HolderShape(many=True)


class TestedFact(serializers.Serializer[Fact]):
    """A fact that a card tests, with the pages it stands on."""

    slug = serializers.SlugField()
    kind = serializers.ChoiceField(Fact.Kind.choices)
    label = serializers.CharField()  # type: ignore[assignment]  # taken off the class
    citations = CitationShape(many=True)
    argument = ViewShape(allow_null=True)


class ListShape(serializers.Serializer[Laid]):
    """A list on the front: sides to match, lines to put in order, or the options of a gap."""

    part = serializers.IntegerField(help_text="Of the question, from 0; the gap of a cloze.")
    texts = serializers.ListField(child=serializers.CharField(), help_text="In no telling order.")


class CriterionShape(serializers.Serializer[Criterion]):
    """A line of an essay's rubric."""

    text = serializers.CharField()
    weight = serializers.IntegerField()


def faces(entries: Sequence[Entry]) -> list[Faces]:
    """Each entry with its answer and its facts; as many queries for a hundred as for one."""
    items = [entry.item for entry in entries]
    books = Book.objects.in_bulk({item.book_id for item in items})
    keys = Key.objects.in_bulk([item.revision_id for item in items if item.revision_id])
    lists = laying.fronts(items, {item.pk: (item.pk,) for item in items})
    rubrics = laying.rubrics(items)
    facts: dict[int, list[Fact]] = defaultdict(list)
    for row in tested([item.pk for item in items]):
        facts[row.item_id].append(row.fact)
    return [
        Faces(
            entry,
            books[item.book_id],
            keys.get(item.revision_id or 0),
            facts[item.pk],
            lists.get(item.pk, ()),
            rubrics.get(item.pk, ()),
        )
        for entry, item in zip(entries, items, strict=True)
    ]


def tested(items: Sequence[int]) -> Iterable[ItemFact]:
    """What each of these items tests, its facts in order; a fixed number of queries."""
    holders = Holder.objects.select_related("figure__fact", "anchor__fact")
    rows = ItemFact.objects.filter(item__in=items).select_related("fact__argument")
    return rows.order_by("item", "position", "pk").prefetch_related(
        own_pages("fact__citations"),
        Prefetch("fact__argument__holders", holders.order_by("position", "pk")),
    )
