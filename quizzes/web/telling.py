"""Announcements as a page shows them: their Markdown as safe markup, their time on one's clock."""

from collections.abc import Iterable
from dataclasses import dataclass

from quizzes.items import rendering
from quizzes.people.models import Announcement, User
from quizzes.web import clocks


@dataclass(frozen=True, slots=True)
class Told:
    """One announcement, for its reader."""

    announcement: Announcement
    html: str
    when: str

    @property
    def author(self) -> str:
        return self.announcement.author.name if self.announcement.author else ""


def told(announcements: Iterable[Announcement], reader: User) -> list[Told]:
    """Each of these for this reader; no query."""
    return [
        Told(one, rendering.markdown(one.text), clocks.moment(one.created_at, reader.time_zone))
        for one in announcements
    ]
