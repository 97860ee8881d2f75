"""Study days as charts: the calendar's own rows, and the weeks that they make up."""

from collections.abc import Sequence

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from quizzes.analytics.progress import Load
from quizzes.analytics.study_days import Calendar, Day
from quizzes.web.charts import Bars, Chart, Series


def days(calendar: Calendar) -> Chart:
    """Each study day of the last weeks; what draws it is the calendar itself."""
    return Chart(
        slug="study-days",
        title=_("Your study days"),
        summary=_summary(calendar),
        head=(_("Day"), _("Minutes"), _("Reviews"), _("Recalled"), _("Quizzes")),
        rows=[
            (day.day.isoformat(), day.minutes, day.reviews, day.recalled, day.quizzes)
            for day in calendar.days
        ],
    )


def weeks(calendar: Calendar) -> Chart:
    """The same by week, from its Monday; weeks without study are there with their zeros."""
    rows = [_week(week) for week in calendar.weeks] if calendar.days else []
    minutes = Series(_("Minutes"), [row[2] for row in rows])
    reviews = Series(_("Reviews"), [row[3] for row in rows])
    labels = [date_format(week[0].day, "j M") for week in calendar.weeks]
    return Chart(
        slug="study-weeks",
        title=_("Your weeks"),
        summary=_summary(calendar),
        head=(_("Week from"), _("Days"), _("Minutes"), _("Reviews"), _("Recalled"), _("Quizzes")),
        rows=rows,
        picture=Bars(labels, [minutes, reviews]),
    )


def coming(loads: Sequence[Load]) -> Chart:
    """What comes due on each of the next days; the page draws it by itself."""
    return Chart(
        slug="coming",
        title=_("Next seven days"),
        summary=_("Cards that come due, as things stand now; new ones come on top."),
        head=(_("Day"), _("Cards")),
        rows=[(load.day.isoformat(), load.cards) for load in loads],
    )


def _week(week: list[Day]) -> tuple[str, int, int, int, int, int]:
    return (
        week[0].day.isoformat(),
        sum(day.is_studied for day in week),
        sum(day.minutes for day in week),
        sum(day.reviews for day in week),
        sum(day.recalled for day in week),
        sum(day.quizzes for day in week),
    )


def _summary(calendar: Calendar) -> str:
    """All of it together: “4 days in the last 18 weeks: 52 minutes, 130 reviews, 2 quizzes”."""
    if not calendar.days:
        return _("No study in the last 18 weeks.")
    quizzes = sum(day.quizzes for day in calendar.days)
    days, minutes, reviews = len(calendar.days), calendar.minutes, calendar.reviews
    parts = [
        ngettext("%(n)s minute", "%(n)s minutes", minutes) % {"n": minutes},
        ngettext("%(n)s review", "%(n)s reviews", reviews) % {"n": reviews},
    ]
    if quizzes:
        parts.append(ngettext("%(n)s quiz", "%(n)s quizzes", quizzes) % {"n": quizzes})
    return ngettext(
        "%(n)s day in the last 18 weeks: %(parts)s.",
        "%(n)s days in the last 18 weeks: %(parts)s.",
        days,
    ) % {"n": days, "parts": _(", ").join(parts)}
