"""Pages of a list, strictly: a page that is no positive number is refused by its name.

The framework's own paginators take nonsense for the default, and so hide a client's mistake.
"""

from collections.abc import Callable, Sequence
from functools import cache
from typing import Any

from django.db.models import QuerySet
from django.http import Http404
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.utils.urls import remove_query_param, replace_query_param

from quizzes.api.asking import Read
from quizzes.api.fields import Digits, Strict

PAGE_SIZE = 50
LARGEST_PAGE = 200


class PageQuery(Strict):
    """Which page of a list, and how much of it at once."""

    page = Digits(min_value=1, default=1, help_text="The page, from 1.")
    page_size = Digits(
        min_value=1,
        default=PAGE_SIZE,
        help_text=f"Results a page. Who asks for more than {LARGEST_PAGE} gets {LARGEST_PAGE}.",
    )


class Page(serializers.Serializer[Any]):
    """One page of a list."""

    count = serializers.IntegerField(help_text="Results on all pages.")
    page = serializers.IntegerField()
    page_size = serializers.IntegerField(help_text="The size that was used.")
    next = serializers.URLField(allow_null=True)
    previous = serializers.URLField(allow_null=True)


@cache
def page_of(shape: type[serializers.Serializer[Any]]) -> type[Page]:
    """A page whose results have this shape, for the schema."""
    return type(f"{shape.__name__}Page", (Page,), {"results": shape(many=True)})


def page(
    rows: QuerySet[Any, Any] | Sequence[Any],
    shape: type[serializers.Serializer[Any]],
    request: Request,
    asked: Read,
    prepared: Callable[[Sequence[Any]], Sequence[Any]] = list,
) -> Response:
    """The page that was asked for, in two queries; past the end there is nothing (404).

    Rows that were read already take none. `prepared` makes of its rows what the shape tells.
    """
    number, size = asked["page"], min(asked["page_size"], LARGEST_PAGE)
    count = rows.count() if isinstance(rows, QuerySet) else len(rows)
    start = (number - 1) * size
    if number > 1 and start >= count:
        raise Http404
    return Response(
        {
            "count": count,
            "page": number,
            "page_size": size,
            "next": _link(request, number + 1) if start + size < count else None,
            "previous": _link(request, number - 1) if number > 1 else None,
            "results": shape(prepared(list(rows[start : start + size])), many=True).data,
        }
    )


def _link(request: Request, number: int) -> str:
    """The address of another page, everything else in it as it was asked."""
    here = request.build_absolute_uri()
    if number == 1:
        return str(remove_query_param(here, "page"))
    return str(replace_query_param(here, "page", number))
