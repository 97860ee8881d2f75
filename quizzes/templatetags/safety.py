"""The one filter that lets stored markup through, after asking the sanitizer once more."""

import re

from django import template
from django.utils.safestring import SafeString, mark_safe

from quizzes.items import rendering

register = template.Library()

GAP = "___"
"""Where a text has a gap to be filled."""
_TAG = re.compile(r"""(<(?:"[^"]*"|'[^']*'|[^"'>])*>)""")


@register.filter
def cleaned(markup: str) -> SafeString:
    """Markup that somebody wrote, with nothing in it but what is promised."""
    return mark_safe(rendering.cleaned(markup))  # noqa: S308  # it was cleaned just now


@register.filter
def bare(markup: str) -> str:
    """The words alone of markup that somebody wrote, on one line."""
    return rendering.bare(markup)


def parted(markup: str) -> list[SafeString]:
    """Cleaned markup, cut where it has gaps: in its words alone, never within a tag.

    The parts may open what another closes, so they are shown all and in this order.
    """
    parts = [""]
    for place, piece in enumerate(_TAG.split(rendering.cleaned(markup))):
        first, *rest = [piece] if place % 2 else piece.split(GAP)
        parts[-1] += first
        parts += rest
    return [mark_safe(part) for part in parts]  # noqa: S308  # they were cleaned just now
