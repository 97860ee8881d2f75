"""A glance at a learner's day: each table is read once, and all parts of the page told from it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from quizzes.analytics import card_assignments, progress, results, sittings, study_days
from quizzes.analytics.card_assignments import ToMeet
from quizzes.analytics.progress import ChapterProgress, Load
from quizzes.analytics.results import Offer, Result
from quizzes.analytics.sittings import Sitting
from quizzes.analytics.study_days import Calendar
from quizzes.analytics.week import Week, week
from quizzes.assessment import reserving
from quizzes.cards import aiming, prospecting, queueing, surveying
from quizzes.cards.desk import Desk, seat
from quizzes.cards.prospecting import Prospect
from quizzes.cards.queueing import Counts
from quizzes.people.models import User

QUIZZES_SHOWN = 4
MUCH, FEWEST = 2, 20
"""A backlog is so many times the cards of the learner's usual day, and more than these."""


@dataclass(frozen=True, slots=True)
class Glance:
    """All that the learner's own books and classes have for a day."""

    desk: Desk
    counts: Counts
    until: datetime | None
    """When something comes next after all there is; none if nothing will."""
    backlog: int
    """How many due cards wait if that is a backlog, else 0."""
    exams: list[Prospect]
    chapters: list[ChapterProgress]
    to_meet: list[ToMeet]
    given: list[Sitting]
    offers: list[Offer]
    taken: list[Result]
    """Since the calendar begins, the newest first."""
    calendar: Calendar
    coming: list[Load]
    week: Week

    @property
    def ready(self) -> int:
        return self.counts.learning + self.counts.review + self.counts.new


def glance(learner: User, at: datetime, chapters: Sequence[Any]) -> Glance:
    """The day of a learner before these chapters, as `chapters.at_hand` found them.

    Four queries: the cards that wait, the tallies, the quizzes, and what classes give.
    """
    desk = seat(learner, at, chapters, reserving.reserved(learner, at))
    found = surveying.survey(desk, progress.days_ahead(desk.today))
    aims = aiming.aims(desk, found)
    counts = queueing.left_at(desk, found, aims)
    done = progress.cells(learner, desk.today)
    since = study_days.first_day(desk.today)
    taken, offers = results.at_hand(learner, at, since, QUIZZES_SHOWN)
    calendar = study_days.calendar(done, desk.today, (one.day for one in taken))
    studied = progress.of_plans(chapters, done)
    return Glance(
        desk=desk,
        counts=counts,
        until=queueing.next_at(desk, found),
        backlog=_backlog(counts.review - sum(aim.chosen_known for aim in aims), calendar),
        exams=prospecting.prospects(desk, found, aims),
        chapters=studied,
        to_meet=card_assignments.to_meet(chapters),
        given=sittings.at_hand(learner, at),
        offers=offers,
        taken=taken,
        calendar=calendar,
        coming=progress.coming(desk.today, counts, found.loads),
        week=week(calendar, done, [one.chapter.pk for one in studied]),
    )


def _backlog(waiting: int, calendar: Calendar) -> int:
    """What waits for no exam, if that is much beside the learner's usual day."""
    usual = calendar.reviews / max(1, len(calendar.days))
    return waiting if waiting > max(FEWEST, MUCH * usual) else 0
