"""What a fact's own page shows: the detail of its kind, and the rows beside it."""

from collections.abc import Callable
from typing import Any

from django.db.models import Prefetch, QuerySet
from rest_framework import serializers

from quizzes.api.citing import (
    CitationShape,
    FactReference,
    Person,
    When,
    own_pages,
    pages,
)
from quizzes.content.models import (
    Alias,
    Argument,
    Confusable,
    Event,
    Evidence,
    Fact,
    Figure,
    Holder,
    Objection,
    Participant,
    Place,
    Quantity,
    Relation,
    Role,
    Term,
)

type Rows = Prefetch[str, QuerySet[Any, Any], str]


class AliasShape(serializers.Serializer[Alias]):
    """Another name."""

    text = serializers.CharField()
    scheme = serializers.ChoiceField(Alias.Scheme.choices)


class RoleShape(serializers.Serializer[Role]):
    """An office or part that a figure had."""

    text = serializers.CharField()
    when = When(source="*")
    citations = CitationShape(many=True)


class FigureShape(serializers.Serializer[Figure]):
    """Who."""

    kind = serializers.ChoiceField(Figure.Kind.choices)
    part = serializers.ChoiceField(Figure.Part.choices, allow_blank=True)
    sort_name = serializers.CharField()
    fate = serializers.CharField()
    fate_when = serializers.CharField()
    roles = RoleShape(many=True)


class PlaceShape(serializers.Serializer[Place]):
    """Where."""

    kind = serializers.CharField()


class PlaceReference(serializers.Serializer[Place]):
    """A place of an event."""

    slug = serializers.SlugField(source="fact.slug")
    name = serializers.CharField(source="fact.label")


class ParticipantShape(serializers.Serializer[Participant]):
    """Who took part, and as what."""

    who = Person("agent", "label")
    role = serializers.CharField()


class EventShape(serializers.Serializer[Event]):
    """When."""

    status = serializers.ChoiceField(Event.Status.choices)
    when = When(source="*")
    places = PlaceReference(many=True)
    participants = ParticipantShape(many=True)


class TermShape(serializers.Serializer[Term]):
    """A word in the book's own sense."""

    definition = serializers.CharField()


class QuantityShape(serializers.Serializer[Quantity]):
    """A number with what it counts; `when` is the period that it covers."""

    statement = serializers.CharField()
    value = serializers.IntegerField(allow_null=True)
    bound = serializers.ChoiceField(Quantity.Bound.choices)
    lower = serializers.IntegerField(allow_null=True)
    upper = serializers.IntegerField(allow_null=True)
    unit = serializers.CharField()
    population = serializers.CharField()
    when = When(source="*")
    estimated_by = Person("estimated_by", "estimated_by_label")
    event = serializers.SlugField(source="event.fact.slug", default=None, allow_null=True)


class HolderShape(serializers.Serializer[Holder]):
    """Who holds an argument, and how firmly."""

    who = Person("figure", "label")
    mode = serializers.ChoiceField(Holder.Mode.choices)
    note = serializers.IntegerField(allow_null=True, help_text="The book's note.")
    when = When(source="*")


class EvidenceShape(serializers.Serializer[Evidence]):
    """A ground on which an argument rests."""

    text = serializers.CharField()
    facts = FactReference(many=True)
    citations = CitationShape(many=True)


class ObjectionShape(serializers.Serializer[Objection]):
    """What stands against an argument."""

    text = serializers.CharField()
    raised_by = Person("raised_by", "raised_by_label")
    facts = FactReference(many=True)
    citations = CitationShape(many=True)


class ArgumentShape(serializers.Serializer[Argument]):
    """Who claims what, on what ground, and what the author makes of it."""

    statement = serializers.CharField()
    scope = serializers.ChoiceField(Argument.Scope.choices)
    kind = serializers.ChoiceField(Argument.Kind.choices)
    hedge = serializers.ChoiceField(Argument.Hedge.choices, allow_blank=True)
    stance = serializers.ChoiceField(Argument.Stance.choices, help_text="The author's.")
    conceded = serializers.CharField(help_text="What the author grants all the same.")
    variant_of = serializers.SlugField(source="variant_of.fact.slug", default=None, allow_null=True)
    holders = HolderShape(many=True)
    evidence = EvidenceShape(many=True)
    objections = ObjectionShape(many=True)


class RelationShape(serializers.Serializer[Relation]):
    """How this fact bears on another, and who says so."""

    type = serializers.ChoiceField(Relation.Type.choices)
    fact = FactReference(source="to_fact")
    asserted_by = Person("asserted_by", "asserted_by_label")
    citations = CitationShape(many=True)


class RelationFromShape(serializers.Serializer[Relation]):
    """How another fact bears on this one, and who says so."""

    type = serializers.ChoiceField(Relation.Type.choices)
    fact = FactReference(source="from_fact")
    asserted_by = Person("asserted_by", "asserted_by_label")
    citations = CitationShape(many=True)


class ConfusableShape(serializers.Serializer[Confusable]):
    """A fact that this one is mixed up with, and what tells them apart."""

    fact = FactReference(source="second")
    tell = serializers.CharField()
    citations = CitationShape(many=True)


class ConfusableFromShape(serializers.Serializer[Confusable]):
    """The same, where the other fact names this one."""

    fact = FactReference(source="first")
    tell = serializers.CharField()
    citations = CitationShape(many=True)


def beside(fact: Fact) -> list[Rows]:
    """The rows beside a fact of this kind: as many queries as the kind has, whatever it holds."""
    return [*_beside_any(), *_BESIDE.get(fact.kind, list)()]


def _beside_any() -> list[Rows]:
    told = Relation.objects.order_by("position", "pk").prefetch_related(pages())
    mixed = Confusable.objects.order_by("pk").prefetch_related(pages())
    return [
        Prefetch("aliases", Alias.objects.order_by("position", "pk")),
        own_pages(),
        Prefetch("relations", told.select_related("to_fact", "asserted_by__fact")),
        Prefetch("relations_to", told.select_related("from_fact", "asserted_by__fact")),
        Prefetch("confusables", mixed.select_related("second")),
        Prefetch("confusables_second", mixed.select_related("first")),
    ]


def _beside_figure() -> list[Rows]:
    roles = Role.objects.select_related("anchor__fact").prefetch_related(pages())
    return [Prefetch("figure__roles", roles.order_by("position", "pk"))]


def _beside_event() -> list[Rows]:
    people = Participant.objects.select_related("agent__fact")
    return [
        Prefetch("event__places", Place.objects.select_related("fact").order_by("pk")),
        Prefetch("event__participants", people.order_by("position", "pk")),
    ]


def _beside_argument() -> list[Rows]:
    holders = Holder.objects.select_related("figure__fact", "anchor__fact")
    against = Objection.objects.select_related("raised_by__fact")
    facts = Prefetch("facts", Fact.objects.order_by("pk"))
    return [
        Prefetch("argument__holders", holders.order_by("position", "pk")),
        Prefetch(
            "argument__evidence",
            Evidence.objects.order_by("position", "pk").prefetch_related(facts, pages()),
        ),
        Prefetch(
            "argument__objections",
            against.order_by("position", "pk").prefetch_related(facts, pages()),
        ),
    ]


_BESIDE: dict[str, Callable[[], list[Rows]]] = {
    Fact.Kind.FIGURE: _beside_figure,
    Fact.Kind.EVENT: _beside_event,
    Fact.Kind.ARGUMENT: _beside_argument,
}
