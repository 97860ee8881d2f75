"""Counsel: the words in which a question's advice is given, and its figures are written."""

from datetime import timedelta

from django.utils.translation import gettext as _

from quizzes.analytics.advising import TELLS_MUCH, Advice, Matter
from quizzes.analytics.item_analysis import Asked
from quizzes.analytics.psychometrics import Interval
from quizzes.web import answer_rows, clocks


def said(advice: Advice, asked: Asked) -> str:
    """A matter as a sentence that says what to do."""
    option = answer_rows.named(asked, advice.choice) if advice.choice else ""
    tells = asked.discrimination
    return _sentence(advice.matter, is_fair=tells is not None and tells >= TELLS_MUCH) % {
        "option": option,
        "percent": percent(asked.facility),
        "omitted": asked.evidence.omitted,
        "all": asked.n,
        "time": time(asked.evidence.seconds),
        "usual": time(asked.evidence.usual_seconds),
    }


def _sentence(matter: Matter, *, is_fair: bool) -> str:
    hard = _("Hard, but fair: %(percent)s on average, and those who know get it right.")
    return {
        Matter.KEY: _("Check the key: the best students chose “%(option)s”."),
        Matter.MISFIT: _("Check the key and the wording: those who know the rest get it wrong."),
        Matter.OMITTED: _("Many left it out: %(omitted)s of %(all)s."),
        Matter.WEAK: _("It does not tell apart those who know."),
        Matter.HARD: hard if is_fair else _("Hard: %(percent)s on average. Was it taught?"),
        Matter.EASY: _("Too easy to tell students apart: %(percent)s on average."),
        Matter.UNUSED: _("Nobody chose “%(option)s”: replace it."),
        Matter.SLOW: _("It takes long: %(time)s, where the others take %(usual)s."),
    }[matter]


def percent(share: float) -> str:
    """A share in whole per cent; what is not quite all is never 100, nor a little nothing."""
    whole = round(100 * share)
    if (whole == 0 and share > 0) or (whole == 100 and share < 1):
        whole = 1 if whole == 0 else 99
    return f"{whole}%".replace("-", "−")


def percents(interval: Interval) -> str:
    """An interval of shares: “27–51%”."""
    return f"{percent(interval.low).removesuffix('%')}–{percent(interval.high)}"


def coefficient(number: float | None) -> str:
    """A correlation with two places and a true minus: “−0.08”; a dash where there is none."""
    return "–" if number is None else f"{number:.2f}".replace("-", "−")


def coefficients(interval: Interval | None) -> str:
    """An interval of correlations: “0.17 to 0.60”."""
    if interval is None:
        return ""
    return _("%(low)s to %(high)s") % {
        "low": coefficient(interval.low),
        "high": coefficient(interval.high),
    }


def time(seconds: float | None) -> str:
    """About how long something takes, as a clock shows it; a dash where it is not known."""
    return "–" if seconds is None else clocks.countdown(timedelta(seconds=round(seconds)))
