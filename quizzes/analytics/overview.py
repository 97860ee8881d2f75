"""A learner's progress as a whole: what the page and the API tell of it, in five queries."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from quizzes.analytics import progress, results, study_days
from quizzes.analytics.progress import ChapterMastery, Known, Load
from quizzes.analytics.results import Result
from quizzes.analytics.study_days import Calendar, Day
from quizzes.cards.models import Card

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
    """Everything at once; five queries, for a hundred thousand cards as for one."""
    done = progress.cells(learner, today)
    chapters = progress.mastery(learner, done)
    taken = results.recent(learner, since=study_days.first_day(today))
    learning = sum(chapter.cards.learning for chapter in chapters)
    due = progress.due_now(learner, today) + learning
    loads = Card.objects.loads(learner, progress.days_ahead(today))
    return Overview(
        chapters=chapters,
        calendar=study_days.calendar(done, today, (one.day for one in taken)),
        coming=progress.coming(today, due, loads),
        results=taken,
    )
