"""Where the book says it, when, and who: the parts that the shapes of facts and cards share."""

from typing import Any

from django.db.models import Prefetch, QuerySet
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from quizzes.content.models import Citation, Fact
from quizzes.content.models.details import Dated
from quizzes.content.models.facts import Basis

PARTS = ("role", "evidence", "objection", "relation", "confusable")
"""The parts of a fact that have citations of their own."""


class FactReference(serializers.Serializer[Fact]):
    """A fact by its slug, with its name."""

    slug = serializers.SlugField()
    kind = serializers.ChoiceField(Fact.Kind.choices)
    label = serializers.CharField()  # type: ignore[assignment]  # taken off the class


class CitationShape(serializers.Serializer[Citation]):
    """The pages that a statement stands on, or another work."""

    work = serializers.CharField(
        source="source.title", default=None, allow_null=True, help_text="Its title."
    )
    numbering = serializers.ChoiceField(Citation.Numbering.choices)
    first_page = serializers.IntegerField(allow_null=True)
    last_page = serializers.IntegerField(allow_null=True)
    basis = serializers.ChoiceField(Basis.choices)
    reference = serializers.CharField(help_text="The other work; empty for the book itself.")
    notes = serializers.CharField(help_text="The book's own notes.")
    aspect = serializers.CharField(help_text="`stance` or `fate` where they support just that.")


class When(serializers.Serializer[Dated]):
    """A date as exact as the book gives it: its words, and the days that it lies between."""

    words = serializers.CharField(source="when_label", help_text="Empty where there is no date.")
    precision = serializers.ChoiceField(Dated.Precision.choices, allow_blank=True)
    part = serializers.ChoiceField(Dated.Part.choices, allow_blank=True)
    not_before = serializers.DateField(allow_null=True)
    not_after = serializers.DateField(allow_null=True)
    anchor = serializers.SlugField(source="anchor.fact.slug", default=None, allow_null=True)
    offset = serializers.CharField(help_text="How far from the anchor event.")
    edtf = serializers.CharField(help_text="The same in the Extended Date/Time Format.")
    basis = serializers.ChoiceField(Basis.choices, source="date_basis", allow_blank=True)


class Someone(serializers.Serializer[Any]):
    """A figure of the book, or a name that is none: then `fact` is null."""

    fact = serializers.SlugField(allow_null=True)
    name = serializers.CharField()


@extend_schema_field(Someone(allow_null=True))
class Person(serializers.Field[Any, Any, Any, Any]):
    """Whoever a row names by a figure or else by a label; null where it names nobody."""

    def __init__(self, figure: str, label: str) -> None:
        super().__init__(source="*", read_only=True)
        self.figure, self.label_name = figure, label

    def to_representation(self, row: Any) -> dict[str, str | None] | None:
        figure, name = getattr(row, self.figure), getattr(row, self.label_name)
        if figure is not None:
            return {"fact": figure.fact.slug, "name": name or figure.fact.label}
        return {"fact": None, "name": name} if name else None


def pages(path: str = "citations", **only: Any) -> Prefetch[str, QuerySet[Citation, Any], str]:
    """The citations found by a path, in order and with their sources."""
    rows = Citation.objects.filter(**only).select_related("source")
    return Prefetch(path, rows.order_by("position", "pk"))


def own_pages(path: str = "citations") -> Prefetch[str, QuerySet[Citation, Any], str]:
    """The citations of a fact as a whole, without those of its parts."""
    return pages(path, **dict.fromkeys(PARTS))
