"""A learner's progress as a whole: what the page and the API tell of it, in five queries."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from quizzes.analytics import progress, results, study_days
from quizzes.analytics.progress import ChapterMastery, Known, Load
from quizzes.analytics.results import Result
from quizzes.analytics.study_days import Calendar, Day
from quizzes.assessment import reserving
from quizzes.cards import queueing, surveying
from quizzes.cards.desk import sit_down

if TYPE_CHECKING:
    from datetime import datetime

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


def overview(learner: User, at: datetime) -> Overview:
    """Everything at once; five queries, for a hundred thousand cards as for one.

    What comes due is what a glance at the day tells: the cards that a review would ask.
    """
    desk = sit_down(learner, at, reserved=reserving.reserved(learner, at))
    found = surveying.survey(desk, progress.days_ahead(desk.today))
    done = progress.cells(learner, desk.today)
    taken = results.recent(learner, at, since=study_days.first_day(desk.today))
    return Overview(
        chapters=progress.mastery(learner, done),
        calendar=study_days.calendar(done, desk.today, (one.day for one in taken)),
        coming=progress.coming(desk.today, queueing.left_at(desk, found), found.loads),
        results=taken,
    )
