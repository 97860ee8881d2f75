"""The week in one paragraph: what was, what got firmer, how quizzes went, and what lies ahead."""

from collections.abc import Iterable, Iterator, Sequence

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from quizzes.analytics.glances import Glance
from quizzes.analytics.marks import mean_percent
from quizzes.analytics.progress import Load
from quizzes.analytics.results import Result
from quizzes.analytics.sittings import State
from quizzes.analytics.week import Firmer, Span, Week, since
from quizzes.web import wording
from quizzes.web.briefings import Briefing


def sentences(seen: Glance, given: Iterable[Briefing]) -> list[str]:
    """What a learner's week was, as things stand; `given` is what their classes give them."""
    recent = [one for one in seen.taken if one.day and one.day >= since(seen.desk.today)]
    return [
        *_past(seen.week),
        *_firmer(seen.week.firmer, seen),
        *_quizzes(recent),
        *_ahead(seen, given),
    ]


def _past(week: Week) -> Iterator[str]:
    """The last seven days, and those before them if there was study on any."""
    if week.last_day is None:
        yield _("Your weeks are told here, from the first card that you rate.")
        return
    if week.returned:
        yield ngettext(
            "You came back on %(day)s, after %(n)s day away; what you knew was kept.",
            "You came back on %(day)s, after %(n)s days away; what you knew was kept.",
            week.returned.away,
        ) % {"day": date_format(week.returned.day, "l"), "n": week.returned.away}
    if week.this.days:
        yield _("In the last seven days you studied on %(span)s.") % {"span": _span(week.this)}
    else:
        yield _("There was no study in the last seven days, and nothing has been lost by that.")
    if week.before.days:
        yield _("In the seven before, it was on %(span)s.") % {"span": _span(week.before)}


def _span(span: Span) -> str:
    """“4 days: 52 minutes, 130 reviews”; a part that nothing is known of is left out."""
    days = ngettext("%(n)s day", "%(n)s days", span.days) % {"n": span.days}
    parts = []
    if span.minutes:
        parts.append(ngettext("%(n)s minute", "%(n)s minutes", span.minutes) % {"n": span.minutes})
    if span.reviews:
        parts.append(ngettext("%(n)s review", "%(n)s reviews", span.reviews) % {"n": span.reviews})
    if not parts:
        return days
    return _("%(days)s: %(parts)s") % {"days": days, "parts": _(", ").join(parts)}


def _firmer(firmer: Firmer | None, seen: Glance) -> Iterator[str]:
    if firmer:
        titles = {one.chapter.pk: f"“{one.chapter.title}”" for one in seen.chapters}
        name = titles.get(firmer.chapter_id or 0) or wording.KINDS[firmer.kind]
        yield ngettext(
            "What got firmer most: %(name)s, with %(n)s card newly known.",
            "What got firmer most: %(name)s, with %(n)s cards newly known.",
            firmer.cards,
        ) % {"name": name, "n": firmer.cards}


def _quizzes(taken: Sequence[Result]) -> Iterator[str]:
    """How many were handed in, and how practice went; results of a class are told elsewhere."""
    scores = [one.score for one in taken if one.score is not None]
    if len(taken) == len(scores) == 1:
        [one] = taken
        yield _("You took the quiz “%(title)s”: %(percent)s%%.") % {
            "title": one.attempt.quiz.title,
            "percent": one.percent,
        }
    elif taken:
        yield ngettext("You took %(n)s quiz.", "You took %(n)s quizzes.", len(taken)) % {
            "n": len(taken)
        }
        yield from _practice(scores)


def _practice(scores: Sequence[int]) -> Iterator[str]:
    if scores:
        yield ngettext(
            "In practice you had %(mean)s%%.",
            "In %(n)s attempts at practice you had %(mean)s%% on average.",
            len(scores),
        ) % {"n": len(scores), "mean": mean_percent(scores)}


def _ahead(seen: Glance, given: Iterable[Briefing]) -> Iterator[str]:
    """The next exam, what closes next, and the fullest of the days to come."""
    if seen.exams:
        exam = seen.exams[0]
        yield ngettext(
            "The exam on “%(title)s” is in %(n)s day.",
            "The exam on “%(title)s” is in %(n)s days.",
            exam.days_left,
        ) % {"title": exam.plan.book.title, "n": exam.days_left}
    yield from _closing(given)
    yield from _fullest(seen.coming[1:])


def _closing(given: Iterable[Briefing]) -> Iterator[str]:
    """What closes first for this student, with their own dates, of what is open now."""
    is_open = (State.READY, State.SITTING)
    ends = [(one.sitting.closes_at, one) for one in given if one.state in is_open]
    closing = [(at, place, one) for place, (at, one) in enumerate(ends) if at]
    for _at, _place, one in sorted(closing)[:1]:
        yield _("“%(title)s” closes on %(when)s.") % {
            "title": one.sitting.assignment.quiz.title,
            "when": one.closes,
        }


def _fullest(later: Sequence[Load]) -> Iterator[str]:
    fullest = max(later, key=lambda load: load.cards)
    if fullest.cards:
        yield ngettext(
            "The fullest of the next days is %(day)s, with %(n)s card.",
            "The fullest of the next days is %(day)s, with %(n)s cards.",
            fullest.cards,
        ) % {"day": date_format(fullest.day, "l"), "n": fullest.cards}
