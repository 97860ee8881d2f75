"""A learner's progress as a whole: what the page and the API tell of it, in six queries."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from quizzes.analytics import progress, results
from quizzes.analytics.progress import Calendar, ChapterMastery, Day, Known, Load
from quizzes.analytics.results import Result

if TYPE_CHECKING:
    from quizzes.people.models import User


@dataclass(frozen=True, slots=True)
class Overview:
    """Cards known, days studied and quizzes taken in the last weeks, and the days to come."""

    chapters: list[ChapterMastery]
    calendar: Calendar
    coming: list[Load]
    results: list[Result]

    @property
    def cards(self) -> Known:
        return progress.total(chapter.cards for chapter in self.chapters)

    @property
    def days(self) -> list[Day]:
        return self.calendar.days


def overview(learner: User, today: date) -> Overview:
    """Everything at once; as many queries for a hundred thousand cards as for one.

    Seven where the learner stayed away for longer than the calendar shows.
    """
    chapters = progress.mastery(learner)
    taken = results.recent(learner, since=progress.first_day(today))
    learning = sum(chapter.cards.learning for chapter in chapters)
    due = progress.due_now(learner, today) + learning
    return Overview(
        chapters=chapters,
        calendar=progress.calendar(learner, today, (one.day for one in taken)),
        coming=progress.coming(learner, today, due),
        results=taken,
    )
