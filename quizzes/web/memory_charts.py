"""Charts of the memory: retention, calibration, and habits of answering."""

from collections.abc import Sequence
from datetime import date
from itertools import pairwise

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from quizzes.analytics.answer_habits import REVIEWS_READ, SPANS, Answers, Habits
from quizzes.analytics.calibrating import Calibration
from quizzes.analytics.retention import Held, Maturities, Retention
from quizzes.web.charts import Bars, Chart, Curve, Lines, Series
from quizzes.web.plotting import shown

FEW = 20
"""Of fewer answers an hour says nothing about how well one recalls then."""

ALIKE = 2
"""So many per cent apart, what was foretold held."""


def all_of(held: Retention, calibration: Calibration | None, habits: Habits) -> list[Chart]:
    """Every chart of the page, in its order."""
    return [
        by_month(held),
        by_maturity(held.total),
        calibrated(calibration),
        by_hour(habits),
        by_seconds(habits),
    ]


def by_month(held: Retention) -> Chart:
    """What was recalled in each month, beside what was foretold."""
    wholes = [one.whole for _, one in held.months]
    series = _both(wholes)
    least = min((v for one in series for v in one.values if v is not None), default=0)
    return Chart(
        slug="months",
        title=_("Recalled and foretold, by month"),
        summary=_compared(held.total.whole),
        head=[
            *(_("Month"), _("Reviews"), _("Recalled"), _("Recalled, %"), _("Foretold, %")),
            *(_("Young reviews"), _("Young recalled"), _("Mature reviews"), _("Mature recalled")),
        ],
        rows=[_month(first, one) for first, one in held.months],
        picture=Lines(
            [date_format(first, "M Y") for first, _one in held.months],
            series,
            unit="%",
            bottom=max(0, 20 * ((least - 1) // 20)),
            top=100,
        ),
    )


def by_maturity(total: Maturities) -> Chart:
    """Young cards beside mature ones."""
    parts = [(_("Young"), total.young), (_("Mature"), total.mature)]
    known = [(name, one) for name, one in parts if one.reviews]
    said = [
        ngettext(
            "%(maturity)s cards: of %(reviews)s review %(recalled)s%% recalled, %(foretold)s%% "
            "foretold.",
            "%(maturity)s cards: of %(reviews)s reviews %(recalled)s%% recalled, %(foretold)s%% "
            "foretold.",
            one.reviews,
        )
        % {
            "maturity": name,
            "reviews": f"{one.reviews:,}",
            "recalled": _said(one.recalled_percent),
            "foretold": _said(one.foretold_percent),
        }
        for name, one in known
    ]
    meant = _("A card is mature when its memory lasts three weeks or longer.")
    return Chart(
        slug="maturity",
        title=_("Young and mature cards"),
        summary=" ".join([*(said or [_nothing_yet()]), meant]),
        head=[_("Cards"), _("Reviews"), _("Recalled"), _("Recalled, %"), _("Foretold, %")],
        rows=[[name, *_numbers(one)] for name, one in known],
        picture=Bars([name for name, _one in known], _both([one for _, one in known]), "%", 100),
    )


def calibrated(found: Calibration | None) -> Chart:
    """The share recalled where a chance was foretold."""
    bins = found.bins if found else []
    low = 0 if any(one.foretold < 50 or one.recalled < 50 for one in bins) else 50
    return Chart(
        slug="calibration",
        title=_("How right the forecasts are"),
        summary=_calibration(found) if found else _nothing_yet(),
        head=[_("Chance, %"), _("Reviews"), _("Foretold, %"), _("Recalled, %")],
        rows=[[f"{one.first}–{one.last}", one.count, one.foretold, one.recalled] for one in bins],
        picture=Curve(
            _("Share recalled"),
            [(one.foretold, one.recalled) for one in bins],
            _("As foretold"),
            low=low,
            steps=(50, 60, 70, 80, 90, 100) if low else (0, 25, 50, 75, 100),
        ),
    )


def by_hour(habits: Habits) -> Chart:
    """How much was recalled at each hour of the learner's day."""
    names = [f"{hour:02}:00" for hour in range(len(habits.hours))]
    return Chart(
        slug="hours",
        title=_("Time of day"),
        summary=_hours(habits, names),
        head=[_("From"), _("Answers"), _("Recalled"), _("Recalled, %")],
        rows=[
            [name, *_shares(one)] for name, one in zip(names, habits.hours, strict=True)
        ] if habits.count else [],
        picture=Bars(
            [name[:2] for name in names],
            [Series(_("Answers"), [one.count for one in habits.hours])],
        ),
    )  # fmt: skip


def by_seconds(habits: Habits) -> Chart:
    """How many answers took how long."""
    ends = [f"{low}–{high} s" for low, high in pairwise(SPANS)]
    names = [*ends, _("%(seconds)s s and more") % {"seconds": SPANS[-1]}]
    return Chart(
        slug="seconds",
        title=_("Answer times, in seconds"),
        summary=_seconds(habits),
        head=[_("Time"), _("Answers"), _("Recalled"), _("Recalled, %")],
        rows=[
            [name, *_shares(one)] for name, one in zip(names, habits.spans, strict=True)
        ] if habits.timed else [],
        picture=Bars(
            [*(f"{low}–{high}" for low, high in pairwise(SPANS)), f"{SPANS[-1]}+"],
            [Series(_("Answers"), [one.count for one in habits.spans])],
        ),
    )  # fmt: skip


def _month(first: date, one: Maturities) -> list[str | int | float | None]:
    young, mature = one.young, one.mature
    return [
        f"{first:%Y-%m}",
        *_numbers(one.whole),
        *(young.reviews, young.recalled, mature.reviews, mature.recalled),
    ]


def _numbers(held: Held) -> list[int | float | None]:
    return [held.reviews, held.recalled, held.recalled_percent, held.foretold_percent]


def _shares(one: Answers) -> list[int | float | None]:
    return [one.count, one.recalled, one.percent]


def _both(found: Sequence[Held]) -> list[Series]:
    return [
        Series(_("Recalled"), [one.recalled_percent for one in found]),
        Series(_("Foretold"), [one.foretold_percent for one in found]),
    ]


def _compared(held: Held) -> str:
    """What was recalled of what was foretold, and what it means."""
    if not held.reviews or held.recalled_percent is None or held.foretold_percent is None:
        return _nothing_yet()
    said = ngettext(
        "%(reviews)s review on a later day: %(recalled)s%% recalled, %(foretold)s%% foretold.",
        "%(reviews)s reviews on later days: %(recalled)s%% recalled, %(foretold)s%% foretold.",
        held.reviews,
    ) % {
        "reviews": f"{held.reviews:,}",
        "recalled": shown(held.recalled_percent),
        "foretold": shown(held.foretold_percent),
    }
    return f"{said} {_meaning(held.recalled_percent - held.foretold_percent)}"


def _said(percent: float | None) -> str:
    return "–" if percent is None else shown(percent)


def _meaning(more: float) -> str:
    if abs(more) <= ALIKE:
        return _("The forecast holds.")
    if more > 0:
        return _("You recall more than foretold: cards could come later.")
    return _("You recall less than foretold: cards should come sooner.")


def _calibration(found: Calibration) -> str:
    return ngettext(
        "Of the newest %(count)s review that tells %(foretold)s%% was foretold, %(recalled)s%% "
        "recalled. On the dashed line both are equal.",
        "Of the newest %(count)s reviews that tell %(foretold)s%% was foretold, %(recalled)s%% "
        "recalled. On the dashed line both are equal.",
        found.count,
    ) % {"count": f"{found.count:,}", "foretold": found.foretold, "recalled": found.recalled}


def _hours(habits: Habits, names: Sequence[str]) -> str:
    if not habits.count:
        return _("Nothing was answered yet.")
    counts = [one.count for one in habits.hours]
    said = _(
        "From your newest %(count)s answers (at most %(most)s are read), by your own clock. Most "
        "come in the hour from %(hour)s."
    ) % {
        "count": f"{habits.count:,}",
        "most": f"{REVIEWS_READ:,}",
        "hour": names[counts.index(max(counts))],
    }
    shares = [(one.percent or 0, hour) for hour, one in enumerate(habits.hours) if one.count >= FEW]
    if len(shares) < 2:
        return said
    best = _(
        "Best recalled is in the hour from %(best)s (%(more)s%%), least in that from %(worst)s "
        "(%(less)s%%)."
    )
    return f"{said} {best}" % {
        "best": names[max(shares)[1]],
        "more": max(shares)[0],
        "worst": names[min(shares)[1]],
        "less": min(shares)[0],
    }


def _seconds(habits: Habits) -> str:
    if habits.median_seconds is None:
        return _("No time was measured yet.")
    said = _("Half of %(count)s answers took less than %(seconds)s s.") % {
        "count": f"{habits.timed:,}",
        "seconds": shown(habits.median_seconds),
    }
    if habits.median_of_forgotten is None:
        return said
    forgotten = _("Where the answer was forgotten, half took less than %(seconds)s s.")
    return f"{said} {forgotten % {'seconds': shown(habits.median_of_forgotten)}}"


def _nothing_yet() -> str:
    return _("Nothing to compare yet: it takes cards that you have reviewed again on a later day.")
