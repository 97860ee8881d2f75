"""Filters that say numbers and pages as a reader would."""

from collections.abc import Iterable

from django import template
from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from quizzes.content.models import Citation
from quizzes.web import wording

register = template.Library()

SMALL = (
    "no one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen "
    "sixteen seventeen eighteen nineteen twenty"
).split()


@register.filter
def pages(citations: Iterable[Citation]) -> str:
    """The pages of some citations: “pp. 5–6, 12”; for another work, its reference."""
    found = list(citations)
    elsewhere = "; ".join(one.reference for one in found if one.reference)
    return " · ".join(filter(None, [wording.pages(found), elsewhere]))


@register.filter
def cards_in_words(count: int) -> str:
    """“Eighteen cards are ready.”; above twenty in figures."""
    number = SMALL[count] if count < len(SMALL) else f"{count:,}"
    return ngettext("%(number)s card is ready.", "%(number)s cards are ready.", count) % {
        "number": number.capitalize()
    }


@register.filter
def share(part: int, whole: int) -> str:
    """“26 of 42”."""
    return _("%(part)s of %(whole)s") % {"part": part, "whole": whole}


@register.filter
def times(number: int, factor: int) -> int:
    """A product, for places in a drawing."""
    return int(number) * int(factor)


@register.simple_tag
def demo_accounts() -> dict[str, object]:
    """The accounts of the demo and their password, where there is a demo."""
    if not settings.DEMO:
        return {"names": ()}
    return {"names": settings.DEMO_ACCOUNTS, "password": settings.DEMO_PASSWORD}
