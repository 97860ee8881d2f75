"""…/analysis/ : what the class's answers say about a quiz's questions, and the same across classes.

No name is on these pages: they tell of questions, not of people.
"""

from collections.abc import Collection
from dataclasses import dataclass
from functools import lru_cache
from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from quizzes.analytics import item_analysis
from quizzes.analytics.item_analysis import Analysis
from quizzes.analytics.psychometrics import FEWEST, Reliability
from quizzes.assessment import withholding
from quizzes.assessment.models import Quiz
from quizzes.exchange.formats import tables
from quizzes.web import analysis_rows, counsel, teaching
from quizzes.web.analysis_rows import ClassApart
from quizzes.web.middleware import arrival
from quizzes.web.owners import owner


@dataclass(frozen=True, slots=True)
class Telling:
    """How the figures are told: those of which classes apart, and where a question is regraded."""

    language: str | None
    shows_all: bool
    """Who chose what of every question, and not only of those that want a look."""
    waits: bool
    classes: tuple[ClassApart, ...] = ()
    given: tuple[UUID, UUID] | None = None
    """The class, and what it was given."""


@never_cache
@login_required
@require_safe
def assignment(request: HttpRequest, uid: UUID, assignment: UUID) -> HttpResponse:
    """The questions of what a class was given, those that need attention first."""
    given = teaching.analyzed(request, uid, assignment)
    found = item_analysis.of_assignment(given, _kept(request, given))
    told = _telling(request, given.waiting, given=(given.classroom.uid, given.uid))
    context = {"classroom": given.classroom, "assignment": given, "waiting": given.waiting}
    return render(request, "quizzes/analysis.html", context | _context(given.quiz, found, told))


@never_cache
@login_required
@require_safe
def assignment_table(request: HttpRequest, uid: UUID, assignment: UUID) -> HttpResponse:
    """The same as CSV."""
    given = teaching.analyzed(request, uid, assignment)
    return _csv(given.quiz, item_analysis.of_assignment(given, _kept(request, given)))


@never_cache
@login_required
@require_safe
def quiz(request: HttpRequest, uid: UUID) -> HttpResponse:
    """The questions of a quiz over all classes that one teaches and that were given it."""
    given = teaching.analyzed_everywhere(request, uid)
    found = item_analysis.across(given, _kept(request, given[0]))
    waiting = sum(one.waiting for one in given)
    told = _telling(request, waiting, classes=analysis_rows.apart(given))
    context = {"given": given, "waiting": waiting}
    return render(request, "quizzes/analysis.html", context | _context(given[0].quiz, found, told))


@never_cache
@login_required
@require_safe
def quiz_table(request: HttpRequest, uid: UUID) -> HttpResponse:
    """The same as CSV."""
    given = teaching.analyzed_everywhere(request, uid)
    return _csv(given[0].quiz, item_analysis.across(given, _kept(request, given[0])))


def _kept(request: HttpRequest, given: Any) -> Collection[int]:
    """The items that are kept from the reader; a query only where there may be some."""
    return withholding.everything(owner(request), arrival(request)) if given.withholds else ()


def _telling(request: HttpRequest, waiting: int, **told: Any) -> Telling:
    shows_all = request.GET.get("choices") == "all"
    return Telling(get_language(), shows_all, bool(waiting), **told)


def _context(quiz: Quiz, found: Analysis, told: Telling) -> dict[str, Any]:
    return {
        "place": "classes",
        "quiz": quiz,
        "found": found,
        "fewest": FEWEST,
        "needed": analysis_rows.needed(found.n),
        "figures": _figures(found, told),
    }


@lru_cache(maxsize=32)
def _figures(found: Analysis, told: Telling) -> SafeString:
    """The figures as a page tells them: written once as long as all of them stay the same."""
    rows = analysis_rows.rows(found, told.classes)
    context = {
        "found": found,
        "fewest": FEWEST,
        "told": told,
        "whole": _whole(found.whole) if found.whole else None,
        "rows": rows,
        "has_kept": any(row.asked.is_kept for row in rows),
        "shown": rows if told.shows_all else [row for row in rows if row.advice],
    }
    return render_to_string("quizzes/analysis_figures.html", context)


def _whole(whole: Reliability) -> dict[str, Any]:
    """The figures of the quiz as they are written."""
    return {
        "mean": counsel.percent(whole.mean),
        "deviation": counsel.percent(whole.deviation),
        "alpha": counsel.coefficient(whole.alpha),
        "error": "–" if whole.error is None else f"± {counsel.percent(whole.error)}",
        "is_all_or_nothing": whole.is_all_or_nothing,
    }


def _csv(quiz: Quiz, found: Analysis) -> HttpResponse:
    written = tables.csv_bytes(analysis_rows.table(found), has_mark=True)
    name = f"{quiz.slug}-analysis.csv"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(written, content_type="text/csv; charset=utf-8", headers=headers)
