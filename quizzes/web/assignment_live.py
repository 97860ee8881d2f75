"""/classes/<class>/assignments/<assignment>/live/ : who is where, while an assignment is sat.

The page looks again by itself (`live.js`), and by being loaded anew where there is no script.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from django.contrib.auth.decorators import login_required
from django.core.paginator import Page, Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from quizzes.analytics import watching
from quizzes.analytics.watching import Desk, Seen, State
from quizzes.assessment import timing
from quizzes.assessment.models import Assignment
from quizzes.web import clocks, projecting, teaching
from quizzes.web.middleware import arrival
from quizzes.web.owners import owner
from quizzes.web.projecting import Names

STUDENTS_SHOWN = 50
SOON = timedelta(days=1)
NOW = "now"
"""What the script asks for as `?part=`: the parts of the page that change."""
LABELS: dict[State, str | Promise] = {
    State.WORKING: gettext_lazy("Started"),
    State.DISCONNECTED: gettext_lazy("Disconnected"),
    State.NOT_STARTED: gettext_lazy("Not started"),
    State.HANDED_IN: gettext_lazy("Handed in"),
}


@dataclass(frozen=True, slots=True)
class Count:
    """How many students are in a state."""

    state: State
    number: int

    @property
    def label(self) -> str | Promise:
        return LABELS[self.state]


@dataclass(frozen=True, slots=True)
class Line:
    """A student's line, its moments on the reader's clock."""

    name: str
    seen: Seen
    zone: ZoneInfo

    @property
    def label(self) -> str | Promise:
        return LABELS[self.seen.desk.state]

    @property
    def left(self) -> str:
        left = self.seen.desk.time_left
        return "" if left is None else clocks.countdown(left)

    @property
    def saved(self) -> str:
        return self._clock(self.seen.work.saved_at if self.seen.work else None)

    @property
    def ended(self) -> str:
        return self._clock(self.seen.desk.ended_at)

    @property
    def last_sign(self) -> str:
        return self._clock(self.seen.desk.seen_at)

    def _clock(self, moment: datetime | None) -> str:
        if moment is None:
            return ""
        here, today = moment.astimezone(self.zone), self.seen.desk.at.astimezone(self.zone)
        return date_format(here, "H:i:s" if here.date() == today.date() else "j M, H:i")


@never_cache
@login_required
@require_safe
def live(request: HttpRequest, uid: UUID, assignment: UUID) -> HttpResponse:
    """Who has not started, who is at work, who is lost and who is done; fifty students a page."""
    given, at = teaching.given(request, uid, assignment), arrival(request)
    everyone = watching.desks(given, at)
    shown, names = request.GET.get("show", ""), projecting.names(request, given.classroom)
    in_order = sorted(everyone, key=lambda one: projecting.rank(one.place))
    listed = in_order if names.are_hidden else everyone
    chosen = [one for one in listed if shown not in set(State) or one.state == shown]
    page = Paginator(chosen, STUDENTS_SHOWN).get_page(request.GET.get("page"))
    context = {
        "classroom": given.classroom,
        "assignment": given,
        "quiz": given.quiz,
        "counts": [Count(state, n) for state, n in watching.counts(everyone).items()],
        "student_count": len(everyone),
        "shown": shown if shown in set(State) else "",
        "page": page,
        "lines": _lines(request, given, page, names),
        "hides_names": names.are_hidden,
        "place": "classes",
    }
    context |= _times(request, given, at)
    name = "quizzes/assignment_live.html"
    is_part = request.GET.get("part") == NOW
    return render(request, f"{name}#{NOW}" if is_part else name, context)


def _lines(request: HttpRequest, given: Assignment, page: Page[Desk], names: Names) -> list[Line]:
    zone = ZoneInfo(owner(request).time_zone)
    return [Line(names.of(one.place), one, zone) for one in watching.seen(given, list(page))]


def _times(request: HttpRequest, given: Assignment, at: datetime) -> dict[str, str | bool]:
    """When it opens or closes for the class, in how long, and for the last of it."""
    zones = owner(request).time_zone, given.classroom.time_zone
    closes, last = given.closes_at, timing.last_closing(given)
    return {
        "is_open": given.opens_at <= at,
        "opens": clocks.moment(given.opens_at, *zones),
        "closes": clocks.moment(closes, *zones) if closes else "",
        "left": clocks.length(closes - at) if closes and at < closes <= at + SOON else "",
        "is_closed": closes is not None and closes <= at,
        "last": clocks.moment(last, *zones) if last and last != closes else "",
        "as_of": date_format(at.astimezone(ZoneInfo(zones[0])), "H:i:s"),
    }
