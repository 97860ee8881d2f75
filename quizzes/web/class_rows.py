"""A class's students as the rows of a table: every figure as it is written there."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from urllib.parse import urlencode

from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from quizzes.analytics.class_order import Column
from quizzes.analytics.class_progress import Backlog, Student
from quizzes.web import clocks
from quizzes.web.projecting import Names

LABELS: dict[Column, str | Promise] = {
    Column.NAME: gettext_lazy("Name"),
    Column.KNOWN: gettext_lazy("Known"),
    Column.LEARNING: gettext_lazy("Learning"),
    Column.NEW: gettext_lazy("New"),
    Column.WAITING: gettext_lazy("Waiting"),
    Column.REVIEWS: gettext_lazy("Reviews, 7 days"),
    Column.QUIZZES: gettext_lazy("Quizzes"),
    Column.MEAN: gettext_lazy("Mean result"),
    Column.LAST: gettext_lazy("Last studied"),
}
NUMBERS = [column for column in LABELS if column not in {Column.NAME, Column.LAST}]


@dataclass(frozen=True, slots=True)
class Row:
    """A student, and the cells of `NUMBERS`; where names are hidden, nothing leads anywhere."""

    name: str
    numbers: SafeString
    last_day: str
    more_time: str
    href: str = ""
    """Where the name leads, from the table; then where more time does."""
    more_time_href: str = ""
    more_time_label: str = ""
    """What it is and whose, for who hears it alone."""


def rows(students: Sequence[Student], names: Names, here: str) -> list[Row]:
    """The students as they are listed; `here` is the address of the list, to come back to."""
    days: dict[date | None, str] = {None: _("not yet")}
    days |= {day: date_format(day, "D j M") for day in {one.last_day for one in students} if day}
    told = [(one, days[one.last_day]) for one in students]
    if names.are_hidden:
        return [_hidden(one, day, names) for one, day in told]
    label, none, back = _("More time for %(name)s:"), _("none"), f"?{urlencode({'next': here})}"
    return [_named(one, day, label, none, back) for one, day in told]


def _named(one: Student, day: str, label: str, none: str, back: str) -> Row:
    name, href = one.user.name, f"{one.place.pk}/"
    return Row(
        name=name,
        numbers=_numbers(one),
        last_day=day,
        more_time=clocks.more_time(one.place) or none,
        href=href,
        more_time_href=f"../students/{href}{back}",
        more_time_label=label % {"name": name},
    )


def _hidden(one: Student, day: str, names: Names) -> Row:
    """Neither the name nor what would tell it."""
    return Row(names.of(one.place), _numbers(one), day, "–")


def _numbers(one: Student) -> SafeString:
    counts = (one.cards.known, one.cards.learning, one.cards.new)
    mean = "–" if one.mean_percent is None else f"{one.mean_percent}%"
    studied = (str(one.recent_reviews), str(one.quiz_count), mean)
    return _cells(*map(str, counts), _waiting(one), *studied)


@lru_cache(maxsize=4096)
def _cells(*figures: str) -> SafeString:
    """Kept, since many students' figures are alike, and most stay from one view to the next."""
    return format_html_join("", '<td class="number nowrap">{}</td>', ([one] for one in figures))


def _waiting(one: Student) -> str:
    """“25 · much”."""
    match one.backlog:
        case Backlog.MUCH:
            return _("%(n)s · much") % {"n": one.waiting}
        case Backlog.VERY_MUCH:
            return _("%(n)s · very much") % {"n": one.waiting}
        case _:
            return str(one.waiting)
