"""Notifying: the site tells people something, each by a line of their own."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from django.db import transaction

from quizzes.people.models import Notice, User

LONGEST, _LEAST_OF_A_TITLE = 300, 40


def tell(users: Iterable[int], text: str, link: str, at: datetime) -> int:
    """Put the same line before each of these people, by primary key; how many. One statement.

    `link` is an address of this site, which the caller knows; what is too long is cut.
    """
    return tell_each(dict.fromkeys(users, text), link, at)


def tell_each(texts: Mapping[int, str], link: str, at: datetime) -> int:
    """Put a line of their own before each of these people; as `tell`."""
    lines = [
        Notice(user_id=user, text=_cut(text, LONGEST), link=link, created_at=at)
        for user, text in texts.items()
    ]
    return len(Notice.objects.bulk_create(lines))


def brief(title: str, beside: int) -> str:
    """A title cut, if need be, so that a line has room for so many letters beside it."""
    return _cut(title, max(LONGEST - beside, _LEAST_OF_A_TITLE))


def _cut(text: str, longest: int) -> str:
    return text if len(text) <= longest else text[: longest - 1].rstrip() + "…"


@transaction.atomic
def read(user: User, at: datetime, notice: Notice | None = None) -> int:
    """A person has read one notice, or all; how many of them were new. One statement."""
    unread = Notice.objects.unread(user).order_by()
    if notice is not None:
        unread = unread.filter(pk=notice.pk)
    return unread.update(read_at=at)
