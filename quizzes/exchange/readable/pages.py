"""Pages of an archive: how one is made, and how times and shares are said there."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Self
from zoneinfo import ZoneInfo

from django.template.loader import render_to_string


@dataclass(frozen=True, slots=True)
class Page:
    """A page by the name of its file, what it holds, and how many rows are on it."""

    name: str
    title: str
    hint: str
    text: str
    rows: int

    def without_text(self) -> Self:
        """What another page says of it."""
        return replace(self, text="")


def page(
    name: str, title: str, context: Mapping[str, Any], *, hint: str = "", rows: int = 0
) -> Page:
    """The page that the template of a room makes: `cards-001.html` is made by `cards.html`."""
    template = f"quizzes/takeaway/{name.split('-', maxsplit=1)[0].removesuffix('.html')}.html"
    text = render_to_string(template, {"title": title, **context})
    return Page(name, title, hint, text, rows)


def moment(at: datetime | None, zone: str) -> str:
    """A moment on a clock: “2026-03-02 12:00”; nothing for none."""
    return f"{at.astimezone(ZoneInfo(zone)):%Y-%m-%d %H:%M}" if at else ""


def span(first: int, last: int) -> str:
    """From which to which: “1–20”, or the only one."""
    return str(first) if first == last else f"{first}–{last}"
