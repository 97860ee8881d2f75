"""Tags of the pages of a class."""

from functools import lru_cache
from uuid import UUID

from django import template
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from quizzes.people.models import Classroom

register = template.Library()


@register.simple_tag
def class_tabs(classroom: Classroom, tab: str) -> SafeString:
    """Where in a class one may go, and at which tab one is."""
    return _links(classroom.uid, classroom.book.slug, tab, get_language())


@lru_cache(maxsize=512)
def _links(uid: UUID, book: str, tab: str, _language: str | None) -> SafeString:
    """Written once, and the same on every page of the class."""
    context = {"uid": uid, "book": book, "tab": tab}
    return render_to_string("quizzes/class_tab_links.html", context)
