"""Filters that say numbers, days and pages as a reader would."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta

from django import template
from django.conf import settings
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from quizzes.analytics.study_days import Calendar, Day
from quizzes.assessment import withholding
from quizzes.content.models import Chapter, Citation, Fact, Holder, Section
from quizzes.content.models.details import Dated
from quizzes.people.models import Enrollment
from quizzes.web import clocks, wording

register = template.Library()

A_WEEK = 7


@register.simple_tag
def why_kept() -> str:
    """Why nothing is told of a question to who teaches it, and until when."""
    return str(withholding.WHY)


@register.filter
def pages(citations: Iterable[Citation], aspect: str = "") -> str:
    """The pages of a statement: “pp. 5–6, 12”; for another work, its reference.

    Of a fact's citations only those of one aspect count: its stance, its fate, or neither.
    """
    found = [one for one in citations if one.aspect == aspect]
    elsewhere = "; ".join(one.reference for one in found if one.reference)
    return " · ".join(filter(None, [wording.pages(found), elsewhere]))


@register.filter
def place(fact: Fact) -> str:
    """Where the book states a fact: “Introduction, pp. 5–6”; the front matter is no chapter."""
    found = pages(fact.citations.all())
    is_front = all(
        one.numbering == Citation.Numbering.ROMAN for one in fact.citations.all() if not one.aspect
    )
    return (
        found
        if is_front
        else _("%(chapter)s, %(pages)s")
        % {
            "chapter": fact.section.chapter.title,
            "pages": found,
        }
    )


@register.filter
def span(passage: Chapter | Section) -> str:
    """The pages that a chapter or section fills: “pp. 4–6”, “p. 4”; nothing where it is unknown."""
    first, last = passage.first_page, passage.last_page
    if not first:
        return ""
    if first == last:
        return _("p. %(page)s") % {"page": first}
    return _("pp. %(first)s–%(last)s") % {"first": first, "last": last}


@register.filter
def when(dated: Dated) -> str:
    """A date in the book's words; worked out from the text where it is not stated."""
    if dated.date_basis == "inferred":
        return _("%(date)s (worked out from the text)") % {"date": dated.when_label}
    return dated.when_label


@register.filter
def manner(holder: Holder) -> str:
    """How an argument is held where it is not simply asserted, and when: “as an estimate, 1953”."""
    how = {
        Holder.Mode.SUGGESTS: _("as a suggestion"),
        Holder.Mode.AGREES: _("in agreement"),
        Holder.Mode.ESTIMATES: _("as an estimate"),
        Holder.Mode.ALLEGES: _("as an allegation"),
    }.get(Holder.Mode(holder.mode), "")
    return ", ".join(filter(None, [how, holder.when_label]))


@register.filter
def cards_in_words(count: int) -> str:
    """“Eighteen cards are ready.”; above twenty in figures."""
    return ngettext("%(number)s card is ready.", "%(number)s cards are ready.", count) % {
        "number": wording.in_words(count)
    }


@register.filter
def last_studied(calendar: Calendar) -> str:
    """When the learner studied last, if that was before today."""
    since, day = calendar.days_since, calendar.last_day
    if not since or not day:
        return ""
    if since == 1:
        return _("You last studied yesterday.")
    return _("You last studied on %(day)s; nothing has been lost by the gap.") % {
        "day": date_format(day, "l" if since < A_WEEK else "j F")
    }


@register.filter(expects_localtime=True)
def day_and_time(at: datetime, this_year: str) -> str:
    """“9 Mar, 18:00” on the clock of the template; with its year where that is another one."""
    return date_format(at, "j M, H:i" if str(at.year) == this_year else "j M Y, H:i")


@register.filter
def times(number: int, factor: int) -> int:
    """A product, for places in a drawing."""
    return int(number) * int(factor)


@register.filter
def month_begins(week: Iterable[Day]) -> date | None:
    """The first day of a month in a week of the calendar, to write the month's name above it."""
    return next((day.day for day in week if day.day.day == 1), None)


@register.filter
def kind_name(kind: str) -> str:
    """A kind of fact as the head of a column says it."""
    return str(wording.KINDS[kind])


@register.filter
def time_span(time: timedelta) -> str:
    """A length of time: “45 minutes”."""
    return clocks.length(time)


@register.filter
def more_time(place: Enrollment) -> str:
    """A student's accommodation: “×1.5 time · 2 extra days”, or that there is none."""
    return clocks.more_time(place) or _("none")


@register.simple_tag
def demo_accounts() -> Mapping[str, object]:
    """The accounts of the demo and their password, where there is a demo."""
    if not settings.DEMO:
        return {"names": ()}
    return {"names": settings.DEMO_ACCOUNTS, "password": settings.DEMO_PASSWORD}
