"""/classes/<class>/progress/ over time: of the class, and of one student; each with its files."""

from collections.abc import Sequence
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from quizzes.analytics import class_chapters, class_progress, class_weeks, rosters
from quizzes.analytics.class_weeks import Week
from quizzes.web import charts, projecting, teaching
from quizzes.web import class_progress as tables
from quizzes.web.charts import Bars, Chart, Lines, Series

A_MONTH = 4
"""So many weeks back a growth is told from."""


@never_cache
@login_required
@require_safe
def weeks(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Who studied in each week, how much, and how many cards were known at its end."""
    room = teaching.classroom(request, uid)
    told = class_weeks.of_class(room, teaching.today(request, room))
    drawn = [_active(told), _reviews(told), _known(told)] if told else []
    if answer := charts.csv(request, drawn):
        return answer
    context = {"classroom": room, "charts": drawn, "part": "weeks", "place": "classes"}
    return render(request, "quizzes/class_weeks.html", context)


@never_cache
@login_required
@require_safe
def student(request: HttpRequest, uid: UUID, number: int) -> HttpResponse:
    """What one student knows of the class's book, by chapter and kind, and week by week."""
    room = teaching.classroom(request, uid)
    place, today = teaching.place(room, number), teaching.today(request, room)
    told = class_weeks.of_student(room, place.user, today)
    drawn = [_reviews(told), _known_by_one(told)]
    rows = class_chapters.of_student(room, place.user)
    if answer := charts.csv(request, [*drawn, tables.file(rows)]):
        return answer
    names = projecting.names(request, room)
    [seen] = class_progress.students(room, [place], today)
    context = {
        "classroom": room,
        "student": seen,
        "name": names.of(place),
        "hides_names": names.are_hidden,
        "charts": drawn,
        "papers": rosters.papers(room, place.user),
        "zone": room.time_zone,
        "part": "students",
        "place": "classes",
    }
    context |= tables.table(rows)
    return render(request, "quizzes/class_student.html", context)


def _active(told: Sequence[Week]) -> Chart:
    *_before, now = told
    best = max(told, key=lambda one: one.active)
    said = _("%(active)s of %(students)s students studied this week so far.")
    summary = [said % {"active": now.active, "students": now.students}]
    if best.active:
        most = _("The most were %(active)s, in the week from %(day)s.")
        summary.append(most % {"active": best.active, "day": date_format(best.monday, "j F")})
    return Chart(
        slug="students",
        title=_("Students who studied"),
        summary=" ".join(summary),
        head=(_("Week from"), _("Students who studied"), _("Students of the class")),
        rows=[(one.monday.isoformat(), one.active, one.students) for one in told],
        picture=_bars(told, _("Students who studied"), [one.active for one in told]),
    )


def _reviews(told: Sequence[Week]) -> Chart:
    numbers = [one.reviews for one in told]
    whole = ngettext(
        "%(n)s review in %(weeks)s weeks", "%(n)s reviews in %(weeks)s weeks", sum(numbers)
    )
    said = _("%(whole)s, %(now)s of them this week so far.") % {
        "whole": whole % {"n": f"{sum(numbers):,}", "weeks": len(told)},
        "now": f"{numbers[-1]:,}",
    }
    none = _("No reviews in the last %(weeks)s weeks.") % {"weeks": len(told)}
    return Chart(
        slug="reviews",
        title=_("Reviews"),
        summary=said if any(numbers) else none,
        head=(_("Week from"), _("Reviews")),
        rows=[(one.monday.isoformat(), one.reviews) for one in told],
        picture=_bars(told, _("Reviews"), numbers),
    )


def _known(told: Sequence[Week]) -> Chart:
    means = [round(one.mean_known, 1) for one in told]
    growth = round(means[-1] - means[-1 - A_MONTH], 1)
    said = _("On average a student knows %(now)s cards, %(growth)s since four weeks ago.")
    return Chart(
        slug="known",
        title=_("Cards known by a student, on average"),
        summary=said % {"now": means[-1], "growth": f"{growth:+}"},
        head=(
            _("Week from"),
            _("Cards newly known"),
            _("Cards known in all"),
            _("Known on average"),
        ),
        rows=[
            (one.monday.isoformat(), one.newly_known, one.known, mean)
            for one, mean in zip(told, means, strict=True)
        ],
        picture=_line(told, _("Known on average"), means),
    )


def _known_by_one(told: Sequence[Week]) -> Chart:
    numbers = [one.known for one in told]
    growth = numbers[-1] - numbers[-1 - A_MONTH]
    said = ngettext(
        "%(n)s card is known, %(growth)s since four weeks ago.",
        "%(n)s cards are known, %(growth)s since four weeks ago.",
        numbers[-1],
    )
    return Chart(
        slug="known",
        title=_("Cards known"),
        summary=said % {"n": numbers[-1], "growth": f"{growth:+}"},
        head=(_("Week from"), _("Cards newly known"), _("Cards known")),
        rows=[(one.monday.isoformat(), one.newly_known, one.known) for one in told],
        picture=_line(told, _("Cards known"), numbers),
    )


def _bars(told: Sequence[Week], name: str, values: Sequence[float]) -> Bars | None:
    """Nothing is drawn of nothing."""
    return Bars(_labels(told), [Series(name, values)]) if any(values) else None


def _line(told: Sequence[Week], name: str, values: Sequence[float]) -> Lines | None:
    return Lines(_labels(told), [Series(name, values)]) if any(values) else None


def _labels(told: Sequence[Week]) -> list[str]:
    return [date_format(one.monday, "j M") for one in told]
