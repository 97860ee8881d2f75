"""The facts of a book: a list by kind and place, and each fact with all that belongs to it."""

from typing import Any, cast

from django.db.models import QuerySet, prefetch_related_objects
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import api_view, permission_classes
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response

from quizzes.api import asking, details, errors, pagination
from quizzes.api.citing import CitationShape
from quizzes.api.fields import Text, refuse
from quizzes.api.pagination import PageQuery
from quizzes.content.models import Book, Fact

_IN_ONE_QUERY = (
    "event__anchor__fact",
    "quantity__anchor__fact",
    "quantity__estimated_by__fact",
    "quantity__event__fact",
    "argument__variant_of__fact",
)


class FactQuery(PageQuery):
    """Which facts of a book."""

    kind = serializers.ChoiceField(Fact.Kind.choices, required=False)
    chapter = Text(required=False, max_length=80, help_text="The slug of a chapter.")
    section = Text(required=False, max_length=80, help_text="The slug of a section.")


class FactSummary(serializers.Serializer[Fact]):
    """A fact as a list shows it."""

    slug = serializers.SlugField()
    kind = serializers.ChoiceField(Fact.Kind.choices)
    label = serializers.CharField()  # type: ignore[assignment]  # taken off the class
    summary = serializers.CharField()
    chapter = serializers.SlugField(source="chapter.slug", help_text="What it is about.")
    section = serializers.SlugField(source="section.slug", help_text="Where it is told.")
    is_core = serializers.BooleanField()


class FactDetail(serializers.Serializer[Fact]):
    """A fact with its citations and the detail of its kind; the details of other kinds are null."""

    slug = serializers.SlugField()
    kind = serializers.ChoiceField(Fact.Kind.choices)
    label = serializers.CharField()  # type: ignore[assignment]  # taken off the class
    summary = serializers.CharField()
    chapter = serializers.SlugField(source="chapter.slug", help_text="What it is about.")
    section = serializers.SlugField(source="section.slug", help_text="Where it is told.")
    is_core = serializers.BooleanField()
    aliases = details.AliasShape(many=True)
    citations = CitationShape(many=True)
    figure = details.FigureShape(allow_null=True)
    event = details.EventShape(allow_null=True)
    argument = details.ArgumentShape(allow_null=True)
    term = details.TermShape(allow_null=True)
    quantity = details.QuantityShape(allow_null=True)
    place = details.PlaceShape(allow_null=True)
    relations = details.RelationShape(many=True)
    relations_to = details.RelationFromShape(many=True)
    confusables = details.ConfusableShape(many=True)
    confusables_from = details.ConfusableFromShape(many=True, source="confusables_second")


@extend_schema(
    operation_id="facts",
    parameters=[FactQuery],
    responses={200: pagination.page_of(FactSummary), **errors.answers(400, 404)},
)
@api_view(asking.READ)
@permission_classes([AllowAny])
def facts(request: Request, book: str) -> Response:
    """What a book states, in its order."""
    asked = asking.query(request, FactQuery)
    rows = _wanted(_book(request, book), asked).select_related("chapter", "section")
    return pagination.page(rows.in_order(), FactSummary, request, asked)


@extend_schema(operation_id="fact", responses={200: FactDetail, **errors.answers(400, 404)})
@api_view(asking.READ)
@permission_classes([AllowAny])
def fact(request: Request, book: str, fact: str) -> Response:
    """One fact: its pages, and for an argument whose it is, on what ground, and against what."""
    asking.query(request)
    rows = Fact.objects.visible_to(asking.viewer(request)).current().filter(book__slug=book)
    found = get_object_or_404(rows.with_details().select_related(*_IN_ONE_QUERY), slug=fact)
    prefetch_related_objects([found], *details.beside(found))
    return Response(FactDetail(found).data)


def _book(request: Request, slug: str) -> Book:
    return get_object_or_404(Book.objects.visible_to(asking.viewer(request)), slug=slug)


def _wanted(book: Book, asked: asking.Read) -> Any:
    """The facts asked for; a chapter or section that the book lacks is a mistake, not "none"."""
    rows = Fact.objects.current().filter(book=book)
    if "kind" in asked:
        rows = rows.filter(kind=asked["kind"])
    if "chapter" in asked:
        rows = rows.filter(chapter=_named(book.chapters, "chapter", asked))
    if "section" in asked:
        rows = rows.filter(section=_named(book.sections, "section", asked))
    return rows


def _named(rows: Any, name: str, asked: asking.Read) -> int:
    found = cast(QuerySet[Any, Any], rows).filter(slug=asked[name]).values_list("pk", flat=True)
    if not found:
        refuse(name, _("The book has no such part."), "unknown")
    return int(found[0])
