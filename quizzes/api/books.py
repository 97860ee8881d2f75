"""Books, with their chapters and sections: open to everyone, but for a learner's own."""

from typing import Any

from django.db.models import Prefetch
from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import api_view, permission_classes
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response

from quizzes.api import asking, errors, pagination
from quizzes.api.pagination import PageQuery
from quizzes.content.models import Book, Chapter, Section


class BookSummary(serializers.Serializer[Book]):
    """A book as a list shows it."""

    slug = serializers.SlugField()
    title = serializers.CharField()
    description = serializers.CharField()
    language = serializers.CharField()
    licence = serializers.CharField()
    is_personal = serializers.SerializerMethodField(help_text="Somebody's own, seen by them alone.")

    def get_is_personal(self, book: Book) -> bool:
        return book.owner_id is not None


class SectionShape(serializers.Serializer[Section]):
    """A passage for one sitting."""

    slug = serializers.SlugField()
    title = serializers.CharField()
    first_page = serializers.IntegerField(allow_null=True)
    last_page = serializers.IntegerField(allow_null=True)


class ChapterShape(serializers.Serializer[Chapter]):
    """A chapter with its sections, in order."""

    number = serializers.IntegerField(help_text="0 is the introduction.")
    slug = serializers.SlugField()
    title = serializers.CharField()
    first_page = serializers.IntegerField(allow_null=True)
    last_page = serializers.IntegerField(allow_null=True)
    outline = serializers.CharField()
    sections = SectionShape(many=True)


class BookDetail(serializers.Serializer[Book]):
    """A book with its chapters, in order."""

    slug = serializers.SlugField()
    title = serializers.CharField()
    description = serializers.CharField()
    language = serializers.CharField()
    licence = serializers.CharField()
    chapters = ChapterShape(many=True)


@extend_schema(
    operation_id="books",
    parameters=[PageQuery],
    responses={200: pagination.page_of(BookSummary), **errors.answers(400, 404)},
)
@api_view(asking.READ)
@permission_classes([AllowAny])
def books(request: Request) -> Response:
    """The books that you may read, by title."""
    asked = asking.query(request, PageQuery)
    rows = Book.objects.visible_to(asking.viewer(request))
    return pagination.page(rows, BookSummary, request, asked)


@extend_schema(operation_id="book", responses={200: BookDetail, **errors.answers(400, 404)})
@api_view(asking.READ)
@permission_classes([AllowAny])
def book(request: Request, book: str) -> Response:
    """One book with its chapters and their sections."""
    asking.query(request)
    sections = Section.objects.order_by("position", "pk")
    chapters = Chapter.objects.order_by("number", "pk")
    shelf = Book.objects.visible_to(asking.viewer(request)).prefetch_related(
        Prefetch("chapters", chapters.prefetch_related(Prefetch("sections", sections)))
    )
    found: Any = get_object_or_404(shelf, slug=book)
    return Response(BookDetail(found).data)
