"""What the address of a list says, “?q=anna&sort=-mean”, and what the heads of its columns say."""

from collections.abc import Container
from typing import Protocol

from django.http import HttpRequest

LONGEST_SEARCH = 80


class Ordered(Protocol):
    """In which order a list is."""

    @property
    def column(self) -> str: ...
    @property
    def is_falling(self) -> bool: ...


def sought(request: HttpRequest) -> str:
    """The words that are searched for; nothing where everybody is asked for."""
    return request.GET.get("q", "").replace("\0", "").strip()[:LONGEST_SEARCH]


def sort(request: HttpRequest, columns: Container[str]) -> tuple[str, bool] | None:
    """By which of these columns, and whether it falls; None where nothing, or nonsense, is said."""
    wish = request.GET.get("sort", "")
    name = wish.removeprefix("-")
    return (name, wish.startswith("-")) if name in columns else None


def direction(column: str, order: Ordered) -> str:
    """How a list is ordered by this column, as `aria-sort` says it; nothing if it is not."""
    if order.column != column:
        return ""
    return "descending" if order.is_falling else "ascending"


def pressed(column: str, order: Ordered, *, falls_first: bool) -> str:
    """What the address says once this head is pressed: first one way, then the other."""
    is_first_press = order.column != column
    falls = falls_first if is_first_press else not order.is_falling
    return f"-{column}" if falls else column
