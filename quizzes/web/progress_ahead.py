"""/progress/ahead/ : the next ninety days, and what other numbers would make of them."""

from typing import Any, cast

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.formats import date_format
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from quizzes.analytics import forecasting
from quizzes.analytics.forecasting import Alternative, Forecast
from quizzes.people.models import User
from quizzes.web import charts
from quizzes.web.charts import Bars, Chart, Lines, Series
from quizzes.web.forms import AheadForm

DAYS_A_WEEK = 7


@never_cache
@login_required
@require_safe
def progress_ahead(request: HttpRequest) -> HttpResponse:
    """Reviews, minutes and recall to come; numbers in the address are tried, and nothing saved."""
    form = AheadForm(request.GET)
    tried: dict[str, Any] = form.cleaned_data if form.is_valid() else {}
    found = forecasting.what_if(cast("User", request.user), now(), **tried)
    shown = [_by_day(found.stands)]
    if found.tried:
        shown.insert(0, _compared(found.stands, found.tried))
    if file := charts.csv(request, shown):
        return file
    context = {
        "form": form,
        "found": found,
        "charts": shown if found.studied else [],
        "numbers": _numbers(found) if found.tried else [],
        "place": "progress",
    }
    return render(request, "quizzes/progress_ahead.html", context)


def _by_day(forecast: Forecast) -> Chart:
    """The minutes of each day ahead, as the plans stand."""
    fullest = forecast.fullest
    summary = _(
        "About %(minutes)s min a day and %(reviews)s reviews until %(end)s. The fullest day is "
        "%(day)s with about %(most)s min."
    )
    return Chart(
        slug="ahead",
        title=_("The next %(days)s days") % {"days": len(forecast.days)},
        summary=summary
        % {
            "minutes": round(forecast.minutes_a_day),
            "reviews": f"{forecast.reviews:,}",
            "end": date_format(forecast.last_day, "j F"),
            "day": date_format(fullest.day, "j F"),
            "most": round(fullest.minutes),
        },
        head=[_("Day"), _("Reviews"), _("New"), _("Minutes")],
        rows=[
            [one.day.isoformat(), one.reviews, one.new, round(one.minutes, 1)]
            for one in forecast.days
        ],
        picture=Bars(
            [date_format(one.day, "j M") for one in forecast.days],
            [Series(_("Minutes"), [round(one.minutes, 1) for one in forecast.days])],
            unit=_("min"),
        ),
    )


def _compared(stands: Forecast, tried: Forecast) -> Chart:
    """Minutes a day by week, as the plans stand and as they would be."""
    weeks = range(0, len(stands.days), DAYS_A_WEEK)
    lines = [[_minutes(one, first) for first in weeks] for one in (tried, stands)]
    days = [stands.days[first].day for first in weeks]
    summary = _("About %(tried)s min a day in place of %(stands)s.")
    return Chart(
        slug="what-if",
        title=_("With these numbers"),
        summary=summary
        % {"tried": round(tried.minutes_a_day), "stands": round(stands.minutes_a_day)},
        head=[_("Week from"), _("Minutes a day, tried"), _("Minutes a day, as planned")],
        rows=[
            [day.isoformat(), *minutes]
            for day, *minutes in zip(days, *lines, strict=True)
        ],
        picture=Lines(
            [date_format(day, "j M") for day in days],
            [Series(_("Tried"), lines[0]), Series(_("As planned"), lines[1])],
            unit=_("min"),
        ),
    )  # fmt: skip


def _minutes(forecast: Forecast, first: int) -> float:
    """A day of the week that begins there, on average."""
    week = forecast.days[first : first + DAYS_A_WEEK]
    return round(sum(one.minutes for one in week) / len(week), 1)


def _numbers(found: Alternative) -> list[tuple[str, str, str]]:
    """What is left of it all in the end, as planned and as tried."""
    both = [found.stands, *([found.tried] if found.tried else [])]
    rows = [
        (_("Minutes a day"), [f"{one.minutes_a_day:.1f}" for one in both]),
        (_("Reviews"), [f"{one.reviews:,}" for one in both]),
        (_("Cards met by then"), [f"{one.met:,}" for one in both]),
        (
            _("Recall of those"),
            ["–" if one.recall_percent is None else f"{one.recall_percent}%" for one in both],
        ),
    ]
    return [(name, stands, tried) for name, (stands, tried) in rows]
