"""Companions: the book in which somebody keeps their own questions on a book of a pack.

It has no chapters, facts or cards of its own: its questions stand in the chapters and sections of
the book that it is about, and test that book's facts.
"""

from typing import TYPE_CHECKING
from uuid import uuid4

from django.utils.translation import gettext as _

from quizzes.content.models import Book

if TYPE_CHECKING:
    from quizzes.people.models import User


def companion(owner: "User", about: Book) -> Book:
    """The owner's book of questions on a book: one for each, made when it is first asked for.

    A book of one's own is its own companion.
    """
    if about.owner_id == owner.pk:
        return about
    title = _("My questions on %(title)s") % {"title": about.title}
    made, _is_new = Book.objects.get_or_create(
        owner=owner,
        about=about,
        defaults={
            "slug": f"questions-{uuid4().hex}",
            "title": title[:200],
            "language": about.language,
        },
    )
    return made
